"""Restoration: what became of damaged and of clean text in a snapshot, against lines that people have read.

The text is measured where it is served, through the plan's own map; how it was restored is none of eval's business.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from bot.domain import Plan
from bot.text import squash

TRUTH = Path(__file__).parent / "restoration" / "trung-khanh-truth.tsv"
DAMAGED = "trung-khanh-2025.ocr.txt"  # the plan that the lines are of
HELD_BACK_FROM = 90_000  # number of the first page that is never learned from
_EDGES = "“”\"'‘’([{)]}.,;:!?…*•-–—+"
_REPAIRED = "lớp chữ bị lỗi nhận dạng"  # how the warning of a repaired plan begins
_NUMBER = re.compile(r"^[(“\"]*\d[\d.,:/%-]*[)”\";]*$|\d+\s?[/-]\s?[A-ZĐ]|\d/\d")  # "d6i" is a word, "274/QB-" a number
_CONTEXT = re.compile(r"“…(.+)…”")
_LISTED = re.compile(r"“(.+)” thành “(.+)”")
_SHARED = 10  # characters that a line has in common with a warning of it


@dataclass(frozen=True, slots=True)
class Restored:
    """Syllables are words between spaces, punctuation at their edges left out, capitals counted."""

    syllables: int
    received: int  # of them, those that the file has right
    exact: int  # those that are served right
    characters: int
    right_characters: int
    numbers: int  # numbers, dates and numbers of documents
    unflagged: int  # of them, those that are served wrong without a warning

    def figures(self) -> dict[str, float]:
        return {
            "received": self.received / max(1, self.syllables),
            "syllables": self.exact / max(1, self.syllables),
            "characters": self.right_characters / max(1, self.characters),
            "unflagged": self.unflagged,
        }


def restored(plan: Plan, truth: str) -> Restored:
    """`truth`: a line of the file as received, a tab, the line as printed. Raises ValueError for a line not there."""
    counts: Counter[str] = Counter()
    for received, true, served in _lines(plan, truth):
        wanted = _syllables(true)
        numbers = Counter(word for word in wanted if any(map(str.isdigit, word)))
        lost = (numbers - Counter(_syllables(served))).total()
        counts += Counter(
            syllables=len(wanted),
            received=_same(wanted, _syllables(received)),
            exact=_same(wanted, _syllables(served)),
            characters=len(true),
            right_characters=_same(true, served),
            numbers=numbers.total(),
            unflagged=0 if _is_flagged(received, plan.warnings) else lost,
        )
    return Restored(*(counts[name] for name in Restored.__slots__))


def unlisted(plan: Plan) -> list[str]:
    """Changes that no warning of the plan owns up to: of a repaired plan those of numbers, of others all."""
    listed = {pair for w in plan.warnings for pair in _LISTED.findall(w)}
    doubts = " ".join(_contexts(plan.warnings))
    repaired = any(w.startswith(_REPAIRED) for w in plan.warnings)
    found = []
    for edit in plan.map.edits:
        read, served = plan.source[edit.source_start : edit.source_end], plan.text[edit.text_start : edit.text_end]
        if edit.same or _signs(read) == _signs(served):
            continue
        number = _NUMBER.search(read) is not None
        digits = number and [c for c in read if c.isdigit()] != [c for c in served if c.isdigit()]
        told = (squash(read), served) in listed or squash(read) in doubts
        if not told and (digits or not repaired):
            found.append(f"{squash(read)} → {served}")
    return found


def pages(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Name, truth and reading of each rendered page of a held-back document, as the restorer's training left it."""
    for path in sorted(folder.glob("*.json")):
        if int(path.stem) >= HELD_BACK_FROM:
            page = json.loads(path.read_text(encoding="utf-8"))
            yield f"{path.stem}-{page['language']}.txt", " ".join(page["truth"]), "\n".join(page["read"])


def of_pages(plans: Sequence[Plan], truths: Mapping[str, str]) -> tuple[int, int]:
    """(syllables served right, syllables) over pages; one that could not be ingested has none right."""
    by_name = {plan.source_name: plan.text for plan in plans}
    wanted = {name: _syllables(true) for name, true in truths.items()}
    right = sum(_same(words, _syllables(by_name.get(name, ""))) for name, words in wanted.items())
    return right, sum(map(len, wanted.values()))


def breaches(reached: Mapping[str, float], bounds: Mapping[str, Mapping[str, float]]) -> list[str]:
    """What lies below or above the bounds of `floor.toml`, as `eval.metrics.breaches` says it."""
    least = ((name, bound) for name, bound in bounds.get("least", {}).items() if reached[name] < bound)
    most = ((name, bound) for name, bound in bounds.get("most", {}).items() if reached[name] > bound)
    low = [f"restoration: {name} = {reached[name]:.4f}, ít nhất phải là {bound}" for name, bound in least]
    return low + [f"restoration: {name} = {reached[name]:g}, nhiều nhất được là {bound}" for name, bound in most]


def _lines(plan: Plan, truth: str) -> Iterator[tuple[str, str, str]]:
    """(line as received, as printed, as served) for each line of the truth."""
    places: dict[str, tuple[int, int]] = {}
    at = 0
    for line in plan.source.split("\n"):
        places.setdefault(line.strip(), (at, at + len(line)))
        at += len(line) + 1
    for row in truth.splitlines():
        received, _, true = row.partition("\t")
        if received not in places:
            raise ValueError(f"{plan.id}: không có dòng “{received}”")
        yield received, true, _served(plan, *places[received])


def _served(plan: Plan, start: int, end: int) -> str:
    """What became of this run of the source; a word that reaches into the next line belongs to its first one."""
    found = []
    for edit in plan.map.edits:
        if edit.same and edit.source_start < end and start < edit.source_end:
            shift = edit.text_start - edit.source_start
            found.append(plan.text[max(start, edit.source_start) + shift : min(end, edit.source_end) + shift])
        elif not edit.same and start <= edit.source_start < end:
            found.append(plan.text[edit.text_start : edit.text_end])
    return "".join(found).strip()


def _syllables(text: str) -> list[str]:
    return [word for word in (part.strip(_EDGES) for part in text.split()) if word]


def _same(true: Sequence[str], served: Sequence[str]) -> int:
    return sum(b.size for b in SequenceMatcher(None, true, served, autojunk=False).get_matching_blocks())


def _contexts(warnings: Sequence[str]) -> list[str]:
    return [found[1].strip() for w in warnings if (found := _CONTEXT.search(w))]


def _is_flagged(line: str, warnings: Sequence[str]) -> bool:
    text = squash(line)
    matches = (SequenceMatcher(None, text, c, autojunk=False).find_longest_match() for c in _contexts(warnings))
    return any(match.size >= min(_SHARED, len(text)) for match in matches)


def _signs(text: str) -> list[str]:
    return [c for c in text if c.isalnum()]
