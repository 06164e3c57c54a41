"""A place on an issuer's land that its documents speak of: a ward listed in them, a former province."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from ..domain import Issuer, Plan
from ..gazetteer import Place
from ..text import respell
from ..topics import IN_EVERY, Topic


def holders(
    places: Sequence[Place],
    topics: Sequence[Topic],
    issuers: Sequence[Issuer],
    chosen: Issuer | None,
    plans_of: Callable[[str], list[Plan]],
) -> list[Issuer]:
    """Of these issuers, those on whose land one of the places lies and whose documents speak of it.

    Where one was `chosen` only that one, wherever the place lies.
    """
    found = []
    for issuer in (chosen,) if chosen else issuers:
        names = {respell(p.name) for p in places if _may_hold(p, topics, issuer, issuer is chosen)}
        if names and any(_speaks_of(plan, names) for plan in plans_of(issuer.slug)):
            found.append(issuer)
    return found


def _may_hold(place: Place, topics: Sequence[Topic], issuer: Issuer, chosen: bool) -> bool:
    if place.name == issuer.province:
        return False
    former = place.kind == "tỉnh" and place.name != place.province  # it has no papers of its own any more
    if IN_EVERY.intersection(topics) and not former:
        return False
    return chosen or (place.province == issuer.province and (former or issuer.kind in ("tỉnh", "thành phố")))


def _speaks_of(plan: Plan, names: Iterable[str]) -> bool:
    """Whether the plan holds one of the names below its head, other than among the bases and addressees."""
    first = plan.sections[0].start if plan.sections else 0
    aside = [plan.head["recipients"]] if "recipients" in plan.head else []
    aside += [r.span for r in plan.facts.references if r.basis]
    text = respell(plan.text)
    return any(
        m.start() >= first and not any(s.start <= m.start() < s.end for s in aside)
        for name in names
        for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    )
