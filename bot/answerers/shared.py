"""What the answerers have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..domain import Plan, Section, Span
from ..evidence import Evidence
from ..question import Question
from ..terms import Term, spaced
from ..text import fold, squash
from ..topics import Topic
from ..units import units


@dataclass(frozen=True, slots=True)
class Context:
    ranked: tuple[Evidence, ...]  # best first
    again: Callable[[Question], tuple[Evidence, ...]]  # the same for the question in other words

    @property
    def best(self) -> Evidence | None:
        return self.ranked[0] if self.ranked else None


def facts_of(question: Question, plan: Plan) -> frozenset[int]:
    """Starts of the units that hold a fact of the question's topics."""
    spans: list[Span] = []
    if Topic.DEADLINE in question.topics or Topic.ADDRESSEE in question.topics:
        spans += [d.span for d in plan.facts.deadlines]
    if Topic.PHASE in question.topics:
        spans += [p.span for p in plan.facts.phases]
    if Topic.AWARD in question.topics:
        spans += [a.span for a in plan.facts.awards]
    return frozenset(u.start for u in units(plan) if any(s.start < u.end and u.start < s.end for s in spans))


def span(plan: Plan, start: int, end: int) -> Span:
    """A span without white space at its ends."""
    while start < end and plan.text[start].isspace():
        start += 1
    while end > start and plan.text[end - 1].isspace():
        end -= 1
    return Span(plan.id, start, end)


def held(terms: Iterable[Term], text: str) -> float:
    """Weighted share of the terms that the text holds."""
    terms = list(terms)
    framed = spaced(text)
    total = sum(t.weight for t in terms) or 1.0
    return sum(t.weight for t in terms if any(f" {f} " in framed for f in t.forms)) / total


_WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def in_words(count: int) -> str:
    """A count made by code is told in words, so that every figure of an answer is the plan's own."""
    return _WORDS[count] if count < len(_WORDS) else str(count)


def says(question: Question, pattern: str) -> bool:
    return bool(re.search(pattern, fold(question.said)))


def line(text: str, limit: int = 420) -> str:
    """A run of the plan as one line, cut at a clause's end where it is long."""
    flat = squash(text)
    if len(flat) <= limit:
        return flat
    cut = max(flat.rfind(mark, 0, limit) for mark in (". ", "; ", ", "))
    return flat[: cut if cut > limit // 2 else flat.rfind(" ", 0, limit)].rstrip(" ,;") + " …"


def heading_of(plan: Plan, path: str) -> str:
    found = plan.headings(path)
    return found[-1] if found else ""


def empty_heading(question: Question, plan: Plan, floor: float) -> Section | None:
    """An empty heading that the question asks for: it holds at least this share of the terms."""
    empty = [s for s in plan.sections if s.empty]
    scored = [(held(question.terms, " ".join(plan.headings(s.path))), s.level, s) for s in empty]
    best = max(scored, key=lambda each: each[:2], default=None)
    return best[2] if best and best[0] >= floor else None
