"""A question and one plan → what the plan says to it. Each answerer declines (None) where its facts do not fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from .. import replies
from ..domain import Plan
from ..evidence import Evidence, weigh
from ..findings import Claim, Finding
from ..kinds import holds
from ..question import Question, as_itself, of_plan
from ..text import fold
from ..topics import Topic
from ..wants import Want
from . import awards, basis, cells, deadlines, effect, head, lists, phases, placed, sections, sentences, terms
from .shared import Context, facts_of

Answerer = Callable[[Question, Plan, Context], Finding | None]

_MEANING = 0.3  # what nearness of meaning adds to the share of words, where plans of one issuer are compared
_HEAD = frozenset((Topic.SIGNER, Topic.NUMBER, Topic.ISSUED, Topic.TITLE, Topic.RECIPIENTS))
_BY_TOPIC: dict[Topic, Answerer] = {
    Topic.SIGNER: head.signer,
    Topic.NUMBER: head.number,
    Topic.ISSUED: head.issued,
    Topic.TITLE: head.title,
    Topic.RECIPIENTS: head.recipients,
    Topic.PHASE: phases.answer,
    Topic.UPCOMING: deadlines.upcoming,
    Topic.AWARD: awards.answer,
    Topic.BASIS: basis.answer,
    Topic.DEADLINE: deadlines.answer,
    Topic.ADDRESSEE: deadlines.addressee,
    Topic.EFFECT: effect.answer,
    Topic.TERM: terms.answer,
    Topic.SECTION: sections.answer,
    Topic.DUTY: lists.answer,
    Topic.CRITERIA: lists.answer,
    Topic.OUTLINE: lists.answer,
}


def find(question: Question, plan: Plan, meaning: Sequence[tuple[int, int, float]]) -> Finding:
    """`meaning`: (start, end, cosine similarity to the question) of its passages.

    What no topic answers, the best sentences do.
    """
    question = as_itself(of_plan(question, plan.kind, plan.number), plan.kind)
    question = terms.defined(question, plan)
    context = Context(_ranked(question, plan, meaning), again=lambda other: _ranked(other, plan, meaning))
    ranked = context.ranked
    heads = [t for t in question.topics if t in _HEAD and not (t is Topic.TITLE and Topic.SIGNER in question.topics)]
    if len(heads) > 1:
        return replace(
            _together([f for t in heads if (f := _BY_TOPIC[t](question, plan, context))], plan),
            certainty=_certainty(ranked),
        )
    beyond = _beyond(question, plan)
    if beyond and (said := _saying(beyond, plan, context)):
        context = replace(context, ranked=said)
        question = replace(question, topics=())
    found = _found(question, plan, context)
    if question.placed:
        found = found if found.stated else sentences.whole(question, plan, context) or found
        found = placed.with_place(found, question.placed)
    if beyond and not any(beyond in plan.quote(s) for c in found.claims for s in c.spans):
        return Finding(plan, (), stated=False, missing=replies.MISSING_YEAR.format(year=beyond))
    return replace(found, certainty=_certainty(ranked))


def _found(question: Question, plan: Plan, context: Context) -> Finding:
    if figure := cells.answer(question, plan, context):
        return figure
    for topic in question.topics:
        found = _BY_TOPIC[topic](question, plan, context)
        if found is not None and _of_kind(question, found):
            return found
    return sentences.answer(question, plan, context)


def _ranked(question: Question, plan: Plan, meaning: Sequence[tuple[int, int, float]]) -> tuple[Evidence, ...]:
    return tuple(weigh(question, plan, meaning, facts_of(question, plan)))


_TOLD = (Want.MONEY, Want.PERCENT, Want.CONTACT, Want.FORM)  # kinds that no topic's facts tell


def _of_kind(question: Question, found: Finding) -> bool:
    """Whether a sum, a share, an address or a form that is asked for stands in what a topic's facts say."""
    said = " ".join(found.plan.quote(s) for c in found.claims for s in c.spans)
    return not found.stated or all(holds(said, want) for want in question.wants if want in _TOLD)


_YEAR = re.compile(r"\bnam (?:hoc )?(20\d\d)\b")


def _beyond(question: Question, plan: Plan) -> str:
    """A year asked for that lies outside the plan's own, "" for none; one that is claimed is judged."""
    for year in _YEAR.findall(fold(question.said)):
        claimed = Want.YES_NO in question.wants and year in plan.text
        if plan.period and not plan.period[0] <= int(year) <= plan.period[1] and not claimed:
            return str(year)
    return ""


def _saying(year: str, plan: Plan, context: Context) -> tuple[Evidence, ...]:
    """The units that name the year, which no topic's facts would: "đến năm 2045, trở thành nước phát triển"."""
    return tuple(e for e in context.ranked if f" {year} " in e.unit.words and not e.unit.heading)


def _certainty(ranked: Sequence[Evidence]) -> float:
    return ranked[0].coverage + _MEANING * ranked[0].features.meaning if ranked else 0.0


def _together(found: Sequence[Finding], plan: Plan) -> Finding:
    """ "Số mấy, do ai ký?": what the head of the document says to each; a part that is blank is told with the rest."""
    stated = [f for f in found if f.stated]
    if not stated:
        return found[0]
    blank = [Claim(f"Kế hoạch không nêu {f.missing}.", (), (f.missing,)) for f in found if not f.stated and f.missing]
    unique = {c.text: c for f in stated for c in f.claims}
    return Finding(plan, (*unique.values(), *blank), brief="; ".join(f.brief for f in stated if f.brief))
