"""Zalo at work: what waits is answered and sent, tokens and reminders have their time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from bot.channels.channel import Channel
from bot.channels.chat.dialogue import Dialogue
from bot.channels.chat.limit import TooFast
from bot.channels.daily import Job
from bot.channels.keeper import Keeper, Update
from bot.channels.run import Bell, held, working
from bot.channels.zalo import BOT
from bot.channels.zalo.access import Access, NoAccess
from bot.channels.zalo.bot import ZaloBot
from bot.channels.zalo.poll import poll
from bot.state import State

_LOG = logging.getLogger(__name__)
_TOKEN = 1800.0  # seconds between two looks at the token: it must not end of age while nobody writes

Jobs = Callable[[Callable[[], None]], Sequence[Job]]  # what tells the sender → what is done by the clock


async def run(
    channel: Channel, bell: Bell, dialogue: Dialogue, state: State, jobs: Jobs, fetch: Callable[[], Awaitable[None]]
) -> None:
    """Until it is cancelled; then what is under way is finished. `fetch` ends only by being cancelled."""
    async with held(state, channel.name):
        queued = Bell()
        async with working(channel, dialogue, state, bell, TooFast()) as queued.ring:
            clock = [asyncio.create_task(_repeated(channel.name, *job)) for job in jobs(queued)]
            try:
                await fetch()
            finally:
                for task in clock:
                    task.cancel()
                await asyncio.gather(*clock, return_exceptions=True)


async def called() -> None:
    """The webhook brings what is new."""
    await asyncio.Event().wait()


def polled(bot: ZaloBot, state: State, bell: Bell) -> Callable[[], Awaitable[None]]:
    keeper = Keeper(lambda updates: state.queues.receive(BOT, updates))

    async def keep(update: Update) -> None:
        await keeper.keep(update)
        bell()

    async def fetch() -> None:
        stop = asyncio.Event()
        polling = asyncio.create_task(poll(bot, keep, stop))
        try:
            await asyncio.shield(polling)
        finally:
            stop.set()
            await polling

    return fetch


def token_job(access: Access) -> Job:
    def look_after_the_token() -> None:
        try:
            access.token()
        except NoAccess as reason:
            _LOG.warning("Zalo OA: no access token: %s", reason)

    return look_after_the_token, _TOKEN


async def _repeated(name: str, job: Callable[[], object], seconds: float) -> None:
    while True:
        try:
            await asyncio.to_thread(job)
        except Exception:  # noqa: BLE001 — it is tried again at its time
            _LOG.exception("%s: %s failed", name, getattr(job, "__name__", "a job"))
        await asyncio.sleep(seconds)
