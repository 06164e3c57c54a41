"""The sentences that answer, where no fact of the plan does; or that the plan does not say it."""

from __future__ import annotations

import re
from dataclasses import replace

from .. import replies, tables
from ..dates import find_times
from ..domain import Plan, Section, Span
from ..evidence import Evidence, sure
from ..findings import Claim, Finding
from ..kinds import HARD, holds
from ..matters import matters, speaks
from ..question import Question
from ..terms import Term, spaced, stands_in
from ..text import fold
from ..topics import Topic
from ..units import Unit, above, content_start, units
from ..wants import Want
from . import events, lists, premise
from .clock import clock
from .shared import Context, empty_heading, line, span

_TELLING = 5.0  # weight from which a word that the plan never says is what a yes or no would be about
_LETTERS = 2
_NAMING = 4.0  # weight from which a word of the question names a body
# Whether there is such a thing, not whether something is so or allowed.
_EXISTS = re.compile(r"\bco (?!phai|duoc|dung|can|bi|nhan|the\b)(?:[a-z0-9]+ ){1,12}?(?:khong|ko|k|hong)\b(?! duoc)")
_RARE = 6.5  # weight from which a missing word is named in a refusal
_NEAR_ENOUGH = 0.45  # coverage from which the nearest clause is shown with a refusal
_SUBJECT, _ALL = 8.0, 0.95  # weight of a question that a heading can answer, and the share that it must hold
_STRANGE = 0.6  # share of a claim that a sentence may lack which is to judge its figure
_NEARLY = 0.9
_TELLS_LITTLE = 120  # characters of a case below which the heading over it is told, too
_SECOND = 0.7  # nats; a second unit this close to the best is told with it


def answer(question: Question, plan: Plan, context: Context) -> Finding:
    empty = empty_heading(question, plan, 0.6)
    best = context.best
    if best and best.unit.heading and (headed := plan.section(best.unit.section)) and headed.empty:
        empty = headed
    if empty and (best is None or best.core < 0.8 or best.unit.section == empty.path):
        note = replies.EMPTY_HEADING.format(
            document=plan.called, issuer=plan.issuer.full_name, section=empty.path, heading=empty.heading
        )
        claim = Claim(note, (span(plan, empty.start, max(empty.body, empty.start + 1)),), (empty.path,))
        return Finding(
            plan, (), stated=False, missing=replies.MISSING_TERMS.format(terms=empty.heading.lower()), note=claim
        )
    if best is None or not question.terms:
        return Finding(plan, (), stated=False, missing="")
    if Want.CONTACT in question.wants and len(holding := _holding(plan, Want.CONTACT)) == 1:
        where = span(plan, holding[0].start, holding[0].end)
        return Finding(plan, (Claim(line(plan.text[where.start : where.end], 500), (where,)),))
    if not best.fits and not matters(question.said) and (other := _of_kind(context, best)):
        best, context = other, replace(context, ranked=(other, *(e for e in context.ranked if e is not other)))
    claims = question.asserted and Want.YES_NO in question.wants
    if claims and (other := _of_the_day(question, plan, context, best)):
        best, context = other, replace(context, ranked=(other, *(e for e in context.ranked if e is not other)))
    if denied := premise.contradicted(question, plan, context):
        return denied
    if not answers(question, plan, best):
        return refused(question, plan, best)
    listing = Want.LIST in question.wants or bool({Topic.OUTLINE, Topic.CRITERIA, Topic.DUTY} & set(question.topics))
    whole_list = listing and not HARD & set(question.wants)
    if whole_list and not (best.unit.heading or best.unit.lead_in):
        # The head of a list says what the list is of; an item of it may hold the same words.
        best = next((e for e in context.ranked if _heads(question, plan, e, best)), best)
    if whole_list and not (best.unit.heading or best.unit.lead_in):
        headed = _headed(question, plan)
        if headed and (whole := lists.listed(question, plan, headed)):
            return whole
    if best.unit.heading and not (HARD | {Want.BODY, Want.YES_NO}) & set(question.wants):
        section = plan.section(best.unit.section)
        whole = lists.listed(question, plan, section) if section and not section.empty else None
        if whole:
            return whole
    if best.unit.lead_in and whole_list:
        announced = lists.of_unit(question, plan, best.unit.section, best.unit.start)
        if announced:
            return announced
    if _leads(best):
        stated = tuple(e for e in context.ranked if not _leads(e))
        if not stated or not answers(question, plan, stated[0]):
            return refused(question, plan, best)
        context = replace(context, ranked=stated)
    return told(question, plan, context)


def _leads(evidence: Evidence) -> bool:
    """ "Hình thức khen thưởng:" alone tells nothing; a short line that states the case asked about does."""
    return evidence.unit.heading or (evidence.unit.lead_in and not (evidence.admits and not evidence.unit.cells))


def _of_kind(context: Context, best: Evidence) -> Evidence | None:
    """Of those that hold nearly as much of the question, the first with a value of the kind wanted."""
    near = (
        e
        for e in context.ranked
        if e.fits and sure(e) and e.core >= _NEARLY * best.core and not (e.unit.heading or e.unit.cells)
    )
    return next(near, None)


