"""Lines on a page → text in reading order: columns one after the other, the lines of one paragraph as one line.

Lengths are in the page's own unit (points, pixels); y grows downwards.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ..marker import bullet, marker

_WIDE = 2.5  # em: a gap in a line from which it may be the gutter between two columns
_GUTTER = 1.0  # em: the least width of a gutter that several lines share
_APART = 2.0  # em between two lines: nothing connects them
_INDENT = 0.8  # em by which a paragraph's first line stands in or a list's lines hang
_FOOTNOTE = 0.87  # of the body's size
_GLUED = re.compile(r"\w[-/]$")  # no Vietnamese word is hyphenated: "356/KH-" + "UBND", "2025-" + "2030"


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand close beside each other, from left to right."""

    words: tuple[Word, ...]
    size: float  # the em

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def top(self) -> float:
        return min(w.top for w in self.words)

    @property
    def bottom(self) -> float:
        return max(w.bottom for w in self.words)

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or the rows of a table. `opens`: it begins as paragraphs do; `runs_on`: its last line is full."""

    text: str
    opens: bool = True
    runs_on: bool = False
    table: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    top: float
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    confidence: float = 1.0


Row = list[Line]


def rows(lines: Sequence[Line]) -> list[Row]:
    """Lines that stand beside each other, from the top down; pieces of one line are put together."""
    found: list[Row] = []
    for line in sorted(lines, key=lambda one: (one.top + one.bottom) / 2):
        if found and _beside(found[-1], line):
            found[-1].append(line)
        else:
            found.append([line])
    return [_together(sorted(row, key=lambda one: one.x0)) for row in found]


def _beside(row: Row, line: Line) -> bool:
    last = row[-1]
    shared = min(last.bottom, line.bottom) - max(last.top, line.top)
    clear = all(line.x0 >= other.x1 - 0.3 * line.size or line.x1 <= other.x0 + 0.3 * line.size for other in row)
    return clear and shared > 0.4 * min(last.bottom - last.top, line.bottom - line.top)


def _together(row: Row) -> Row:
    found: Row = []
    for line in row:
        if found and line.x0 - found[-1].x1 < _WIDE * max(line.size, found[-1].size):
            found[-1] = Line(found[-1].words + line.words, max(line.size, found[-1].size))
        else:
            found.append(line)
    return found


def blocks(page: Sequence[Row], left: float, right: float, size: float) -> list[Block]:
    """The page's paragraphs. `left`, `right`: the edges of its body; `size`: the body's em."""
    body, notes = _footnotes(page, size)
    found: list[Block] = []
    for column, edges in _columns(body):
        found += _paragraphs(column, *(edges or (left, right)), narrow=edges is not None)
    below = [b for column, _ in _columns(notes) for b in _paragraphs(column, left, right, narrow=False)]
    if found and found[-1].runs_on:
        # The paragraph goes on with the next page, so the notes stand before it.
        return [*found[:-1], *below, found[-1]]
    return found + below


def _footnotes(page: Sequence[Row], size: float) -> tuple[list[Row], list[Row]]:
    at = len(page)
    while at and all(line.size < _FOOTNOTE * size for line in page[at - 1]):
        at -= 1
    first = page[at][0].text if at < len(page) else ""
    if at and re.match(r"[(\[]?(?:\d{1,2}|\*)[)\]]?[\s.]?\s*\S", first):
        return list(page[:at]), list(page[at:])
    return list(page), []


def _columns(page: Sequence[Row]) -> list[tuple[list[Line], tuple[float, float] | None]]:
    """Runs of lines that follow one another, with their edges where they are columns of their own."""
    found: list[tuple[list[Line], tuple[float, float] | None]] = []
    at = 0
    while at < len(page):
        end, gutter = _side_by_side(page, at)
        if end == at:
            line = Line(tuple(w for part in page[at] for w in part.words), page[at][0].size)
            if found and found[-1][1] is None:
                found[-1][0].append(line)
            else:
                found.append(([line], None))
            at += 1
            continue
        for side in (False, True):
            part = [[one for one in row if (one.x0 >= gutter) is side] for row in page[at:end]]
            for column, edges in _columns([row for row in part if row]):
                x0, x1 = min(one.x0 for one in column), max(one.x1 for one in column)
                found.append((column, edges or (x0, x1)))
        at = end
    return found


def _side_by_side(page: Sequence[Row], at: int) -> tuple[int, float]:
    """End of the run of rows from `at` that one gutter parts, and the gutter's place; (at, 0) where there is none."""
    if len(page[at]) < 2:
        return at, 0.0
    lo, hi = max(((a.x1, b.x0) for a, b in pairwise(page[at])), key=lambda g: g[1] - g[0])
    end = last = at + 1
    shared = 1
    while end < len(page):
        row, size = page[end], page[end][0].size
        if min(one.top for one in row) - max(one.bottom for one in page[end - 1]) > _APART * size:
            break
        left = [one for one in row if one.x1 <= hi]
        right = [one for one in row if one.x0 >= lo and one not in left]
        a, b = max([lo, *(one.x1 for one in left)]), min([hi, *(one.x0 for one in right)])
        if len(left) + len(right) < len(row) or b - a < _GUTTER * size:
            break
        lo, hi, end = a, b, end + 1
        if left and right:
            last, shared = end, shared + 1
    if shared == 1 and (len(page[at]) > 2 or hi - lo < _WIDE * page[at][0].size):
        return at, 0.0
    # What stands on one side alone below the last pair belongs to it only while it follows closely.
    while last < end and _gap(page[last - 1], page[last]) < 0.6 * page[last][0].size:
        last += 1
    return last, hi


