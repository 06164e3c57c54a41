"""How well a unit of a plan answers a question: the share of what was asked that it holds, and whether it is of the kind wanted."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .bodies import body_name, leading_body
from .dates import dates_a_document, find_times
from .domain import Plan
from .question import Question
from .terms import Term, spaced
from .text import fold
from .units import Unit, units
from .wants import Want

# How much a word proves, by where it stands.
_OWN, _AROUND, _ABOVE, _FAR, _TITLE = 1.0, 0.8, 0.85, 0.65, 0.5
_SHORT_UNIT, _PER_WORD = 40, 0.001  # words, and what each one over them costs
_OTHER_FORM = 0.9  # a synonym of the word
_TITLE_WEIGHT = 0.25  # what the whole plan is about tells little of its parts


@dataclass(frozen=True, slots=True)
class Evidence:
    unit: Unit
    coverage: float  # 0-1: weighted share of the terms that it holds
    core: float  # the same, words around it counted half
    meaning: float  # cosine similarity to the question
    fits: bool  # holds a value of every hard kind wanted
    score: float
    absent: tuple[Term, ...]  # terms found neither in it, around it nor in the plan's title


_MONEY = re.compile(r"\d[\d.,]*\s*(?:nghin|ngan|trieu|ty|ti|dong)\b")
_NUMERAL = re.compile(r"\d|\b(?:hai|ba|bon|nam|sau|bay|tam|chin|muoi)\b")
_DURATION = re.compile(r"\d+\s*(?:phut|gio|ngay|tuan|thang|nam)\b(?!\s*\d)|h[a]ng (?:nam|thang|quy|tuan)")
_REPEATS = re.compile(
    r"ke tu ngay|h[a]ng (?:nam|thang|quy|tuan|ngay)|dinh ky|\b6 thang|thu (?:hai|ba|tu|nam|sau|bay)\b|chu nhat|\d\s*(?:gio|h)\b|nam 20\d\d|20\d\d|moi (?:nam|thang|quy|tuan)|truoc moi|sau moi"
)
_CONTACT = re.compile(r"\d{3}[\d. -]{5,}\d|@|https?:|www\.|\.vn\b")
_PERSON = re.compile(r"(?:đồng chí|ông|bà|Đ/c)\s+[A-ZĐÀ-Ỹ]")


def holds(text: str, want: Want) -> bool:
    """Whether the text holds a value of the kind wanted. Kinds that cannot be told from the words are held by any text."""
    folded = fold(text)
    match want:
        case Want.DATE | Want.DAYS_LEFT:
            return bool(_REPEATS.search(folded)) or any(not dates_a_document(text, t) for t in find_times(text))
        case Want.MONEY:
            return bool(_MONEY.search(folded))
        case Want.PERCENT:
            return bool(re.search(r"\d\s*%|phan tram", folded))
        case Want.COUNT | Want.NUMBER:
            return bool(_NUMERAL.search(folded))
        case Want.DURATION:
            return bool(_DURATION.search(folded))
        case Want.CONTACT:
            return bool(_CONTACT.search(folded))
        case Want.PERSON:
            return bool(_PERSON.search(text))
    return True


def local_weights(plan: Plan, terms: Sequence[Term]) -> dict[tuple[str, ...], float]:
    """Weight of each term in this plan: rarity in the language, less for what every part of the plan says."""
    all_units = units(plan)
    title = spaced(plan.title)
    weights = {}
    for term in terms:
        held = sum(any(f" {form} " in u.words for form in term.forms) for u in all_units)
        local = math.log(1 + len(all_units) / (1 + held)) / math.log(1 + len(all_units))
        in_title = any(f" {form} " in title for form in term.forms)
        weights[term.forms] = term.weight * (0.35 + 0.65 * local) * (_TITLE_WEIGHT if in_title else 1.0)
    return weights


def weigh(
    question: Question,
    plan: Plan,
    meaning: Sequence[tuple[int, int, float]],
    favour: Mapping[int, float],
    limit: int = 12,
) -> list[Evidence]:
    """The best units, best first. `meaning`: (start, end, cosine similarity) of passages; `favour`: unit's start → what a topic adds."""
    terms, wanted = question.terms, question.wants
    weights = local_weights(plan, terms)
    total = sum(weights.values()) or 1.0
    title = spaced(plan.title)
    hard = [w for w in wanted if w in HARD]
    ranked = []
    for unit in units(plan):
        own = around = 0.0
        absent = []
        for term in terms:
            degree = _degree(term, unit, title)
            own += weights[term.forms] * (degree if degree >= _OWN * _OTHER_FORM - 1e-9 else degree / 2)
            around += weights[term.forms] * degree
            if degree < _TITLE - 0.1:
                absent.append(term)
        coverage, core = around / total, own / total
        near = max((m for a, b, m in meaning if a < unit.end and unit.start < b), default=0.0)
        # A long unit holds many words by chance.
        length = _PER_WORD * max(0, unit.words.count(" ") - _SHORT_UNIT)
        score = 0.6 * coverage + 0.4 * core + 0.35 * max(0.0, near) + favour.get(unit.start, 0.0) - length
        ranked.append((score, unit, coverage, core, near, tuple(absent)))
    ranked.sort(key=lambda r: -r[0])
    found = []
    for score, unit, coverage, core, near, missing in ranked[: limit * 3]:
        text = plan.text[unit.start : unit.end]
        fits = all(holds(text, want) for want in hard) and _counts(question, plan, text) and _is_kind(question, unit)
        bonus = 0.15 if fits and hard else (-0.35 if hard else 0.0)
        if Want.BODY in wanted and (unit.owner or leading_body(text)):
            bonus += 0.08
        found.append(Evidence(unit, coverage, core, near, fits, score + bonus, missing))
    found.sort(key=lambda e: -e.score)
    return found[:limit]


