"""The tables of a plan: head, rows, and what stands over them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..domain import Plan, Span
from ..heads import folded
from ..terms import spaced
from ..text import fold
from ..units import Unit, units

_BAR = re.compile(r"\s*\|\s*")
_NUMBERED = re.compile(r"(?:stt|tt|so tt|so thu tu)\b")
_ORDER = re.compile(r"\(?(?:\d{1,3}|[ivxlc]{1,5}|[a-zđ])[.)]*$")
_COLUMN_NUMBERS = re.compile(r"\(?(?:\d{1,2}|[a-z])\)?(?:=.*)?$")
_MEASURE = re.compile(r"(?:don vi tinh|dvt|don vi)$|(?:don vi tinh|dvt)\b")
_CAPTION = re.compile(r"\(?(?:don vi tinh|dvt|don vi)\s*:")
_TOTAL = re.compile(r"(?:tong(?: cong| so)?|cong)\s*(?:\(.*\))?$|tong cong\b|tong so\b")
_VALUE = re.compile(r"\d")
_NOTE = 160  # characters; a longer cell tells something else than whose row it is
_STRAY = 4  # spaces that frame and part its words
_POINT = re.compile(r"\d{1,3}(?:\.\d{1,3})*[.)]?")
_FIGURE = re.compile(r"[\d.,%/ -]+")
_GROUP = re.compile(r"[IVXL]+|[A-Z]")
_WORDS_IN_VALUE = 6  # a cell with a figure and more words than this is text


@dataclass(frozen=True, slots=True)
class Line:
    """A row: `group` is the row over a run of rows ("I | Đô thị"), None for none.

    `words`: those of its cells and its group, long notes left out, framed by spaces; `label`: those of its label.
    """

    unit: Unit
    cells: tuple[str, ...]
    group: tuple[Span, str] | None
    words: str
    label: str


@dataclass(frozen=True, slots=True)
class Grid:
    """`label`: the column that says whose row it is. `values`: the columns of figures. `measure`: the column of their
    units, None for none. `over`: the words of the line over the table and of the headings, framed by spaces."""

    heads: tuple[str, ...]
    head: tuple[Span, ...]
    rows: tuple[Line, ...]
    label: int
    values: tuple[int, ...]
    measure: int | None
    caption: Span | None
    over: str
    named: str  # the words of all labels and heads, in the same way

    def unit_of(self, plan: Plan, line: Line, column: int) -> str:
        """Where the unit of a cell may stand: in it, its head, its row's label and measure, the line over the table."""
        parts = [line.cells[column], self.heads[column], line.cells[self.label]]
        parts += [line.cells[self.measure]] if self.measure is not None else []
        parts += [plan.quote(self.caption)] if self.caption else []
        return " ".join(parts)


def grids(plan: Plan) -> tuple[Grid, ...]:
    """In order of the text; worked out once a plan object. Tables without a head or without figures are left out."""
    if plan.id not in _known or _known[plan.id][0] is not plan:
        found = (_grid(plan, run, before) for run, before in _runs(units(plan)))
        _known[plan.id] = (plan, tuple(g for g in found if g))
    return _known[plan.id][1]


# As in units.py: a plan's tables live as long as the plan is served.
_known: dict[str, tuple[Plan, tuple[Grid, ...]]] = {}


def is_total(cell: str) -> bool:
    """ "Cộng", "Tổng số (ha)"."""
    return bool(_TOTAL.match(fold(cell).strip()))


def _runs(all_units: Sequence[Unit]) -> list[tuple[list[Unit], Unit | None]]:
    """The runs of rows, each with the unit before it; a head row begins a run."""
    runs: list[tuple[list[Unit], Unit | None]] = []
    before: Unit | None = None
    for i, unit in enumerate(all_units):
        if unit.cells:
            if (
                before is None
                or not before.cells
                or (unit.lead_in and not before.lead_in and before is all_units[i - 1])
            ):
                runs.append(([], before))
            runs[-1][0].append(unit)
        elif before and before.cells and before.section == unit.section and _stray(all_units, i):
            continue
        before = unit
    return [r for r in runs if len(r[0]) > 1]


