"""The one front door of every channel: questions answered, texts written, plans looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from . import due
from .answer import Step, answer, run
from .conversations import Conversations, Given, chosen
from .domain import Answer, Deadline, Issuer, ModelUse, Passage, Plan
from .embed import Encoder
from .frequency import rarity
from .index import Snapshot
from .question import understand
from .render import source_line
from .search import Mode, search
from .served import Served
from .settings import Settings
from .today import today

if TYPE_CHECKING:
    from .llm.writer import Writer


class Where(Given, total=False):
    """What narrows a text that is to be written; `section` is a path, "VI.1"."""

    plan_id: str
    section: str


class Service:
    """Safe to share between threads. Reopens by itself when a new snapshot is swapped in."""

    def __init__(self, settings: Settings, clock: Callable[[], date] = today) -> None:
        self._settings = settings
        self._clock = clock
        self._served = Served(settings)
        self._conversations = Conversations(clock)

    @cached_property
    def _writer(self) -> Writer | None:
        """None where no language model is configured."""
        if not self._settings.llm:
            return None
        from .llm.writer import open_writer

        return open_writer(self._settings, self._clock)

    # ---- questions

    def ask(self, question: str, *, step: Step = run, **given: Unpack[Given]) -> Answer:
        """`step` runs each step of the answer, for one who traces them. Raises UnknownIssuer, SnapshotError."""
        told, issuers = self._composed(question, given, step)
        return step("refine", _last, self._refined(told, question, issuers)) if self._writer else told

    def ask_stream(self, question: str, **given: Unpack[Given]) -> Iterator[str | Answer]:
        """Sentences of a language model once each is checked, then the whole answer, which replaces them.

        Without a model the answer alone. Raises UnknownIssuer, SnapshotError before the first is given.
        """
        told, issuers = self._composed(question, given, run)
        return self._refined(told, question, issuers)

    def _composed(self, question: str, given: Given, step: Step) -> tuple[Answer, dict[str, str]]:
        """The answer without a language model, and the full names of all issuers."""
        with self._served.in_use() as snapshot:
            asked = self._conversations.asked(snapshot, question, given)
            told, meant = answer(asked, snapshot, rarity, step)
        self._conversations.remember(given, meant)
        return told, {i.slug: i.full_name for i in snapshot.issuers}

    def _refined(self, told: Answer, question: str, issuers: dict[str, str]) -> Iterator[str | Answer]:
        if self._writer is None:
            return iter((told,))
        from .llm.refine import refine

        return refine(told, question, self._writer.write, issuers)

    # ---- what only a language model can write

    def write(self, intent: str, question: str = "", **where: Unpack[Where]) -> Answer:
        """Without a model, the plan's own words on it with a word of excuse.

        `intent`: "combine" several sections to answer the question; "explain" in plain words a section, or what the
        question (without one, the last of the conversation) is about; "summarise" a plan; "report", the outline of one.
        Raises UnknownIssuer, UnknownPlan, SnapshotError, and ValueError for another intent.
        """
        return _last(self.write_stream(intent, question, **where))

    def write_stream(
        self, intent: str, question: str = "", *, plan_id: str = "", section: str = "", **given: Unpack[Given]
    ) -> Iterator[str | Answer]:
        """As `write`: lines once each is checked, then the whole, which replaces them."""
        from .llm.compose import compose
        from .llm.errors import Why
        from .llm.schema import Intent
        from .llm.tasks import task_for

        wanted = Intent(intent)
        with self._served.in_use() as snapshot:
            asked = self._conversations.asked(snapshot, question, given)
            if not question and asked.before:
                asked = replace(asked, text=asked.before.text)
            found, meant = task_for(wanted, asked, snapshot, rarity, plan_id, section)
        if question and meant:
            self._conversations.remember(given, meant)
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

    # ---- plans

    def search(self, question: str, issuers: tuple[str, ...], limit: int = 10, mode: Mode = "both") -> list[Passage]:
        """Passages of these issuers (all where none is given), best first."""
        with self._served.in_use() as snapshot:
            meant = understand(question, snapshot.issuers, self._clock(), rarity)
            return [passage for passage, _ in search(meant, snapshot, issuers, limit, mode)]

    def issuers(self) -> tuple[Issuer, ...]:
        return self.snapshot().issuers

    def plans(self, issuer: str | None = None) -> list[Plan]:
        """All plans, or those of one issuer (a slug), the newest first. Raises UnknownIssuer."""
        with self._served.in_use() as snapshot:
            whose = chosen(snapshot, issuer)
            return snapshot.plans_of(whose.slug) if whose else [snapshot.plan(i) for i in snapshot.plan_ids]

    def plan(self, plan_id: str) -> Plan:
        """Raises UnknownPlan."""
        with self._served.in_use() as snapshot:
            return snapshot.plan(plan_id)

    def deadlines(self, issuer: str | None, start: date, end: date) -> list[tuple[Plan, Deadline, date]]:
        """Every day on which a deadline falls from `start` to `end`, both included, in order. Raises UnknownIssuer."""
        series = [s for plan in due.in_force(self.plans(issuer)) for s in due.deadlines(plan)]
        found = [(s.plan, s.deadline, falls.day) for s in series for falls in due.days(s, start, end)]
        return sorted(found, key=lambda row: (row[2], row[0].id))

    # ---- the snapshot itself

    @property
    def encoder(self) -> Encoder:
        return self._served.encoder

    def snapshot(self) -> Snapshot:
        """The one that is served now; it stays open until a second one has replaced it. Raises SnapshotError."""
        return self._served.now()

    def built(self) -> datetime:
        """When the snapshot that is served now was built."""
        with self._served.in_use() as snapshot:
            return datetime.fromtimestamp(int((snapshot.build / "manifest.json").stat().st_mtime), UTC)

    def ready(self) -> None:
        """Raises SnapshotError when nothing can be served, SettingsError where the language model cannot be loaded."""
        self.snapshot()
        _ = self._writer

    def close(self) -> None:
        """Closes every snapshot; for when nobody asks any more."""
        if writer := self.__dict__.get("_writer"):  # only where it was opened
            writer.close()
        self._served.close()


def _last(told: Iterator[str | Answer]) -> Answer:
    """The answer at the end of a stream."""
    *_, whole = told
    assert isinstance(whole, Answer)
    return whole
