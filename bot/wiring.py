"""Builds the real parts from settings; the one front door for every channel."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from .answer import Asked, answer
from .dates import last_safe_day, next_due
from .domain import Answer, Deadline, Issuer, Passage, Plan
from .embed import Encoder, load_encoder
from .frequency import rarity
from .index import Snapshot, SnapshotError, UnknownPlan, current
from .question import Question, understand
from .search import Mode, search
from .settings import Settings

LOG = logging.getLogger("hoi")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_REMEMBERED = 5000  # conversations
_FORGOTTEN_AFTER = 2 * 3600.0  # seconds


class UnknownIssuer(ValueError):
    """No issuer of this slug in the collection."""


def today() -> date:
    return datetime.now(ZONE).date()


class Service:
    """Safe to share between threads. Reopens by itself when a new snapshot is swapped in."""

    def __init__(self, settings: Settings, clock: Callable[[], date] = today) -> None:
        self._settings = settings
        self._clock = clock
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._turns: OrderedDict[str, tuple[float, Question]] = OrderedDict()

    @cached_property
    def encoder(self) -> Encoder:
        return load_encoder(self._settings.encoder)

    def snapshot(self) -> Snapshot:
        """The snapshot that is served now. Raises SnapshotError. One that cannot be opened leaves the old one."""
        try:
            build = current(self._settings.index)
        except SnapshotError:
            if self._snapshot is not None:
                return self._snapshot
            raise
        with self._lock:
            if self._snapshot is None or self._snapshot.build != build:
                try:
                    self._snapshot = Snapshot(build, self.encoder, self.encoder.fingerprint, self._settings.chroma_url)
                except SnapshotError:
                    if self._snapshot is None:
                        raise
                    LOG.exception("the new snapshot %s cannot be opened; the old one is served on", build.name)
            return self._snapshot

    def ask(
        self, question: str, *, issuer: str | None = None, conversation_id: str | None = None, as_of: date | None = None
    ) -> Answer:
        """Raises UnknownIssuer, SnapshotError."""
        snapshot = self.snapshot()
        chosen = self._issuer(snapshot, issuer)
        asked = Asked(question, as_of or self._clock(), chosen, self._before(conversation_id))
        told, meant = answer(asked, snapshot, rarity)
        if conversation_id and not meant.greeting:
            self._remember(conversation_id, meant)
        return told

    def search(self, question: str, issuers: tuple[str, ...], limit: int = 10, mode: Mode = "both") -> list[Passage]:
        """Passages of these issuers (all where none is given), best first."""
        snapshot = self.snapshot()
        meant = understand(question, snapshot.issuers, self._clock(), rarity)
        return [passage for passage, _ in search(meant, snapshot, issuers, limit, mode)]

    def issuers(self) -> tuple[Issuer, ...]:
        return self.snapshot().issuers

    def plans(self) -> list[Plan]:
        snapshot = self.snapshot()
        return [snapshot.plan(i) for i in snapshot.plan_ids]

    def plan(self, plan_id: str) -> Plan:
        """Raises UnknownPlan."""
        return self.snapshot().plan(plan_id)

    def deadlines(self, issuer: str | None, start: date, end: date) -> list[tuple[Plan, Deadline, date]]:
        """Every day on which a deadline falls from `start` to `end`, both included, in order. Raises UnknownIssuer."""
        snapshot = self.snapshot()
        chosen = self._issuer(snapshot, issuer)
        plans = snapshot.plans_of(chosen.slug) if chosen else self.plans()
        found: list[tuple[Plan, Deadline, date]] = []
        for plan in plans:
            year = plan.period[0] if plan.period and plan.period[0] == plan.period[1] else None
            for deadline in plan.facts.deadlines:
                due = next_due(deadline, start, year)
                while due and due <= end:
                    found.append((plan, deadline, due))
                    after = next_due(deadline, last_safe_day(deadline, due) + timedelta(days=1), year)
                    due = after if after and after > due else None
        return sorted(found, key=lambda row: (row[2], row[0].id))

    def ready(self) -> None:
        """Raises SnapshotError when nothing can be served."""
        self.snapshot()

    def close(self) -> None:
        with self._lock:
            if self._snapshot is not None:
                self._snapshot.close()
                self._snapshot = None

    def _issuer(self, snapshot: Snapshot, slug: str | None) -> Issuer | None:
        if slug is None:
            return None
        found = snapshot.issuer(slug)
        if found is None:
            raise UnknownIssuer(slug)
        return found

    def _before(self, conversation: str | None) -> Question | None:
        if not conversation:
            return None
        with self._lock:
            when, question = self._turns.get(conversation, (0.0, None))
        return question if question and time.monotonic() - when < _FORGOTTEN_AFTER else None

    def _remember(self, conversation: str, question: Question) -> None:
        with self._lock:
            self._turns[conversation] = (time.monotonic(), question)
            self._turns.move_to_end(conversation)
            while len(self._turns) > _REMEMBERED:
                self._turns.popitem(last=False)


def open_service(settings: Settings, clock: Callable[[], date] = today) -> Service:
    """Raises SnapshotError when there is no snapshot that can be served."""
    service = Service(settings, clock)
    service.ready()
    return service


__all__ = ["Service", "UnknownIssuer", "UnknownPlan", "open_service", "today"]