def _stray(all_units: Sequence[Unit], at: int) -> bool:
    """A lone cell that lost its row: a word or two between two rows."""
    unit = all_units[at]
    return unit.words.count(" ") <= _STRAY and at + 1 < len(all_units) and all_units[at + 1].cells and not unit.heading


def _grid(plan: Plan, run: Sequence[Unit], before: Unit | None) -> Grid | None:
    lines = [_cells(plan, unit) for unit in run]
    heads, used = _head(lines, run)
    body = [
        (unit, cells)
        for unit, cells in zip(run[used:], lines[used:], strict=True)
        if not all(_COLUMN_NUMBERS.match(fold(c)) for c in cells if c)
    ]
    width = len(heads)
    if not body or width < 2:
        return None
    order = {i for i in range(width) if _NUMBERED.match(fold(heads[i]))}
    measure = next((i for i in range(width) if _MEASURE.match(fold(heads[i]).strip())), None)
    rest = [i for i in range(width) if i not in order and i != measure]
    if not rest:
        return None
    rows: list[tuple[Unit, tuple[str, ...], tuple[Span, str] | None]] = []
    group: tuple[Span, str] | None = None
    for unit, cells in body:
        filled = [c for c in cells if c]
        if filled and _GROUP.fullmatch(filled[0]) and len(filled) <= max(2, width - 1) and len(filled) > 1:
            group = Span(plan.id, unit.start, unit.end), filled[1]
            if len(cells) != width:
                continue
        if order and len(cells) < width and _POINT.fullmatch(cells[0]):
            cells = (*cells, *[""] * (width - len(cells)))  # what is the same as above is not written again
        if len(cells) == width:
            own = filled and _GROUP.fullmatch(filled[0])
            rows.append((unit, cells, None if own else group))
    if not rows:
        return None
    label = next((i for i in rest if not all(_ORDER.match(fold(r[1][i])) for r in rows)), rest[0])
    values = tuple(i for i in rest if i != label and any(_is_value(r[1][i]) for r in rows))
    above = plan.quote(Span(plan.id, before.start, before.end)) if before else ""
    caption = Span(plan.id, before.start, before.end) if before and _CAPTION.match(fold(above)) else None
    over = spaced(" ".join((*plan.headings(run[0].section), above)))
    head = tuple(Span(plan.id, u.start, u.end) for u in run[:used])
    told = tuple(
        Line(unit, cells, over_it, _words(cells, over_it), spaced(cells[label])) for unit, cells, over_it in rows
    )
    named = " ".join((*(line.label for line in told), *(spaced(h) for h in heads)))
    return Grid(heads, head, told, label, values, measure, caption, over, named)


def _words(cells: Sequence[str], group: tuple[Span, str] | None) -> str:
    told = [cell for cell in cells if len(cell) <= _NOTE]
    return spaced(" ".join((*told, group[1] if group else "")))


def _head(lines: Sequence[tuple[str, ...]], run: Sequence[Unit]) -> tuple[tuple[str, ...], int]:
    """The head in one row, and how many rows it takes up."""
    first, second = lines[0], lines[1]
    if run[1].lead_in and (both := folded(first, second)):
        return tuple(both), 2
    width = max((len(line) for line in lines[2:]), default=0)
    parted = not any(_VALUE.search(cell) for cell in second) and len(second) > 1 and all(second)
    if parted and len(first) < width == len(first) - 1 + len(second):
        at = _parted(next(line for line in lines[2:] if len(line) == width), len(second))
        below = (f"{first[at]}: {cell}" for cell in second)
        return (*first[:at], *below, *first[at + 1 :]), 2
    return first, 1


def _parted(row: tuple[str, ...], count: int) -> int:
    """The column of the head that reaches over those of the second row: the one over a run of figures, else the
    last."""
    runs = (i for i in range(1, len(row) - count + 1) if all(_FIGURE.fullmatch(c) for c in row[i : i + count]))
    return next(runs, len(row) - count)


def _is_value(cell: str) -> bool:
    return bool(_VALUE.search(cell)) and cell.count(" ") < _WORDS_IN_VALUE


def _cells(plan: Plan, unit: Unit) -> tuple[str, ...]:
    return tuple(_BAR.split(plan.text[unit.start : unit.end].strip()))
