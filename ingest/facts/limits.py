"""When a time in a plan is a limit, and what it says: once or again and again, the day itself in time or not."""

from __future__ import annotations

import re
from itertools import islice

from bot.dates import Bound, TimeExpression, dates_a_document, find_times, repeats
from bot.domain import Rule, WrittenDate
from bot.text import fold

_SPAN_OF_MONTHS = re.compile(r"(?:6|sau|9|chin|3|ba)\s*$")
_NEAR = 40  # characters before a time that can make it a span; all of them, for each time, would be quadratic
_MOST = 50  # times in one sentence: a longer list is none, and each time is read against the whole sentence


def limits(text: str) -> list[TimeExpression]:
    """The times that are limits: bounded, or a day, month or quarter that does not date a document."""
    return list(islice((t for t in find_times(text) if _limits(text, t)), _MOST))


def _limits(text: str, time: TimeExpression) -> bool:
    if time.from_year or time.bound is Bound.FROM or dates_a_document(text, time):
        return False
    if time.date.day is None and time.date.month is None and time.quarter is None:
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
