"""Chats: the issuer chosen, the last turns, the reminders wanted. Deleting one deletes all that hangs on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, select, update

from .connection import Database
from .keys import chat_key
from .records import Chat, Reminder, Turn
from .tables import chats, reminded, reminders, turns


class Chats:
    def __init__(self, database: Database, secret: bytes, clock: Callable[[], float]) -> None:
        self._database = database
        self._secret = secret
        self._clock = clock

    def open(self, channel: str, chat: str) -> Chat:
        """The chat of this platform id, made where it is new; its user has just spoken."""
        key, now = chat_key(self._secret, channel, chat), self._clock()
        row = {"channel": channel, "key": key, "seen": now}
        upsert = (
            self._database.insert(chats)
            .values(**row)
            .on_conflict_do_update(index_elements=["channel", "key"], set_={"seen": now})
        )
        with self._database.write() as connection:
            return _chat(connection.execute(upsert.returning(chats)).one())

    def find(self, channel: str, chat: str) -> Chat | None:
        """Reads only: what we send ourselves is no word of the user."""
        known = select(chats).where(chats.c.channel == channel, chats.c.key == chat_key(self._secret, channel, chat))
        with self._database.read() as connection:
            row = connection.execute(known).one_or_none()
        return _chat(row) if row else None

    def choose(self, chat: Chat, issuer: str | None) -> None:
        with self._database.write() as connection:
            connection.execute(update(chats).where(chats.c.id == chat.id).values(issuer=issuer))

    def expect(self, chat: Chat, pending: str) -> None:
        """What the next word of this chat may answer; "" for nothing."""
        with self._database.write() as connection:
            connection.execute(update(chats).where(chats.c.id == chat.id).values(pending=pending))

    def forget(self, channel: str, chat: str) -> bool:
        """Deletes the chat, its turns, feedback and reminders. Whether there was one."""
        with self._database.write() as connection:
            gone = delete(chats).where(chats.c.channel == channel, chats.c.key == chat_key(self._secret, channel, chat))
            return connection.execute(gone).rowcount > 0

    def add_turn(self, chat: Chat, question: str, answer: str) -> int:
        """`answer` is JSON. The turn's id, which a button can carry."""
        values = {"chat_id": chat.id, "at": self._clock(), "question": question, "answer": answer}
        with self._database.write() as connection:
            return int(connection.execute(turns.insert().values(**values).returning(turns.c.id)).scalar_one())

    def turn(self, chat: Chat, turn_id: int) -> Turn | None:
        """None for a turn of another chat: ids in buttons come from outside."""
        wanted = select(turns).where(turns.c.id == turn_id, turns.c.chat_id == chat.id)
        with self._database.read() as connection:
            row = connection.execute(wanted).one_or_none()
        return _turn(row) if row else None

    def turns(self, chat: Chat, since: float, limit: int = 3) -> list[Turn]:
        """The latest turns after `since`, the oldest of them first."""
        latest = (
            select(turns)
            .where(turns.c.chat_id == chat.id, turns.c.at >= since)
            .order_by(turns.c.id.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            return [_turn(row) for row in reversed(connection.execute(latest).all())]

    def judge(self, turn_id: int, liked: bool) -> bool:
        """False where this turn was judged before."""
        first = update(turns).where(turns.c.id == turn_id, turns.c.liked.is_(None)).values(liked=int(liked))
        with self._database.write() as connection:
            return connection.execute(first).rowcount > 0

    def remind(self, chat: Chat, address: str, issuer: str, leads: tuple[int, ...]) -> None:
        """Reminders of one issuer's deadlines, this many days ahead; () switches them off."""
        mine = (reminders.c.chat_id == chat.id) & (reminders.c.issuer == issuer)
        rows = [{"chat_id": chat.id, "address": address, "issuer": issuer, "lead": lead} for lead in leads]
        with self._database.write() as connection:
            connection.execute(delete(reminders).where(mine))
            if rows:
                connection.execute(reminders.insert(), rows)

    def silence(self, channel: str, address: str) -> None:
        """Nothing can be sent to this address any more: its reminders end."""
        gone = delete(reminders).where(
            reminders.c.address == address,
            reminders.c.chat_id.in_(select(chats.c.id).where(chats.c.channel == channel)),
        )
        with self._database.write() as connection:
            connection.execute(gone)

    def reminders(self, channel: str = "", chat: Chat | None = None) -> list[Reminder]:
        wanted = select(
            reminders.c.chat_id,
            chats.c.channel,
            reminders.c.address,
            reminders.c.issuer,
            reminders.c.lead,
            chats.c.seen,
        ).join(chats)
        if channel:
            wanted = wanted.where(chats.c.channel == channel)
        if chat is not None:
            wanted = wanted.where(reminders.c.chat_id == chat.id)
        with self._database.read() as connection:
            return [Reminder(*row) for row in connection.execute(wanted.order_by(reminders.c.id))]

    def mark_reminded(self, chat_id: int, event: str, due: date, lead: int, outcome: str) -> bool:
        """False where this reminder was handled before; the database says so, not a clock."""
        values = {
            "chat_id": chat_id, "event": event, "due": due.isoformat(), "lead": lead,
            "at": self._clock(), "outcome": outcome,
        }  # fmt: skip
        with self._database.write() as connection:
            return self._database.add_once(connection, reminded, **values)

    def purge(self, before: float) -> int:
        """Drops turns older than `before`; how many."""
        with self._database.write() as connection:
            return connection.execute(delete(turns).where(turns.c.at < before)).rowcount


def _chat(row: Row[Any]) -> Chat:
    return Chat(row.id, row.channel, row.issuer, row.seen, row.pending)


def _turn(row: Row[Any]) -> Turn:
    return Turn(row.id, row.at, row.question, row.answer)
