"""Counts the questions that come over HTTP for the office's reports, beside the answers: nobody waits for it."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

from bot.channels.daily import REPORTS
from bot.domain import Answer, Status
from bot.state import State
from bot.wants import wants

_LOG = logging.getLogger(__name__)
_DAY = 86400.0


class Tally:
    """What was not answered is kept with its words, without who asked, as long as in the chats' reports.

    What still waits is written before the process ends; a kill loses a count, never an answer.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._purged = 0.0  # seconds since 1970
        self._thread = ThreadPoolExecutor(1, "tally")

    def __call__(self, channel: str, question: str, answer: Answer) -> None:
        if answer.status is not Status.GREETING:
            self._thread.submit(self._count, channel, question, answer)

    def close(self) -> None:
        """Writes what waits; for when nobody asks any more."""
        self._thread.shutdown()

    def _count(self, channel: str, question: str, answer: Answer) -> None:
        kind = str(next(iter(wants(question)), "other"))
        try:
            self._state.reports.count(channel, answer.status.value, kind, ",".join(answer.issuers)[:120], question)
            now = self._state.clock()
            if now - self._purged > _DAY:
                self._state.reports.purge(now - REPORTS)
                self._purged = now
        except Exception:  # noqa: BLE001 — whatever it is, people are answered all the same
            _LOG.exception("a question could not be counted")
