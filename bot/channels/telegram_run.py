"""Telegram at work: polling, or called by its webhook."""

from __future__ import annotations

import asyncio
import hmac
import logging

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from bot.channels.chat.dialogue import Dialogue
from bot.channels.chat.limit import TooFast
from bot.channels.daily import jobs
from bot.channels.drafts import Drafts
from bot.channels.run import Bell, held, working
from bot.channels.telegram_bot import NAME, Telegram
from bot.settings import Settings
from bot.state import State
from bot.wiring import Service

_LOG = logging.getLogger(__name__)


async def run(
    telegram: Telegram,
    bell: Bell,
    dialogue: Dialogue,
    service: Service,
    state: State,
    settings: Settings,
    *,
    poll: bool,
) -> None:
    """Until it is cancelled; then what is under way is finished. Raises WrongToken."""
    async with held(state, NAME):
        queued = Bell()
        try:
            await telegram.start(jobs(telegram, service, state, settings, queued))
            drafts = Drafts() if settings.llm else None  # without a model every answer is there at once
            async with working(telegram, dialogue, state, bell, TooFast(), drafts) as queued.ring:
                await (telegram.poll() if poll else telegram.set_webhook())
                try:
                    await asyncio.Event().wait()
                finally:
                    await telegram.stop_polling()
        finally:
            await telegram.stop()


def mount(app: FastAPI, telegram: Telegram, secret: str) -> None:
    """The webhook: checked, written down, then answered with 200; all else comes later."""

    @app.post("/webhooks/telegram", include_in_schema=False)
    async def called(request: Request) -> JSONResponse:
        # A header's bytes come as latin-1, whatever the sender meant by them.
        given = request.headers.get("x-telegram-bot-api-secret-token", "").encode("latin-1")
        if not hmac.compare_digest(given, secret.encode()):
            raise HTTPException(403)
        try:
            update = await request.json()
        except ValueError:
            raise HTTPException(400) from None
        await telegram.keep([update])
        return JSONResponse({})
