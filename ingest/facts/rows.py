"""Deadlines and duties from the rows of a table whose head names the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.dates import repeats
from bot.domain import Deadline, Duty, Target, WrittenDate
from bot.text import fold

from ..document import Document
from ..outline import Line
from .addressee import addressee, names_somebody
from .limits import limits, stated

_TIME = re.compile(r"thoi (?:gian|han|diem)|tien do|\bhan\b|hoan thanh")
_ACTOR = re.compile(
    r"chu tri|phu trach|phan cong|chiu trach nhiem"
    r"|(?:don vi|co quan|bo phan|ca nhan|nguoi)\b.*(?:thuc hien|tham muu|bao cao)"
)
_TASK = re.compile(r"noi dung|nhiem vu|cong viec|hoat dong|giai phap|muc tieu|chi tieu|\bten\b|\bviec\b")
_MEASURES = re.compile(r"noi dung|chi tieu|muc tieu|tieu chi|\bten\b|nhiem vu|dia ban|don vi|khoi pho|thon|xom|\bap\b")
_UNIT = re.compile(r"don vi tinh|\bdvt\b|^don vi$")
_FIGURE = re.compile(r"[≥>≤<]?\s*\d+(?:[.,]\d+)*\s*%?")
_IN_BRACKETS = re.compile(r"\(([^()]{1,20})\)$")
_YEAR = re.compile(r"\b20\d\d\b")
_REPORTS = re.compile(r"\b(?:bao cao|gui|nop)\b")


_NEAR = 500  # characters from the row that names the actor of several to the one whose task it is


@dataclass(frozen=True, slots=True)
class _Row:
    """`start`: where its proof begins, with the row above that names the actor of both."""

    start: int
    line: Line
    path: str
    task: str
    actor: str
    time: str


def _rows(document: Document) -> Iterator[_Row]:
    named, at, table = "", 0, None  # the actor last named in this table, and where
    for head, line, cells in document.rows():
        time = _column(head, _TIME, ())
        actor = _column(head, _ACTOR, (time,))
        task = _column(head, _TASK, (time, actor))
        if table is not head:
            named, table = "", head
        if task is None or (time is None and actor is None) or not _cell(cells, task):
            named = ""
            continue
        own = _cell(cells, actor)
        if names_somebody(own):
            named, at = own, line.start
        elif own or line.end - at > _NEAR:
            named = ""  # a word that names nobody stands in a column of other tables
        # A cell that is merged over several rows is written in the first one alone.
        start = line.start if own or not named else at
        yield _Row(start, line, document.path(line), _cell(cells, task), named, _cell(cells, time))


def _column(head: Sequence[str], names: re.Pattern[str], taken: tuple[int | None, ...]) -> int | None:
    return next((i for i, cell in enumerate(head) if i not in taken and names.search(fold(cell))), None)


def _cell(cells: Sequence[str], column: int | None) -> str:
    return cells[column].strip(" .;") if column is not None and column < len(cells) else ""


def row_deadlines(document: Document) -> Iterator[Deadline]:
    """One for each time of a row; a report that only repeats ("Hằng quý") has no day."""
    for row in _rows(document):
        span = document.span(row.start, row.line.end)
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
            yield Duty(row.path, document.span(row.start, row.line.end), row.actor, row.task)


def row_targets(document: Document) -> Iterator[Target]:
    """A figure in a table: what its row and its column say that it measures, in the unit that either names."""
    for head, line, cells in document.rows():
        label = next((at for at, cell in enumerate(cells[: len(head)]) if any(map(str.isalpha, cell))), None)
        if label is None or not _MEASURES.search(fold(head[label])):
            continue
        unit = _cell(cells, _column(head, _UNIT, ()))
        for at, cell in enumerate(cells[: len(head)]):
            if at <= label or not _FIGURE.fullmatch(cell):
                continue
            measured = unit or next(iter(_IN_BRACKETS.findall(head[at])), "")
            figure = cell if not measured or measured in cell else f"{cell} {measured}"
            year = _YEAR.search(head[at])
            subject = f"{cells[label]} – {head[at]}" if head[at] else cells[label]
            span = document.span(line.start, line.end)
            yield Target(document.path(line), span, figure, subject, int(year.group()) if year else None)
