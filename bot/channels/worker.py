"""Answers what waits in `incoming`: in order within a chat, chats side by side. An update is done when its answer waits
in `outgoing`, in the same transaction: a process that is killed in between begins it anew, and nothing has happened."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from bot import replies
from bot.channels.channel import Channel, Heard
from bot.channels.chat.dialogue import Dialogue, Who
from bot.channels.chat.nouns import Reply, say
from bot.state import Incoming, State

_LOG = logging.getLogger(__name__)
_THREADS = 2  # an answer is work for the processor, and the web server wants some of it
_AT_ONCE = 16  # updates taken up
_LOOK = 1.0  # seconds after which it looks for work even if nobody woke it
_TRIES = 5  # then the user is told that it failed


class Worker:
    """For one event loop."""

    def __init__(
        self,
        channel: Channel,
        dialogue: Dialogue,
        state: State,
        queued: Callable[[], None],
        refuse: Callable[[str, Heard], Sequence[Reply] | None] | None = None,
    ) -> None:
        """`queued` is called when there is something to send. `refuse` gives what is replied instead of an answer to a
        chat that asks too often, None for one that does not."""
        self._channel, self._dialogue, self._state = channel, dialogue, state
        self._queued, self._refuse = queued, refuse
        self._woken = asyncio.Event()
        self._busy: dict[str, asyncio.Task[None]] = {}  # by chat
        self._read: list[Incoming] = []  # not yet taken up
        self._settled: set[int] = set()  # since that was read
        self._threads = ThreadPoolExecutor(_THREADS, f"{channel.name}-answers")

    def wake(self) -> None:
        """There may be something to answer."""
        self._woken.set()

    async def run(self) -> None:
        """Until it is cancelled; what is being answered then is answered."""
        try:
            while True:
                self._woken.clear()
                if not await self._start():
                    try:
                        async with asyncio.timeout(_LOOK):  # wait_for may swallow a cancellation
                            await self._woken.wait()
                    except TimeoutError:
                        continue
        finally:
            await asyncio.gather(*self._busy.values(), return_exceptions=True)

    def close(self) -> None:
        """After `run` has ended."""
        self._threads.shutdown()

    async def _start(self) -> bool:
        """Takes up what waits; whether there was any."""
        room = _AT_ONCE - len(self._busy)
        if room <= 0:
            return False
        if not self._read:
            self._settled.clear()
            self._read = await asyncio.to_thread(self._state.queues.waiting, self._channel.name, 4 * _AT_ONCE)
        # It was read before what is done by now was done.
        self._read = [u for u in self._read if u.chat not in self._busy and u.id not in self._settled]
        fresh, self._read = self._read[:room], self._read[room:]
        for update in fresh:
            task = asyncio.create_task(self._take(update))
            self._busy[update.chat] = task
            task.add_done_callback(partial(self._done, update))
        return bool(fresh)

    def _done(self, update: Incoming, _: object) -> None:
        del self._busy[update.chat]
        self._settled.add(update.id)
        self.wake()

    async def _take(self, update: Incoming) -> None:
        """The one place where what goes wrong with an update is told and settled."""
        loop = asyncio.get_running_loop()
        try:
            heard = self._channel.heard(update.body)
            if heard is not None and heard.button:
                await self._channel.noticed(heard)
            instead = self._refuse(update.chat, heard) if self._refuse and heard else None
            await loop.run_in_executor(self._threads, self._answer, update, heard, instead)
        except Exception:  # noqa: BLE001 — whatever it is, the update must not be lost
            _LOG.exception("%s: update %s cannot be answered (try %s)", update.channel, update.key, update.tries + 1)
            await asyncio.to_thread(self._fail, update)
        self._queued()

    def _answer(self, update: Incoming, heard: Heard | None, instead: Sequence[Reply] | None) -> None:
        if heard is None or instead is not None:
            self._state.queues.answered(update.id, update.channel, self._messages(update, instead or (), heard))
            return
        finish = self._dialogue.think(Who(update.channel, update.chat), heard.said)
        with self._state.together():
            messages = self._messages(update, finish(), heard)
            if not self._state.queues.answered(update.id, update.channel, messages):
                raise RuntimeError("answered by another process")  # so nothing of this is written

    def _fail(self, update: Incoming) -> None:
        if update.tries + 1 < _TRIES:
            self._state.queues.later(update.id, 2.0**update.tries)
        else:
            self._state.queues.answered(update.id, update.channel, self._messages(update, (say(replies.FAILED),), None))

    def _messages(
        self, update: Incoming, told: Sequence[Reply], heard: Heard | None
    ) -> list[tuple[str, str, dict[str, Any]]]:
        bodies = [body for reply in told for body in self._channel.bodies(reply, heard)]
        return [(f"{update.key}:{n}", update.chat, body) for n, body in enumerate(bodies)]
