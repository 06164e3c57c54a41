"""Deadlines: which ones a question is about, when they fall, whether they have passed."""

from __future__ import annotations

import re

from .. import replies
from ..dates import Bound, find_times, last_safe_day, next_due
from ..domain import Deadline, Plan, Rule, Span
from ..evidence import sure
from ..findings import Claim, Finding
from ..question import Question
from ..terms import Term, spaced
from ..text import fold
from ..topics import Topic
from ..units import Unit, above
from ..wants import Want
from .clock import clock, plan_year
from .parties import fit, parties
from .shared import Context, line, says
from .verdict import agree, claimed, judged

_OF_YEAR = re.compile(r"(?:bao cao|tong ket|ket qua)(?: cua| ca| tong ket)? nam\b|^nam\b|\bca nam\b")  # not "hằng năm"
_ALIKE = 0.7  # deadlines this close to the best one are told with it
_ENOUGH = 0.45  # share of the terms that a deadline must hold to be the one asked for
# What a deadline is called, whatever its own words.
_CALLED = "han thoi han nop gui bao cao ket qua cham nhat muon nhat xong hoan thanh "
_UNTELLING = 0.2
# A period asked for that the plan never names has no deadline there.
_PERIODS = (
    (frozenset((Rule.HALF_YEARLY,)), r"6 thang|nua nam|giua nam"),
    (frozenset((Rule.QUARTERLY,)), r"hang quy|moi quy|theo quy\b|tung quy"),
    (frozenset((Rule.MONTHLY,)), r"hang thang|moi thang"),
)
_PARTY = 0.15  # what it counts that a deadline is owed by, or to, the body asked about
_SAME = 0.5  # fits this close are of the same parties
_BESIDE = 0.7  # what a word proves that stands beside the deadline's own clause
_WHEN = frozenset({Want.DATE, Want.DAYS_LEFT})


def answer(question: Question, plan: Plan, context: Context) -> Finding | None:
    """The deadlines that hold what was asked; the nearest duty without a day where the plan gives none."""
    if (
        not (_WHEN & set(question.wants))
        and not question.asserted
        and not says(
            question,
            r"\bhan\b|cham nhat|muon nhat|dinh ky|khac nhau|so sanh|som hon|muon hon|\bbao lau mot lan|"
            r"may lan",
        )
    ):
        return None
    scored = _scored(question, plan, context)
    if not scored:
        return None
    scored = _of_parties(question, scored)
    for _, cue in _PERIODS:
        told_so = [(score, d) for score, d in scored if re.search(cue, fold(f"{d.duty} {d.when.written}"))]
        if says(question, cue) and told_so:
            scored = told_so
    best = scored[0][0]
    top = context.best
    if best < _ENOUGH or (
        top and not _is_deadline(plan, top.unit.start, top.unit.end) and top.fits and top.core > best + 0.12
    ):
        return None
    chosen = [d for score, d in scored if score >= best * _ALIKE]
    for rules, cue in _PERIODS:
        of_period = [d for _, d in scored if d.rule in rules or re.search(cue, fold(d.duty + " " + plan.quote(d.span)))]
        if says(question, cue) and not of_period:
            near = Claim(line(plan.quote(chosen[0].span)), (chosen[0].span,))
            return Finding(plan, (near,), stated=False, missing=replies.OTHER_PERIOD)
    chosen = [d for d in chosen if _binds(question, d)]
    if not chosen:
        return None
    dated = [d for d in chosen if d.when.written]
    if not dated:
        told_elsewhere = top and sure(top) and not any(_within(top.unit, d) for d in chosen) and _limits(plan, top.unit)
        return None if told_elsewhere else _undated(question, plan, chosen)
    if says(question, r"hang nam|moi nam|cuoi nam|thuong nien|ca nam|\bnam\b(?! (?:dau|ngoai|20\d\d))") and not says(
        question, "hang thang|hang quy|6 thang"
    ):
        of_year = [d for d in dated if _OF_YEAR.search(fold(d.duty))]
        dated = of_year or [d for d in dated if d.rule is Rule.YEARLY] or dated
    elif says(question, r"6 thang|giua nam|nua nam"):
        dated = [d for d in dated if "6 thang" in fold(d.duty)] or dated
    for rule, cue in ((Rule.MONTHLY, "hang thang|moi thang"), (Rule.QUARTERLY, "hang quy|moi quy|theo quy")):
        if says(question, cue):
            dated = [d for d in dated if d.rule is rule] or dated
    for occasion in ("tong ket", "so ket"):
        if says(question, occasion):
            dated = [d for d in dated if occasion in fold(d.duty)] or dated
    return told(question, plan, _narrowed(question, dated))


_ANYONE = re.compile(r"\bcac\b|moi |tat ca|don vi|co quan|to chuc|toan ")


def _binds(question: Question, deadline: Deadline) -> bool:
    """Whether it can bind the body that the question makes its subject: "công an phải nộp báo cáo ngày mấy"."""
    before = re.split(r"\b(?:bao cao|nop|gui|trinh|phai)\b", fold(question.said), maxsplit=1)[0]
    subjects = [t for t in question.terms if t.solid and any(f in before for f in t.forms[:1])]
    actor = spaced(deadline.actor)
    return not actor or bool(_ANYONE.search(actor)) or all(any(f" {f} " in actor for f in t.forms) for t in subjects)


