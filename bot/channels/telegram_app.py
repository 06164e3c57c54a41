"""python-telegram-bot's Application as we use it: how it asks, what it keeps, and its one error handler."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from typing import Any

from telegram.error import Conflict, TelegramError
from telegram.ext import Application, CallbackContext
from telegram.request import HTTPXRequest

from bot.channels.handed import NotingTransport
from bot.channels.telegram_memory import Memory
from bot.settings import Settings
from bot.state import State

_LOG = logging.getLogger(__name__)
_PATIENCE = 15.0  # seconds for a reply to one request
App = Application[Any, Any, Any, Any, Any, Any]
Job = Callable[[], object]  # blocks; runs in a thread


class _KeepingRequest(HTTPXRequest):
    """Hands updates on only when they are kept: to ask for the next ones is to tell Telegram to forget these.

    The library is handed their numbers alone: one update that it cannot read would hold up all that follow.
    """

    def __init__(self, keep: Callable[[Sequence[Any]], Any]) -> None:
        super().__init__(connection_pool_size=1, read_timeout=_PATIENCE)
        self._keep = keep

    async def do_request(self, *args: Any, **more: Any) -> tuple[int, bytes]:
        code, content = await super().do_request(*args, **more)
        if code != 200:
            return code, content
        updates = [u for u in json.loads(content)["result"] if isinstance(u, dict)]
        await self._keep(updates)
        numbers = [{"update_id": update["update_id"]} for update in updates]
        return code, json.dumps({"ok": True, "result": numbers}).encode()


def application(settings: Settings, state: State, keep: Callable[[Sequence[Any]], Any]) -> App:
    request = HTTPXRequest(
        connection_pool_size=16,
        read_timeout=_PATIENCE,
        pool_timeout=_PATIENCE,
        httpx_kwargs={"transport": NotingTransport()},
    )
    return (
        Application.builder()
        .token(settings.telegram_token)
        .base_url(f"{settings.telegram_url.rstrip('/')}/bot")
        .request(request)
        .get_updates_request(_KeepingRequest(keep))
        .persistence(Memory(state.memory))
        .build()
    )


def in_thread(job: Job) -> Callable[[Any], Any]:
    async def run(_: CallbackContext[Any, Any, Any, Any]) -> None:
        await asyncio.to_thread(job)

    return run


async def failed(_: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
    """The one error handler of the Application: what a job raises ends here, and the job runs again at its time."""
    name = context.job.name if context.job else "an update"
    _LOG.error("telegram: %s failed", name, exc_info=context.error)


def not_polled(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        _LOG.error("telegram: another process polls this bot, or a webhook is set")
    else:
        _LOG.warning("telegram: polling failed: %s", type(error).__name__)
