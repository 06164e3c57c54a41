"""THE CORE: the steps of an answer, in order. Only this module calls them; they never call one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ParamSpec, Protocol, TypeVar

from . import replies
from .acts import foreign
from .answerers import find
from .carry import carry_on
from .choose import choose
from .cite import cite
from .compose import Draft, compose, together
from .domain import Answer, Issuer, Plan, Status
from .findings import Claim, Finding
from .index import Snapshot
from .near import about_plans, nearness, standing, suggest
from .parts import Part, cover, named, parted, tells
from .question import Question, understand
from .scope import Scope, scope
from .search import search
from .whose.inside import holders
from .whose.sole import sole_speaker

_READ = 60  # passages read closely in each issuer's plans
_WORDS_OF_PLANS = 0.35  # share of the question's words


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
    question = step(
        "understand",
        understand,
        asked.text,
        snapshot.issuers,
        asked.as_of,
        rarity,
        lambda places, topics: holders(places, topics, snapshot.issuers, asked.chosen, snapshot.plans_of),
    )
    if asked.before and question.leans and not question.greeting:
        question = carry_on(question, asked.before)
    where = _where(asked, question, snapshot)
    if where.status:
        return Answer(
            where.status, where.reply, question.as_of, suggestions=suggest(where.status, snapshot.issuers)
        ), question
    if where.sole:
        question = replace(question, issuers=where.issuers)
    findings = _found(question, where.issuers, snapshot, step)
    draft = step("compose", compose, question, findings)
    parts = parted(question, lambda text: understand(text, snapshot.issuers, question.as_of, rarity))
    if not cover(findings, parts):
        draft = _answered_apart(parts, where, snapshot, step) or draft
    told = step("cite", cite, draft, question, snapshot.plan, suggest(draft.status, where.issuers))
    if where.sole and told.citations and told.status is Status.ANSWERED:
        told = replace(told, text=_named(told.text, snapshot.plan(told.citations[0].plan_id)))
    return told, question if question.everywhere else replace(question, issuers=where.issuers)


def _where(asked: Asked, question: Question, snapshot: Snapshot) -> Scope:
    remembered = asked.before.issuers if asked.before else ()
    talk = (asked.chosen,) if asked.chosen else tuple(remembered)
    own = [i.slug for i in question.issuers or talk]

    def holds(phrase: str) -> bool:
        return snapshot.holds(phrase, own)

    known = about_plans(question, search(question, snapshot, (), 5, "words"), bool(talk))
    # Who chose an issuer, or named a place, asks for a document: it is enough that its words are those of documents.
    known = known or (bool(talk or question.elsewhere) and standing(question.terms, holds) >= _WORDS_OF_PLANS)
    open_ = not (question.issuers or question.ambiguous or question.elsewhere or question.everywhere or talk)
    sole = sole_speaker(question, snapshot) if open_ else None
    return scope(
        question,
        snapshot.issuers,
        asked.chosen,
        remembered,
        known or bool(sole),
        foreign(question, bool(question.issuers or talk or sole), holds),
        sole,
    )


def _named(text: str, plan: Plan) -> str:
    """The answer with a word on whose it is."""
    return f"{replies.OF.format(document=plan.called, issuer=plan.issuer.full_name)}\n{text}"


def _found(question: Question, issuers: Sequence[Issuer], snapshot: Snapshot, step: Step) -> list[Finding]:
    findings: list[Finding] = []
    for issuer in issuers:
        meaning = nearness(step("search", search, question, snapshot, (issuer.slug,), _READ))
        found = [find(question, plan, meaning.get(plan.id, ())) for plan in snapshot.plans_of(issuer.slug)]
        findings += choose(question, found)
    return findings


def _answered_apart(parts: Sequence[Part], where: Scope, snapshot: Snapshot, step: Step) -> Draft | None:
    """The parts of one question, each answered on its own; None where none of them is for certain."""
    drafts: list[Draft] = []
    told: list[list[Finding]] = []
    for at, part in enumerate(parts):
        if at and cover(told[-1], parts[at - 1 : at + 1]):
            told.append(told[-1])  # one sentence answers both
            drafts.append(drafts[-1])
            continue
        here = scope(part.said, snapshot.issuers, None, where.issuers, True)
        if here.status:
            drafts.append(Draft(here.status, (Claim(here.reply, ()),)))
            told.append([])
            continue
        where = here
        for question in part.readings:
            findings = _found(question, where.issuers, snapshot, step)
            if any(f.stated for f in findings):
                break
        told.append(named(findings, part))
        drafts.append(step("compose", compose, question, told[-1]))
    # Where one part is not stated, what answers another has to hold its words.
    firm = any(part.said.terms and tells(found, part) for part, found in zip(parts, told, strict=True))
    sure = firm or all(draft.status is Status.ANSWERED for draft in drafts)
    return together(drafts, told) if sure else None