def _of_the_day(question: Question, plan: Plan, context: Context, best: Evidence) -> Evidence | None:
    """Of those that hold nearly as much of the question, the first that names the day it claims."""
    claimed = {(t.date.day, t.date.month) for t in question.asserted}
    for evidence in context.ranked:
        unit = evidence.unit
        days = {(t.date.day, t.date.month) for t in find_times(plan.text[unit.start : unit.end])}
        if claimed <= days and sure(evidence) and evidence.core >= _NEARLY * best.core:
            return evidence
    return None


def _heads(question: Question, plan: Plan, evidence: Evidence, best: Evidence) -> bool:
    unit = evidence.unit
    over = unit.start < best.unit.start and f"{best.unit.section}.".startswith(f"{unit.section}.")
    return over and (unit.heading or unit.lead_in) and evidence.core >= best.core and answers(question, plan, evidence)


def _headed(question: Question, plan: Plan) -> Section | None:
    """The section whose heading says all that is asked, in the same words."""
    total = sum(t.weight for t in question.terms)
    if total < _SUBJECT:
        return None
    for section in plan.sections:
        framed = spaced(section.heading)
        if section.heading and sum(t.weight for t in question.terms if f" {t.forms[0]} " in framed) >= _ALL * total:
            return None if section.empty else section
    return None


def _holding(plan: Plan, want: Want) -> list[Unit]:
    """The units that hold a value of a kind so rare in plans that the only one is the one asked for."""
    return [u for u in units(plan) if holds(plan.text[u.start : u.end], want)]


def answers(question: Question, plan: Plan, evidence: Evidence) -> bool:
    """Whether the unit answers: sure enough, a value of the kind wanted in it, of no document but the one asked for."""
    if not evidence.fits or any(t.solid and any(c.isdigit() for c in t.forms[0]) for t in evidence.absent):
        return False
    claimed = {f.strip(" %") for f in question.figures} if Want.YES_NO in question.wants else set()
    asked = [t for t in question.terms if t.forms[0] not in claimed]
    if claimed and sum(t.weight for t in evidence.absent if t in asked) > _STRANGE * sum(t.weight for t in asked):
        return False  # a figure beside other words judges nothing
    if Want.YES_NO in question.wants and _EXISTS.search(fold(question.said)):
        # "Có xe đưa đón không?": yes or no to a thing that the plan never names would be made up.
        return not any(t.weight >= _TELLING and _unnamed(plan, t) for t in evidence.absent) and sure(evidence)
    return sure(evidence)


def _unnamed(plan: Plan, term: Term) -> bool:
    """Whether no unit of the plan holds the term; letters alone ("r" for "rồi") name nothing."""
    named = any(f" {form} " in unit.words for unit in units(plan) for form in term.forms)
    return not named and len(term.forms[0]) > _LETTERS


def told(question: Question, plan: Plan, context: Context) -> Finding:
    best = events.meant(question, plan, context) or context.ranked[0]
    chosen = [best]
    second = next(
        (e for e in context.ranked if e is not best and e.fits and _beside(best, e)),
        None,
    )
    if second and Want.YES_NO not in question.wants and second.unit.words != best.unit.words:
        chosen.append(second)
    if excepted := _excepted(question, plan, context, best):
        best, chosen = excepted, [excepted]
    claims = []
    for evidence in chosen:
        unit = evidence.unit
        where = span(plan, unit.start, unit.end)
        lead = f"{replies.NO} " if excepted else _lead(question, plan, unit) if evidence is best else ""
        shown, proof = tables.told(question, plan, unit) if unit.cells else (line(plan.quote(where), 600), (where,))
        spans = (*proof, span(plan, *unit.owner_at)) if unit.owner and unit.owner in lead else proof
        if evidence.admits and not unit.cells and (over := _over(question, plan, unit)):
            shown, spans = f"{line(plan.quote(over), 200).rstrip(' :.')}: {shown}", (over, *spans)
        claims.append(Claim(lead + shown, spans, _claimed(question)))
    brief = line(plan.text[best.unit.start : best.unit.end], 200)
    if Want.BODY in question.wants and best.unit.owner:
        brief = best.unit.owner
    due = [
        d
        for d in plan.facts.deadlines
        if d.span.start < best.unit.end and best.unit.start < d.span.end and d.when.written
    ]
    extra = clock(question, plan, due) if due and ({Want.DAYS_LEFT, Want.DATE} & set(question.wants)) else []
    if not due and Want.DAYS_LEFT in question.wants and (day := events.first_day(plan, best)):
        days = (day - question.as_of).days
        shown = f"{question.as_of:%d/%m/%Y}"
        text = replies.EVENT_IN.format(today=shown, days=days) if days > 0 else replies.EVENT_OVER.format(today=shown)
        extra = [Claim(text, (span(plan, best.unit.start, best.unit.end),), (shown, str(days)))]
    denied = claims[0].text.startswith(replies.NO)
    return Finding(plan, (*claims, *extra), deadlines=tuple(due), brief=brief, affirms=not denied)


