"""Fetches what people write to the Zalo Bot, without a webhook.

The platform hands an object over once and keeps nothing: it is written to the state before anything else happens.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.channels.keeper import Update
from bot.channels.zalo.api import Unreachable
from bot.channels.zalo.bot import Refused, ZaloBot
from bot.channels.zalo.events import bot_event, kept

_LOG = logging.getLogger(__name__)
_LONGEST = 60.0  # seconds between two tries


async def poll(bot: ZaloBot, keep: Callable[[Update], Awaitable[object]], stop: asyncio.Event) -> None:
    """Until `stop` is set; the poll that runs then is waited for, because what it brings is brought once."""
    pause, webhook = 1.0, True
    while not stop.is_set():
        try:
            if webhook:  # with one, polling is refused
                await asyncio.to_thread(bot.delete_webhook)
                webhook = False
            told = await asyncio.to_thread(bot.update)
        except (Refused, Unreachable) as error:
            _LOG.warning("Zalo Bot: polling failed, again in %.0f s: %s", pause, error)
            await _rest(stop, pause)
            pause, webhook = min(pause * 2, _LONGEST), isinstance(error, Refused)
            continue
        pause = 1.0
        event = bot_event(told) if told else None
        if event is not None:
            await _kept(keep, (event.key, event.chat, kept(event)))


async def _kept(keep: Callable[[Update], Awaitable[object]], update: Update) -> None:
    """Nobody else has it any more: until it is written, nothing else is fetched."""
    pause = 1.0
    while True:
        try:
            await keep(update)
        except Exception as error:  # noqa: BLE001 — whatever it is, the update must not be lost
            _LOG.error("Zalo Bot: the state cannot be written (%s), again in %.0f s", type(error).__name__, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST)
        else:
            return


async def _rest(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
