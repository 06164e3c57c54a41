"""`python -m eval.liar`: the questions once without a language model and once with one that lies in every second
sentence. It must not cost one answer, and nothing that it invents may be told.

Needs the repository: the liar is a small server that stands beside the tests.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.__main__ import measure, outcomes
from eval.cases import read_cases
from eval.metrics import Row, summarise

ROOT = Path(__file__).parent.parent
_CASES = tuple(ROOT / "eval" / "cases" / f"{name}.jsonl" for name in ("dev", *(f"practice{n}" for n in ("", 2, 3, 4))))
_WAYS = ("--lie", "--lie-first")  # the lie after the truth, or before it
# What it makes up, besides changed numbers and years: these count as told wherever they stand in an answer.
_INVENTED = ("31/02/2031", "Phạm Quốc Bảo", "999/QĐ-UBND", "năm mươi triệu", "mười chín tháng mười một")


def main(argv: Sequence[str] | None = None) -> int:
    """0: no answer is worse and nothing false was told; 1 otherwise."""
    parser = argparse.ArgumentParser(
        "python -m eval.liar", description="Đo với một mô hình cứ hai câu lại dối một câu."
    )
    parser.add_argument("files", nargs="*", type=Path, default=_CASES, metavar="TỆP", help="tệp câu hỏi JSONL")
    parser.add_argument("--index", type=Path, metavar="THƯ_MỤC", help="thư mục chỉ mục (HOI_INDEX; mặc định index)")
    args = parser.parse_args(argv)
    cases = [case for path in args.files for case in read_cases(path)]
    with TemporaryDirectory() as scratch:
        honest, _ = measure(cases, args.index, Path(scratch))
        print(_line("không mô hình", honest))
        worse = 0
        for way in _WAYS:
            with _lying(way):
                lied, _ = measure(cases, args.index, Path(scratch), llm=True)
            print(_line(way.lstrip("-"), lied), _told(honest, lied))
            worse += _worse(honest, lied) + _invented(lied) + _unsupported(lied) - _unsupported(honest)
    return 1 if worse else 0


@contextmanager
def _lying(way: str) -> Iterator[None]:
    """A liar is served, and the settings name it."""
    command = [sys.executable, str(ROOT / "tests" / "scripted_model.py"), way]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as server:
        try:
            assert server.stdout is not None
            url = server.stdout.readline().strip()
            os.environ |= {"HOI_LLM": "openai:liar", "HOI_LLM_URL": url, "HOI_LLM_TOKENS_A_DAY": "0"}
            yield
        finally:
            server.terminate()


def _line(name: str, rows: Sequence[Row]) -> str:
    found = summarise(rows)
    right = f"đúng {found.accuracy.part}/{found.accuracy.whole}"
    return f"{name}: {right}, con số không có trong câu trích {found.unsupported}, trích sai {found.false_quotes}"


def _told(honest: Sequence[Row], lied: Sequence[Row]) -> str:
    used = ", ".join(f"{why} {count}" for why, count in outcomes(lied).items())
    return f"| kém đi {_worse(honest, lied)}, bịa lọt {_invented(lied)} | mô hình: {used}"


def _worse(honest: Sequence[Row], lied: Sequence[Row]) -> int:
    """Questions that were right without the model and are wrong with it."""
    return sum(a.verdict.passed and not b.verdict.passed for a, b in zip(honest, lied, strict=True))


def _invented(rows: Sequence[Row]) -> int:
    return sum(any(words in row.answer.text for words in _INVENTED) for row in rows)


def _unsupported(rows: Sequence[Row]) -> int:
    return sum(len(row.verdict.unsupported) for row in rows)


if __name__ == "__main__":
    sys.exit(main())
