"""When a time in a plan is a limit, and what it says: once or again and again, the day itself in time or not."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from bot.dates import Bound, TimeExpression, dates_a_document, find_times, repeats
from bot.domain import Rule, WrittenDate
from bot.text import fold

_SPAN_OF_MONTHS = re.compile(r"(?:6|sau|9|chin|3|ba)\s*$")
_SECTION = re.compile(r"\d{1,2}\.\d{1,2}")  # "mục 2.3"; a day is written with a stroke, or after "ngày"
_NEAR = 40  # characters before a time that can make it a span; all of them, for each time, would be quadratic
_MOST = 50  # times in one sentence: a longer list is none, and each time is read against the whole sentence


def limits(text: str) -> list[TimeExpression]:
    """The times that are limits: bounded, or a day, month or quarter that does not date a document."""
    found = find_times(text)
    return [
        _spanned(text, found[at - 1], time) if at else time
        for at, time in islice(((at, t) for at, t in enumerate(found) if _limits(text, t)), _MOST)
    ]


def _spanned(text: str, before: TimeExpression, time: TimeExpression) -> TimeExpression:
    """ "từ tháng 1 đến tháng 6 năm 2026" is one time, which ends with its second half."""
    if before.bound is not Bound.FROM or text[before.end : time.start].strip(" ,"):
        return time
    written = replace(time.date, written=text[before.start : time.end].strip())
    return replace(time, start=before.start, date=written)


def _limits(text: str, time: TimeExpression) -> bool:
    if (
        _SECTION.fullmatch(time.date.written)
        or time.from_year
        or time.bound is Bound.FROM
        or dates_a_document(text, time)
    ):
        return False
    if not (time.date.day or time.date.month or time.quarter or time.weekday is not None):
        return False
    return _SPAN_OF_MONTHS.search(fold(text[max(0, time.start - _NEAR) : time.start])) is None


def stated(time: TimeExpression, *around: str) -> tuple[Rule, WrittenDate, bool]:
    """Rule, date and whether the day is included; `around`: texts that may say how often, the nearest first."""
    when = time.date
    rule = time.rule or next((r for text in around if (r := _repeated(text, when))), Rule.ONCE)
    if time.quarter and when.month is None:
        # A quarter ends with its last month; the words stay as written.
        when = WrittenDate(when.written, None, time.quarter * 3, when.year)
    return rule, when, time.bound is not Bound.BEFORE


def _repeated(text: str, when: WrittenDate) -> Rule | None:
    """ "Định kỳ 6 tháng …, trước ngày 15/6": that day comes once a year."""
    rule = repeats(text)
    return Rule.YEARLY if rule and when.month is not None else rule
