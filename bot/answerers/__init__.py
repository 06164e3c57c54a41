"""A question and one plan → what the plan says to it. Each answerer declines (None) where its facts do not fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ..domain import Plan
from ..evidence import weigh
from ..findings import Finding
from ..question import Question
from ..topics import Topic
from . import awards, basis, deadlines, head, lists, phases, sentences
from .shared import Context, facts_of

Answerer = Callable[[Question, Plan, Context], Finding | None]

_MEANING = 0.3  # what nearness of meaning adds to the share of words, where plans of one issuer are compared
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
    ranked = weigh(question, plan, meaning, facts_of(question, plan))
    context = Context(tuple(ranked))
    answerers = [*(_BY_TOPIC[topic] for topic in question.topics), sentences.answer]
    found = next(f for answerer in answerers if (f := answerer(question, plan, context)) is not None)
    return replace(found, certainty=ranked[0].coverage + _MEANING * ranked[0].features.meaning if ranked else 0.0)
