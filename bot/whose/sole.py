"""The one issuer whose documents speak of what is asked, where the question names none and no other's do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..domain import Issuer, Passage, Plan
from ..frequency import rarity
from ..index import Snapshot
from ..lexicon import lexicon
from ..near import share
from ..question import Question
from ..terms import Term
from ..text import accented, fold, respell, words

_DEPTH = 40  # passages
_HELD = 0.45  # share of the question's terms that a passage of its documents must hold
_AHEAD = 0.2  # by which the passages of all others hold less
_OWN = 6.0  # weight of the terms that stand in its documents and in no other's
_OWN_PAIRED = 10.0  # the same where words side by side count as well: two may stand so by chance
_TELLING = 5.0  # weight of one syllable that tells a matter by itself: "rác", not "nguồn"
_OWN_SHARE = 0.25  # their share of all
_PAIR = 8.0  # weight of two words side by side at most
_TWIN = 0.4  # of two titles: so much in common, and chance decides which of the documents holds a word
# "Phường có … không?" is not asked of a commune. "Phương án", "địa phương" and "xã hội" are other words.
_WARD = re.compile(r"(?<!dia )\bphuong\b(?! (?:an|phap|tien|cham|thuc|huong|trinh|dien|ngu))")
_COMMUNE = re.compile(r"\bxa\b(?! hoi)")


def sole_speaker(question: Question, snapshot: Snapshot) -> Issuer | None:
    """None where documents of several issuers may be meant. Never guesses between documents on the same matter."""
    if not question.terms or len(snapshot.issuers) < 2:
        return None
    paired = _paired(question)
    known = [t for t in (*question.terms, *paired) if any(map(snapshot.holds, _forms(t)))]
    found = _best(known, _passages(question, snapshot, ()))
    if found is None or share(question.terms, found[1]) < _HELD:
        return None
    plan = snapshot.plan(found[1].plan_id)
    others = [i.slug for i in snapshot.issuers if i.slug != plan.issuer.slug]
    rival = _best(known, _passages(question, snapshot, others))
    if rival and found[0] - rival[0] < _AHEAD:
        return None
    own = {t: t.weight for t in known if _only_in(t, snapshot, plan.issuer.slug)}
    weight, single = sum(own.values()), sum(w for t, w in own.items() if t not in paired)
    telling = any(" " in t.forms[0] or t.weight >= _TELLING for t in own)
    if not telling or weight < _OWN_SHARE * sum(t.weight for t in known) or (single < _OWN and weight < _OWN_PAIRED):
        return None
    twins = any(_twins(plan, title, issuer) for title, issuer in snapshot.titles if issuer.slug != plan.issuer.slug)
    if (twins and not any(_is_name(t, question.text) for t in own)) or _other_kind(question, plan.issuer):
        return None
    return plan.issuer


def _paired(question: Question) -> list[Term]:
    """Words side by side, two by two: "thủ đô", "Phúc Thượng". Not across the end of a word that is known as one."""
    lexical = lexicon()
    marked = accented(question.said)
    typed = words(respell(question.said.lower()))
    halves = {w for t in question.terms for f in t.forms[:1] if " " in f for w in f.split()}

    def tells(word: str) -> bool:
        silent = word in lexical.stop if marked and accented(word) else fold(word) in lexical.stop_folded
        return not silent and fold(word) not in halves and not word.isdigit()

    pairs = [f"{a} {b}" for a, b in pairwise(typed) if tells(a) and tells(b)]
    return [Term((fold(p),), min(rarity(fold(p)), _PAIR), p if accented(p) else "") for p in dict.fromkeys(pairs)]


def _best(terms: Sequence[Term], passages: Sequence[Passage]) -> tuple[float, Passage] | None:
    """The passage that holds most of the terms, with the share that it holds."""
    return max(((share(terms, p), p) for p in passages), key=lambda found: found[0], default=None)


def _passages(question: Question, snapshot: Snapshot, issuers: Sequence[str]) -> list[Passage]:
    said = [t.exact or t.forms[0] for t in question.terms]
    return [snapshot.passage(hit.passage) for hit in snapshot.by_words(said, issuers, _DEPTH)]


def _forms(term: Term) -> tuple[str, ...]:
    return (term.exact or term.forms[0], *term.forms[1:])


def _only_in(term: Term, snapshot: Snapshot, issuer: str) -> bool:
    """Whether no other issuer's documents hold it."""
    return not any(snapshot.holds(form, (), (issuer,)) for form in _forms(term))


def _is_name(term: Term, text: str) -> bool:
    """Whether it is written as a name, "Phúc Thượng": of two documents on the same matter it chooses one."""
    found = re.search(rf"\b{term.forms[0]}\b", fold(text)) if " " in term.forms[0] and not text.isupper() else None
    return found is not None and all(w[0].isupper() for w in text[found.start() : found.end()].split())


def _twins(plan: Plan, title: str, issuer: Issuer) -> bool:
    """Whether another's title says that it is on the same matter."""
    names = [fold(n) for i in (plan.issuer, issuer) for n in (i.name, i.province)]
    first, second = _pairs(plan.title, names), _pairs(title, names)
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
