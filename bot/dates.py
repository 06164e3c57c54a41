"""Dates as Vietnamese administrative text and chat write them → what they mean.

One grammar for plans and questions: "trước ngày 05/11 hàng năm", "chậm nhất đến ngày 05 tháng 11",
"trong tháng 7 năm 2025", "Quý IV/2025", "xong trước 15/01/2026", "trước ngày 25 hằng tháng", "đến hết 30/9",
"năm 2027", "ngày 15 và 30 hằng tháng", "ngày cuối cùng của quý", "trước 16 giờ thứ sáu hằng tuần".
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum
from itertools import pairwise

from .domain import Deadline, Rule, WrittenDate
from .text import fold


class Bound(StrEnum):
    BEFORE = "before"  # the day itself is too late
    BY = "by"  # the day itself is still in time
    WITHIN = "within"  # some time in the month, quarter or year
    FROM = "from"
    AT = "at"  # no word before it


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time in the text: offsets cover the bound ("trước ngày") and the rule ("hàng năm") beside it."""

    start: int
    end: int
    date: WrittenDate
    bound: Bound
    rule: Rule | None  # None where neither a year nor a repeating word says
    quarter: int | None = None
    from_year: int | None = None  # "từ 2025 - 2027", "giai đoạn 2025-2030"
    weekday: int | None = None  # 0 Monday … 6 Sunday


_DAY_MONTH = r"(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})(?:\s*[/.-]\s*(?P<year>\d{4}))?(?![\d/])"
_DAY_WORDS = r"(?P<day2>\d{1,2})\s+thang\s+(?P<month2>\d{1,2})(?:\s*(?:nam|[/,-])\s*(?P<year2>\d{4}))?"
_MORE_DAYS = r"(?:\s*(?:,|,?\s*\bva\b|,?\s*\bhoac\b)\s*(?:ngay\s+)?\d{1,2})*"  # "ngày 10, 20 và 30 hằng tháng"
_DAY_OF = (
    rf"(?P<day5>\d{{1,2}})(?={_MORE_DAYS}\s+"
    r"(?:(?:hang|moi|cua)\s+thang|(?:cua\s+)?thang\s+(?:(?:cuoi|dau)(?!\s+nam)|sau)))"
)
_LAST_DAY = (
    r"ngay\s+cuoi(?:\s+cung)?(?:\s+cua)?\s+(?:(?:hang|moi|tung)\s+)?(?P<last>thang|quy|nam)\b(?!\s+(?:\d|[ivx]+\b))"
)
_DAYS = ("hai", "ba", "tu", "nam", "sau", "bay")
_WEEKDAY = rf"(?:thu\s+(?P<weekday>{'|'.join(_DAYS)}|[2-7])|(?P<sunday>chu\s+nhat))"
_OF_WEEK = rf"{_WEEKDAY}(?=(?:\s*(?:,|va)\s*thu\s+\w+)*\s+(?:cua\s+)?(?:hang|moi)\s+tuan)"
# "hằng tháng, trước ngày 22": the month is said elsewhere.
_DAY_ALONE = r"ngay\s+(?P<day6>\d{1,2})(?![\d/]|\s*[.-]\s*\d|,\s*\d|\s+(?:thang|va|den)\b)"
_MONTH = r"(?:(?:cuoi|dau|giua)\s+)?thang\s+(?P<month3>\d{1,2})(?:\s*(?:/|nam|-)\s*(?P<year3>\d{4}))?(?![\d/])"
_QUARTER = r"quy\s+(?P<quarter>iv|i{1,3}|[1-4])\b(?:\s*(?:/|nam|-)?\s*(?:nam\s+)?(?P<year4>\d{4}))?"
_YEARS = r"(?:nam\s+)?(?P<year6>20\d\d)\s*(?:-|–|den(?:\s+het)?(?:\s+nam)?)\s*(?P<year7>20\d\d)"
_YEAR = r"(?:(?:cuoi|dau)\s+)?nam\s+(?P<year8>20\d\d)|(?<=\btu )(?P<year9>20\d\d)|(?<=\bden )(?P<year10>20\d\d)"
_TIME = re.compile(
    rf"(?<![\d/])(?:(?:ngay\s+)?(?:m[uo]ng\s+)?(?:{_DAY_MONTH}|{_DAY_WORDS}|{_DAY_OF})"
    rf"|{_LAST_DAY}|{_OF_WEEK}|{_DAY_ALONE}|{_MONTH}|{_QUARTER}|{_YEARS}|{_YEAR})"
)
_BOUND = "|".join(
    (
        r"(?P<before>(?:xong\s+)?truoc(?:\s+thoi\s+(?:diem|han))?)",
        r"(?P<by>(?:cham|muon|tre)\s+nhat(?:\s*(?:la|vao|den|toi|het))*(?:\s+truoc)?"
        r"|khong\s+(?:qua|(?:muon|cham|tre)\s+hon)|den(?:\s+het)?|het|han\s+(?:cuoi|chot)(?:\s+la)?)",
        r"(?P<within>(?:xong\s+)?trong(?:\s+khoang)?|vao)",
        r"(?P<from>(?:ke\s+)?tu|sau)",
    )
)
_HOUR = r"\d{1,2}\s*(?:gio|h|g)(?:\s*\d{2})?(?:\s*phut)?"
_BOUND_BEFORE = re.compile(
    rf"(?:{_BOUND})\s*(?:la\s+|:\s*)?(?:cac\s+)?(?P<hour>{_HOUR}\s+)?(?:(?:sang|chieu|toi)\s+)?(?:cua\s+)?$"
)
_BETWEEN = re.compile(r"\s*(?:[,;]\s*)?(?:(?:va|hoac)\s+)?")  # two days of one list
_YEARLY = re.compile(r"(?:hang|moi|tung)\s+nam|thuong\s+nien")
_WEEKLY = re.compile(r"(?:hang|moi)\s+tuan")
_MONTHLY = re.compile(r"(?:hang|moi|cua)\s+thang|thang\s+sau")
_QUARTERLY = re.compile(r"(?:hang|moi|cuoi|dau|cua)\s+quy")
_HALF = re.compile(r"(?:6|06|sau)\s+thang")
_AFTER = re.compile(
    r"\s*,?\s*(?:(?:cua\s+)?(?:hang|moi)\s+(?:nam|thang|quy|tuan)"
    r"|(?:cua\s+)?thang\s+(?:cuoi|dau)(?:\s+(?:cung|tien))?(?:\s+cua)?(?:\s+(?:hang|moi))?\s+(?:quy(?:\s+sau)?|ky)"
    r"|(?:cua\s+)?thang\s+sau)"
)
_LIMITS = (Bound.BEFORE, Bound.BY)
_LAST_OF = {"thang": Rule.MONTHLY, "quy": Rule.QUARTERLY, "nam": Rule.YEARLY}


