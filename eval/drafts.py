"""`python -m eval.drafts`: how well the check of a model's sentences tells true from false ones, and how fast."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from bot.llm.check import Fault, check
from bot.llm.nouns import Sentence, Source
from bot.llm.schema import SHAPES, Intent

DRAFTS = tuple(Path(__file__).parent / f"drafts{n}.jsonl" for n in ("", 2, 3, 4, 5, 6))
UNREAD = DRAFTS[-1:]  # nobody has read where the check fails on these, so that they tell what to expect of new ones


@dataclass(frozen=True, slots=True)
class Judged:
    draft: str
    text: str
    false: bool  # as a person judged it
    fault: Fault | None  # as the check did


@dataclass(frozen=True, slots=True)
class Measured:
    """Precision: of the sentences dropped, the share that is false. Recall: of the false ones, the share dropped."""

    rows: tuple[Judged, ...]
    times_ms: tuple[float, ...]  # of each draft, about as long as an answer

    @property
    def slowest_ms(self) -> float:
        return max(self.times_ms)

    @property
    def median_ms(self) -> float:
        return median(self.times_ms)

    @property
    def precision(self) -> float:
        dropped = [row.false for row in self.rows if row.fault]
        return sum(dropped) / len(dropped)

    @property
    def recall(self) -> float:
        dropped = [row.fault is not None for row in self.rows if row.false]
        return sum(dropped) / len(dropped)


def measure(*paths: Path) -> Measured:
    drafts = [json.loads(line) for path in paths or DRAFTS for line in path.read_text(encoding="utf-8").splitlines()]
    strangers = tuple(sorted({s["issuer"] for draft in drafts for s in draft["sources"]}))
    rows: list[Judged] = []
    times = []
    for draft in drafts:
        started = perf_counter()
        rows += _judged(draft, strangers)
        times.append((perf_counter() - started) * 1000)
    return Measured(tuple(rows), tuple(times))


def _judged(draft: dict, strangers: tuple[str, ...]) -> Iterable[Judged]:  # type: ignore[type-arg]
    intent = Intent(draft["intent"])
    sources = {n: Source(n, s["text"], issuer=s["issuer"]) for n, s in enumerate(draft["sources"], start=1)}
    for said in draft["sentences"]:
        sentence = Sentence(said["text"], tuple(said["rests_on"]))
        fault = check(sentence, sources, strangers, SHAPES[intent].strictness)
        yield Judged(draft["id"], said["text"], said["verdict"] == "drop", fault)


def main() -> int:
    for path in DRAFTS:
        found = measure(path)
        for row in found.rows if path not in UNREAD else ():
            if row.false != (row.fault is not None):
                print(f"{row.draft}: {'lọt' if row.false else f'loại nhầm ({row.fault})'}: {row.text}")
        print(f"{path.stem}: {len(found.times_ms)} bản, {len(found.rows)} câu, ", end="")
        print(f"{sum(row.false for row in found.rows)} câu sai; ", end="")
        print(f"độ chính xác {found.precision:.3f}, độ phủ {found.recall:.3f}; ", end="")
        print(f"mỗi bản {found.median_ms:.1f} ms, lâu nhất {found.slowest_ms:.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
