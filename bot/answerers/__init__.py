"""A question and one plan → what the plan says to it. Each answerer declines (None) where its facts do not fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..domain import Plan
from ..evidence import weigh
from ..findings import Finding
from ..question import Question
from ..topics import Topic
from . import awards, basis, deadlines, head, lists, phases, sentences
from .shared import Context, favours

Answerer = Callable[[Question, Plan, Context], Finding | None]

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
    Topic.DUTY: lists.answer,
    Topic.CRITERIA: lists.answer,
    Topic.OUTLINE: lists.answer,
}


def find(question: Question, plan: Plan, meaning: Sequence[tuple[int, int, float]]) -> Finding:
    """`meaning`: (start, end, cosine similarity to the question) of its passages. What no topic answers, the best sentences do."""
    ranked = weigh(plan, question.terms, question.wants, meaning, favour=favours(question, plan))
    context = Context(tuple(ranked))
    for topic in question.topics:
        found = _BY_TOPIC[topic](question, plan, context)
        if found is not None:
            return found
    return sentences.answer(question, plan, context)