_NEED_NOT = re.compile(r"\bkhông (?:phải|cần|bắt buộc|yêu cầu|được)\b")


def _excepted(question: Question, plan: Plan, context: Context, best: Evidence) -> Evidence | None:
    """What a yes would overlook: a sentence as near that says it need not, or must not, be so for those asked about."""
    if Want.YES_NO not in question.wants or not _lead(question, plan, best.unit).startswith(replies.RIGHT):
        return None
    for other in context.ranked[1:4]:
        text = plan.text[other.unit.start : other.unit.end].lower()
        if _NEED_NOT.search(text) and other.score >= best.score - _SECOND and _asked_of(question, text):
            return other
    return None


def _asked_of(question: Question, text: str) -> bool:
    """Whether the sentence begins with those whom the question is about."""
    first = " ".join(fold(text).split()[:3])
    return len(first) > _LETTERS and f" {first} " in f" {' '.join(fold(question.said).split())} "


def _beside(best: Evidence, other: Evidence) -> bool:
    """Whether the second one may be meant as well: about as good, no head of a table, no other case than the one
    asked about."""
    head = other.unit.cells and other.unit.lead_in
    return other.score >= best.score - _SECOND and not head and (best.admits is None or bool(other.admits))


def _over(question: Question, plan: Plan, unit: Unit) -> Span | None:
    """The heading that a case belongs to, where it tells little without it: "Không hoàn thành nhiệm vụ" over "dưới 50
    điểm". Of several, the one that holds most of what is asked."""
    found: list[tuple[float, Span]] = []
    for section in above(plan, unit.section):
        start = content_start(plan.text, section.start, section.end)
        stop = plan.text.find("\n", start)
        if stop < 0 or stop > unit.start or not section.heading:
            continue  # the section is the case itself
        own = [t for t in question.terms if not stands_in(t, plan.text[unit.start : unit.end])]
        held = sum(t.weight for t in own if stands_in(t, plan.text[start:stop]))
        found.append((held, span(plan, start, stop)))
    if not found:
        return None
    nearest = plan.quote(found[0][1])
    leads = nearest.rstrip().endswith(":") or unit.end - unit.start < _TELLS_LITTLE
    best = max(found, key=lambda each: each[0])
    return best[1] if leads or best[0] >= _TELLING else None


def _claimed(question: Question) -> tuple[str, ...]:
    return tuple(t.date.written for t in question.asserted) + question.figures


def _lead(question: Question, plan: Plan, unit: Unit) -> str:
    """What goes before the sentence: yes or no, or the body that does it where the sentence does not begin with it."""
    text = plan.text[unit.start : unit.end]
    judges = Want.YES_NO in question.wants and Topic.AWARD not in question.topics
    if judges and (verdict := premise.lead(question, plan, unit)):
        return verdict
    if unit.owner and fold(unit.owner) not in fold(text) and _whose(question, unit):
        return f"{unit.owner}: "
    return ""


def _whose(question: Question, unit: Unit) -> bool:
    """Whether the body whose task it is has to be told: it is asked for, or the question names one of those meant."""
    named = spaced(unit.owner)
    own = (t for t in question.terms if t.weight >= _NAMING and " " in t.forms[0])
    return Want.BODY in question.wants or any(f" {form} " in named for t in own for form in t.forms)


def whole(question: Question, plan: Plan, context: Context) -> Finding | None:
    """The best sentence, where it says every word that is asked: enough to tell where a thing stands."""
    best = context.best
    if best is None or best.absent or best.core < _ALL or best.unit.heading or best.unit.lead_in:
        return None
    return told(question, plan, replace(context, ranked=(best,)))


def refused(question: Question, plan: Plan, best: Evidence) -> Finding:
    """Says exactly what is missing, with the nearest clause."""
    kind = next((w for w in question.wants if w.value in replies.MISSING), None)
    rare = [t for t in best.absent if t.weight >= _RARE]
    unspoken = next((m.name for m in matters(question.said) if not speaks(best.unit, m)), "")
    if unspoken:
        missing = replies.MISSING_TERMS.format(terms=unspoken)
    elif kind and not best.fits:
        missing = replies.MISSING[kind.value]
    else:
        shown = [t.exact or t.forms[0] for t in rare or best.absent]
        whole = [s for s in shown if not any(s != t and f" {s} " in f" {t} " for t in shown)][:3]
        missing = replies.MISSING_TERMS.format(terms=", ".join(dict.fromkeys(whole))) if whole else ""
    where = span(plan, best.unit.start, best.unit.end)
    tells = best.coverage >= _NEAR_ENOUGH and not (best.unit.cells and best.unit.lead_in)  # a table's head is no clause
    near = (Claim(line(plan.text[where.start : where.end], 300), (where,)),) if tells else ()
    return Finding(plan, near, stated=False, missing=missing)
