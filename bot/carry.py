"""A question as it is meant after the one before it."""

from __future__ import annotations

import re
from dataclasses import replace

from .question import JOINS, Question, is_number
from .terms import Term
from .text import fold
from .wants import Want

_POINTS = re.compile(
    r"(?<![a-z])(?:cai|viec|van ban|ke hoach|nghi quyet|quyet dinh|nguoi|ong|ba) (?:do|nay|ay|"
    r"kia)(?![a-z])|(?<![a-z])(?:no|ong ay|ba ay)(?![a-z])"
)
_OF_ITS_OWN = frozenset((Want.CONTACT, Want.MONEY, Want.FORM))  # nothing said before answers these
_YEAR = re.compile(r"20\d\d")
_THE_SAME = re.compile(r"\b(?:phong|don vi|co quan|ban|hoi|ben|nguoi|so|doan|trung tam) (?:do|ay|nay|kia)\b")
_OWN_SUBJECT = 4.0  # weight of a word that says what is asked now
_FRESH = 1.5  # what is newly said counts more than what it is added to


def carry_on(question: Question, before: Question) -> Question:
    """The question as meant after the one before it: "còn xã Kim Liên thì sao?", "thế gửi về đâu?", "Kim Liên"."""
    issuers = question.issuers or before.issuers
    own = [t for t in question.terms if t.weight > 2 or t.exact or t.forms[0].isdigit()]
    if not own and not question.topics and not set(question.wants) - {Want.LIST, Want.YES_NO}:
        return replace(
            before,
            text=question.text,
            issuers=issuers,
            ambiguous=question.ambiguous,
            elsewhere=question.elsewhere,
            everywhere=question.everywhere,
            as_of=question.as_of,
            greeting=False,
        )
    kept = still_meant(question, before)
    if question.plain is not None:
        question = replace(question, plain=carry_on(question.plain, before))
    fresh = {t.forms for t in question.terms}
    points = bool(_POINTS.search(fold(question.text))) and not _OF_ITS_OWN & set(question.wants)
    # "thế Văn phòng?" puts a new subject in the old one's place; "cái đó ký ngày nào?" keeps it.
    # "còn đợt 3?" asks the same of another one.
    share = 1.0 if points or len(kept) < len(before.terms) else 0.2 if own and not question.topics else 0.5
    old = [replace(t, weight=t.weight * share) for t in kept if t.forms not in fresh]
    new_kinds = set(question.wants) - {Want.YES_NO, Want.LIST}
    return replace(
        question,
        said=f"{question.said} {before.said}" if points or not question.topics else question.said,
        issuers=issuers,
        everywhere=question.everywhere or (before.everywhere and not question.issuers),
        compares=question.compares or before.compares,
        terms=(*(question.terms if points else (replace(t, weight=t.weight * _FRESH) for t in question.terms)), *old),
        wants=question.wants if new_kinds else tuple(dict.fromkeys((*question.wants, *before.wants))),
        topics=tuple(dict.fromkeys((*before.topics, *question.topics)))
        if points or (question.issuers and question.issuers != before.issuers and JOINS.match(question.said))
        else question.topics
        or (before.topics if not new_kinds or Want.DAYS_LEFT in new_kinds or Want.DATE in new_kinds else ()),
        counted=question.counted or before.counted,
        amounts=(
            *question.amounts,
            *(a for a in before.amounts if a.noun not in {own.noun for own in question.amounts}),
        ),
    )


def still_meant(question: Question, before: Question) -> list[Term]:
    """The terms of the question before that no word of the new one stands in for."""
    numbers = {w for t in question.terms for w in t.forms[0].split() if is_number(w)}
    labels = {t.forms[0].split()[0] for t in question.terms if numbers & set(t.forms[0].split())}
    # "đợt 3 thì sao?" after "đợt 1 …": the new number stands in the old one's place.
    kept = [
        t
        for t in before.terms
        if not (labels & set(t.forms[0].split()[:1]) and any(is_number(w) for w in t.forms[0].split()))
    ]
    kept = [t for t in kept if t.forms[0] not in _replaced(question, before)]
    if _THE_SAME.search(fold(question.said)) and any(t.weight >= _OWN_SUBJECT for t in question.terms):
        return [t for t in kept if _names_body(t)]  # "còn về khen thưởng thì phòng đó làm gì?"
    if any(_names_body(t) for t in question.terms):
        return [t for t in kept if not _names_body(t)]  # "thế Văn phòng?" after "Phòng Kinh tế làm gì?"
    return kept


def _replaced(question: Question, before: Question) -> set[str]:
    """The numbers of before in whose place new ones stand: "thế nhà 18 tầng?" after "nhà 12 tầng", "còn năm 2030?"."""
    nouns = {a.noun for a in question.amounts}
    gone = {a.written for a in before.amounts if a.noun in nouns}
    if any(_YEAR.fullmatch(t.forms[0]) for t in question.terms):
        gone |= {t.forms[0] for t in before.terms if _YEAR.fullmatch(t.forms[0])}
    return gone


def _names_body(term: Term) -> bool:
    return term.solid and not any(c.isdigit() for c in term.forms[0])
