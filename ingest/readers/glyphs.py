"""Characters of a PDF page → lines of words."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from .extracted import MAX_CHARACTERS, too_much_text
from .layout import Line, Word

_HYPHENS = (2, 0xFFFE)  # what pdfium makes of one at the end of a line
_NOT_DRAWN = (0, 10, 13, 0xFFFF)  # line ends that pdfium adds

Turn = Callable[[float, float], tuple[float, float]]


def turning(page: Any) -> Turn:
    """From the page's own coordinates, which know nothing of its rotation, to the ones a reader sees, y downwards."""
    x0, y0, x1, y1 = page.get_cropbox()
    return {
        90: lambda x, y: (y - y0, x - x0),
        180: lambda x, y: (x1 - x, y - y0),
        270: lambda x, y: (y1 - y, x1 - x),
    }.get(page.get_rotation(), lambda x, y: (x - x0, y1 - y))


def lines_of(page: Any, turn: Turn) -> list[Line]:
    """Words as the page shows them, in lines; columns are not told apart yet. Raises Unreadable for too many."""
    lines: list[Line] = []
    words: list[Word] = []
    letters: list[Word] = []

    def end_word() -> None:
        if letters:
            words.append(
                Word(
                    "".join(c.text for c in letters),
                    min(c.x0 for c in letters),
                    min(c.top for c in letters),
                    max(c.x1 for c in letters),
                    max(c.bottom for c in letters),
                )
            )
            letters.clear()

    def end_line() -> None:
        end_word()
        if words:
            lines.append(Line(tuple(words), median(w.bottom - w.top for w in words)))
            words.clear()

    for here in _characters(page, turn):
        last = letters[-1] if letters else words[-1] if words else None
        if last:
            high, low = here.bottom - here.top, last.bottom - last.top
            level = min(here.bottom, last.bottom) - max(here.top, last.top) > 0.5 * min(high, low)
            size = max(high, low)
            if not level or not last.x1 - 0.5 * size <= here.x0 <= last.x1 + 2 * size:
                end_line()
            elif here.text.isspace() or here.x0 > last.x1 + 0.25 * size:
                end_word()
        if not here.text.isspace():
            letters.append(here)
    end_line()
    return lines


def _characters(page: Any, turn: Turn) -> Iterator[Word]:
    """Characters as drawn, in the file's order, with the box of their font's height."""
    from pypdfium2 import raw

    text = page.get_textpage()
    count = text.count_chars()
    if count > MAX_CHARACTERS:
        raise too_much_text()
    box = raw.FS_RECTF()
    pointer = ctypes.byref(box)
    for at in range(count):
        code = raw.FPDFText_GetUnicode(text, at)
        if code in _HYPHENS:
            code = ord("-")
        if code in _NOT_DRAWN or not raw.FPDFText_GetLooseCharBox(text, at, pointer):
            continue
        (ax, ay), (bx, by) = turn(box.left, box.bottom), turn(box.right, box.top)
        yield Word(chr(code), min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
    text.close()
