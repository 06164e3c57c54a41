"""How well a unit of a plan answers a question: how much of what was asked it holds, and of which kind it is."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .bodies import leading_body
from .domain import Plan
from .kinds import HARD, fits
from .lexicon import lexicon
from .question import Question
from .ranges import admits, change, limited, turns
from .terms import Term, spaced
from .text import fold
from .topics import Topic
from .units import Unit, units
from .wants import Want

# How much a word proves, by where it stands.
_OWN, _AROUND, _ABOVE, _FAR, _TITLE = 1.0, 0.8, 0.85, 0.65, 0.5
_OTHER_FORM = 0.9  # a synonym of the word
_TITLE_WEIGHT = 0.25  # what the whole plan is about tells little of its parts
_TYPICAL = 20  # words of a unit
_ADMITS, _EXCLUDES = 1.5, -1.5  # nats for a case that takes in the question's amount, and for one beside it
LEARNED = Path(__file__).parent / "models" / "evidence.json"

# Headings under which plans answer a topic, whatever their subject.
_ORGANISES = re.compile(
    r"to chuc (?:va )?(?:trien khai |thuc hien)|trach nhiem|phan cong|nhiem vu cua|"
    r"to chuc thi hanh"
)
_PLACES = {
    Topic.DUTY: _ORGANISES,
    Topic.ADDRESSEE: _ORGANISES,
    Topic.DEADLINE: _ORGANISES,
    Topic.CRITERIA: re.compile("tieu chi|tieu chuan|dieu kien|doi tuong"),
    Topic.AWARD: re.compile("khen thuong"),
    Topic.PHASE: re.compile("thoi gian|giai doan|tien do"),
}
_HEADING_WORDS = re.compile(
    "muc dich|yeu cau|noi dung|giai phap|muc tieu|chi tieu|nhiem vu|kinh phi|doi tuong|quyen loi|tieu chuan|tieu chi"
    "|khen thuong|thoi gian|to chuc thuc hien|trach nhiem"
)


class Features(NamedTuple):
    """What tells of one unit whether it answers; shares are of the weight of the question's terms."""

    held: float  # by where each term stands, terms that the plan lacks counted as not held
    known: float  # the same, of the terms that the plan has at all
    exact: float  # in its own words, accents as typed
    above: float  # in the heading right over it
    far: float  # in the headings over that
    meaning: float  # cosine similarity of its passage
    fits: float  # 1: holds a value of every kind wanted that can be recognised
    misses: float  # 1: lacks one
    owner: float  # 1: a body is asked for and one is named
    fact: float  # 1: holds a fact of the topic
    place: float  # 1: stands under a heading where plans answer the topic
    named: float  # share of the heading words of the question that its headings hold
    length: float  # log of its words over the typical number
    heading: float
    lead_in: float
    outside: float  # 1: in the head or the end of the document
    rarest: float  # weight of the rarest term that is found nowhere near it, in tens
    unnamed: float  # 1: a body, or a document's number, is asked for that is found nowhere near it


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights of the features, found by eval/learn.py."""

    rank: Features
    answer: Features
    bias: float
    threshold: float


@cache
def learned() -> Learned:
    data = json.loads(LEARNED.read_text(encoding="utf-8"))
    return Learned(Features(**data["rank"]), Features(**data["answer"]), data["bias"], data["threshold"])


@dataclass(frozen=True, slots=True)
class Evidence:
    unit: Unit
    features: Features
    score: float  # orders the units of one question
    absent: tuple[Term, ...]  # terms found neither in it, around it nor in the plan's title
    admits: bool | None = None  # whether the cases it speaks of take in the question's amount ("12 tầng")

    @property
    def coverage(self) -> float:
        return self.features.held

    @property
    def core(self) -> float:
        return (self.features.held + self.features.exact) / 2

    @property
    def fits(self) -> bool:
        return not self.features.misses

    @property
    def certainty(self) -> float:
        """0-1: how sure it is that the unit answers the question at all."""
        model = learned()
        return 1 / (1 + math.exp(-model.bias - _dot(model.answer, self.features)))


def sure(evidence: Evidence) -> bool:
    return evidence.certainty >= learned().threshold


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
    facts: Container[int],
    limit: int = 12,
) -> list[Evidence]:
    """The best units, best first. `meaning`: (start, end, cosine similarity) of passages; `facts`: starts of units that
    hold a fact of the question's topic."""
    terms = question.terms
    weights = local_weights(plan, terms)
    frame = _Frame(
        question,
        plan,
        weights,
        total=sum(weights.values()) or 1.0,
        known=sum(w for forms, w in weights.items() if any(f" {f} " in u.words for u in units(plan) for f in forms))
        or 1.0,
        title=spaced(plan.title),
        heads=frozenset(_HEADING_WORDS.findall(fold(question.said))),
    )
    rank = learned().rank
    asked_turns = turns(question.said)
    found = []
    for unit in units(plan):
        near = max((m for a, b, m in meaning if a < unit.end and unit.start < b), default=0.0)
        case = _case(question, plan.text[unit.start : unit.end])
        features, absent = _features(frame, unit, near, unit.start in facts, bool(case))
        score = _dot(rank, features) + (0.0 if case is None else _ADMITS if case else _EXCLUDES)
        score += _EXCLUDES * _other_turn(asked_turns, unit)
        found.append(Evidence(unit, features, score, absent, case))
    found.sort(key=lambda e: -e.score)
    return found[:limit]


