"""What the office learns: the questions nobody could answer, how many were asked, what people thought."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlalchemy import delete, func, select

from .connection import Database
from .records import Chat, Feedback, Unanswered
from .tables import asked, feedback

# Telephone and identity numbers, accounts, e-mail addresses: no part of what the office has to learn.
_PERSONAL = re.compile(r"\+?\d(?:[\s.]?\d){8,}|[\w.+-]+@[\w-]+\.[\w.-]+")
_HIDDEN = "…"
_UNANSWERED = ("not_stated", "not_in_collection", "failed")


class Reports:
    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def count(self, channel: str, status: str, kind: str, issuer: str, question: str) -> None:
        """One question asked. Its words are kept only where it was not answered, without who asked."""
        kept = _PERSONAL.sub(_HIDDEN, question) if status in _UNANSWERED else None
        values = {"at": self._clock(), "channel": channel, "status": status, "kind": kind, "issuer": issuer}
        with self._database.write() as connection:
            connection.execute(asked.insert().values(**values, question=kept))

    def unanswered(self, since: float = 0.0, limit: int = 500) -> list[Unanswered]:
        """The latest first."""
        wanted = (
            select(asked.c.at, asked.c.channel, asked.c.status, asked.c.kind, asked.c.issuer, asked.c.question)
            .where(asked.c.question.is_not(None), asked.c.at >= since)
            .order_by(asked.c.id.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            return [Unanswered(*row) for row in connection.execute(wanted)]

    def counts(self, since: float, until: float) -> dict[tuple[str, str], int]:
        """(status, kind) → questions asked in that time."""
        wanted = (
            select(asked.c.status, asked.c.kind, func.count())
            .where(asked.c.at >= since, asked.c.at < until)
            .group_by(asked.c.status, asked.c.kind)
        )
        with self._database.read() as connection:
            return {(status, kind): n for status, kind, n in connection.execute(wanted)}

    def add_feedback(
        self, chat: Chat | None, channel: str, liked: bool | None, words: str = "", question: str = "", answer: str = ""
    ) -> None:
        values = {
            "chat_id": chat.id if chat else None, "at": self._clock(), "channel": channel,
            "liked": None if liked is None else int(liked), "words": _PERSONAL.sub(_HIDDEN, words),
            "question": _PERSONAL.sub(_HIDDEN, question), "answer": answer,
        }  # fmt: skip
        with self._database.write() as connection:
            connection.execute(feedback.insert().values(**values))

    def feedback(self, since: float = 0.0, limit: int = 500) -> list[Feedback]:
        """The latest first."""
        wanted = select(feedback).where(feedback.c.at >= since).order_by(feedback.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            return [
                Feedback(r.at, r.channel, None if r.liked is None else bool(r.liked), r.words, r.question, r.answer)
                for r in connection.execute(wanted)
            ]

    def purge(self, before: float) -> int:
        """Drops what is older; how many rows."""
        with self._database.write() as connection:
            return sum(
                connection.execute(delete(table).where(table.c.at < before)).rowcount for table in (asked, feedback)
            )