def _scored(question: Question, plan: Plan, context: Context) -> list[tuple[float, Deadline]]:
    scored = []
    whole = spaced(plan.text)
    for deadline in plan.facts.deadlines:
        alone = sum(d.span == deadline.span for d in plan.facts.deadlines) == 1
        told = (deadline.duty, deadline.when.written, deadline.actor, deadline.recipient, deadline.via, _CALLED)
        own_words = spaced(" ".join((*told, plan.quote(deadline.span) if alone else "")))
        words = spaced(" ".join((plan.quote(deadline.span), *plan.headings(deadline.section))))
        title = spaced(plan.title)
        total = got = 0.0
        for term in question.terms:
            own = any(f" {f} " in own_words for f in term.forms)
            near = any(f" {f} " in words for f in term.forms)
            # What the whole plan is about does not tell its deadlines apart; what it never says is the asker's story.
            plain = any(f" {f} " in title for f in term.forms) or not any(f" {f} " in whole for f in term.forms)
            weight = term.weight * (_UNTELLING if plain and not own else 1.0)
            total += weight
            got += weight if own else _BESIDE * weight if near else 0.0
        score = got / total if total else 0.6
        if "bao cao" in fold(question.said) and "bao cao" not in fold(deadline.duty):
            score *= 0.8
        if _REPORT.search(fold(question.said)) and not _REPORT.search(fold(plan.quote(deadline.span))):
            score *= 0.6
        numbered = [t for t in question.terms if t.solid and any(c.isdigit() for c in t.forms[0])]
        if not all(any(f" {f} " in words or f" {f} " in title for f in t.forms) for t in numbered):
            score *= 0.5  # "đợt 2" is not due with đợt 1
        elif any(_of_another_number(t, spaced(deadline.duty)) for t in numbered):
            score *= 0.5
        scored.append((score, deadline))
    scored.sort(key=lambda pair: -pair[0])
    return scored


def _of_another_number(term: Term, duty: str) -> bool:
    label = term.forms[0].rsplit(" ", 1)[0]
    return f" {label} " in duty and not any(f" {form} " in duty for form in term.forms)


_REPORT = re.compile(r"bao cao|\bnop\b|\bgui\b")


def _of_parties(question: Question, scored: list[tuple[float, Deadline]]) -> list[tuple[float, Deadline]]:
    """Those that are owed by whom, and to whom, the question says; all where it says neither."""
    asked = parties(question, [d for _, d in scored])
    fits = [fit(asked, d) for _, d in scored]
    ranked = sorted(
        ((score + _PARTY * sum(f), sum(f), score, d) for (score, d), f in zip(scored, fits, strict=True)),
        key=lambda each: -each[0],
    )
    best = ranked[0]
    days = {(t.date.day, t.date.month) for t in question.asserted}
    return [
        (score, d)
        for _, fitting, score, d in ranked
        # What the plan gives to nobody by name may be owed by whom the question names, where it says more of the rest.
        if fitting >= best[1] - _SAME
        or (fitting >= 0 and score >= best[2] + _PARTY)
        or (fitting >= 0 and score >= _ALIKE * best[2] and (d.when.day, d.when.month) in days)
    ]


def _narrowed(question: Question, dated: list[Deadline]) -> list[Deadline]:
    """Of several alike, the one whose day is claimed, and recurring ones before a day that came once."""
    days = {(t.date.day, t.date.month) for t in question.asserted}
    narrowed = [d for d in dated if (d.when.day, d.when.month) in days] or dated
    recurring = [d for d in narrowed if d.rule is not Rule.ONCE]
    dated_question = bool(question.asserted) or says(question, "hang nam|moi nam|dinh ky|cuoi nam")
    return recurring if recurring and dated_question else narrowed


def _within(unit: Unit, deadline: Deadline) -> bool:
    return deadline.span.start < unit.end and unit.start < deadline.span.end


def _limits(plan: Plan, unit: Unit) -> bool:
    """Whether the unit sets a day as a limit."""
    return any(t.bound in (Bound.BEFORE, Bound.BY) for t in find_times(plan.text[unit.start : unit.end]))


def _is_deadline(plan: Plan, start: int, end: int) -> bool:
    return any(d.span.start < end and start < d.span.end for d in plan.facts.deadlines)


def _undated(question: Question, plan: Plan, chosen: list[Deadline]) -> Finding:
    nearest = chosen[0]
    claim = Claim(line(plan.quote(nearest.span)), (nearest.span,))
    if not (_WHEN & set(question.wants) - {Want.DURATION}) or (
        says(question, r"may thang|bao lau|dinh ky|may lan") and nearest.rule is not Rule.UNDATED
    ):
        return Finding(plan, (claim,), brief=line(plan.quote(nearest.span), 160))
    return Finding(plan, (claim,), stated=False, missing=replies.UNDATED)


