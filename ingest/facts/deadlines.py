"""Deadlines: who owes what to whom, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.bodies import body_name
from bot.dates import TimeExpression, repeats
from bot.domain import Deadline, Rule, WrittenDate
from bot.text import fold

from ..document import Document
from ..outline import Line
from .addressee import addressee, speaks_of_recipient
from .due import duties_of, duty_of, names_a_period, owes
from .duties import owner
from .labels import only_a_time, task_above
from .limits import limits, stated
from .rows import row_deadlines

_NOT_FAR = 12  # clauses
_REPORTS = re.compile(r"\b(?:bao cao|gui|nop)\b")
_PERIODIC = re.compile(r"dinh ky|hang (?:nam|quy|thang|tuan)|6 thang|thoi gian quy dinh|thuong xuyen bao cao")
_LEANS = re.compile(r"(?:thoi (?:gian|han)|han\b|viec)")
_TELLS_TIME = re.compile(r"(?:thoi (?:gian|han)|han\b)")
_LABEL = re.compile(r"[^:;.]{3,70}:\s+")
_SUBJECT = re.compile(
    r"(?:^|[,;]\s*)"
    r"(?P<who>(?:cac|moi)\s+(?:co quan|don vi|phong|thon|xom|dia phuong|to chuc|truong)[^.;()]{0,120}?)"
    r"\s+(?:bao cao|gui|nop|phan anh|xay dung|hoan thanh)\b"
)


def deadlines(document: Document) -> list[Deadline]:
    """Every duty with a time limit, and reporting duties without a day (rule `undated` or a bare repetition)."""
    return sorted((*_in_lines(document), *row_deadlines(document)), key=lambda d: d.span.start)


def _in_lines(document: Document) -> Iterator[Deadline]:
    for line, path in document.body_lines():
        if line.cells:
            continue
        start, end = document.content(line)
        if only_a_time(document.text[start:end]):
            yield from _below_its_task(document, line, path)
            continue
        spoken = document.sentences(line)
        for index, (start, end) in enumerate(spoken):
            yield from _in_sentence(document, line, path, spoken, index, start, end)


def _below_its_task(document: Document, line: Line, path: str) -> Iterator[Deadline]:
    start, actor, duty = task_above(document, line, path)
    text = document.text[slice(*document.content(line))]
    recipient, via = addressee(duty)
    for time in limits(text):
        rule, when, inclusive = stated(time, text, duty)
        yield Deadline(path, document.span(start, line.end), actor, duty, recipient, via, rule, when, inclusive)


def _in_sentence(
    document: Document, line: Line, path: str, spoken: list[tuple[int, int]], index: int, start: int, end: int
) -> Iterator[Deadline]:
    text = document.text[start:end]
    folded = fold(text)
    times = limits(text)
    bare = index > 0 and only_a_time(text)
    next_period = index > 0 and bool(times) and names_a_period(text[: times[0].start])
    if times and (bare or next_period or owes(text)):
        # "Thời gian gửi báo cáo chậm nhất …" rests on the sentence before it for who and to whom.
        first = spoken[index - 1][0] if index > 0 and _LEANS.match(folded) else start
        if next_period or (_REPORTS.search(folded) and not addressee(document.text[first:end])[0]):
            # "…; báo cáo năm chậm nhất ngày 25/11": a clause before it, not far, says to whom.
            told = (
                s
                for s, e in reversed(spoken[max(0, index - _NOT_FAR) : index])
                if _REPORTS.search(fold(document.text[s:e])) and addressee(document.text[s:e])[0]
            )
            first = next(told, first)
        if bare:
            due = [duty_of(document.text[first:start], None)] * len(times)
        else:
            due = duties_of(text, times, leans=first < start)
        for time, duty in zip(times, due, strict=True):
            yield _deadline(document, line, path, first, end, duty, time, text)
    elif _REPORTS.search(folded) and _PERIODIC.search(folded) and speaks_of_recipient(folded):
        after = spoken[index + 1] if index + 1 < len(spoken) else None
        if after is None or not _TELLS_TIME.match(fold(document.text[slice(*after)])):
            yield _deadline(document, line, path, start, end, duty_of(text, None), None)


def _deadline(
    document: Document,
    line: Line,
    path: str,
    start: int,
    end: int,
    duty: str,
    time: TimeExpression | None,
    sentence: str = "",
) -> Deadline:
    """`sentence` holds the time; `start:end` may begin earlier, with the words that it leans on."""
    text = document.text[start:end]
    recipient, via = addressee(text)
    span = document.span(start, end)
    label = _LABEL.match(text)
    actor = body_name(text[label.end() :] if label else text) or _subject(text) or owner(document, line, path)
    if time is None:
        return Deadline(path, span, actor, duty, recipient, via, repeats(text) or Rule.UNDATED, WrittenDate(""))
    rule, when, inclusive = stated(time, sentence, text)
    return Deadline(path, span, actor, duty, recipient, via, rule, when, inclusive)


def _subject(text: str) -> str:
    found = _SUBJECT.search(fold(text))
    return text[found.start("who") : found.end("who")].strip() if found else ""
