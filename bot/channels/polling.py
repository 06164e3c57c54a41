"""`hoi telegram` and `hoi zalo-bot`: fetch what people write, for an office without a public address. They end with
Ctrl+C or SIGTERM."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Awaitable

from bot.channels.assemble import dialogue
from bot.channels.chat.nouns import Manner
from bot.channels.run import Bell
from bot.settings import Settings
from bot.state import State
from bot.wiring import Service


def telegram(service: Service, state: State, settings: Settings) -> None:
    """Returns when it was asked to stop and what was under way is finished. Raises WrongToken."""
    from bot.channels import telegram_run  # each reads its own platform only
    from bot.channels.telegram_bot import Telegram

    async def run() -> None:
        bell = Bell()
        talk = dialogue(service, state, settings, Manner())
        channel = Telegram(settings, state, service.issuers, bell)
        await until_stopped(telegram_run.run(channel, bell, talk, service, state, settings, poll=True))

    asyncio.run(run())


def zalo_bot(service: Service, state: State, settings: Settings) -> None:
    """As `telegram`."""
    from bot.channels.zalo import assemble as zalo

    asyncio.run(until_stopped(zalo.polled_bot(service, state, settings)))


async def until_stopped(work: Awaitable[None]) -> None:
    """Cancels the work at the first SIGINT or SIGTERM, and lets it finish."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task
