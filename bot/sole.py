"""The one issuer whose documents speak of what is asked, where the question names none and no other's do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from .domain import Issuer, Passage, Plan
from .frequency import rarity
from .index import Snapshot
from .near import share
from .question import Question
from .terms import Term
from .text import fold, words

_DEPTH = 40  # passages
_HELD = 0.45  # share of the question's terms that a passage of its documents must hold
_AHEAD = 0.2  # by which the passages of all others hold less
_OWN = 6.0  # weight of the terms that stand in its documents and in no other's
_OWN_SHARE = 0.2  # their share of all
_TWIN = 0.4  # of two titles: so much in common, and chance decides which of the documents holds a word
# "Phường có … không?" is not asked of a commune. "Phương án", "địa phương" and "xã hội" are other words.
_WARD = re.compile(r"(?<!dia )\bphuong\b(?! (?:an|phap|tien|cham|thuc|huong|trinh|dien|ngu))")
_COMMUNE = re.compile(r"\bxa\b(?! hoi)")


def sole_speaker(question: Question, snapshot: Snapshot) -> Issuer | None:
    """None where documents of several issuers may be meant. Never guesses between documents on the same matter."""
    if not question.terms or len(snapshot.issuers) < 2:
        return None
    found = _best(question, snapshot, ())
    if found is None or found[0] < _HELD:
        return None
    plan = snapshot.plan(found[1].plan_id)
    issuer = plan.issuer
    others = [i.slug for i in snapshot.issuers if i.slug != issuer.slug]
    rival = _best(question, snapshot, others)
    own = sum(t.weight for t in question.terms if _only_in(t, snapshot, issuer.slug))
    if own < max(_OWN, _OWN_SHARE * sum(t.weight for t in question.terms)) or _other_kind(question, issuer):
        return None
    if rival and (found[0] - rival[0] < _AHEAD or any(_twins(plan, p) for p in _plans(question, snapshot, others))):
        return None
    return issuer


def _best(question: Question, snapshot: Snapshot, issuers: Sequence[str]) -> tuple[float, Passage] | None:
    """The passage that holds most of the question, with the share that it holds."""
    passages = _passages(question, snapshot, issuers)
    return max(((share(question.terms, p), p) for p in passages), key=lambda found: found[0], default=None)


def _passages(question: Question, snapshot: Snapshot, issuers: Sequence[str]) -> list[Passage]:
    said = [t.exact or t.forms[0] for t in question.terms]
    return [snapshot.passage(hit.passage) for hit in snapshot.by_words(said, issuers, _DEPTH)]


def _plans(question: Question, snapshot: Snapshot, issuers: Sequence[str]) -> list[Plan]:
    ids = dict.fromkeys(p.plan_id for p in _passages(question, snapshot, issuers))
    return [snapshot.plan(i) for i in ids]


def _only_in(term: Term, snapshot: Snapshot, issuer: str) -> bool:
    forms = (term.exact or term.forms[0], *term.forms[1:])
    return any(snapshot.holds(f, (issuer,)) for f in forms) and not any(snapshot.holds(f, (), (issuer,)) for f in forms)


def _twins(one: Plan, other: Plan) -> bool:
    """Whether their titles say that they are on the same matter."""
    names = [fold(n) for p in (one, other) for n in (p.issuer.name, p.issuer.province)]
    first, second = (_pairs(p.title, names) for p in (one, other))
    least = min(_weight(first), _weight(second))
    return bool(least) and _weight(first & second) / least >= _TWIN


def _pairs(title: str, names: Sequence[str]) -> set[str]:
    said = [w for w in words(fold(title)) if not w.isdigit()]
    return {f"{a} {b}" for a, b in pairwise(said) if not any(f"{a} {b}" in n or n in f"{a} {b}" for n in names)}


def _weight(pairs: set[str]) -> float:
    return sum(map(rarity, pairs))


def _other_kind(question: Question, issuer: Issuer) -> bool:
    folded = fold(question.text)
    return (issuer.kind == "xã" and bool(_WARD.search(folded))) or (
        issuer.kind == "phường" and bool(_COMMUNE.search(folded))
    )
