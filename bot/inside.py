"""A place that is part of an issuer's land and that its documents speak of: a ward listed in them, a former province."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from .domain import Issuer, Plan
from .gazetteer import Place
from .text import respell
from .topics import Topic

# What a commune is asked about itself, not about its place in a province's document.
_OF_ITSELF = frozenset(
    (
        Topic.SIGNER,
        Topic.NUMBER,
        Topic.ISSUED,
        Topic.TITLE,
        Topic.RECIPIENTS,
        Topic.DEADLINE,
        Topic.UPCOMING,
        Topic.BASIS,
    )
)


def holders(
    places: Sequence[Place], topics: Sequence[Topic], issuers: Sequence[Issuer], plans_of: Callable[[str], list[Plan]]
) -> list[Issuer]:
    """Of these issuers, those on whose land one of the places lies and whose documents speak of it."""
    return [
        i
        for i in issuers
        if any(_may_hold(p, topics, i) for p in places) and any(_speaks_of(p, places) for p in plans_of(i.slug))
    ]


def _may_hold(place: Place, topics: Sequence[Topic], issuer: Issuer) -> bool:
    if place.province != issuer.province or place.name == place.province:
        return False
    own_papers = bool(_OF_ITSELF.intersection(topics))
    return place.kind == "tỉnh" or (issuer.kind in ("tỉnh", "thành phố") and not own_papers)


def _speaks_of(plan: Plan, places: Sequence[Place]) -> bool:
    """Whether the plan names one of them below its head, other than among the bases and addressees."""
    first = plan.sections[0].start if plan.sections else 0
    aside = [plan.head["recipients"]] if "recipients" in plan.head else []
    aside += [r.span for r in plan.facts.references if r.basis]
    text = respell(plan.text)
    return any(
        m.start() >= first and not any(s.start <= m.start() < s.end for s in aside)
        for name in {respell(p.name) for p in places if p.province == plan.issuer.province}
        for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    )
