"""Pages of lines and tables → one text with its page starts."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from .extracted import BREAK, MAX_CHARACTERS, Extracted, too_much_text
from .furniture import without_furniture
from .headings import with_numbers
from .layout import Block, Page, Row, blocks, rows

_ENOUGH = 8  # lines from which a page tells its own margins


def book(pages: Sequence[Page], warnings: Sequence[str] = ()) -> Extracted:
    """Raises Unreadable for more text than any plan has."""
    pages = [*with_numbers(pages)]
    kept = without_furniture([rows(page.lines) for page in pages])
    margins = _margins(kept)
    text: list[str] = []
    starts: list[int] = []
    length = 0
    last: Block | None = None
    for page, body, (left, right, size) in zip(pages, kept, margins, strict=True):
        starts.append(length)
        for at, block in enumerate(_in_order(page, body, left, right, size)):
            if at == 0 and last is not None and last.table and block.table:
                block = _without_repeated_head(last, block)
            glue = _glue(last, block) if at == 0 else BREAK
            if last is None:
                glue = ""
            if at == 0:
                starts[-1] = length + len(glue)
            text += [glue, block.text]
            length += len(glue) + len(block.text)
            last = block
    if length > MAX_CHARACTERS:
        raise too_much_text()
    return Extracted("".join(text), tuple(starts), tuple(page.confidence for page in pages), tuple(warnings))


def _in_order(page: Page, body: Sequence[Row], left: float, right: float, size: float) -> list[Block]:
    found: list[Block] = []
    rest = list(body)
    for table in sorted(page.tables, key=lambda t: t.top):
        above = [row for row in rest if row[0].top < table.top]
        rest = rest[len(above) :]
        found += blocks(above, left, right, size)
        found.append(Block(table.text, table=True))
    return [b for b in found + blocks(rest, left, right, size) if b.text]


def _without_repeated_head(above: Block, table: Block) -> Block:
    """A table that goes on over the page says its first row again."""
    head, _, rest = table.text.partition("\n")
    return Block(rest, table=True) if rest and above.text.startswith(head) else table


def _glue(last: Block | None, block: Block) -> str:
    if last is None or last.table or block.table or block.opens or not last.runs_on:
        return BREAK
    return " " if block.text[:1].islower() or not last.text.endswith((".", ";", ":")) else BREAK


def _margins(pages: Sequence[Sequence[Row]]) -> list[tuple[float, float, float]]:
    """Left and right edge of the body and its em, page by page; pages of few lines take those of the others.

    A page of short lines (recipients, a signature) does not reach its right edge: it is the others' then.
    """
    sides = [_sides(page) for page in pages]
    known = [s for s, page in zip(sides, pages, strict=True) if s and len(page) >= _ENOUGH] or [s for s in sides if s]
    usual = tuple(median(values) for values in zip(*known, strict=True)) if known else (0.0, 0.0, 1.0)
    left, right, size = usual
    return [
        (s[0], max(s[1], right), s[2]) if s and len(page) >= _ENOUGH else (left, right, size)
        for s, page in zip(sides, pages, strict=True)
    ]


def _sides(page: Sequence[Row]) -> tuple[float, float, float] | None:
    lines = [line for row in page for line in row]
    if not lines:
        return None
    # A letterhead may reach beyond the body's edges.
    body = [row for row in page if len(row) == 1] or page
    x0 = sorted(row[0].x0 for row in body)
    x1 = sorted(row[-1].x1 for row in body)
    return x0[len(x0) // 10], x1[int(len(x1) * 0.9)], median(line.size for line in lines)