def _case(question: Question, text: str) -> bool | None:
    """Whether the text speaks of the case asked about; a limit does where "được không" is asked, on either side."""
    if not question.amounts:
        return None
    if (changed := change(text)) and any(a.value == changed[0] for a in question.amounts):
        return True
    if Want.YES_NO in question.wants and limited(text, question.amounts):
        return True
    return admits(text, question.amounts)


def _other_turn(asked: frozenset[int], unit: Unit) -> bool:
    """ "Lần đầu" is asked, and the unit or what stands right over it speaks of the second time alone."""
    if not asked:
        return False
    held = turns(unit.words) or turns(unit.above) or turns(unit.far)
    return bool(held) and asked.isdisjoint(held)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is the same for every unit of one plan."""

    question: Question
    plan: Plan
    weights: Mapping[tuple[str, ...], float]
    total: float
    known: float
    title: str
    heads: frozenset[str]


def _features(frame: _Frame, unit: Unit, near: float, fact: bool, case: bool) -> tuple[Features, tuple[Term, ...]]:
    """`case`: the unit's range takes in the question's amount, whose figure it then holds."""
    question = frame.question
    amounts = {a.written for a in question.amounts} if case else set()
    held = exact = above = far = 0.0
    absent = []
    for term in question.terms:
        weight = frame.weights[term.forms]
        taken = term.forms[0] in amounts
        degree = _OWN if taken else _degree(term, unit, frame.title)
        held += weight * degree
        if degree < _TITLE - 0.1:
            absent.append(term)
        framed = [f" {form} " for form in term.forms]
        if taken or (any(f in unit.words for f in framed) and (not term.exact or f" {term.exact} " in unit.exact)):
            exact += weight
        above += weight * any(f in unit.above for f in framed)
        far += weight * any(f in unit.far for f in framed)
    text = frame.plan.text[unit.start : unit.end]
    fitting = fits(question, frame.plan, unit, text)
    headings = fold(" / ".join(frame.plan.headings(unit.section)))
    features = Features(
        held=held / frame.total,
        known=held / frame.known,
        exact=exact / frame.total,
        above=above / frame.total,
        far=far / frame.total,
        meaning=near,
        fits=float(fitting and bool(HARD & set(question.wants))),
        misses=float(not fitting),
        owner=float(Want.BODY in question.wants and bool(unit.owner or leading_body(text))),
        fact=float(fact),
        place=float(any(t in question.topics and bool(p.search(headings)) for t, p in _PLACES.items())),
        named=sum(h in headings for h in frame.heads) / (len(frame.heads) or 1),
        length=math.log(max(unit.words.count(" "), 2) / _TYPICAL),
        heading=float(unit.heading),
        lead_in=float(unit.lead_in),
        outside=float(not unit.section),
        rarest=max((t.weight for t in absent), default=0.0) / 10,
        unnamed=float(any(t.solid for t in absent)),
    )
    return features, tuple(absent)


def _dot(weights: Features, features: Features) -> float:
    return sum(w * x for w, x in zip(weights, features, strict=True))


def _across(form: str, unit: Unit) -> bool:
    """Whether a label stands in two places of a table: "cấp" in the head of a column, "III" in the row."""
    *label, number = form.split()
    return number in unit.words.split() and all(f" {word} " in unit.above for word in label)


def _degree(term: Term, unit: Unit, title: str) -> float:
    for i, form in enumerate(term.forms):
        framed = f" {form} "
        strength = 1.0 if i == 0 else _OTHER_FORM
        if unit.cells and " " in form and _across(form, unit):
            return _AROUND * strength
        if i and form in lexicon().accents and f" {lexicon().accents[form]} " not in unit.exact:
            continue  # "trường" is another word for a school, "Trưởng" is none
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
