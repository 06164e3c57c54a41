"""What every reader gives: the text it found, where its pages begin, how sure it is of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MAX_PAGES = 500
MAX_CHARACTERS = 5_000_000  # a plan has 50,000; a 500-page law 1,500,000
BREAK = "\n\n"


class Unreadable(Exception):
    """A file of which no text can be had. The message is Vietnamese, without the file's name."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """`pages` and `confidence` are empty for formats without pages.

    The text keeps to what `clean` understands: a paragraph a line with a blank one between, `#` before a heading,
    a list's number written out, a table's row as `| a | b |`.
    """

    text: str
    pages: tuple[int, ...] = ()  # offset at which each page begins
    confidence: tuple[float, ...] = ()  # of each page, 0..1; 1 where nothing had to be recognised
    warnings: tuple[str, ...] = ()  # Vietnamese


def joined(paragraphs: Sequence[str]) -> str:
    """Raises Unreadable for more text than any plan has."""
    if sum(map(len, paragraphs)) > MAX_CHARACTERS:
        raise too_much_text()
    return BREAK.join(p for p in paragraphs if p.strip())


def too_much_text() -> Unreadable:
    return Unreadable(f"quá nhiều chữ (hơn {MAX_CHARACTERS // 1_000_000} triệu ký tự).")


def too_many_pages(count: int) -> Unreadable:
    return Unreadable(f"quá nhiều trang ({count}), giới hạn là {MAX_PAGES} trang.")
