"""What came in and what is to go out, kept before anyone says "received": a killed process loses nothing.

An update waits in `incoming` until its answer stands in `outgoing`; both change in one transaction, so it is answered
once. A message is marked as being sent before it is sent: one that was on its way when the process died is known.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select, update

from .connection import Database
from .tables import incoming, outgoing

Update = tuple[str, str, Any]  # key, chat, body
Message = tuple[str, str, dict[str, Any]]  # key, address, body
_NEW = {"state": "waiting", "tries": 0, "not_before": 0.0}


@dataclass(frozen=True, slots=True)
class Incoming:
    id: int
    channel: str
    key: str
    chat: str  # the platform's own id
    body: Any
    at: float
    tries: int


@dataclass(frozen=True, slots=True)
class Outgoing:
    id: int
    channel: str
    address: str
    body: dict[str, Any]
    at: float
    tries: int


class Queues:
    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def receive(self, channel: str, updates: Iterable[Update]) -> int:
        """Keeps updates, each with the platform's own id of it and of its chat; how many were new. Durable when it
        returns."""
        now = self._clock()
        rows = [
            {
                "channel": channel, "key": key, "chat": chat, "body": json.dumps(body, ensure_ascii=False), "at": now,
                **_NEW,
            }
            for key, chat, body in updates
        ]  # fmt: skip
        if not rows:
            return 0
        new = self._database.insert(incoming).on_conflict_do_nothing().returning(incoming.c.id)
        with self._database.write(hurried=True) as connection:
            return len(connection.execute(new, rows).all())

    def waiting(self, channel: str, limit: int = 50) -> list[Incoming]:
        """The first update of each chat that is to be answered, in order of arrival; what follows waits for it."""
        first = (
            select(func.min(incoming.c.id))
            .where(incoming.c.channel == channel, incoming.c.state == "waiting")
            .group_by(incoming.c.chat)
        )
        wanted = (
            select(incoming)
            .where(incoming.c.id.in_(first), incoming.c.not_before <= self._clock())
            .order_by(incoming.c.id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return [
                Incoming(r.id, r.channel, r.key, r.chat, json.loads(r.body), r.at, r.tries)
                for r in connection.execute(wanted)
            ]

    def draft(self, update_id: int, channel: str, message: Message) -> str:
        """Queues a message that goes ahead of the answer, unless the answer is there already. The platform's own id of
        it, where it was sent before this process began."""
        unanswered = select(incoming.c.id).where(incoming.c.id == update_id, incoming.c.state == "waiting")
        placed = select(outgoing.c.sent_as).where(outgoing.c.channel == channel, outgoing.c.key == message[0])
        with self._database.write() as connection:
            # The row is locked: an answer that is queued meanwhile is queued after this.
            if connection.execute(unanswered.with_for_update()).first() is None:
                return ""
            self._queue(connection, channel, (message,))
            return str(connection.execute(placed).scalar_one())

    def sent_as(self, channel: str, key: str) -> str:
        """The platform's own id of a message of ours that was sent; "" where it is not known."""
        wanted = select(outgoing.c.sent_as).where(outgoing.c.channel == channel, outgoing.c.key == key)
        with self._database.read() as connection:
            return connection.execute(wanted).scalar_one_or_none() or ""

    def unplace(self, channel: str, key: str) -> None:
        """The message cannot be edited."""
        forgotten = update(outgoing).where(outgoing.c.channel == channel, outgoing.c.key == key).values(sent_as="")
        with self._database.write() as connection:
            connection.execute(forgotten)

    def answered(self, update_id: int, channel: str, messages: Iterable[Message], instead_of: str = "") -> bool:
        """The update is done and its messages wait to be sent, both or neither. False, and nothing is queued again,
        where this was said of the update before. `instead_of`: key of a draft that need not be sent any more."""
        done = (
            update(incoming)
            .where(incoming.c.id == update_id, incoming.c.state == "waiting")
            .values(state="done", body="", chat="")
        )
        with self._database.write() as connection:
            first = connection.execute(done).rowcount > 0
            if first and instead_of:
                unsent = delete(outgoing).where(outgoing.c.channel == channel, outgoing.c.key == instead_of)
                connection.execute(unsent.where(outgoing.c.state == "waiting"))
            if first:
                self._queue(connection, channel, messages)
            return first

    def later(self, update_id: int, seconds: float) -> None:
        """The update could not be answered now."""
        retry = incoming.update().where(incoming.c.id == update_id)
        with self._database.write() as connection:
            connection.execute(retry.values(tries=incoming.c.tries + 1, not_before=self._clock() + seconds))

    def send(self, channel: str, messages: Iterable[Message]) -> None:
        """Queues messages that answer no update; one with a key that was queued before is left out."""
        with self._database.write() as connection:
            self._queue(connection, channel, messages)

    def to_send(self, channel: str, limit: int = 30) -> list[Outgoing]:
        """The first message to each address, in order; what comes after it waits until it is sent or given up."""
        first = (
            select(func.min(outgoing.c.id))
            .where(outgoing.c.channel == channel, outgoing.c.state.in_(("waiting", "sending")))
            .group_by(outgoing.c.address)
        )
        wanted = (
            select(outgoing)
            .where(outgoing.c.id.in_(first), outgoing.c.state == "waiting", outgoing.c.not_before <= self._clock())
            .order_by(outgoing.c.id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return [_outgoing(row) for row in connection.execute(wanted)]

    def sending(self, message_id: int) -> bool:
        """Marks a message as on its way; False where another process took it."""
        taken = update(outgoing).where(outgoing.c.id == message_id, outgoing.c.state == "waiting")
        with self._database.write() as connection:
            return connection.execute(taken.values(state="sending", tries=outgoing.c.tries + 1)).rowcount > 0

    def sent(self, message_id: int, sent_as: str = "") -> None:
        self._settle(message_id, state="sent", address="", body="", error="", sent_as=sent_as)

    def retry(self, message_id: int, seconds: float, error: str = "") -> None:
        self._settle(message_id, state="waiting", not_before=self._clock() + seconds, error=error[:200])

    def failed(self, message_id: int, error: str) -> None:
        """It will not be sent; its words and its address are dropped, the reason is kept."""
        self._settle(message_id, state="failed", address="", body="", error=error[:200])

    def forget(self, channel: str, address: str) -> None:
        """What waits to be sent there is not sent, and not kept."""
        waiting = (outgoing.c.channel == channel) & (outgoing.c.address == address) & (outgoing.c.state == "waiting")
        with self._database.write() as connection:
            connection.execute(delete(outgoing).where(waiting))

    def on_their_way(self, channel: str) -> list[Outgoing]:
        """Messages that were being sent when a process died; for its start, before anything is sent."""
        with self._database.read() as connection:
            wanted = select(outgoing).where(outgoing.c.channel == channel, outgoing.c.state == "sending")
            return [_outgoing(row) for row in connection.execute(wanted.order_by(outgoing.c.id))]

    def counts(self) -> dict[tuple[str, str, str], int]:
        """(queue, channel, state) → how many."""
        found: dict[tuple[str, str, str], int] = {}
        with self._database.read() as connection:
            for name, table in (("incoming", incoming), ("outgoing", outgoing)):
                rows = connection.execute(
                    select(table.c.channel, table.c.state, func.count()).group_by(table.c.channel, table.c.state)
                )
                found |= {(name, channel, state): n for channel, state, n in rows}
        return found

    def purge(self, before: float) -> int:
        """Drops what was settled before; how many. Keys of dropped updates are forgotten: choose `before` well past
        the platform's last retry."""
        with self._database.write() as connection:
            return sum(
                connection.execute(delete(table).where(table.c.at < before, table.c.state.in_(states))).rowcount
                for table, states in ((incoming, ("done",)), (outgoing, ("sent", "failed")))
            )

    def _queue(self, connection: Connection, channel: str, messages: Iterable[Message]) -> None:
        for key, address, body in messages:
            self._add(
                connection, outgoing, channel, key,
                address=address, body=json.dumps(body, ensure_ascii=False), at=self._clock(), error="",
            )  # fmt: skip

    def _add(self, connection: Connection, table: Table, channel: str, key: str, **values: Any) -> bool:
        row = {"channel": channel, "key": key, **_NEW, **values}
        return self._database.add_once(connection, table, **row)

    def _settle(self, message_id: int, **values: Any) -> None:
        with self._database.write() as connection:
            connection.execute(update(outgoing).where(outgoing.c.id == message_id).values(**values))


def _outgoing(row: Any) -> Outgoing:
    return Outgoing(row.id, row.channel, row.address, json.loads(row.body), row.at, row.tries)
