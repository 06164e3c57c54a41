"""A question with all that it comes with: whose plans are meant, what day it is, what was said before it."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypedDict

from .answer import Asked, answer
from .domain import Issuer
from .frequency import rarity
from .index import Snapshot
from .question import Question

_REMEMBERED = 5000  # conversations
_FORGOTTEN_AFTER = 2 * 3600.0  # seconds


class Given(TypedDict, total=False):
    """What a question may come with.

    `earlier` are the questions before this one, the oldest first, for a caller that keeps its conversations itself;
    without them the conversation of this id goes on, as long as this process remembers it.
    """

    issuer: str | None  # a slug; a name in the question wins
    conversation_id: str | None
    as_of: date | None  # today where it is not given
    earlier: Sequence[str]


class UnknownIssuer(ValueError):
    """No issuer of this slug in the collection."""


def chosen(snapshot: Snapshot, slug: str | None) -> Issuer | None:
    """The issuer of this slug, None for none. Raises UnknownIssuer."""
    if slug is None:
        return None
    found = snapshot.issuer(slug)
    if found is None:
        raise UnknownIssuer(slug)
    return found


class Conversations:
    """The latest question of each conversation, in this process's memory. Safe to share between threads."""

    def __init__(self, clock: Callable[[], date]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._turns: OrderedDict[str, tuple[float, Question]] = OrderedDict()

    def asked(self, snapshot: Snapshot, question: str, given: Given) -> Asked:
        """Raises UnknownIssuer, TypeError for what is no part of a question."""
        if strange := given.keys() - Given.__annotations__.keys():  # a misspelt issuer must not mean any issuer
            raise TypeError(f"a question comes without {', '.join(sorted(strange))}")
        issuer, day = chosen(snapshot, given.get("issuer")), given.get("as_of") or self._clock()
        earlier = given.get("earlier", ())
        before = None if earlier else self._latest(given.get("conversation_id"))
        for text in earlier:
            heard = answer(Asked(text, day, issuer, before), snapshot, rarity)[1]
            before = before if heard.greeting else heard
        return Asked(question, day, issuer, before)

    def remember(self, given: Given, meant: Question) -> None:
        """A greeting changes nothing."""
        conversation = given.get("conversation_id")
        if not conversation or meant.greeting:
            return
        with self._lock:
            self._turns[conversation] = (time.monotonic(), meant)
            self._turns.move_to_end(conversation)
            while len(self._turns) > _REMEMBERED:
                self._turns.popitem(last=False)

    def _latest(self, conversation: str | None) -> Question | None:
        if not conversation:
            return None
        with self._lock:
            when, question = self._turns.get(conversation, (0.0, None))
        return question if question and time.monotonic() - when < _FORGOTTEN_AFTER else None