def find_times(text: str) -> list[TimeExpression]:
    """All times in the text, in order; dates of documents ("số 02/KH-UBND ngày …") too: see `dates_a_document`."""
    folded = fold(text)
    read = (_expression(text, folded, match) for match in _TIME.finditer(folded))
    return _listed([expression for expression in read if expression], folded)


def _listed(found: list[TimeExpression], folded: str) -> list[TimeExpression]:
    """ "Trước ngày 15/6 và 15/12 hằng năm": the bound is written once, before the list, the rule once, after it."""

    def same_list(first: TimeExpression, second: TimeExpression) -> bool:
        days = first.date.day and second.date.day and second.bound is Bound.AT
        return bool(days) and _BETWEEN.fullmatch(folded, first.end, second.start) is not None

    joined = [False, *(same_list(a, b) for a, b in pairwise(found))]
    for i, here in enumerate(found):
        if joined[i] and found[i - 1].bound in _LIMITS:
            found[i] = replace(here, bound=found[i - 1].bound)
    for i in range(len(found) - 1, 0, -1):
        if joined[i] and found[i - 1].rule is None and found[i].rule is not Rule.ONCE:
            found[i - 1] = replace(found[i - 1], rule=found[i].rule)
    return found


def _expression(text: str, folded: str, match: re.Match[str]) -> TimeExpression | None:
    group = {name: value for name, value in match.groupdict().items() if value}

    def number(*names: str) -> int | None:
        return next((int(group[n]) for n in names if n in group), None)

    day, month = number("day", "day2", "day5", "day6"), number("month", "month2", "month3")
    year = number("year", "year2", "year3", "year4", "year7", "year8", "year9", "year10")
    if "last" in group:
        day, month = 31, 12 if group["last"] == "nam" else None  # of a shorter month its last day
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    if "day" in group and "year" not in group and folded[match.start() - 1 : match.start()].isalnum():
        return None
    quarter = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(
        group.get("quarter", ""), number("quarter") if group.get("quarter", "").isdigit() else None
    )
    start, end = match.span()
    bound = _BOUND_BEFORE.search(folded, max(0, start - 40), start)
    after = _AFTER.match(folded, end)
    if bound:
        start = bound.start()
    if after:
        end = after.end()
    kind = next((b for b in Bound if bound and bound.groupdict().get(b)), Bound.AT)
    if bound and bound["hour"] and kind is Bound.BEFORE:
        kind = Bound.BY  # "trước 16 giờ ngày 5": until then the day is in time
    if "day6" in group and kind not in _LIMITS:
        return None
    weekday = _weekday(match)
    if kind is Bound.BEFORE and not (day or quarter or month or year or weekday is not None):
        return None
    rule = _LAST_OF.get(group.get("last", ""), _rule(folded[match.end() : end], year))
    written = WrittenDate(text[start:end].strip(), day, month, year)
    return TimeExpression(start, end, written, kind, rule, quarter, number("year6"), weekday)


