"""The chats inside `hoi serve`: each platform that has its secrets calls a webhook and has a worker of its own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from bot.channels.assemble import dialogue
from bot.channels.chat.nouns import Manner
from bot.channels.metrics import Metrics
from bot.channels.outcome import WrongToken
from bot.channels.run import Bell
from bot.settings import Settings
from bot.state import State
from bot.wiring import Service

_LOG = logging.getLogger(__name__)
Work = Callable[[], Awaitable[None]]  # until it is cancelled; then what is under way is finished


def mount(app: FastAPI, service: Service, state: State, settings: Settings, metrics: Metrics) -> None:
    """Adds the webhooks; their channels work for as long as the app does."""
    work: list[Work] = []
    if settings.telegram_token and settings.telegram_secret:
        work.append(_telegram(app, service, state, settings))
    elif settings.telegram_token:
        _LOG.warning("the webhook of Telegram is off: HOI_TELEGRAM_SECRET is not set; `hoi telegram` polls without it")
    if settings.zalo_oa_app_id or settings.zalo_bot_token:
        from bot.channels.zalo import assemble as zalo

        work += zalo.mount(app, service, state, settings, metrics)
    _work_with(app, work)


def _telegram(app: FastAPI, service: Service, state: State, settings: Settings) -> Work:
    from bot.channels import telegram_run  # not read where Telegram is off
    from bot.channels.telegram_bot import NAME, Telegram

    bell = Bell()
    talk = dialogue(service, state, settings, Manner())
    telegram = Telegram(settings, state, service.issuers, bell)
    telegram_run.mount(app, telegram, settings.telegram_secret)

    async def work() -> None:
        try:
            await telegram_run.run(telegram, bell, talk, service, state, settings, poll=False)
        except WrongToken:
            _LOG.error("%s: HOI_TELEGRAM_TOKEN was refused; nothing is answered there", NAME)

    return work


def _work_with(app: FastAPI, work: list[Work]) -> None:
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(started: Any) -> AsyncIterator[Any]:
        async with inner(started) as told:
            tasks = [asyncio.ensure_future(each()) for each in work]
            try:
                yield told
            finally:
                for task in tasks:
                    task.cancel()
                for ended in await asyncio.gather(*tasks, return_exceptions=True):
                    if isinstance(ended, Exception):
                        _LOG.error("a channel ended with an error", exc_info=ended)

    app.router.lifespan_context = lifespan
