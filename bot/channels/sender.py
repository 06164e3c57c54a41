"""Sends what waits in `outgoing`: in order within a chat, chats side by side, at the platform's pace.

A message is marked before it is sent and settled after. What was under way when the process died was sent where it had
left this machine (see handed.py), and is sent again where it had not. Where the network leaves us in doubt, a message
is rather sent twice than lost: what comes twice is seen, what never comes is not.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Coroutine
from functools import partial
from typing import Any

from bot.channels.channel import Channel
from bot.channels.drafts import Drafts
from bot.channels.handed import Journal
from bot.channels.outcome import Gone, Later, NotSent
from bot.channels.pace import Pacer
from bot.state import Outgoing, State

_LOG = logging.getLogger(__name__)
_AT_ONCE = 8  # requests under way
_LOOK = 1.0  # seconds after which it looks for work even if nobody woke it
_LONGEST = 300.0  # seconds between two tries
_TOO_OLD = 24 * 3600.0  # seconds after which an answer helps nobody


class Sender:
    """For one event loop."""

    def __init__(self, channel: Channel, state: State, journal: Journal, drafts: Drafts | None = None) -> None:
        self._channel, self._state, self._journal = channel, state, journal
        self._drafts = drafts or Drafts()
        self._pacer = Pacer(channel.pace, channel.is_group, time.monotonic)
        self._woken = asyncio.Event()
        self._busy: dict[str, asyncio.Task[None]] = {}  # by address
        self._read: list[Outgoing] = []  # not yet sent
        self._settled: set[int] = set()  # since that was read

    def wake(self) -> None:
        """There may be something to send."""
        self._woken.set()

    def recover(self) -> None:
        """Settles what was under way when the process before died; before `run`, by the only sender of this channel."""
        handed = self._journal.handed()
        for message in self._state.queues.on_their_way(self._channel.name):
            if message.id in handed:
                self._state.queues.sent(message.id)
            else:
                self._state.queues.retry(message.id, 0.0, "killed before it left")
        self._journal.clear()

    async def run(self) -> None:
        """Until it is cancelled; what is being sent then is sent."""
        try:
            while True:
                self._woken.clear()
                wait = await self._start()
                try:
                    async with asyncio.timeout(max(0.001, wait)):  # wait_for may swallow a cancellation
                        await self._woken.wait()
                except TimeoutError:
                    continue
        finally:
            await asyncio.gather(*self._busy.values(), return_exceptions=True)

    async def _start(self) -> float:
        """Starts what may be sent now; the seconds until something else may be."""
        if len(self._busy) >= _AT_ONCE:
            return _LOOK
        return min(await self._start_queued(), self._start_edit())

    async def _start_queued(self) -> float:
        soonest = self._start_read()
        if soonest > 0 and len(self._busy) < _AT_ONCE and self._pacer.wait("") <= 0:
            # What was read has to wait for its chats: there may be others.
            self._settled.clear()
            self._read = await asyncio.to_thread(self._state.queues.to_send, self._channel.name, 4 * _AT_ONCE)
            soonest = self._start_read()
        return soonest

    def _start_read(self) -> float:
        """Starts the first of what was read that may be sent now; 0.0, or the seconds until one may be."""
        self._read = [m for m in self._read if m.address not in self._busy and m.id not in self._settled]
        waits = [self._pacer.wait(message.address) for message in self._read]
        if 0.0 not in waits:
            return min(waits, default=_LOOK)
        message = self._read.pop(waits.index(0.0))
        self._begin(message.address, self._deliver(message), message.id)
        return 0.0

    def _start_edit(self) -> float:
        """The same for what is being written: edits are sent at the pace of messages, and after them."""
        waits = {a: self._pacer.wait(a) for a in self._drafts.due() if a not in self._busy}
        address = min(waits, key=waits.__getitem__, default="")
        if not address or waits[address] > 0 or len(self._busy) >= _AT_ONCE:
            return waits.get(address, _LOOK)
        self._begin(address, self._edit(address, *self._drafts.take(address)))
        return 0.0

    def _begin(self, address: str, work: Coroutine[Any, Any, None], message_id: int = 0) -> None:
        self._pacer.sent(address)
        task = asyncio.create_task(work)
        self._busy[address] = task
        task.add_done_callback(partial(self._done, address, message_id))

    def _done(self, address: str, message_id: int, _: object) -> None:
        del self._busy[address]
        self._settled.add(message_id)
        self.wake()

    async def _edit(self, address: str, key: str, body: dict[str, Any]) -> None:
        """An edit that fails costs nothing but itself: the answer comes through the queue."""
        try:
            await self._channel.send(address, body)
        except Later as reason:
            self._pacer.hold(reason.seconds)
            self._drafts.give_back(address, key, body)
        except Exception as error:  # noqa: BLE001
            _LOG.info("%s: a draft is not edited: %s", self._channel.name, type(error).__name__)

    async def _deliver(self, message: Outgoing) -> None:
        """The one place where what goes wrong with a message is told and settled."""
        queues, name = self._state.queues, self._channel.name
        if not await asyncio.to_thread(queues.sending, message.id):
            return
        if "edits" in message.body:
            self._drafts.end(message.address)
        try:
            sent_as = await self._send(message)
        except Later as reason:
            await self._again(message, str(reason), reason.seconds)
        except NotSent as reason:
            _LOG.warning("%s: message %s is not sent: %s", name, message.id, reason)
            if isinstance(reason, Gone):
                await asyncio.to_thread(self._state.chats.silence, name, message.address)
            await asyncio.to_thread(queues.failed, message.id, str(reason))
        except Exception as error:  # noqa: BLE001 — whatever it is, the message must not be lost
            _LOG.error("%s: message %s: %s", name, message.id, type(error).__name__)
            await self._again(message, type(error).__name__, 0.0)
        else:
            if sent_as and (draft := message.body.get("draft")):
                self._drafts.place(message.address, draft, sent_as)
            await asyncio.to_thread(queues.sent, message.id, sent_as or "")

    async def _send(self, message: Outgoing) -> str | None:
        """In the place of the draft that went ahead of it, where there is one that can be edited."""
        queues, name, edits = self._state.queues, self._channel.name, message.body.get("edits", "")
        placed = await asyncio.to_thread(queues.sent_as, name, edits) if edits else ""
        body = {**message.body, "message": placed} if placed else message.body
        try:
            with self._journal.sending(message.id):
                return await self._channel.send(message.address, body)
        except NotSent as reason:
            if not placed or isinstance(reason, Gone):
                raise
            await asyncio.to_thread(queues.unplace, name, edits)  # it was deleted, or is too old
            raise Later(f"to be sent anew: {reason}") from None

    async def _again(self, message: Outgoing, reason: str, seconds: float) -> None:
        queues = self._state.queues
        self._journal.returned(message.id)
        if self._state.clock() - message.at > _TOO_OLD:
            await asyncio.to_thread(queues.failed, message.id, f"too old: {reason}")
            return
        if seconds:
            self._pacer.hold(seconds)
        pause = seconds or min(_LONGEST, 2.0 ** min(message.tries, 9))
        _LOG.info("%s: message %s again in %.0f s: %s", self._channel.name, message.id, pause, reason)
        await asyncio.to_thread(queues.retry, message.id, pause, reason)
