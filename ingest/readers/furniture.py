"""Takes running heads, running feet and page numbers off the pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bot.text import fold, squash

from .layout import Row

_EDGE = 2  # rows from the top and from the bottom in which they stand
_REPEATED = 3  # pages that show the same words at the same place
_SHARE = 0.4
_NUMBER = re.compile(r"[-–—]?\s*(?:(?:trang|page)\s*)?\d{1,3}(?:\s*(?:/|tren|of)\s*\d{1,3})?\s*[-–—]?")


def without_furniture(pages: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """The pages' rows, those that repeat from page to page left out."""
    seen = Counter(key for page in pages for key in {_key(page, at) for at in _edges(page)})
    repeated = {key for key, count in seen.items() if count >= max(_REPEATED, _SHARE * len(pages))}
    return [_kept(page, repeated) for page in pages]


def _kept(page: Sequence[Row], repeated: set[tuple[str, str]]) -> list[Row]:
    left_out = {at for at in _edges(page) if _key(page, at) in repeated}
    for at in (0, len(page) - 1):
        if page and _NUMBER.fullmatch(_words(page[at])):
            left_out.add(at)
    return [row for at, row in enumerate(page) if at not in left_out]


def _edges(page: Sequence[Row]) -> set[int]:
    count = len(page)
    return {at for at in range(count) if at < _EDGE or at >= count - _EDGE}


def _key(page: Sequence[Row], at: int) -> tuple[str, str]:
    """Words without their numbers, and the edge they stand at."""
    return re.sub(r"\d+", "#", _words(page[at])), "head" if at < _EDGE else "foot"


def _words(row: Row) -> str:
    return squash(fold(" ".join(line.text for line in row)))
