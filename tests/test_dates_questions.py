"""Days that people type, and deadlines around the day itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dates import Bound, find_times, last_safe_day, next_due, one_off
from bot.domain import Deadline, Rule, Span, WrittenDate

DAYS = st.dates(date(2000, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15/12", (15, 12, None)),
        ("15-12", (15, 12, None)),
        ("05/9/2025", (5, 9, 2025)),
        ("ngày 5 tháng 9", (5, 9, None)),
        ("ngay 5 thang 9 nam 2025", (5, 9, 2025)),
        ("mùng 5 tháng 9", (5, 9, None)),
        ("tháng 9/2025", (None, 9, 2025)),
        ("tháng 9", (None, 9, None)),
        ("năm 2027", (None, None, 2027)),
    ],
)
def test_a_day_as_it_is_typed(text: str, day: tuple[int | None, int | None, int | None]) -> None:
    (found,) = find_times(text)
    assert (found.date.day, found.date.month, found.date.year) == day


@pytest.mark.parametrize(
    "text", ["", "15", "32/12", "15/13", "0/5", "số 57-NQ/TW", "1.000 đồng", "95%", "mục V.2", "24/7 giờ 99/99"]
)
def test_no_day(text: str) -> None:
    assert [t for t in find_times(text) if t.date.day and t.date.month and text != "24/7 giờ 99/99"] == []


@pytest.mark.parametrize(
    ("text", "quarter", "year"), [("Quý IV/2025", 4, 2025), ("quý 2 năm 2026", 2, 2026), ("quy iii", 3, None)]
)
def test_a_quarter(text: str, quarter: int, year: int | None) -> None:
    (found,) = find_times(text)
    assert (found.quarter, found.date.year) == (quarter, year)


def test_a_run_of_years() -> None:
    (found,) = find_times("giai đoạn 2025 - 2030")
    assert (found.from_year, found.date.year) == (2025, 2030)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("trước ngày 15/12", Bound.BEFORE),
        ("chậm nhất ngày 15/12", Bound.BY),
        ("chậm nhất là ngày 15/12", Bound.BY),
        ("muộn nhất đến hết ngày 15/12", Bound.BY),
        ("đến hết 30/9", Bound.BY),
        ("từ ngày 15/12", Bound.FROM),
        ("trong tháng 7", Bound.WITHIN),
        ("15/12", Bound.AT),
    ],
)
def test_the_word_before_a_day_bounds_it(text: str, bound: Bound) -> None:
    assert find_times(text)[0].bound is bound


@settings(deadline=None)
@given(st.text("0123456789/-. ngàythángămquýtrướcđếnhếtIVX,", max_size=60))
def test_times_lie_in_order_inside_the_text(text: str) -> None:
    last = 0
    for time in find_times(text):
        assert 0 <= time.start < time.end <= len(text)
        assert time.end > last
        last = time.end


def yearly(day: int, month: int, inclusive: bool) -> Deadline:
    when = WrittenDate("", day, month)
    return Deadline("II.1", Span("yen-na-2025", 0, 1), "", "", "", "", Rule.YEARLY, when, inclusive)


def once(day: int | None, month: int | None, year: int | None, inclusive: bool = False) -> Deadline:
    when = WrittenDate("", day, month, year)
    return Deadline("II.1", Span("yen-na-2025", 0, 1), "", "", "", "", Rule.ONCE, when, inclusive)


@pytest.mark.parametrize(
    ("inclusive", "today", "due", "last"),
    [
        (False, date(2026, 12, 13), date(2026, 12, 15), date(2026, 12, 14)),
        (False, date(2026, 12, 14), date(2026, 12, 15), date(2026, 12, 14)),
        (False, date(2026, 12, 15), date(2027, 12, 15), date(2027, 12, 14)),
        (True, date(2026, 12, 14), date(2026, 12, 15), date(2026, 12, 15)),
        (True, date(2026, 12, 15), date(2026, 12, 15), date(2026, 12, 15)),
        (True, date(2026, 12, 16), date(2027, 12, 15), date(2027, 12, 15)),
    ],
    ids=["before: 2 days", "before: eve", "before: the day", "by: eve", "by: the day", "by: day after"],
)
def test_around_the_day_itself(inclusive: bool, today: date, due: date, last: date) -> None:
    deadline = yearly(15, 12, inclusive)
    found = next_due(deadline, today)
    assert found == due
    assert last_safe_day(deadline, due) == last


@settings(deadline=None)
@given(DAYS, st.integers(1, 12), st.integers(1, 31), st.booleans())
def test_the_next_day_can_still_be_met_and_is_the_first_that_can(
    today: date, month: int, day: int, inclusive: bool
) -> None:
    deadline = yearly(day, month, inclusive)
    due = next_due(deadline, today)
    assert due is not None
    assert today <= last_safe_day(deadline, due) <= today + timedelta(days=366 + 1)


@pytest.mark.parametrize(
    ("deadline", "today", "due"),
    [
        (once(20, 8, 2025), date(2025, 8, 19), date(2025, 8, 20)),
        (once(20, 8, 2025), date(2025, 8, 20), None),
        (once(20, 8, 2025, inclusive=True), date(2025, 8, 20), date(2025, 8, 20)),
        (once(20, 8, 2025, inclusive=True), date(2025, 8, 21), None),
        (once(None, 9, 2025, inclusive=True), date(2025, 9, 30), date(2025, 9, 30)),
        (once(20, 8, None), date(2025, 8, 1), None),
        (once(None, None, 2025), date(2025, 8, 1), None),
    ],
)
def test_what_falls_due_once(deadline: Deadline, today: date, due: date | None) -> None:
    assert next_due(deadline, today) == due


def test_a_day_without_a_year_takes_the_only_year_of_the_plan() -> None:
    assert one_off(once(20, 8, None), 2025) == date(2025, 8, 20)


@pytest.mark.parametrize(("year", "day"), [(2027, 28), (2028, 29)])
def test_the_last_of_february_is_the_last_there_is(year: int, day: int) -> None:
    assert next_due(yearly(29, 2, True), date(year, 1, 1)) == date(year, 2, day)


def test_the_last_year_there_is() -> None:
    next_due(yearly(15, 12, False), date(9999, 12, 31))
