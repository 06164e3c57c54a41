"""Targets: a figure, what it measures and by which year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain import Target
from bot.text import fold

from ..document import Document
from .rows import row_targets

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*\s*%|(?:it nhat|toi thieu|tren|dat|tu)\s+(?P<count>\d+(?:[.,]\d+)*)\s+(?=[a-z])")
_GOAL = re.compile(r"\bdat\b|phan dau|toi thieu|it nhat|tro len|100\s*%|chi tieu|muc tieu|giam|tang|duy tri|\d\s*%")
_YEAR = re.compile(r"(?:den |cuoi |trong )?nam (20\d\d)")


def targets(document: Document) -> list[Target]:
    return sorted((*_in_lines(document), *row_targets(document)), key=lambda t: t.span.start)


def _in_lines(document: Document) -> Iterator[Target]:
    for line, path in document.body_lines():
        if line.cells:
            continue
        for start, end in document.sentences(line):
            text = document.text[start:end]
            folded = fold(text)
            if not _GOAL.search(folded):
                continue
            year = _YEAR.search(folded) or next(
                (y for s in document.above(path) if (y := _YEAR.search(fold(s.heading)))), None
            )
            for found in _FIGURE.finditer(folded):
                figure = text[found.start("count") : found.end("count")] if found["count"] else found.group()
                yield Target(
                    path, document.span(start, end), figure.strip(), text, int(year.group(1)) if year else None
                )
