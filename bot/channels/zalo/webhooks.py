"""Where Zalo calls us: prove that it is Zalo, write down what it says, answer 200. Everything else comes later.

A webhook without its secret is off, never open.
"""

from __future__ import annotations

import hmac
import logging
import time
from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from bot.channels.keeper import Keeper
from bot.channels.zalo import BOT, OA
from bot.channels.zalo.events import Event, bot_event, kept, oa_event, read_json
from bot.channels.zalo.signature import matched
from bot.settings import Settings
from bot.state.queues import Queues

_LOG = logging.getLogger(__name__)
_LATE = 24 * 3600.0  # seconds; Zalo's own retries end after 12 hours
_RECEIVED = {"ok": True}


def mount(app: FastAPI, queues: Queues, settings: Settings, wake: Callable[[str], None]) -> None:
    """Adds both routes. `wake` is told the channel for which something has been kept."""
    if settings.zalo_oa_app_id and not settings.zalo_oa_secret_key:
        _LOG.error("the webhook of Zalo OA is off: HOI_ZALO_OA_SECRET_KEY is not set")
    if settings.zalo_bot_token and not settings.zalo_bot_secret:
        _LOG.info("the webhook of Zalo Bot is off: HOI_ZALO_BOT_SECRET is not set; `hoi zalo-bot` polls without it")
    keepers = {c: Keeper(lambda updates, c=c: queues.receive(c, updates)) for c in (OA, BOT)}  # type: ignore[misc]
    starts_met: set[str] = set()

    async def keep(channel: str, event: Event | None) -> JSONResponse:
        if event is not None:
            await keepers[channel].keep((event.key, event.chat, kept(event)))
            wake(channel)
        return JSONResponse(_RECEIVED)

    @app.post("/webhooks/zalo-oa", include_in_schema=False)
    async def zalo_oa(request: Request) -> JSONResponse:
        if not settings.zalo_oa_app_id:
            raise HTTPException(404)
        if not settings.zalo_oa_secret_key:
            raise HTTPException(503)
        body = await request.body()
        told = read_json(body)
        if told is None:
            raise HTTPException(400)
        timestamp = str(told.get("timestamp", ""))
        start = matched(
            (settings.zalo_oa_app_id, settings.zalo_oa_signed_as),
            body,
            timestamp,
            settings.zalo_oa_secret_key,
            request.headers.get("x-zevent-signature", ""),
        )
        if start is None:
            _LOG.warning("a call to the webhook of Zalo OA was not signed by Zalo, or with another OA secret key")
            raise HTTPException(403)
        if start not in starts_met:
            starts_met.add(start)
            usual = start == settings.zalo_oa_app_id
            _LOG.log(
                logging.INFO if usual else logging.WARNING,
                "Zalo OA: signatures begin with %s",
                "the app's id" if usual else "the OA's id, as HOI_ZALO_OA_SIGNED_AS allows",
            )
        _tell_late(timestamp)
        return await keep(OA, oa_event(told))

    @app.post("/webhooks/zalo-bot", include_in_schema=False)
    async def zalo_bot(request: Request) -> JSONResponse:
        if not settings.zalo_bot_token:
            raise HTTPException(404)
        if not settings.zalo_bot_secret:
            raise HTTPException(503)
        # A header's bytes come as latin-1, whatever the sender meant by them.
        given = request.headers.get("x-bot-api-secret-token", "").encode("latin-1")
        if not hmac.compare_digest(given, settings.zalo_bot_secret.encode()):
            _LOG.warning("a call to the webhook of Zalo Bot did not carry HOI_ZALO_BOT_SECRET")
            raise HTTPException(403)
        told = read_json(await request.body())
        if told is None:
            raise HTTPException(400)
        return await keep(BOT, bot_event(told))


def _tell_late(timestamp: str) -> None:
    """An old event is answered like any other, and told in the log.

    To refuse it would silence the whole channel wherever a clock is wrong or the platform's unit of time is not what
    we take it for, and would win little: a message that was answered is known by its number for as long as it is
    kept, and an answer goes to the user who asked, never to who sends the event again.
    """
    try:
        age = time.time() - int(timestamp) / 1000
    except (ValueError, OverflowError):
        return
    if abs(age) > _LATE:
        _LOG.warning(
            "an event of Zalo OA is %.0f h old: a late retry, an event sent again, or a wrong clock", age / 3600
        )
