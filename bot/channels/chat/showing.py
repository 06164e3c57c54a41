"""An answer while a language model still writes it: each checked sentence is shown to whoever watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from bot.channels.chat.answers import joined_marks
from bot.channels.chat.nouns import Reply, say
from bot.domain import Answer
from bot.wiring import Service

_MORE = "…"  # stands under sentences to which more may come
Show = Callable[[Reply], None]
_watching: ContextVar[Show | None] = ContextVar("watching", default=None)


@contextmanager
def watched(show: Show) -> Iterator[None]:
    """What is asked inside, by this thread, is shown while it is written."""
    token = _watching.set(show)
    try:
        yield
    finally:
        _watching.reset(token)


def ask(service: Service, question: str, *, issuer: str | None = None, earlier: Sequence[str] = ()) -> Answer:
    """The whole answer. Raises UnknownIssuer, SnapshotError."""
    show = _watching.get()
    if show is None:
        return service.ask(question, issuer=issuer, earlier=earlier)
    told: list[str] = []
    for piece in service.ask_stream(question, issuer=issuer, earlier=earlier):
        if isinstance(piece, Answer):
            return piece
        told.append(piece)
        show(say(joined_marks("\n".join((*told, _MORE)))))
    raise AssertionError("a stream ends with the answer")
