"""What a plan states in a form that can be computed with; each fact holds the span that proves it."""

from __future__ import annotations

from bot.domain import Facts

from ..document import Document
from .awards import awards
from .deadlines import deadlines
from .duties import criteria, duties
from .phases import phases
from .references import references, terms
from .targets import targets


def facts(document: Document) -> Facts:
    return Facts(
        deadlines=tuple(deadlines(document)),
        phases=tuple(phases(document)),
        awards=tuple(awards(document)),
        duties=tuple(duties(document)),
        criteria=tuple(criteria(document)),
        targets=tuple(targets(document)),
        references=tuple(references(document)),
        terms=tuple(terms(document)),
    )
