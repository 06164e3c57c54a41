"""Builds the real parts from settings; the one front door for every channel."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict, Unpack
from zoneinfo import ZoneInfo

from . import due
from .answer import Asked, Step, answer, run
from .domain import Answer, Deadline, Issuer, ModelUse, Passage, Plan
from .embed import Encoder, load_encoder
from .frequency import rarity
from .index import Snapshot, SnapshotError, UnknownPlan, current
from .question import Question, understand
from .render import source_line
from .search import Mode, search
from .settings import Settings

if TYPE_CHECKING:
    from .llm.writer import Writer

LOG = logging.getLogger("hoi")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_REMEMBERED = 5000  # conversations
_FORGOTTEN_AFTER = 2 * 3600.0  # seconds


class Where(TypedDict, total=False):
    """What narrows a text that is to be written; `section` is a path, "VI.1"."""

    plan_id: str
    section: str
    issuer: str | None
    conversation_id: str | None
    as_of: date | None
    earlier: Sequence[str]  # questions before this one, the oldest first


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
        self._replaced: list[Snapshot] = []  # the latest last
        self._questions: Counter[Snapshot] = Counter()  # that are being answered from each snapshot
        self._turns: OrderedDict[str, tuple[float, Question]] = OrderedDict()

    @cached_property
    def encoder(self) -> Encoder:
        return load_encoder(self._settings.encoder)

    def snapshot(self) -> Snapshot:
        """The snapshot that is served now; it stays open until a second one has replaced it. Raises SnapshotError.

        A new one that cannot be opened leaves the old one serving.
        """
        with self._lock:
            return self._current()

    def _current(self) -> Snapshot:
        try:
            build = current(self._settings.index)
        except SnapshotError:
            if self._snapshot is not None:
                return self._snapshot
            raise
        if self._snapshot is not None and self._snapshot.build == build:
            return self._snapshot
        try:
            opened = Snapshot(build, self.encoder, self.encoder.fingerprint, self._settings.chroma_url)
        except SnapshotError:
            if self._snapshot is None:
                raise
            LOG.exception("the new snapshot %s cannot be opened; the old one is served on", build.name)
            return self._snapshot
        if self._snapshot is not None:
            self._replaced.append(self._snapshot)
        self._snapshot = opened
        self._close_unused()
        return opened

    @contextmanager
    def _in_use(self) -> Iterator[Snapshot]:
        """The snapshot that is served now, kept open for as long as the question takes. Raises SnapshotError."""
        with self._lock:
            snapshot = self._current()
            self._questions[snapshot] += 1
        try:
            yield snapshot
        finally:
            with self._lock:
                self._questions[snapshot] -= 1
                self._close_unused()

    def _close_unused(self) -> None:
        """The one replaced last stays: who called `snapshot` may still be reading it."""
        unused = [s for s in self._replaced[:-1] if not self._questions[s]]
        for snapshot in unused:
            self._replaced.remove(snapshot)
            del self._questions[snapshot]
            snapshot.close()

    @cached_property
    def _writer(self) -> Writer | None:
        """None where no language model is configured."""
        if not self._settings.llm:
            return None
        from .llm.writer import open_writer

        return open_writer(self._settings, self._clock)

    def ask(
        self,
        question: str,
        *,
        issuer: str | None = None,
        conversation_id: str | None = None,
        as_of: date | None = None,
        earlier: Sequence[str] = (),
        step: Step = run,
    ) -> Answer:
        """`earlier` are the questions before this one, the oldest first, for a caller that keeps its conversations
        itself; without them the conversation of this id goes on, as long as this process remembers it. `step` runs
        each step of the answer, for one who traces them.

        Raises UnknownIssuer, SnapshotError.
        """
        told, issuers = self._composed(question, issuer, conversation_id, as_of, earlier, step)
        return step("refine", _last, self._refined(told, question, issuers)) if self._writer else told

    def ask_stream(
        self,
        question: str,
        *,
        issuer: str | None = None,
        conversation_id: str | None = None,
        as_of: date | None = None,
        earlier: Sequence[str] = (),
    ) -> Iterator[str | Answer]:
        """Sentences of a language model once each is checked, then the whole answer, which replaces them.

        Without a model the answer alone. Raises UnknownIssuer, SnapshotError before the first is given.
        """
        told, issuers = self._composed(question, issuer, conversation_id, as_of, earlier, run)
        return self._refined(told, question, issuers)

    def _composed(
        self,
        question: str,
        issuer: str | None,
        conversation_id: str | None,
        as_of: date | None,
        earlier: Sequence[str],
        step: Step,
    ) -> tuple[Answer, dict[str, str]]:
        """The answer without a language model, and the full names of all issuers."""
        with self._in_use() as snapshot:
            asked = self._asked(snapshot, question, issuer, conversation_id, as_of, earlier)
            told, meant = answer(asked, snapshot, rarity, step)
        if conversation_id and not meant.greeting:
            self._remember(conversation_id, meant)
        return told, {i.slug: i.full_name for i in snapshot.issuers}

    def _asked(
        self,
        snapshot: Snapshot,
        question: str,
        issuer: str | None,
        conversation_id: str | None,
        as_of: date | None,
        earlier: Sequence[str],
    ) -> Asked:
        chosen, day = self._issuer(snapshot, issuer), as_of or self._clock()
        before = None if earlier else self._before(conversation_id)
        for text in earlier:
            heard = answer(Asked(text, day, chosen, before), snapshot, rarity)[1]
            before = before if heard.greeting else heard
        return Asked(question, day, chosen, before)

    def _refined(self, told: Answer, question: str, issuers: dict[str, str]) -> Iterator[str | Answer]:
        if self._writer is None:
            return iter((told,))
        from .llm.refine import refine

        return refine(told, question, self._writer.write, issuers)

    def write(self, intent: str, question: str = "", **where: Unpack[Where]) -> Answer:
        """What only a language model can do; without one, the plan's own words on it with a word of excuse.

        `intent`: "combine" several sections to answer the question; "explain" in plain words a section, or what the
        question (without one, the last of the conversation) is about; "summarise" a plan; "report", the outline of one.
        Raises UnknownIssuer, UnknownPlan, SnapshotError, and ValueError for another intent.
        """
        return _last(self.write_stream(intent, question, **where))

    def write_stream(self, intent: str, question: str = "", **where: Unpack[Where]) -> Iterator[str | Answer]:
        """As `write`: lines once each is checked, then the whole, which replaces them."""
        from .llm.compose import compose
        from .llm.errors import Why
        from .llm.schema import Intent
        from .llm.tasks import task_for

        wanted, conversation = Intent(intent), where.get("conversation_id")
        with self._in_use() as snapshot:
            issuer, earlier = where.get("issuer"), where.get("earlier", ())
            asked = self._asked(snapshot, question, issuer, conversation, where.get("as_of"), earlier)
            if not question and asked.before:
                asked = replace(asked, text=asked.before.text)
            found, meant = task_for(wanted, asked, snapshot, rarity, where.get("plan_id", ""), where.get("section", ""))
        if conversation and question and meant and not meant.greeting:
            self._remember(conversation, meant)
        writer = self._writer
        if isinstance(found, Answer):
            why = Why.NOT_NEEDED if writer else Why.OFF
            return iter((replace(found, model=ModelUse(False, why)),))
        slugs = tuple(i.slug for i in meant.issuers) if meant else ()
        return compose(found, writer.write if writer else None, snapshot.plan, asked.as_of, slugs)

    def simplify(self, question: str, issuer: str | None = None) -> str | None:
        """What the question is about in plain words, with the places they come from; None where no model can tell.

        Raises UnknownIssuer, SnapshotError.
        """
        told = self.write("explain", question, issuer=issuer)
        if told.model is None or not told.model.used:
            return None
        return "\n".join((told.text, "", *(f"[{c.mark}] {source_line(c)}" for c in told.citations)))

    def search(self, question: str, issuers: tuple[str, ...], limit: int = 10, mode: Mode = "both") -> list[Passage]:
        """Passages of these issuers (all where none is given), best first."""
        with self._in_use() as snapshot:
            meant = understand(question, snapshot.issuers, self._clock(), rarity)
            return [passage for passage, _ in search(meant, snapshot, issuers, limit, mode)]

    def issuers(self) -> tuple[Issuer, ...]:
        return self.snapshot().issuers

    def plans(self, issuer: str | None = None) -> list[Plan]:
        """All plans, or those of one issuer (a slug), the newest first. Raises UnknownIssuer."""
        with self._in_use() as snapshot:
            chosen = self._issuer(snapshot, issuer)
            return snapshot.plans_of(chosen.slug) if chosen else [snapshot.plan(i) for i in snapshot.plan_ids]

    def built(self) -> datetime:
        """When the snapshot that is served now was built."""
        with self._in_use() as snapshot:
            return datetime.fromtimestamp(int((snapshot.build / "manifest.json").stat().st_mtime), UTC)

    def plan(self, plan_id: str) -> Plan:
        """Raises UnknownPlan."""
        with self._in_use() as snapshot:
            return snapshot.plan(plan_id)

    def deadlines(self, issuer: str | None, start: date, end: date) -> list[tuple[Plan, Deadline, date]]:
        """Every day on which a deadline falls from `start` to `end`, both included, in order. Raises UnknownIssuer."""
        plans = self.plans(issuer)
        series = [s for plan in due.in_force(plans) for s in due.deadlines(plan)]
        found = [(s.plan, s.deadline, falls.day) for s in series for falls in due.days(s, start, end)]
        return sorted(found, key=lambda row: (row[2], row[0].id))

    def ready(self) -> None:
        """Raises SnapshotError when nothing can be served, SettingsError where the language model cannot be loaded."""
        self.snapshot()
        _ = self._writer

    def close(self) -> None:
        """Closes every snapshot; for when nobody asks any more."""
        with self._lock:
            for snapshot in (*self._replaced, self._snapshot):
                if snapshot is not None:
                    snapshot.close()
            self._snapshot = None
            self._replaced.clear()
            self._questions.clear()

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


def _last(told: Iterator[str | Answer]) -> Answer:
    """The answer at the end of a stream."""
    *_, whole = told
    assert isinstance(whole, Answer)
    return whole


def open_service(settings: Settings, clock: Callable[[], date] = today) -> Service:
    """Raises SnapshotError when there is no snapshot that can be served, SettingsError for a model that cannot be."""
    service = Service(settings, clock)
    service.ready()
    return service


__all__ = ["Service", "UnknownIssuer", "UnknownPlan", "open_service", "today"]
