"""Answers what waits in `incoming`: in order within a chat, chats side by side. An update is done when its answer waits
in `outgoing`, in the same transaction: a process that is killed in between begins it anew, and nothing has happened."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial
from typing import Any

from bot import replies
from bot.channels.channel import Channel, Heard
from bot.channels.chat import sentences, showing
from bot.channels.chat.dialogue import Dialogue, Who
from bot.channels.chat.nouns import Command, Pressed, Reply, Text, say
from bot.channels.drafts import Drafts
from bot.state import Incoming, State

_LOG = logging.getLogger(__name__)
_THREADS = 2  # an answer is work for the processor, and the web server wants some of it
_AT_ONCE = 16  # updates taken up
_LOOK = 1.0  # seconds after which it looks for work even if nobody woke it
_SOON = 0.5  # seconds in which an answer needs no word ahead of it
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
        drafts: Drafts | None = None,
    ) -> None:
        """`queued` is called when there is something to send. `refuse` gives what is replied instead of an answer to a
        chat that asks too often, None for one that does not. `drafts`: what takes long is shown as it is written."""
        self._channel, self._dialogue, self._state = channel, dialogue, state
        self._queued, self._refuse, self._drafts = queued, refuse, drafts
        self._woken = asyncio.Event()
        self._busy: dict[str, asyncio.Task[None]] = {}  # by chat
        self._read: list[Incoming] = []  # not yet taken up
        self._settled: set[int] = set()  # since that was read
        # Who waits for a language model must not keep the others waiting.
        self._threads = ThreadPoolExecutor(_THREADS + dialogue.waiting, f"{channel.name}-answers")

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
            answer = loop.run_in_executor(self._threads, self._answer, update, heard, instead, loop)
            if self._drafts and heard and instead is None and isinstance(heard.said, Text | Pressed | Command):
                await self._draft(self._drafts, update, heard, answer)
            await answer
        except Exception:  # noqa: BLE001 — whatever it is, the update must not be lost
            _LOG.exception("%s: update %s cannot be answered (try %s)", update.channel, update.key, update.tries + 1)
            await asyncio.to_thread(self._fail, update)
        self._queued()

    async def _draft(self, drafts: Drafts, update: Incoming, heard: Heard, answer: asyncio.Future[None]) -> None:
        """Says that an answer is being written, where it is not there soon: what is checked of it is shown there."""
        done, _ = await asyncio.wait({answer}, timeout=_SOON)
        if done:
            return
        body = self._channel.bodies(say(sentences.WRITING), heard)[0]
        key = _draft_of(update)
        message = (key, update.chat, {**body, "draft": key})
        try:
            if placed := await asyncio.to_thread(self._state.queues.draft, update.id, update.channel, message):
                drafts.place(update.chat, key, placed)
        except Exception as error:  # noqa: BLE001 — the answer comes all the same
            _LOG.warning("%s: update %s gets no draft: %s", update.channel, update.key, type(error).__name__)
        self._queued()

    def _answer(
        self,
        update: Incoming,
        heard: Heard | None,
        instead: Sequence[Reply] | None,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        if heard is None or instead is not None:
            self._settle(update, self._messages(update, instead or (), heard))
            return
        with showing.watched(partial(self._show, loop, update, heard)) if self._drafts else nullcontext():
            finish = self._dialogue.think(Who(update.channel, update.chat), heard.said)
        with self._state.together():
            if not self._settle(update, self._messages(update, finish(), heard)):
                raise RuntimeError("answered by another process")  # so nothing of this is written

    def _show(self, loop: asyncio.AbstractEventLoop, update: Incoming, heard: Heard, reply: Reply) -> None:
        assert self._drafts
        body = self._channel.bodies(reply, heard)[0]
        loop.call_soon_threadsafe(self._drafts.show, update.chat, _draft_of(update), body)
        loop.call_soon_threadsafe(self._queued)

    def _settle(self, update: Incoming, messages: Sequence[tuple[str, str, dict[str, Any]]]) -> bool:
        instead_of = _draft_of(update) if self._drafts else ""
        return self._state.queues.answered(update.id, update.channel, messages, instead_of)

    def _fail(self, update: Incoming) -> None:
        if update.tries + 1 < _TRIES:
            self._state.queues.later(update.id, 2.0**update.tries)
        else:
            self._settle(update, self._messages(update, (say(replies.FAILED),), None))

    def _messages(
        self, update: Incoming, told: Sequence[Reply], heard: Heard | None
    ) -> list[tuple[str, str, dict[str, Any]]]:
        bodies = [body for reply in told for body in self._channel.bodies(reply, heard)]
        if self._drafts and bodies:
            bodies[0]["edits"] = _draft_of(update)
        return [(f"{update.key}:{n}", update.chat, body) for n, body in enumerate(bodies)]


def _draft_of(update: Incoming) -> str:
    """The key of the message that goes ahead of the answer."""
    return f"{update.key}:draft"
