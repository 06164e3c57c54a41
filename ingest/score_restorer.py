"""How well the restorer does, where the truth is known.

    python -m ingest.score_restorer --damaged corpus/plans/….ocr.txt --truth eval/restoration/….tsv [--pages DIR]

Exact syllables (words between spaces, punctuation at their edges left out, capitals counted) and characters on the
hand-made lines, and on the rendered pages of held-back documents, by kind and by reader.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time

from rapidfuzz.distance import Levenshtein

from .align import EDGE
from .clean import paragraphs
from .pages import read_page
from .repair import Restorer, load_restorer
from .train_restorer import HELD_BACK_FROM


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--damaged", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--pages", type=Path)
    given = parser.parse_args(arguments)
    restorer = load_restorer()
    print(_lines(restorer, given.damaged.read_text("utf-8"), given.truth.read_text("utf-8")))
    if given.pages is not None:
        for line in _pages(restorer, given.pages):
            print(line)
    return 0


def exact(true: str, restored: str) -> tuple[int, int]:
    """(syllables that came out exactly, syllables)."""
    wanted, got = _words(true), _words(restored)
    lost = sum(op.tag != "insert" for op in Levenshtein.editops(wanted, got))
    return len(wanted) - lost, len(wanted)


def _lines(restorer: Restorer, damaged: str, truth: str) -> str:
    """The lines are restored within their paragraphs and cut out again by the paragraphs' map."""
    known = restorer.for_document(damaged)
    good = count = wrong = letters = 0
    started = process_time()
    cleaned = paragraphs(damaged)
    pieces = [known.restore(paragraph.text) for paragraph in cleaned]
    speed = sum(len(paragraph.text.split()) for paragraph in cleaned) / (process_time() - started)
    lines = [line.strip() for line in damaged.split("\n")]
    restored = [""] * len(lines)
    for paragraph, found in zip(cleaned, pieces, strict=True):
        for piece in found:
            kept = piece.text == paragraph.text[piece.start : piece.end]
            for at in range(piece.start, piece.end) if kept else (piece.start,):
                start, _ = paragraph.map.to_source(at, at + 1)
                restored[damaged.count("\n", 0, start)] += paragraph.text[at] if kept else piece.text
    for row in truth.splitlines():
        line, _, true = row.partition("\t")
        text = restored[lines.index(line)].strip()
        right, syllables = exact(true, text)
        good, count = good + right, count + syllables
        wrong, letters = wrong + Levenshtein.distance(true, text), letters + len(true)
    figures = f"{good / count:.4f} of {count} syllables, {1 - wrong / letters:.4f} of characters"
    return f"lines: {figures}, {speed:.0f} syllables/s"


def _pages(restorer: Restorer, cache: Path) -> Iterator[str]:
    good: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for path in sorted(cache.glob("*.json")):
        if int(path.stem) < HELD_BACK_FROM:
            continue
        page = read_page(path)
        pieces = restorer.restore(" ".join(page.read))
        right, syllables = exact(" ".join(page.truth), "".join(piece.text for piece in pieces))
        for group in (f"{page.document.split('-')[0]}, {page.language}", f"all, {page.language}"):
            good[group] += right
            count[group] += syllables
    for group in sorted(count):
        yield f"held-back pages, {group}: {good[group] / count[group]:.4f} of {count[group]} syllables"


def _words(text: str) -> list[str]:
    return [word for word in (part.strip(EDGE) for part in text.split()) if word]


if __name__ == "__main__":
    raise SystemExit(main())
