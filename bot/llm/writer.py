"""A task for the model → the sentences of its reply that pass the check, as they come in."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Any, Protocol

from ..settings import Settings, SettingsError
from .breaker import Breaker
from .budget import Budget, Limits
from .check import check
from .errors import ModelError, Why
from .nouns import Sentence, Source
from .prompt import messages
from .schema import SHAPES, Intent, Reading

LOG = logging.getLogger("hoi.llm")
_LETTERS_A_TOKEN = 2  # Vietnamese takes more tokens than English; the server's own count replaces the estimate


class Model(Protocol):
    def stream(
        self, messages: Sequence[tuple[str, str]], schema: dict[str, Any] | None, tokens: int
    ) -> Iterator[str | tuple[int, int]]: ...

    def reach(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Task:
    intent: Intent
    question: str
    sources: tuple[Source, ...]
    strangers: tuple[str, ...] = ()  # full names of every issuer in the collection


class Writer:
    """Safe to share between threads."""

    def __init__(
        self,
        model: Model,
        budget: Budget,
        at_once: int,
        breaker: Breaker | None = None,
        close: Callable[[], None] = lambda: None,
    ) -> None:
        """`close` gives back what only this writer has opened."""
        self.close = close
        self._model = model
        self._budget = budget
        self._slots = threading.BoundedSemaphore(at_once)
        self._breaker = breaker or Breaker(monotonic)

    def write(self, task: Task) -> Iterator[Sentence]:
        """Sentences that passed, in order. Raises ModelError, then what was handed out is not the whole."""
        if not self._breaker.allows():
            self._try_again()
            raise ModelError(Why.RESTING)
        if not self._slots.acquire(blocking=False):
            raise ModelError(Why.BUSY)
        try:
            yield from self._counted(task)
        finally:
            self._slots.release()

    def _counted(self, task: Task) -> Iterator[Sentence]:
        shape = SHAPES[task.intent]
        asked = messages(task.intent, task.question, task.sources)
        reserved = self._budget.reserve(sum(len(text) for _, text in asked) // _LETTERS_A_TOKEN, shape.tokens)
        if reserved is None:
            raise ModelError(Why.BUDGET)
        used: tuple[int, int] = (reserved.tokens_in, 0)
        told = False  # whether the server counted for us
        reading = Reading(shape)
        sources = {s.number: s for s in task.sources}
        passed = dropped = 0
        try:
            for piece in self._model.stream(asked, shape.schema(), shape.tokens):
                if isinstance(piece, tuple):
                    used, told = piece, True
                    continue
                if not told:
                    used = (used[0], used[1] + len(piece) // _LETTERS_A_TOKEN + 1)
                for sentence in reading.feed(piece):
                    fault = check(sentence, sources, task.strangers, shape.strictness)
                    if fault is None:
                        passed += 1
                        yield sentence
                    else:
                        dropped += 1
                        LOG.info("a sentence was dropped: %s", fault.value)  # its words are not for the log
            reading.close()
            # Whoever knows the facts finds out whether a wording lost one; of other texts more has to stand than fall.
            if not passed or (dropped > passed and task.intent is not Intent.REWORD):
                raise ModelError(Why.UNSUPPORTED)
        except ModelError as error:
            if error.rests:
                self._breaker.failed()
            raise
        else:
            self._breaker.worked()
        finally:
            self._budget.settle(reserved, used)

    def _try_again(self) -> None:
        """An attempt to reach it, made aside: nobody waits for a model that failed."""
        if self._breaker.due():
            threading.Thread(target=self._reach, name="hoi-llm-reach", daemon=True).start()

    def _reach(self) -> None:
        try:
            self._model.reach()
        except ModelError:
            self._breaker.failed()
        else:
            self._breaker.reached()


def open_writer(settings: Settings, today: Callable[[], date]) -> Writer | None:
    """None where no model is configured: then nothing of LangChain's is loaded. Raises SettingsError.

    Where there is a budget, the state of the settings is opened for it, so that every process counts into one sum.
    """
    if not settings.llm:
        return None
    from .model import ChatModel

    model = ChatModel(settings)
    limits = Limits(settings.llm_tokens_a_day, settings.llm_money_a_day, settings.llm_price_in, settings.llm_price_out)
    if not limits:
        return Writer(model, Budget(limits, today, None), settings.llm_at_once)
    from ..state import StateError, open_state

    try:
        state = open_state(settings.state, settings.state_key)
    except StateError as error:
        raise SettingsError(f"Hạn mức mỗi ngày của mô hình ngôn ngữ được ghi ở đó: {error}") from None
    return Writer(model, Budget(limits, today, state.spending), settings.llm_at_once, close=state.close)
