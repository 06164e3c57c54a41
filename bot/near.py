"""What the search says before a plan is read closely: whether plans know the question, what is near it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from . import replies
from .domain import Issuer, Passage, Status
from .question import Question
from .terms import Term, spaced, spaced_exact

_KNOWN = 0.45  # share of the question's terms that one passage must hold for it to be about plans
_MANY = 3  # of so many terms one alone is chance: "Việt Nam" stands in every plan
_LITTLE = 4.0  # weight of the terms below which nothing is asked besides the topic: "sắp tới có hạn nào?"
_KNOWN_TOPIC = 0.25  # the same where its shape is that of a question about a plan


def about_plans(question: Question, hits: Sequence[tuple[Passage, float]], in_talk: bool) -> bool:
    """`in_talk`: an issuer was chosen, so that the question is likelier meant for its plan."""
    total = sum(t.weight for t in question.terms)
    if not total or (question.topics and total < _LITTLE):
        return bool(question.topics) or in_talk
    best = 0.0
    for passage, _ in hits:
        words, exact = _words(passage)
        found = [t for t in question.terms if _holds(t, words, exact)]
        whole = bool(question.topics) or (in_talk and len(found) >= _MANY) or _whole_words(question, words)
        if whole and (len(found) > 1 or len(question.terms) < _MANY):
            best = max(best, sum(t.weight for t in found) / total)
    return best >= (_KNOWN_TOPIC if question.topics or in_talk else _KNOWN)


def share(terms: Sequence[Term], passage: Passage) -> float:
    """Of the terms' weight, what the passage holds: 0 to 1."""
    words, exact = _words(passage)
    total = sum(t.weight for t in terms)
    return sum(t.weight for t in terms if _holds(t, words, exact)) / total if total else 0.0


def standing(terms: Sequence[Term], holds: Callable[[str], bool]) -> float:
    """Of the terms' weight, what stands anywhere in the documents that `holds` looks phrases up in: 0 to 1."""
    total = sum(t.weight for t in terms)
    found = (t.weight for t in terms if any(map(holds, (t.exact or t.forms[0], *t.forms[1:]))))
    return sum(found) / total if total else 0.0


def _words(passage: Passage) -> tuple[str, str]:
    held = " ".join((*passage.headings, passage.text))
    return spaced(held), spaced_exact(held)


def _whole_words(question: Question, words: str) -> bool:
    """Whether it holds a word of several syllables that was asked, not syllables that stand apart in it."""
    said = [t.forms[0] for t in question.terms]
    pairs = [f"{a} {b}" for a, b in pairwise(said)]
    return len(said) == 1 or any(
        f" {w} " in words for w in (*pairs, *(f for t in question.terms for f in t.forms if " " in f))
    )


def _holds(term: Term, words: str, exact: str) -> bool:
    """With accents given they count: "tặng" is not "tăng"."""
    if term.exact and f" {term.forms[0]} " in words:
        return f" {term.exact} " in exact
    return any(f" {form} " in words for form in term.forms)


def nearness(hits: Sequence[tuple[Passage, float]]) -> dict[str, list[tuple[int, int, float]]]:
    """Plan → (start, end, cosine similarity) of its passages."""
    found: dict[str, list[tuple[int, int, float]]] = {}
    for passage, similarity in hits:
        found.setdefault(passage.plan_id, []).append((passage.start, passage.end, similarity))
    return found


def suggest(status: Status, issuers: Sequence[Issuer]) -> tuple[str, ...]:
    """Questions to offer; where an issuer is missing, the names to choose from."""
    if status is Status.NEEDS_ISSUER:
        return tuple(i.full_name for i in issuers[:8])
    first = issuers[0].full_name if issuers else "xã"
    offers = (s.format(issuer=first) for s in replies.SUGGEST)
    return tuple(offer[:1].upper() + offer[1:] for offer in offers)