def told(question: Question, plan: Plan, dated: list[Deadline]) -> Finding:
    """The deadlines in words: when, who, to whom; then what the clock says, where it was asked."""
    claims: list[Claim] = []
    several = len(dated) > 1
    for deadline in dated:
        sentence = _sentence(plan, deadline, several)
        text = sentence if claims else judged(question, dated, sentence)
        claims.append(Claim(text, _proof(plan, deadline, several), claimed(question)))
    claims += {c.text: c for c in clock(question, plan, dated)}.values()
    brief = "; ".join(dict.fromkeys(_when(plan, d) + (f" ({d.actor})" if several and d.actor else "") for d in dated))
    days = [(t.date.day, t.date.month) for t in question.asserted]
    return Finding(plan, tuple(claims), deadlines=tuple(dated), brief=brief, affirms=not days or agree(days, dated))


def _proof(plan: Plan, deadline: Deadline, several: bool) -> tuple[Span, ...]:
    """Its sentence, and the heading that names the body where the sentence does not."""
    if not several or not deadline.actor or deadline.actor in plan.quote(deadline.span):
        return (deadline.span,)
    for section in above(plan, deadline.section):
        at = plan.text.find(deadline.actor, section.start, section.end)
        if at >= 0:
            return (deadline.span, Span(plan.id, at, at + len(deadline.actor)))
    return (deadline.span,)


def _when(plan: Plan, deadline: Deadline) -> str:
    """As the plan writes it, with its repetition where that stands elsewhere in the sentence."""
    written = deadline.when.written
    quoted = fold(plan.quote(deadline.span))
    if deadline.rule is Rule.YEARLY and not re.search(r"nam", fold(written)):
        written += (
            " hằng năm"
            if "hằng năm" in plan.quote(deadline.span).lower()
            else " hàng năm"
            if "hang nam" in quoted
            else ""
        )
    return written


def _sentence(plan: Plan, deadline: Deadline, several: bool) -> str:
    when = _when(plan, deadline)
    when = when[:1].upper() + when[1:]
    to = replies.TO.format(recipient=deadline.recipient) if deadline.recipient else ""
    via = replies.VIA.format(via=deadline.via) if deadline.via and to else ""
    if several or not to:
        who = f"{deadline.actor} " if deadline.actor and deadline.actor in plan.quote(deadline.span) else ""
        duty = deadline.duty[:1].lower() + deadline.duty[1:] if deadline.duty else ""
        what = line(f"{who}{duty}".strip(), 200)
        owner = deadline.actor if not who and deadline.actor else ""
        head = f"{owner}: {when[:1].lower() + when[1:]}" if owner and several else when
        return f"{head}{', ' + what if what else ''}{to if 'gửi' not in what.lower() else ''}{via}."
    return f"{when}{to}{via}."


def upcoming(question: Question, plan: Plan, context: Context) -> Finding | None:
    """Deadlines still ahead, the nearest first."""
    ahead = [(due, d) for d in plan.facts.deadlines if (due := next_due(d, question.as_of, plan_year(plan)))]
    ahead.sort(key=lambda pair: pair[0])
    if not ahead:
        if not plan.facts.deadlines:
            return None
        spans = tuple(d.span for d in plan.facts.deadlines if d.when.written)
        return Finding(
            plan, (Claim(replies.NONE_AHEAD, spans),) if spans else (), stated=bool(spans), missing=replies.UNDATED
        )
    claims = []
    for due, deadline in ahead[:6]:
        last = last_safe_day(deadline, due)
        figures = (f"{due:%d/%m/%Y}", f"{last:%d/%m/%Y}", str((last - question.as_of).days))
        text = f"- {_sentence(plan, deadline, True)} {replies.LAST_SAFE.format(last=f'{last:%d/%m/%Y}')}"
        claims.append(Claim(text, _proof(plan, deadline, True), figures))
    return Finding(plan, tuple(claims), deadlines=tuple(d for _, d in ahead[:6]), brief=f"{ahead[0][1].when.written}")


def addressee(question: Question, plan: Plan, context: Context) -> Finding | None:
    """To whom, and through whom, a report goes."""
    scored = [(score, d) for score, d in _scored(question, plan, context) if d.recipient]
    top = context.best
    if (
        not scored
        or scored[0][0] < _ENOUGH
        or (top and top.core > scored[0][0] + 0.15 and not _is_deadline(plan, top.unit.start, top.unit.end))
    ):
        return None
    best = scored[0][0]
    chosen = _narrowed(question, [d for score, d in scored if score >= best * _ALIKE])
    claims = []
    for deadline in chosen:
        via = replies.VIA.format(via=deadline.via) if deadline.via else ""
        who = f"{deadline.actor}: " if len(chosen) > 1 and deadline.actor else ""
        claims.append(Claim(f"{who}Gửi về {deadline.recipient}{via}.", _proof(plan, deadline, bool(who))))
    if Topic.DEADLINE in question.topics and _WHEN & set(question.wants):
        return None
    unique = {c.text: c for c in claims}
    return Finding(
        plan,
        tuple(unique.values()),
        brief="; ".join(f"{d.recipient}{replies.VIA.format(via=d.via) if d.via else ''}" for d in chosen),
    )
