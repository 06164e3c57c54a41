"""Yes or no to what a question takes for granted: a day, a number of something, the body that is said to do it."""

from __future__ import annotations

import re
from dataclasses import replace

from .. import replies
from ..bodies import body_name
from ..dates import find_times
from ..domain import Plan
from ..evidence import Evidence, sure
from ..findings import Claim, Finding
from ..question import Question
from ..terms import Term
from ..text import fold
from ..units import Unit
from ..wants import Want
from .shared import Context, line, span

_SOME, _REST = 4.0, 0.7  # weight of what is asked besides the claim, and the share of it that the plan must hold
_WORDED = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_COUNTS = re.compile(rf"(?<![\w/.,-])(\d[\d.,]*|{'|'.join(_WORDED[1:])})\s+(?:\([^)]{{1,20}}\)\s*)?([^\W\d_]+)")
_SHARES = re.compile(r"(\d[\d.,]*)\s*%")
_DENIES = re.compile(r"\b(?:không|chỉ|chưa|nghiêm cấm)\b")


def contradicted(question: Question, plan: Plan, context: Context) -> Finding | None:
    """What the plan says of just that, where the best sentence on the question as asked does not hold its claim."""
    claims = _claims(question)
    if Want.YES_NO not in question.wants or context.best is None or not set(claims) & set(context.best.absent):
        return None
    bare = replace(question, terms=tuple(t for t in question.terms if t not in claims))
    best = next(iter(context.again(bare)), None)
    if best is None or not best.fits or best.unit.heading or not _about(bare, best):
        return None
    unit = best.unit
    where = span(plan, unit.start, unit.end)
    sentence = line(plan.quote(where), 500)
    if _another_body(question, unit) and unit.owner:
        return _denied(plan, unit, sentence)
    verdict = judged(question, plan.quote(where))
    if not verdict and (unit.lead_in or not _DENIES.search(sentence.lower())):
        return None
    claim = Claim(f"{verdict}{sentence}", (where,), question.figures)
    return Finding(plan, (claim,), brief=line(sentence, 200), affirms=verdict.strip() != replies.NO)


def _about(bare: Question, evidence: Evidence) -> bool:
    total = sum(t.weight for t in bare.terms)
    held = total - sum(t.weight for t in evidence.absent)
    return total >= _SOME and held / total >= _REST and (sure(evidence) or bool(evidence.unit.owner))


def _denied(plan: Plan, unit: Unit, sentence: str) -> Finding:
    named = fold(unit.owner) in fold(sentence)
    where = span(plan, unit.start, unit.end)
    text = f"{replies.NO} {sentence}" if named else f"{replies.NO} {unit.owner}: {sentence}"
    spans = (where,) if named else (where, span(plan, *unit.owner_at))
    return Finding(plan, (Claim(text, spans),), brief=unit.owner, affirms=False)


def _claims(question: Question) -> tuple[Term, ...]:
    """The terms that a yes or no would be about: the figures claimed, the bodies named."""
    figures = {f.strip(" %") for f in question.figures}
    return tuple(t for t in question.terms if t.forms[0] in figures or _is_body(t))


def _is_body(term: Term) -> bool:
    return term.solid and bool(body_name(f"{term.forms[0]} ")) and not any(c.isdigit() for c in term.forms[0])


def lead(question: Question, plan: Plan, unit: Unit) -> str:
    """ "Đúng. " or "Không. " before the unit, with the body that does it where the question names another."""
    text = plan.text[unit.start : unit.end]
    if verdict := judged(question, text):
        return verdict
    if unit.owner and _another_body(question, unit):
        return f"{replies.NO} {unit.owner}: " if fold(unit.owner) not in fold(text) else f"{replies.NO} "
    return ""


def _another_body(question: Question, unit: Unit) -> bool:
    """Whether the question gives the task to a body that neither the unit nor what stands over it names."""
    bodies = [t for t in question.terms if _is_body(t)]
    held = unit.words + unit.around + unit.above + unit.far
    return bool(bodies) and not any(f" {form} " in held for t in bodies for form in t.forms)


def judged(question: Question, text: str) -> str:
    """ "Đúng. " or "Không. " by the days and numbers that question and text both give; "" where they do not."""
    days = [(t.date.day, t.date.month) for t in question.asserted]
    if days:
        here = [(t.date.day, t.date.month) for t in find_times(text)]
        if all(d in here for d in days):
            return f"{replies.RIGHT} "
        return f"{replies.NO} " if here else ""
    # "Có 4 đợt phải không?" is judged by the plan's number of đợt, not by any number that stands beside.
    for figure in question.figures:
        told = _SHARES.findall(text) if figure.endswith("%") else _counted(question, figure, text)
        if told:
            return f"{replies.RIGHT} " if _plain(figure) in map(_plain, told) else f"{replies.NO} "
    return ""


def _counted(question: Question, figure: str, text: str) -> list[str]:
    noun = re.search(rf"(?<!\d){re.escape(figure)}\s+([a-z]+)", fold(question.said))
    return [number for number, what in _COUNTS.findall(text.lower()) if noun and fold(what) == noun[1]]


def _plain(number: str) -> str:
    if number in _WORDED:
        return str(_WORDED.index(number))
    return number.strip(" %.,").lstrip("0")
