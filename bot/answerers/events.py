"""Of several events that answer alike, the one that the clock means: the next to come, or what is going on today."""

from __future__ import annotations

from datetime import date

from ..dates import find_times
from ..domain import Plan
from ..evidence import Evidence
from ..question import Question
from .clock import plan_year
from .shared import Context, says

_SERIES = 2.0  # nats within which units are of one series: "Đợt 1 …", "Đợt 2 …"
_NEXT = r"sap toi|tiep theo|gan nhat|ke tiep|sap den"
_NOW = r"\b(?:dang|bay gio|hien nay|hien tai|hom nay)\b.*\b(?:dot|giai doan|chang|buoc|tuan) (?:may|nao)"


def meant(question: Question, plan: Plan, context: Context) -> Evidence | None:
    """None where the question does not ask what comes next, or what is going on."""
    if says(question, _NEXT):
        alike = [e for e in context.ranked if e.score >= context.ranked[0].score - _SERIES]
        ahead = [(day, e) for e in alike if (day := first_day(plan, e)) and day >= question.as_of]
        return min(ahead, key=lambda pair: pair[0])[1] if ahead else None
    if says(question, _NOW):
        return next((e for e in context.ranked if _runs_on(plan, e, question.as_of)), None)
    return None


def first_day(plan: Plan, evidence: Evidence) -> date | None:
    """The first whole day that the unit names."""
    return next(iter(_days(plan, evidence)), None)


def _runs_on(plan: Plan, evidence: Evidence, today: date) -> bool:
    """Whether the unit says from when to when, and today lies between."""
    match _days(plan, evidence):
        case [begins, ends]:
            return begins <= today <= ends
    return False


def _days(plan: Plan, evidence: Evidence) -> list[date]:
    """The whole days that the unit names; the year is the plan's where it covers only one."""
    year = plan_year(plan)
    days = []
    for time in find_times(plan.text[evidence.unit.start : evidence.unit.end]):
        if time.date.day and time.date.month and (time.date.year or year):
            try:
                days.append(date(time.date.year or year or 0, time.date.month, time.date.day))
            except ValueError:
                continue  # "31/6" as written is no day
    return days
