"""Deadlines and duties from the rows of a table whose head names the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.dates import repeats
from bot.domain import Deadline, Duty, WrittenDate
from bot.text import fold

from ..document import Document
from ..outline import Line
from .addressee import addressee
from .limits import limits, stated

_TIME = re.compile(r"thoi (?:gian|han|diem)|tien do|\bhan\b|hoan thanh")
_ACTOR = re.compile(
    r"chu tri|phu trach|phan cong|chiu trach nhiem"
    r"|(?:don vi|co quan|bo phan|ca nhan|nguoi)\b.*(?:thuc hien|tham muu|bao cao)"
)
_TASK = re.compile(r"noi dung|nhiem vu|cong viec|hoat dong|giai phap|muc tieu|chi tieu|\bten\b|\bviec\b")
_REPORTS = re.compile(r"\b(?:bao cao|gui|nop)\b")


@dataclass(frozen=True, slots=True)
class _Row:
    line: Line
    path: str
    task: str
    actor: str
    time: str


def _rows(document: Document) -> Iterator[_Row]:
    for head, line, cells in document.rows():
        time = _column(head, _TIME, ())
        actor = _column(head, _ACTOR, (time,))
        task = _column(head, _TASK, (time, actor))
        if task is not None and (time is not None or actor is not None) and _cell(cells, task):
            yield _Row(line, document.path(line), _cell(cells, task), _cell(cells, actor), _cell(cells, time))


def _column(head: Sequence[str], names: re.Pattern[str], taken: tuple[int | None, ...]) -> int | None:
    return next((i for i, cell in enumerate(head) if i not in taken and names.search(fold(cell))), None)


def _cell(cells: Sequence[str], column: int | None) -> str:
    return cells[column].strip(" .;") if column is not None and column < len(cells) else ""


def row_deadlines(document: Document) -> Iterator[Deadline]:
    """One for each time of a row; a report that only repeats ("Hằng quý") has no day."""
    for row in _rows(document):
        span = document.span(row.line.start, row.line.end)
        recipient, via = addressee(row.task)
        times = limits(row.time)
        for time in times:
            rule, when, inclusive = stated(time, row.time)
            yield Deadline(row.path, span, row.actor, row.task, recipient, via, rule, when, inclusive)
        every = repeats(row.time)
        if not times and every and _REPORTS.search(fold(row.task)):
            yield Deadline(row.path, span, row.actor, row.task, recipient, via, every, WrittenDate(""))


def row_duties(document: Document) -> Iterator[Duty]:
    for row in _rows(document):
        if row.actor:
            yield Duty(row.path, document.span(row.line.start, row.line.end), row.actor, row.task)