def _counts(question: Question, plan: Plan, text: str) -> bool:
    """ "Bao nhiêu hộ" is answered by a number of households: not by a share of them, nor by a number of something else."""
    if Want.COUNT not in question.wants or not question.counted:
        return True
    unit = question.counted.split()[0]
    if not any(f" {unit} " in u.words for u in units(plan)):
        return True
    return bool(
        re.search(rf"(?:\d[\d.,]*|hai|ba|bon|nam|sau|bay|tam|chin|muoi)\s+(?:[a-z]+\s+){{0,2}}{unit}\b", fold(text))
    )


_GENERIC = frozenset("ai phong don vi co quan ben noi to chuc bo phan cap phong ban ban doan the nguoi nhom".split())


def _is_kind(question: Question, unit: Unit) -> bool:
    """ "Công ty nào" is answered by a company, "bệnh viện nào" by a hospital."""
    if Want.BODY not in question.wants:
        return True
    asked = re.search(r"([a-z]+(?: [a-z]+)?) nao\b", fold(question.said))
    if asked is None or asked[1].split()[-1] in _GENERIC or asked[1] in _GENERIC or not body_name(asked[1]):
        return True
    noun = asked[1] if f" {asked[1]} " in f" {fold(question.said)} " else ""
    return f" {noun} " in unit.words or f" {noun.split()[-1]} " in unit.words + spaced(unit.owner)


# Kinds whose values are recognised by their form; without one the unit is no answer.
HARD = frozenset(
    {
        Want.DATE,
        Want.DAYS_LEFT,
        Want.MONEY,
        Want.PERCENT,
        Want.COUNT,
        Want.DURATION,
        Want.CONTACT,
        Want.PERSON,
        Want.NUMBER,
    }
)


def _degree(term: Term, unit: Unit, title: str) -> float:
    for i, form in enumerate(term.forms):
        framed = f" {form} "
        strength = 1.0 if i == 0 else _OTHER_FORM
        if framed in unit.words:
            # With accents given they count: "thôn" is not answered by "thông".
            if i == 0 and term.exact and f" {term.exact} " not in unit.exact:
                return _AROUND * strength
            return _OWN * strength
    best = 0.0
    for i, form in enumerate(term.forms):
        framed = f" {form} "
        strength = 1.0 if i == 0 else _OTHER_FORM
        if framed in unit.around:
            best = max(best, _AROUND * strength)
        if framed in unit.above:
            best = max(best, _ABOVE * strength)
        elif framed in unit.far:
            best = max(best, _FAR * strength)
        elif framed in title:
            best = max(best, _TITLE * strength)
    return best
