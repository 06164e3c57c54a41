"""What day it is to a deadline, worked out by code; never a date that no quote holds but as the working shows."""

from __future__ import annotations

from datetime import date

from .. import replies
from ..dates import last_safe_day, next_due, one_off
from ..domain import Deadline, Plan, Rule
from ..findings import Claim
from ..question import Question
from ..wants import Want
from .shared import says


def clock(question: Question, plan: Plan, dated: list[Deadline]) -> list[Claim]:
    """What day it is to the deadline, where the question asks for it, and that a one-off day has passed."""
    today = question.as_of
    asks = Want.DAYS_LEFT in question.wants or says(
        question,
        r"an toan|cuoi cung|chac an|chac chan|muon nhat hom|ky sau|nam nay|nam sau|lo han|kip|ngay cuoi|con bao",
    )
    claims = []
    for deadline in dated:
        due = next_due(deadline, today, plan_year(plan))
        if due is None:
            gone = one_off(deadline, plan_year(plan))
            if gone and deadline.when.written:
                claims.append(Claim(replies.PASSED, (deadline.span,)))
            continue
        if not asks:
            continue
        claims.append(_counted(question, deadline, due, today))
    return claims


def _counted(question: Question, deadline: Deadline, due: date, today: date) -> Claim:
    last = last_safe_day(deadline, due)
    missed = deadline.rule is not Rule.ONCE and says(question, r"lo han|tre (?:han )?mat|ky sau|nam sau")
    if missed and due.year == today.year:
        due = _years_on(due, 1)
        last = last_safe_day(deadline, due)
    if missed or (deadline.rule is Rule.YEARLY and due.year > today.year):
        gone = last_safe_day(deadline, _years_on(due, -1))
        if says(question, "kip"):
            return _claim(deadline, replies.LATE_TODAY, last=_day(gone), next=_day(due))
        return _claim(deadline, replies.NEXT_TIME, year=str(due.year - 1), next=_day(due), last=_day(last))
    if last == today:
        return _claim(deadline, replies.DUE_TODAY, today=_day(today))
    days, safe = str((due - today).days), str((last - today).days)
    if last == due:
        return _claim(deadline, replies.DAYS_LEFT, today=_day(today), days=days, last=_day(last))
    return _claim(
        deadline, replies.DAYS_BEFORE, today=_day(today), days=days, due=_day(due), last=_day(last), safe=safe
    )


def _claim(deadline: Deadline, shape: str, **figures: str) -> Claim:
    return Claim(shape.format(**figures), (deadline.span,), tuple(figures.values()))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _years_on(day: date, years: int) -> date:
    """The same day in another year; 29 February is the 28th where there is none."""
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def plan_year(plan: Plan) -> int | None:
    """The only year that the plan covers; None where it covers several."""
    return plan.period[0] if plan.period and plan.period[0] == plan.period[1] else None
