"""One channel at work: its worker and its sender, in this process alone, until they are asked to stop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from bot.channels.channel import Channel, Heard
from bot.channels.chat.dialogue import Dialogue
from bot.channels.chat.nouns import Reply
from bot.channels.drafts import Drafts
from bot.channels.handed import Journal
from bot.channels.sender import Sender
from bot.channels.worker import Worker
from bot.state import State

_LOG = logging.getLogger(__name__)
_PAUSE = 5.0  # seconds after the state could not be read or written
_TURN = 1.0  # seconds between two looks whether another process still does this work

Refuse = Callable[[str, Heard], Sequence[Reply] | None]


class Bell:
    """Tells a worker that something has arrived; silent while there is none."""

    def __init__(self) -> None:
        self.ring: Callable[[], None] = lambda: None

    def __call__(self) -> None:
        self.ring()


@asynccontextmanager
async def held(state: State, name: str) -> AsyncIterator[None]:
    """Inside, no other process works for this channel; until then it is waited for."""
    told = False
    while (give_back := await asyncio.to_thread(state.holds.take, name)) is None:
        if not told:
            _LOG.warning("%s: another process works for it; waiting for its end", name)
        told = True
        await asyncio.sleep(_TURN)
    try:
        yield
    finally:
        give_back()


@asynccontextmanager
async def working(
    channel: Channel,
    dialogue: Dialogue,
    state: State,
    bell: Bell,
    refuse: Refuse | None = None,
    drafts: Drafts | None = None,
) -> AsyncIterator[Callable[[], None]]:
    """Inside, what waits is answered and sent; at the end, what is being answered or sent is finished. Needs `held`.
    Gives what tells the sender that something was queued. `drafts`: where messages can be edited and answers may take
    long."""
    journal = Journal(state.folder / f"{channel.name}.handed")
    sender = Sender(channel, state, journal, drafts)
    await asyncio.to_thread(sender.recover)
    worker = Worker(channel, dialogue, state, sender.wake, refuse, drafts)
    bell.ring = worker.wake
    tasks = [asyncio.create_task(_steadily(channel.name, part.run)) for part in (worker, sender)]
    try:
        yield sender.wake
    finally:
        bell.ring = lambda: None
        for task in tasks:  # the worker first: what it still answers, the sender may still send
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        worker.close()
        journal.close()


async def _steadily(name: str, run: Callable[[], Awaitable[None]]) -> None:
    """A state that fails for a while ends no channel."""
    while True:
        try:
            await run()
        except Exception:  # noqa: BLE001 — whatever it is, people wait for answers
            _LOG.exception("%s: cannot work; again in %.0f s", name, _PAUSE)
            await asyncio.sleep(_PAUSE)
