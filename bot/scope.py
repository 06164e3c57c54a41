"""Which issuers a question is searched in, or the reply where that cannot be told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import replies
from .domain import Issuer, Status
from .question import Question
from .text import fold

_GREETS = re.compile(r"(?:xin )?(?:chao|hello|hi|hey|alo)\b")
_SHOWN = 8  # names offered at most


@dataclass(frozen=True, slots=True)
class Scope:
    """Either issuers to be searched, or a status with its reply."""

    issuers: tuple[Issuer, ...] = ()
    status: Status | None = None
    reply: str = ""
    sole: bool = False  # nobody named the issuer, its documents alone speak of what is asked


def scope(
    question: Question,
    collection: Sequence[Issuer],
    chosen: Issuer | None,
    remembered: Sequence[Issuer],
    about_plans: bool,
    foreign: bool = False,
    sole: Issuer | None = None,
) -> Scope:
    """`chosen`: picked beforehand; `remembered`: of the turn before; `about_plans`: whether plans know its words.

    `foreign`: it asks nothing of a document; `sole`: the one whose documents alone speak of it.
    """
    first = collection[0].full_name if collection else "xã"
    if question.greeting:
        thanks = re.match(r"cam on|thank|tks|tam biet|bye", fold(question.text))
        return Scope(status=Status.GREETING, reply=replies.THANKS if thanks else replies.GREETING.format(issuer=first))
    if foreign:
        return Scope(status=Status.OUT_OF_SCOPE, reply=replies.OUT_OF_SCOPE)
    if question.issuers:
        return Scope(question.issuers)
    if question.elsewhere and (about_plans or question.topics):
        return Scope(
            status=Status.NOT_IN_COLLECTION,
            reply=replies.NOT_IN_COLLECTION.format(place=question.elsewhere, names=names(collection)),
        )
    if question.ambiguous:
        known = [i for i in (chosen, *remembered) if i and i in question.ambiguous]
        if known:
            return Scope((known[0],))
        if question.everywhere:
            return Scope(question.ambiguous)
        return Scope(status=Status.NEEDS_ISSUER, reply=replies.NEEDS_WHICH.format(names=names(question.ambiguous)))
    if question.elsewhere or not about_plans:
        if _GREETS.match(fold(question.text)) and not question.elsewhere:
            return Scope(status=Status.GREETING, reply=replies.GREETING.format(issuer=first))
        return Scope(status=Status.OUT_OF_SCOPE, reply=replies.OUT_OF_SCOPE)
    if question.everywhere and not chosen:
        return Scope(tuple(collection))
    if chosen:
        return Scope((chosen,))
    if remembered:
        return Scope(tuple(remembered))
    if len(collection) == 1:
        return Scope((collection[0],))
    if sole:
        return Scope((sole,), sole=True)
    if not collection:
        return Scope(status=Status.NOT_IN_COLLECTION, reply=replies.NO_PLANS)
    return Scope(status=Status.NEEDS_ISSUER, reply=replies.NEEDS_ISSUER.format(names=names(collection)))


def names(issuers: Sequence[Issuer]) -> str:
    """Full names, with the province where two would read alike."""
    full = [i.full_name for i in issuers]
    shown = [f"{n} ({i.province})" if full.count(n) > 1 else n for n, i in zip(full, issuers, strict=True)]
    more = f" và {len(shown) - _SHOWN} nơi khác" if len(shown) > _SHOWN else ""
    return ", ".join(shown[:_SHOWN]) + more
