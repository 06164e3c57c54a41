"""THE CORE: the steps of an answer, in order. Only this module calls them; they never call one another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import ParamSpec, Protocol, TypeVar

from .answerers import find
from .carry import carry_on
from .choose import choose
from .cite import cite
from .compose import compose
from .domain import Answer, Issuer
from .index import Snapshot
from .near import about_plans, nearness, suggest
from .question import Question, understand
from .scope import scope
from .search import search

_READ = 60  # passages read closely in each issuer's plans


@dataclass(frozen=True, slots=True)
class Asked:
    text: str
    as_of: date
    chosen: Issuer | None = None  # picked beforehand in the page or the chat
    before: Question | None = None  # the question before, as it was meant


P = ParamSpec("P")
R = TypeVar("R")


class Step(Protocol):
    """How a step is run; one who traces the steps runs them in a way of their own."""

    def __call__(self, name: str, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R: ...


def run(name: str, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    return step(*args, **kwargs)


def answer(
    asked: Asked, snapshot: Snapshot, rarity: Callable[[str], float], step: Step = run
) -> tuple[Answer, Question]:
    """The answer, and the question as understood, to be remembered for the next one."""
    question = step("understand", understand, asked.text, snapshot.issuers, asked.as_of, rarity)
    if asked.before and question.leans and not question.greeting:
        question = carry_on(question, asked.before)
    remembered = asked.before.issuers if asked.before else ()
    known = about_plans(question, search(question, snapshot, (), 5, "words"), bool(asked.chosen or remembered))
    where = scope(question, snapshot.issuers, asked.chosen, remembered, known)
    if where.status:
        return Answer(
            where.status, where.reply, question.as_of, suggestions=suggest(where.status, snapshot.issuers)
        ), question
    findings = []
    for issuer in where.issuers:
        meaning = nearness(step("search", search, question, snapshot, (issuer.slug,), _READ))
        found = [find(question, plan, meaning.get(plan.id, ())) for plan in snapshot.plans_of(issuer.slug)]
        findings += choose(question, found)
    draft = step("compose", compose, question, findings)
    told = step("cite", cite, draft, question, snapshot.plan, suggest(draft.status, where.issuers))
    return told, question if question.everywhere else replace(question, issuers=where.issuers)
