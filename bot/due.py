"""The days on which the duties of plans fall due, each under a name that stays: what calendars show and reminders send.

Pure. A plan that a later one replaces asks nothing any more; what recurs begins with the plan and ends with its period.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from . import replies
from .dates import last_safe_day, next_due, on_day
from .domain import Deadline, Phase, Plan, Rule, WrittenDate
from .text import fold

_NUMBER = re.compile(r"\d{1,2}\s*[./-]\s*\d{1,2}")  # "3.1" may number a heading, "30/4" name a holiday
_YEARS = range(1990, 2200)  # what a plan can speak of; a year outside is damage or mischief


@dataclass(frozen=True, slots=True)
class Series:
    """A duty of a plan. `uid` stays when the plan is read again, also where its text has moved."""

    uid: str
    plan: Plan
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class Due:
    """One day of a series. `day` is as the plan states it, so that of "trước ngày D" it is D, which is too late."""

    uid: str  # of this day of this duty
    series: Series
    day: date
    last_safe_day: date


def upcoming(plans: Iterable[Plan], start: date, end: date) -> list[Due]:
    """All that can still be met on `start` and falls due by `end`, both included, in order; reviews of phases too.

    What comes every week is left out: nobody needs to be told three times a week.
    """
    series = (s for plan in in_force(plans) for s in (*deadlines(plan), *reviews(plan)))
    found = [due for s in series if s.deadline.rule is not Rule.WEEKLY for due in days(s, start, end)]
    return sorted(found, key=lambda due: (due.last_safe_day, due.series.plan.id))


def in_force(plans: Iterable[Plan]) -> list[Plan]:
    """The plans without those that another one among them replaces."""
    plans = list(plans)
    replaced = {plan.replaces for plan in plans}
    return [plan for plan in plans if plan.id not in replaced]


def deadlines(plan: Plan) -> list[Series]:
    """Those that somebody can act on: a condition of years before the plan binds nobody, and a number is no day yet."""
    found = [d for d in plan.facts.deadlines if not (_NUMBER.fullmatch(d.when.written) and d.rule is Rule.ONCE)]
    years = range(_plausible(plan.when.year) or _YEARS.start, _YEARS.stop)
    return _series(plan, [d for d in found if d.when.year is None or d.when.year in years])


def reviews(plan: Plan) -> list[Series]:
    """Sơ kết and tổng kết that a plan asks for within a year and gives no day of their own: its last day is in time."""
    told = [p for p in plan.facts.phases if p.ends_with and not _dated(plan, p)]
    return _series(plan, [_review(p, year) for p in told if (year := _plausible(p.end_year))])


def _dated(plan: Plan, phase: Phase) -> bool:
    """Whether a deadline of that year tells the review's own day: "sơ kết trong quý III năm 2028"."""
    told = [d for d in plan.facts.deadlines if d.when.year == phase.end_year]
    return any(fold(phase.ends_with) in fold(f"{d.duty} {plan.quote(d.span)}") for d in told)


def _review(phase: Phase, year: int) -> Deadline:
    duty = replies.REVIEW.format(what=phase.ends_with, number=phase.number)
    when = WrittenDate(replies.WITHIN_YEAR.format(year=year), 31, 12, year)
    return Deadline(phase.section, phase.span, "", duty, "", "", Rule.ONCE, when, inclusive=True)


def days(series: Series, start: date, end: date) -> Iterator[Due]:
    """The days that can still be met on `start` and fall due by `end`, both included, in order."""
    plan, deadline = series.plan, series.deadline
    born, ends = life(plan)
    if deadline.rule is not Rule.ONCE:
        start = max(start, born) if born else start
    first, last = _period(plan)
    year = first if first == last else None
    due = next_due(deadline, start, year)
    while due and due <= end:
        safe = last_safe_day(deadline, due)
        if deadline.rule is not Rule.ONCE and ends and safe > ends:
            return
        yield Due(f"{series.uid}-{due:%Y%m%d}", series, due, safe)
        after = next_due(deadline, safe + timedelta(days=1), year)
        due = after if after and after > due else None


def life(plan: Plan) -> tuple[date | None, date | None]:
    """The first and the last day on which what recurs may fall due; None where the plan does not tell."""
    year, month, day = _plausible(plan.when.year), plan.when.month or 1, plan.when.day or 1
    first, last = _period(plan)
    issued = on_day(year, month, day) if year and month <= 12 else None
    known = [start for start in (issued, date(first, 1, 1) if first else None) if start]
    return max(known, default=None), date(last, 12, 31) if last else None


def _period(plan: Plan) -> tuple[int | None, int | None]:
    first, last = plan.period or (None, None)
    return _plausible(first), _plausible(last)


def _plausible(year: int | None) -> int | None:
    return year if year in _YEARS else None


def _series(plan: Plan, found: Iterable[Deadline]) -> list[Series]:
    """Named by what a new reading leaves alone: plan, section, day; where these agree, their order."""
    seen: Counter[str] = Counter()
    named = []
    for deadline in sorted(found, key=lambda d: (d.span.start, d.span.end)):
        when = deadline.when
        key = "|".join(
            (plan.id, fold(deadline.section), deadline.rule, *(str(n or "") for n in (when.day, when.month, when.year)))
        )
        seen[key] += 1
        uid = hashlib.sha256(f"{key}|{seen[key]}".encode()).hexdigest()[:32]
        named.append(Series(uid, plan, deadline))
    return named
