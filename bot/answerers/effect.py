"""From which day the document is in force, and what that is to today."""

from __future__ import annotations

import re
from datetime import date

from .. import replies
from ..dates import find_times
from ..domain import Plan
from ..findings import Claim, Finding
from ..question import Question
from ..units import units
from ..wants import Want
from .shared import Context, line, says, span

_IN_FORCE = re.compile(r"có hiệu lực (?:thi hành )?(?:kể )?từ\s+")
_ENDS = r"het hieu luc|thay the|bai bo|thay cho"


def answer(question: Question, plan: Plan, context: Context) -> Finding | None:
    """The one sentence that says it; "kể từ ngày ký" with the day of the signature, where the head holds one."""
    found = next((u for u in units(plan) if _IN_FORCE.search(plan.text[u.start : u.end].lower())), None)
    if found is None or says(question, _ENDS):
        return None
    where = span(plan, found.start, found.end)
    told = line(plan.quote(where), 500)
    day, proof = _day(plan, plan.quote(where)), (where,)
    claims = [Claim(_verdict(question, day) + told, proof)]
    if day and "ngày ký" in plan.quote(where).lower():
        claims.append(Claim(f"Ban hành {plan.when.written}.", (plan.head["date"],)))
    shown = f"{question.as_of:%d/%m/%Y}"
    if day and Want.DAYS_LEFT in question.wants and (days := (day - question.as_of).days) > 0:
        text = replies.EVENT_IN.format(today=shown, days=days)
        claims.append(Claim(text, claims[-1].spans, (shown, str(days))))
    return Finding(plan, tuple(claims), brief=told)


def _day(plan: Plan, sentence: str) -> date | None:
    after = _IN_FORCE.search(sentence.lower())
    if after is None:
        return None
    times = [t.date for t in find_times(sentence) if t.end > after.end()]
    if re.match(r"ngày ký", sentence[after.end() :].lower()) and "date" in plan.head:
        times = [plan.when]
    for when in times[:1]:
        if when.day and when.month and when.year:
            try:
                return date(when.year, when.month, when.day)
            except ValueError:
                return None  # "31/6" as written is no day
    return None


def _verdict(question: Question, day: date | None) -> str:
    if day is None or Want.YES_NO not in question.wants:
        return ""
    if question.asserted:
        same = all((t.date.day, t.date.month) == (day.day, day.month) for t in question.asserted)
        return f"{replies.RIGHT if same else replies.NO} "
    return f"{replies.ALREADY if day <= question.as_of else replies.NOT_YET} "
