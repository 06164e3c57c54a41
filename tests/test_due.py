"""When the duties of plans fall due, and the names of those days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from fake_service import DEADLINE, PLAN
from made_plans import plan as made
from made_plans import source

from bot.domain import Deadline, Facts, Phase, Plan, Rule, Span, WrittenDate
from bot.due import days, deadlines, in_force, life, reviews, upcoming

START, END = date(2026, 1, 1), date(2032, 12, 31)


def plan(*found: Deadline, **changes: object) -> Plan:
    return replace(PLAN, **({"facts": Facts(deadlines=found)} | changes))  # type: ignore[arg-type]


def deadline(day: int | None, month: int | None, rule: Rule = Rule.YEARLY, **more: object) -> Deadline:
    when = WrittenDate("", day, month, more.pop("year", None))  # type: ignore[arg-type]
    return replace(DEADLINE, rule=rule, when=when, **more)  # type: ignore[arg-type]


def safe_days(found: Plan, start: date = START, end: date = END) -> list[str]:
    return [due.last_safe_day.isoformat() for due in upcoming([found], start, end)]


def test_what_recurs_ends_with_the_period() -> None:
    found = upcoming([plan(deadline(15, 12), period=(2025, 2027))], START, END)
    assert [(d.day, d.last_safe_day) for d in found] == [
        (date(2026, 12, 15), date(2026, 12, 14)),
        (date(2027, 12, 15), date(2027, 12, 14)),
    ]


def test_what_recurs_begins_with_the_plan() -> None:
    issued = plan(deadline(5, 11), when=WrittenDate("", 20, 11, 2026), period=(2025, 2028))
    assert safe_days(issued, date(2020, 1, 1)) == ["2027-11-04", "2028-11-04"]


def test_a_day_that_came_before_the_plan_is_told_where_it_may_have_bound_somebody() -> None:
    this_year = plan(deadline(20, 1, Rule.ONCE, year=2025))
    assert safe_days(this_year, date(2020, 1, 1)) == ["2025-01-19"]
    long_ago = plan(deadline(1, 7, Rule.ONCE, year=2014))  # "đất được cấp trước ngày 01/7/2014"
    assert safe_days(long_ago, date(2010, 1, 1)) == []


@pytest.mark.parametrize("written", ["3.1", "30/4", "2 - 9"])
def test_a_number_without_a_word_or_year_is_no_deadline(written: str) -> None:
    once = replace(DEADLINE, rule=Rule.ONCE, when=WrittenDate(written, 30, 4))
    assert safe_days(plan(once, period=(2026, 2026))) == []
    assert safe_days(plan(replace(once, when=WrittenDate(f"ngày {written}", 30, 4)), period=(2026, 2026)))
    assert safe_days(plan(replace(once, rule=Rule.YEARLY), period=(2026, 2026)))


def test_before_new_year_still_belongs_to_the_last_year() -> None:
    assert safe_days(plan(deadline(1, 1), period=(2025, 2027))) == ["2026-12-31", "2027-12-31"]


def test_a_leap_day_is_the_28th_where_there_is_none() -> None:
    by = plan(deadline(29, 2, inclusive=True), period=(2025, 2029))
    assert safe_days(by) == ["2026-02-28", "2027-02-28", "2028-02-29", "2029-02-28"]
    before_march = plan(deadline(1, 3), period=(2025, 2029))
    assert safe_days(before_march) == ["2026-02-28", "2027-02-28", "2028-02-29", "2029-02-28"]


@pytest.mark.parametrize("rule", [Rule.UNDATED, Rule.HALF_YEARLY, Rule.YEARLY, Rule.ONCE])
def test_a_duty_without_a_day_never_falls_due(rule: Rule) -> None:
    assert safe_days(plan(deadline(None, None, rule))) == []


def test_quarters_end_with_their_last_month() -> None:
    found = plan(deadline(25, None, Rule.QUARTERLY, inclusive=True), period=(2026, 2026))
    assert safe_days(found) == ["2026-03-25", "2026-06-25", "2026-09-25", "2026-12-25"]


def test_reviews_stand_on_the_last_day_of_their_year() -> None:
    phase = Phase("V", Span(PLAN.id, 0, 5), 1, 2025, 2027, "sơ kết", 2027)
    undated = replace(phase, number=2, ends_with="tổng kết", end_year=None)
    found = plan(facts=Facts(phases=(phase, undated)))
    [due] = upcoming([found], START, END)
    assert (due.day, due.last_safe_day) == (date(2027, 12, 31), date(2027, 12, 31))
    assert due.series.deadline.duty == "sơ kết khi kết thúc giai đoạn 1"
    assert due.series.deadline.when.written == "trong năm 2027"


@pytest.mark.parametrize(("duty", "year", "days"), [("sơ kết", 2027, 1), ("Sơ kết", 2028, 2), ("báo cáo", 2027, 2)])
def test_a_review_with_a_day_of_its_own_is_told_once(duty: str, year: int, days: int) -> None:
    phase = Phase("V", Span(PLAN.id, 0, 5), 1, 2025, year, "sơ kết", 2027)
    own = deadline(30, 9, Rule.ONCE, year=year, duty=duty)
    assert len(safe_days(plan(facts=Facts(deadlines=(own,), phases=(phase,))))) == days


def test_a_replaced_plan_asks_nothing_any_more() -> None:
    old, new = plan(deadline(15, 12), id="old"), plan(deadline(15, 12), id="new", replaces="old")
    assert [p.id for p in in_force([old, new])] == ["new"]
    assert {due.series.plan.id for due in upcoming([old, new], START, END)} == {"new"}


def test_days_are_in_order_and_bounded() -> None:
    found = upcoming([plan(deadline(15, 12), deadline(5, 11))], date(2026, 11, 5), date(2027, 11, 5))
    assert [due.day for due in found] == [date(2026, 12, 15), date(2027, 11, 5)]


def test_names_stay_where_the_text_has_moved() -> None:
    before = made(source())
    after = made(source().replace("Thiết thực, hiệu quả", "Thiết thực, hiệu quả, đúng quy định của pháp luật"))
    [first], [second] = deadlines(before), deadlines(after)
    assert first.deadline.span != second.deadline.span
    assert first.uid == second.uid


def test_names_differ_by_plan_section_day_and_order() -> None:
    found = plan(
        deadline(15, 12),
        deadline(15, 12, duty="gửi số liệu"),
        deadline(15, 6),
        deadline(15, 12, section="II.2"),
        deadline(15, 12, Rule.ONCE, year=2026),
    )
    other = replace(found, id="other")
    uids = [s.uid for p in (found, other) for s in (*deadlines(p), *reviews(p))]
    assert len(uids) == len(set(uids)) == 10


def test_each_day_has_a_name_of_its_own() -> None:
    [series] = deadlines(plan(deadline(15, 12)))
    names = [due.uid for due in days(series, START, END)]
    assert names[0] == f"{series.uid}-20261215"
    assert len(set(names)) == 5


def test_life_is_unknown_where_the_plan_tells_nothing() -> None:
    assert life(plan(when=WrittenDate(""), period=None)) == (None, None)
    assert life(plan(when=WrittenDate("", 31, 2, 2026), period=None)) == (date(2026, 2, 28), None)


ODD_YEARS = [0, 1, 1989, 2200, 9999]


@pytest.mark.parametrize("year", ODD_YEARS)
def test_a_year_that_no_plan_can_mean_is_none(year: int) -> None:
    phase = Phase("V", Span(PLAN.id, 0, 5), 1, year, year, "sơ kết", year)
    once, yearly = deadline(31, 12, Rule.ONCE, year=year), deadline(31, 12, inclusive=True)
    odd = plan(when=WrittenDate("", 31, 12, year), period=(year, year), facts=Facts(deadlines=(once,), phases=(phase,)))
    assert safe_days(odd, date(1990, 1, 1), date(2199, 12, 31)) == []
    assert life(odd) == (None, None)
    assert safe_days(plan(yearly, when=WrittenDate("", 45, 13, 2026), period=None), START, date(2026, 12, 31))
