"""Yes or no to what a question takes for granted: a day, a number of something, the body that is said to do it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .. import replies
from ..bodies import body_name
from ..dates import dates_a_document, find_times
from ..domain import Plan
from ..evidence import Evidence, sure
from ..findings import Claim, Finding
from ..question import Question
from ..ranges import change, within_limit
from ..terms import Term, spaced, stands_in
from ..text import fold
from ..units import Unit
from ..wants import Want
from .shared import Context, line, span

_SOME, _REST = 4.0, 0.7  # weight of what is asked besides the claim, and the share of it that the plan must hold
_STRANGE = 0.1  # share of the question that a sentence may lack and still affirm it
_WORDED = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_COUNTS = re.compile(rf"(?<![\w/.,-])(\d[\d.,]*|{'|'.join(_WORDED[1:])})\)?\s+(?:\([^)\d]{{1,20}}\)\s*)?([^\W\d_]+)")
_LEADS_IN = re.compile(r"[:;]|\bgồm\b")
_PART_END = re.compile(r"[;,.)]|\bvà\b")  # what goes with a number ends here
_WEEKDAY = re.compile(r"\bthu (?:hai|ba|tu|nam|sau|bay)\b|chu nhat")
_SHARES = re.compile(r"(\d[\d.,]*)\s*%")
_CLAIMED = re.compile(r"\b(?:phai|dung|co phai|chinh xac)\b")
_A_YEAR = re.compile(r"\b20\d\d\b")
_SETS_LIMIT = re.compile(r"toi da|khong qua|nhieu nhat|it nhat|toi thieu|tro len|tro xuong|chi (?:duoc|can)|phai du")
_BREAKS = re.compile(r"vi pham|trai quy dinh|qua muc|bi (?:phat|loai|nhac)")  # yes to these is no to the rule
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
        return verdict if verdict.strip() == replies.NO or _affirms(question, plan, unit) else ""
    if unit.owner and _another_body(question, unit):
        return f"{replies.NO} {unit.owner}: " if fold(unit.owner) not in fold(text) else f"{replies.NO} "
    return ""


def _affirms(question: Question, plan: Plan, unit: Unit) -> bool:
    """Whether nothing that the question says besides its figure is told otherwise: the year, the body, other words."""
    told = set(_A_YEAR.findall(plan.text[unit.start : unit.end]))
    other_year = bool(told) and not set(_A_YEAR.findall(question.said)) <= told
    return not other_year and not _another_body(question, unit) and _holds_all(question, plan, unit)


def _holds_all(question: Question, plan: Plan, unit: Unit) -> bool:
    """Whether unit and headings hold all that is asked besides the claim: "cơ sở còn lại" is not "cơ sở có nguy cơ"."""
    held = unit.words + unit.around + unit.above + unit.far + spaced(plan.title)
    asked = [t for t in question.terms if t not in _claims(question)]
    strange = sum(t.weight for t in asked if not any(f" {form} " in held for form in t.forms))
    return strange <= _STRANGE * sum(t.weight for t in asked)


def _another_body(question: Question, unit: Unit) -> bool:
    """Whether the question gives the task to a body that neither the unit nor what stands over it names."""
    bodies = [t for t in question.terms if _is_body(t)]
    held = unit.words + unit.around + unit.above + unit.far
    return bool(bodies) and not any(f" {form} " in held for t in bodies for form in t.forms)


def judged(question: Question, text: str) -> str:
    """ "Đúng. " or "Không. " by the days and numbers that question and text both give; "" where they do not.

    Of several numbers of one kind in the text, the one beside the words of the question is compared; where none stands
    nearer than another, nothing is affirmed or denied.
    """
    verdict = _changed(question, text)
    if verdict.strip() == replies.NO:
        return verdict
    if _other_kind_of_day(question, text):
        return ""
    days = [(t.date.day, t.date.month) for t in question.asserted]
    if days:
        times = [t for t in find_times(text) if t.date.day and not dates_a_document(text, t)]
        told = [((t.date.day, t.date.month), t.start, t.end) for t in times]
        return _said([_compared(question, text, told, day) for day in days]) if told else ""
    if verdict:
        return verdict
    # "Hộ xin 8 ha có được không?": what lies within "không quá 10 ha" is not denied by the 10.
    said = fold(question.said)
    exact = _CLAIMED.search(said) and _SETS_LIMIT.search(said)
    if _BREAKS.search(said) or (not exact and any(within_limit(text, a) for a in question.amounts)):
        return ""
    # "Có 4 đợt phải không?" is judged by the plan's number of đợt, not by any number that stands beside.
    for figure in question.figures:
        found = _SHARES.finditer(text) if figure.endswith("%") else _counted(question, figure, text)
        numbers = [(_plain(m[1]), m.start(), m.end()) for m in found]
        if numbers:
            return _said([_compared(question, text, numbers, _plain(figure))])
    return ""


def _changed(question: Question, text: str) -> str:
    """Yes or no to "từ 10 ngày xuống còn 7 ngày", where the text says from what to what; "" where one does not."""
    claimed, told = change(question.said), change(text)
    if claimed is None or told is None or claimed[0] != told[0]:
        return ""
    return _said([claimed == told])


def _said(verdicts: Sequence[bool | None]) -> str:
    if None in verdicts:
        return ""
    return f"{replies.RIGHT} " if all(verdicts) else f"{replies.NO} "


def _compared(question: Question, text: str, told: Sequence[tuple[object, int, int]], claimed: object) -> bool | None:
    """Whether the claim is the value beside the question's words; None where that cannot be told."""
    if len({value for value, _, _ in told}) == 1:
        return told[0][0] == claimed
    near: list[tuple[frozenset[Term], object]] = []
    told_until = 0
    starts = [*(start for _, start, _ in told[1:]), len(text)]
    for (value, start, end), next_start in zip(told, starts, strict=True):
        after = _PART_END.search(text, end)
        stop = min(after.start() if after else len(text), next_start)
        # What stands before the first colon leads all of them in: "Mức chi: trâu 8.000 đồng; dê 4.000 đồng".
        part = f"{_LEADS_IN.split(text[told_until:start])[-1]} {text[end:stop]}"
        held = (t for t in question.terms if stands_in(t, part))
        near.append((frozenset(held), value))
        told_until = max(end, stop)
    most, meant = max(near, key=lambda each: sum(t.weight for t in each[0]))
    others = [held for held, value in near if value != meant]
    # A word of the question beside another number, too: which of them is meant is for the reader to see.
    return meant == claimed if most and all(held < most for held in others) else None


def _other_kind_of_day(question: Question, text: str) -> bool:
    """Working days against days, Thursday against Friday: the number alone judges nothing."""
    said, here = fold(question.said), fold(text)
    weekdays = set(_WEEKDAY.findall(said))
    return ("ngay lam viec" in said) != ("ngay lam viec" in here) or bool(weekdays - set(_WEEKDAY.findall(here)))


def _counted(question: Question, figure: str, text: str) -> list[re.Match[str]]:
    noun = re.search(rf"(?<!\d){re.escape(figure)}\s+([a-z]+)", fold(question.said))
    return [m for m in _COUNTS.finditer(text.lower()) if noun and fold(m[2]) == noun[1]]


def _plain(number: str) -> str:
    if number in _WORDED:
        return str(_WORDED.index(number))
    return number.strip(" %.,").lstrip("0")