def _weekday(found: re.Match[str]) -> int | None:
    """0 for Monday, which is "thứ hai"."""
    if found["sunday"]:
        return 6
    name = found["weekday"]
    if not name:
        return None
    return int(name) - 2 if name.isdigit() else _DAYS.index(name)


def _rule(after: str, year: int | None) -> Rule | None:
    for pattern, rule in (
        (_YEARLY, Rule.YEARLY),
        (_QUARTERLY, Rule.QUARTERLY),
        (_MONTHLY, Rule.MONTHLY),
        (_WEEKLY, Rule.WEEKLY),
    ):
        if pattern.search(after):
            return rule
    return Rule.ONCE if year else None


def repeats(text: str) -> Rule | None:
    """The rule that a sentence states anywhere: "Định kỳ hằng năm, báo cáo …"."""
    folded = fold(text)
    if _HALF.search(folded) and re.search(r"dinh ky|hang nam|bao cao|so ket", folded):
        return Rule.HALF_YEARLY
    for pattern, rule in (
        (_WEEKLY, Rule.WEEKLY),
        (_MONTHLY, Rule.MONTHLY),
        (_QUARTERLY, Rule.QUARTERLY),
        (_YEARLY, Rule.YEARLY),
    ):
        if pattern.search(folded):
            return rule
    return None


# A number holds a digit or a stroke: "hồ sơ là ngày 30/11" has none.
_DOCUMENT_BEFORE = re.compile(
    r"(?:\bso\b(?=[^.;,]*[\d/])[\w./ -]{2,30}|\w+[-/][\w/&-]*[a-z][\w/&-]*"
    r"|luat\b[^.;]{0,90}|phap lenh\b[^.;]{0,60})\s*,?\s*$"
)
_OF_SOMEBODY = re.compile(r"\s+cua\b(?!\s+(?:nam|thang|quy|ky|moi|hang)\b)")


def dates_a_document(text: str, expression: TimeExpression) -> bool:
    """Whether the time is the date of a cited document rather than a time limit."""
    if expression.bound is not Bound.AT or expression.date.day is None:
        return False
    before = fold(text[max(0, expression.start - 100) : expression.start])
    return bool(_DOCUMENT_BEFORE.search(before)) or bool(
        _OF_SOMEBODY.match(fold(text[expression.end : expression.end + 12]))
    )


def last_safe_day(deadline: Deadline, due: date) -> date:
    """ "Trước ngày D" leaves until the day before; "chậm nhất ngày D" includes it."""
    return due if deadline.inclusive else due - timedelta(days=1)


def next_due(deadline: Deadline, today: date, plan_year: int | None = None) -> date | None:
    """The next day of the deadline that can still be met; None for a one-off that has passed or an undated duty.

    For a one-off without a year, `plan_year` is the only year that the plan covers.
    """
    if deadline.rule in (Rule.ONCE, Rule.UNDATED):
        once = one_off(deadline, plan_year)
        return once if once and last_safe_day(deadline, once) >= today else None
    if deadline.rule is Rule.WEEKLY:
        due = _next_weekday(deadline, today)
        return due if due and (plan_year is None or due.year <= plan_year) else None
    years = range(today.year, min(today.year + 1, MAXYEAR) + 1)
    days = (on_day(y, m, deadline.when.day or 31) for y in years for m in _months(deadline))
    due = next((day for day in days if last_safe_day(deadline, day) >= today), None)
    # "Hằng năm" in a plan of one year ends with it.
    return due if due and (plan_year is None or due.year <= plan_year) else None


_SAID_WEEKDAY = re.compile(_WEEKDAY)


def _next_weekday(deadline: Deadline, today: date) -> date | None:
    found = _SAID_WEEKDAY.search(fold(deadline.when.written))
    day = _weekday(found) if found else None
    if day is None:
        return None
    first = today if deadline.inclusive else today + timedelta(days=1)
    return first + timedelta(days=(day - first.weekday()) % 7)


_FIRST_MONTH = re.compile(r"thang\s+dau")
_EVERY = {Rule.MONTHLY: 1, Rule.QUARTERLY: 3, Rule.HALF_YEARLY: 6}  # months


def _months(deadline: Deadline) -> range | tuple[int]:
    """The months of a year in which it falls due; a day "hằng quý" belongs to the last month of the quarter."""
    when = deadline.when
    if when.month is not None:
        return (when.month,)
    every = _EVERY.get(deadline.rule)
    if every is None or when.day is None:
        return range(0)
    return range(1 if _FIRST_MONTH.search(fold(when.written)) else every, 13, every)


def one_off(deadline: Deadline, plan_year: int | None = None) -> date | None:
    """The day of a deadline that falls once; a month alone stands for its last day."""
    year = deadline.when.year or plan_year
    if year is None or deadline.when.month is None:
        return None
    return on_day(year, deadline.when.month, deadline.when.day or 31)


def on_day(year: int, month: int, day: int) -> date:
    """The day, or the last one of a month that has none so late."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
