"""A row of a table as a sentence would say it: whose row it is, the column asked for, the unit of its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .domain import Plan, Span
from .question import Question
from .terms import spaced
from .text import fold, squash
from .units import Unit
from .wants import Want

_BAR = re.compile(r"\s*\|\s*")
_NUMBERING = re.compile(r"(?:stt|tt|so tt|so thu tu)\b|[ivxlc]+$|\d{1,3}$")
_MEASURE = re.compile(r"(?:don vi tinh|dvt|don vi)\s*:")
_KIND = 2.0  # weight of a column that holds the kind of value asked for
_KINDS = {
    Want.BODY: r"don vi|co quan|chu tri|phu trach|nguoi|bo phan",
    Want.PERSON: r"nguoi|phu trach|ho ten|ho va ten",
    Want.DATE: r"thoi gian|thoi han|han\b|hoan thanh|ngay|tien do",
    Want.MONEY: r"kinh phi|tien|dong\b|muc|du toan",
    Want.PERCENT: r"%|ty le",
    Want.PLACE: r"dia diem|dia chi|vi tri|noi",
}


@dataclass(frozen=True, slots=True)
class Row:
    """`label`: whose row it is; `group`: the row that stands over a run of rows ("I | Đô thị"), None for none."""

    span: Span
    cells: tuple[str, ...]
    heads: tuple[str, ...]
    head: Span | None
    label: int
    group: Span | None
    measure: Span | None


def row(plan: Plan, unit: Unit) -> Row:
    lines = _lines(plan, unit.start)
    first = lines[0]
    cells = _cells(plan, (unit.start, unit.end))
    heads = _cells(plan, first) if first[0] < unit.start else ()
    over = [line for line in lines[1:] if line[0] < unit.start and _is_group(_cells(plan, line), heads)]
    label = next((i for i, cell in enumerate(cells) if cell and not _NUMBERING.match(fold(cell))), 0)
    above = plan.text.rfind("\n", 0, max(0, first[0] - 1)) + 1
    caption = (above, max(above, first[0] - 1))
    return Row(
        Span(plan.id, unit.start, unit.end),
        cells,
        heads if len(heads) == len(cells) else (),
        Span(plan.id, *first) if heads else None,
        label,
        Span(plan.id, *over[-1]) if over and not _is_group(cells, heads) else None,
        Span(plan.id, *caption) if _MEASURE.match(fold(plan.text[slice(*caption)])) else None,
    )


def told(question: Question, plan: Plan, unit: Unit) -> tuple[str, tuple[Span, ...]]:
    """What the row says to the question, and what proves it: the row, its head, its unit, the row over it."""
    found = row(plan, unit)
    spans = [found.span]
    name = found.cells[found.label] if found.cells else ""
    if found.group:
        group = [
            cell for cell in _cells(plan, (found.group.start, found.group.end)) if not _NUMBERING.match(fold(cell))
        ]
        name = f"{name} – {group[0]}" if group else name
        spans.append(found.group)
    if not found.heads:
        rest = [c for i, c in enumerate(found.cells) if i != found.label and c and not _NUMBERING.fullmatch(fold(c))]
        return "; ".join([name, *rest]), tuple(spans)
    asked = columns(question, found)
    if found.head and asked:
        spans.append(found.head)
    said = "; ".join(f"{found.heads[i]}: {found.cells[i]}" for i in asked if found.cells[i])
    measure = ""
    if found.measure and re.search(r"\d", said):
        spans.append(found.measure)
        measure = f" ({squash(plan.quote(found.measure))})"
    return (f"{name} – {said}{measure}" if said else name), tuple(spans)


def columns(question: Question, row: Row) -> list[int]:
    """The columns that the question asks for; all but the label's and the numbering where it names none."""
    rest = [i for i in range(len(row.heads)) if i != row.label and not _NUMBERING.match(fold(row.heads[i]))]
    scored = {i: _asked(question, row.heads[i], row.cells[i]) for i in rest}
    best = max(scored.values(), default=0.0)
    return [i for i in rest if scored[i] == best] if best > 0 else rest


def _asked(question: Question, head: str, cell: str) -> float:
    words = spaced(head)
    score = sum(t.weight for t in question.terms if any(f" {form} " in words for form in t.forms))
    kinds = [pattern for want, pattern in _KINDS.items() if want in question.wants]
    return score + _KIND * any(re.search(pattern, fold(head)) for pattern in kinds) if cell else 0.0


def measured(plan: Plan, unit: Unit, pattern: re.Pattern[str]) -> bool:
    """Whether a figure of the row is of the unit sought, by the head of its column or the line over the table."""
    found = row(plan, unit)
    over = bool(found.measure) and bool(pattern.search(fold(plan.quote(found.measure)))) if found.measure else False
    figures = [i for i, cell in enumerate(found.cells) if re.match(r"\d[\d.,]*$", cell) and i >= found.label]
    return bool(figures) and (over or any(pattern.search(fold(found.heads[i])) for i in figures if found.heads))


def _lines(plan: Plan, at: int) -> list[tuple[int, int]]:
    """The lines of the table around `at`, in order."""
    start = plan.text.rfind("\n", 0, at) + 1
    lines = [(start, _end(plan, start))]
    while lines[0][0] > 0:
        before = plan.text.rfind("\n", 0, lines[0][0] - 1) + 1
        if " | " not in plan.text[before : lines[0][0] - 1]:
            break
        lines.insert(0, (before, lines[0][0] - 1))
    return lines


def _end(plan: Plan, start: int) -> int:
    stop = plan.text.find("\n", start)
    return stop if stop >= 0 else len(plan.text)


def _cells(plan: Plan, line: tuple[int, int]) -> tuple[str, ...]:
    return tuple(_BAR.split(plan.text[slice(*line)].strip()))


def _is_group(cells: Sequence[str], heads: Sequence[str]) -> bool:
    """ "I | Đô thị (21 phường)" over rows that are numbered 1, 2, 3."""
    filled = [cell for cell in cells if cell]
    return (
        bool(re.fullmatch(r"[IVXLC]+|[A-Z]", filled[0])) and len(filled) <= max(2, len(heads) - 1) if filled else False
    )
