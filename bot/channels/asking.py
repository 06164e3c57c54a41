"""The way of a question from HTTP to the service: admitted, timed, counted, logged without its text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from time import perf_counter

from starlette.requests import Request

from bot.channels import logs
from bot.channels.limits import Gate
from bot.channels.metrics import Metrics
from bot.channels.tally import Tally
from bot.domain import Answer
from bot.wiring import Service


class Asker:
    """What every address that takes questions asks through: first `admit`, then a call for each question."""

    def __init__(self, service: Service, metrics: Metrics, gate: Gate, tally: Tally | None = None) -> None:
        self._service = service
        self._metrics = metrics
        self._gate = gate
        self._tally = tally

    def admit(self, request: Request, questions: int = 1) -> None:
        """Raises TooMany where this address has asked too often."""
        peer = request.client.host if request.client else ""
        self._gate.admit(peer, ",".join(request.headers.getlist("x-forwarded-for")), questions)

    def __call__(
        self,
        question: str,
        issuer: str | None,
        conversation: str | None,
        as_of: date | None = None,
        channel: str = "api",
        earlier: Sequence[str] = (),
    ) -> tuple[Answer, float]:
        """The answer and the seconds it took. `earlier` as the service takes it.

        Raises UnknownIssuer, SnapshotError.
        """
        started = perf_counter()
        answer = self._service.ask(question, issuer=issuer, conversation_id=conversation, as_of=as_of, earlier=earlier)
        seconds = perf_counter() - started
        self.count(answer, seconds, channel)
        if self._tally:
            self._tally(channel, question, answer)
        return answer, seconds

    def count(self, answer: Answer, seconds: float, channel: str = "api") -> None:
        """One answer told, for the metrics and the log."""
        self._metrics.count_answer(answer.status.value, seconds)
        if answer.model is not None:
            self._metrics.count_model("used" if answer.model.used else answer.model.why)
        logs.asked(channel, answer.status.value, answer.issuers, len(answer.citations), seconds)
