"""Times as plans and people write them, and the days they mean."""

from __future__ import annotations

from datetime import date

import pytest

from bot.dates import Bound, dates_a_document, find_times, next_due
from bot.domain import Deadline, Rule, Span, WrittenDate

BEFORE, BY, AT = Bound.BEFORE, Bound.BY, Bound.AT
Day = tuple[int | None, int | None, int | None]


def read(text: str) -> list[tuple[Bound, Day]]:
    return [(t.bound, (t.date.day, t.date.month, t.date.year)) for t in find_times(text)]


@pytest.mark.parametrize(
    ("text", "bound", "day"),
    [
        ("không muộn hơn ngày 30/9", BY, (30, 9, None)),
        ("không chậm hơn 30/9/2025", BY, (30, 9, 2025)),
        ("trước ngày mùng 5 tháng 1", BEFORE, (5, 1, None)),
        ("chậm nhất mồng 5 tháng 1 hằng năm", BY, (5, 1, None)),
        ("trước ngày 10 tháng cuối quý", BEFORE, (10, None, None)),
        ("chậm nhất ngày 05 tháng đầu tiên của quý sau", BY, (5, None, None)),
        ("hằng quý trước ngày 25", BEFORE, (25, None, None)),
        ("hằng tháng, trước ngày 25, các thôn báo cáo", BEFORE, (25, None, None)),
        ("hằng tháng, không muộn hơn ngày 25.", BY, (25, None, None)),
    ],
)
def test_bounds(text: str, bound: Bound, day: Day) -> None:
    assert read(text) == [(bound, day)]


@pytest.mark.parametrize(
    ("text", "bound", "days"),
    [
        ("trước ngày 15/3, 15/6, 15/9 và 15/12", BEFORE, [(15, 3), (15, 6), (15, 9), (15, 12)]),
        ("chậm nhất ngày 20/6 và 20/12", BY, [(20, 6), (20, 12)]),
        ("chậm nhất ngày 20 tháng 6 và ngày 20 tháng 12 hằng năm", BY, [(20, 6), (20, 12)]),
        ("trước các ngày 20/6; 20/12", BEFORE, [(20, 6), (20, 12)]),
    ],
)
def test_each_day_of_a_list_keeps_the_bound_of_the_first(text: str, bound: Bound, days: list[tuple[int, int]]) -> None:
    assert [(b, day[:2]) for b, day in read(text)] == [(bound, day) for day in days]


def test_the_days_of_a_list_share_what_repeats_them() -> None:
    assert [t.rule for t in find_times("chậm nhất ngày 20/6 và 20/12 hằng năm")] == [Rule.YEARLY, Rule.YEARLY]


def test_another_day_with_words_between_has_no_bound() -> None:
    text = "Báo cáo trước ngày 20/6 và tổ chức ra quân ngày 26/3"
    assert [bound for bound, _ in read(text)] == [BEFORE, AT]


@pytest.mark.parametrize("text", ["Sở họp ngày 25, các thôn báo cáo", "sau ngày 25, các thôn báo cáo"])
def test_a_day_of_no_month_is_a_time_only_where_it_limits(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("Công văn số 12/UBND-VX ngày 30/11/2025", True),
        ("Công văn số 1234 ngày 30/11/2025", True),
        ("Quyết định số    /QĐ-UBND ngày 30/11/2025", True),
        ("Luật Thi đua, khen thưởng ngày 15/6/2022", True),
        ("Chỉ thị ngày 30/11/2025 của Thủ tướng Chính phủ", True),
        ("Hạn cuối nộp hồ sơ là ngày 30/11/2025", False),
        ("Hạn nộp hồ sơ ngày 30/11 của năm báo cáo", False),
    ],
)
def test_the_day_of_a_document_is_told_from_a_limit(text: str, dated: bool) -> None:
    (found,) = find_times(text)
    assert dates_a_document(text, found) is dated


def due(rule: Rule, written: str, day: int | None, month: int | None = None, inclusive: bool = False) -> Deadline:
    when = WrittenDate(written, day, month)
    return Deadline("II.1", Span("an-phu-2025", 0, 1), "", "", "", "", rule, when, inclusive)


@pytest.mark.parametrize(
    ("deadline", "today", "wanted"),
    [
        (due(Rule.QUARTERLY, "trước ngày 10 tháng cuối quý", 10), date(2026, 1, 5), date(2026, 3, 10)),
        (due(Rule.QUARTERLY, "trước ngày 10 tháng cuối quý", 10), date(2026, 3, 10), date(2026, 6, 10)),
        (due(Rule.QUARTERLY, "ngày 10 tháng cuối quý", 10, inclusive=True), date(2026, 3, 10), date(2026, 3, 10)),
        (due(Rule.QUARTERLY, "trước ngày 25", 25), date(2026, 12, 26), date(2027, 3, 25)),
        (due(Rule.QUARTERLY, "trước ngày 05 tháng đầu quý sau", 5), date(2026, 11, 20), date(2027, 1, 5)),
        (due(Rule.QUARTERLY, "trước ngày 15/3", 15, 3), date(2026, 4, 1), date(2027, 3, 15)),
        (due(Rule.HALF_YEARLY, "trước ngày 15/6", 15, 6), date(2026, 7, 1), date(2027, 6, 15)),
        (due(Rule.HALF_YEARLY, "trước ngày 20 tháng cuối kỳ", 20), date(2026, 7, 1), date(2026, 12, 20)),
        (due(Rule.QUARTERLY, "", None), date(2026, 1, 1), None),
        (due(Rule.MONTHLY, "", None), date(2026, 1, 1), None),
    ],
)
def test_the_next_day_of_what_repeats(deadline: Deadline, today: date, wanted: date | None) -> None:
    assert next_due(deadline, today) == wanted


@pytest.mark.parametrize("rule", [Rule.MONTHLY, Rule.QUARTERLY, Rule.YEARLY])
def test_what_repeats_ends_with_the_only_year_of_the_plan(rule: Rule) -> None:
    deadline = due(rule, "trước ngày 15/12", 15, 12 if rule is Rule.YEARLY else None)
    assert next_due(deadline, date(2025, 12, 1), 2025) == date(2025, 12, 15)
    assert next_due(deadline, date(2025, 12, 20), 2025) is None
