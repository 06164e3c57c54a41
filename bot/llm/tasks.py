"""What was asked to be written → the task for a model, or the reply where there is nothing to write from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from .. import replies
from ..answer import Asked, answer
from ..domain import Answer, Citation, Passage, Plan, Status
from ..index import Snapshot
from ..question import Question
from ..search import search
from . import gather
from .nouns import Source
from .schema import Intent
from .writer import Task

_PASSAGES = 8  # read for a question that needs several sections
_ANY = "nội dung kế hoạch"  # what is asked where only an issuer was named
_WHOSE = frozenset({Status.NEEDS_ISSUER, Status.NOT_IN_COLLECTION, Status.OUT_OF_SCOPE, Status.GREETING})


def task_for(
    intent: Intent, asked: Asked, snapshot: Snapshot, rarity: Callable[[str], float], plan_id: str, section: str
) -> tuple[Task | Answer, Question | None]:
    """And the question as understood, None where a plan was named instead. Raises UnknownPlan.

    `section`: its path ("VI.1"), for EXPLAIN. Without a plan it is that of the issuer the question is about.
    """
    meant = None
    if plan_id:
        plans = [snapshot.plan(plan_id)]
        told = None
    else:
        told, meant = answer(replace(asked, text=asked.text or _ANY), snapshot, rarity)
        if told.status in _WHOSE:
            return told, meant
        plans = [snapshot.plans_of(i.slug)[0] for i in meant.issuers]
    found = _sources(intent, asked, snapshot, plans, section, told, meant)
    if isinstance(found, str):
        return Answer(Status.NOT_STATED, found, asked.as_of, tuple(p.issuer.slug for p in plans)), meant
    return Task(intent, asked.text, found, tuple(i.full_name for i in snapshot.issuers)), meant


def _sources(
    intent: Intent,
    asked: Asked,
    snapshot: Snapshot,
    plans: list[Plan],
    section: str,
    told: Answer | None,
    meant: Question | None,
) -> tuple[Source, ...] | str:
    """Or the reply where the plan has nothing to write from."""
    plan = plans[0]
    issuer = plan.issuer.full_name
    if intent is Intent.SUMMARISE:
        return gather.page(plan)
    if intent is Intent.REPORT:
        due = gather.report_due(plan)
        return gather.report(plan, due) if due else replies.NO_DEADLINE.format(document=plan.called, issuer=issuer)
    if section:
        here = plan.section(section)
        if here is None:
            return replies.NO_SECTION.format(document=plan.called, issuer=issuer, section=section[:40])
        return gather.clause(plan, here)
    if told is None or meant is None:
        return gather.page(plan)  # a plan was named and no section of it
    cited = [(snapshot.plan(c.plan_id), _paragraph(snapshot.plan(c.plan_id), c)) for c in told.citations]
    if intent is Intent.COMBINE:
        slugs = [i.slug for i in meant.issuers]
        cited += [(snapshot.plan(p.plan_id), p) for p, _ in search(meant, snapshot, slugs, _PASSAGES)]
    found = gather.passages(cited)
    return found or replies.NOT_STATED_ANYTHING.format(document=plan.called, issuer=issuer)


def _paragraph(plan: Plan, cited: Citation) -> Passage:
    start = plan.text.rfind("\n", 0, cited.start) + 1
    end = plan.text.find("\n", cited.end)
    return Passage("", plan.id, cited.section, (), "", start, end if end >= 0 else len(plan.text))