def _gap(above: Row, below: Row) -> float:
    return min(one.top for one in below) - max(one.bottom for one in above)


def _paragraphs(column: Sequence[Line], left: float, right: float, *, narrow: bool) -> list[Block]:
    gaps = [b.top - a.bottom for a, b in pairwise(column)]
    usual = median(gaps) if gaps else 0.0
    groups: list[list[Line]] = []
    for index, line in enumerate(column):
        # Capitals in a column are the lines of a letterhead or a signature: office, office, name.
        alone = narrow and index > 0 and (line.text.isupper() or column[index - 1].text.isupper())
        gap = gaps[index - 1] if index else 0.0
        if groups and not alone and not _starts(groups[-1], line, gap, gap - usual, left, right):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_block(group, left, right) for group in groups]


def _starts(group: Sequence[Line], line: Line, gap: float, more: float, left: float, right: float) -> bool:
    """Whether the line begins a paragraph. `gap`: above it; `more`: by how much that is wider than usual."""
    last, size = group[-1], line.size
    if more > 0.35 * size or not _full(last, line.words[0], right) or (gap > size and _ended(last.text)):
        return True
    if abs(last.size - size) > 0.15 * size and more > 0.1 * size:
        return True
    step = line.x0 - last.x0
    if step > _INDENT * size:
        hangs = len(group) == 1 and (bullet(last.text) or marker(last.text))
        return not hangs
    if step < -_INDENT * size:
        return len(group) > 1
    # Level with a line that stood in: another paragraph of one line and more; level with the margin: it goes on.
    stands_in = line.x0 - left > _INDENT * size and right - line.x1 < right - left - 4 * size
    if len(group) == 1 and stands_in:
        return True
    return bool(marker(line.text) or bullet(line.text)) and _ended(last.text)


def _ended(text: str) -> bool:
    return text.rstrip("”\"') ").endswith((".", ";", ":"))


def _full(line: Line, following: Word, right: float) -> bool:
    """Whether the next line's first word had no place left in this one."""
    return line.x1 + 0.25 * line.size + (following.x1 - following.x0) > right - 0.4 * line.size


def _block(group: Sequence[Line], left: float, right: float) -> Block:
    text = ""
    for line in group:
        text += line.text if not text or _GLUED.search(text) else f" {line.text}"
    first, last = group[0], group[-1]
    opens = first.x0 - left > _INDENT * first.size
    return Block(text, opens, right - last.x1 < 1.5 * last.size)
