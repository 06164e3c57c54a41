"""Mends the Roman numbers of headings that an engine misread: "IL MỤC ĐÍCH" stands where "I. MỤC ĐÍCH" must.

I, l, L and the stop after them, II and H look alike in bold capitals; the order of the headings says which number it
was. Nothing but the number of a heading in capitals is touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.text import fold

from ..marker import Kind, marker
from .layout import Line, Page
from .numbering import roman

_LIKE_ROMAN = re.compile(r"[IVXLl1|T!H]{1,6}[.,:]?")
_LONGEST = 12  # words


def with_numbers(pages: Sequence[Page]) -> Iterator[Page]:
    """The pages; those that were recognised with their headings' numbers as the order wants them."""
    last = 0
    for page in pages:
        lines = []
        for line in page.lines:
            if _is_heading(line):
                number = _number(line.words[0].text, last)
                last = number or last
                if number and page.confidence < 1:
                    first, *rest = line.words
                    line = replace(line, words=(replace(first, text=f"{roman(number).upper()}."), *rest))
            lines.append(line)
        yield replace(page, lines=tuple(lines))


def _is_heading(line: Line) -> bool:
    first, *rest = (w.text for w in line.words)
    words = [w for w in rest if any(map(str.isalpha, w))]
    return bool(words) and len(words) <= _LONGEST and bool(_LIKE_ROMAN.fullmatch(first)) and "".join(words).isupper()


def _number(read: str, last: int) -> int:
    """The number that was meant: the next one where the strokes allow it, else the one that was read; 0 for none."""
    plain, following = _strokes(read), _strokes(roman(last + 1))
    if abs(len(plain) - len(following)) <= 1 and plain.replace("i", "") == following.replace("i", ""):
        return last + 1
    found = marker(f"{read.rstrip('.,:')}. ")
    return found.order if found and found.kind is Kind.ROMAN else 0


def _strokes(number: str) -> str:
    return re.sub(r"[l1|!t]", "i", fold(number.rstrip(".,:")).replace("h", "ii"))
