"""Zalo's channels, built from settings."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from fastapi import FastAPI

from bot.channels.assemble import dialogue
from bot.channels.daily import Job, jobs
from bot.channels.metrics import Metrics
from bot.channels.outcome import WrongToken
from bot.channels.run import Bell
from bot.channels.zalo import BOT, OA, webhooks
from bot.channels.zalo.access import Access
from bot.channels.zalo.api import Unreachable
from bot.channels.zalo.bot import Refused, ZaloBot
from bot.channels.zalo.channel import BotChannel, OaChannel
from bot.channels.zalo.oa import OfficialAccount
from bot.channels.zalo.run import called, polled, run, token_job
from bot.settings import Settings
from bot.state import State
from bot.wiring import Service

_LOG = logging.getLogger(__name__)
_PAUSE = 60.0  # seconds between two tries to set the webhook
_UNAUTHORISED = (401, 403, 404)

Work = Callable[[], Awaitable[None]]  # until it is cancelled


def mount(app: FastAPI, service: Service, state: State, settings: Settings, metrics: Metrics) -> Sequence[Work]:
    """Adds the webhooks of both channels; what then has to run beside the server for those that are on."""
    bells = {OA: Bell(), BOT: Bell()}
    webhooks.mount(app, state.queues, settings, lambda channel: bells[channel]())
    works: list[Work] = []
    if settings.zalo_oa_app_id and settings.zalo_oa_secret_key:
        access = Access(state.tokens, settings, state.clock)
        metrics.watch(
            "hoi_zalo_oa_token_ok",
            "1 while the platform takes the refresh token; at 0 an operator has to paste a new one.",
            lambda: float(access.healthy()),
        )
        works.append(lambda: official_account(service, state, settings, access, bells[OA]))
    if settings.zalo_bot_token and settings.zalo_bot_secret:
        works.append(lambda: called_bot(service, state, settings, bells[BOT]))
    return works


async def official_account(service: Service, state: State, settings: Settings, access: Access, bell: Bell) -> None:
    channel = OaChannel(OfficialAccount(access, settings))

    def by_the_clock(queued: Callable[[], None]) -> Sequence[Job]:
        return *jobs(channel, service, state, settings, queued, channel.manner), token_job(access)

    try:
        talk = dialogue(service, state, settings, channel.manner)
        await run(channel, bell, talk, state, by_the_clock, called)
    finally:
        channel.close()


async def called_bot(service: Service, state: State, settings: Settings, bell: Bell) -> None:
    async def fetch(bot: ZaloBot) -> None:
        while not await asyncio.to_thread(_set_webhook, bot, settings):
            await asyncio.sleep(_PAUSE)
        await called()

    await _bot(service, state, settings, bell, fetch)


async def polled_bot(service: Service, state: State, settings: Settings) -> None:
    """Raises WrongToken."""
    bell = Bell()

    async def fetch(bot: ZaloBot) -> None:
        await asyncio.to_thread(greet, bot)
        await polled(bot, state, bell)()

    await _bot(service, state, settings, bell, fetch)


async def _bot(
    service: Service, state: State, settings: Settings, bell: Bell, fetch: Callable[[ZaloBot], Awaitable[None]]
) -> None:
    bot = ZaloBot(settings)
    channel = BotChannel(bot)

    def by_the_clock(queued: Callable[[], None]) -> Sequence[Job]:
        return jobs(channel, service, state, settings, queued, channel.manner)

    try:
        talk = dialogue(service, state, settings, channel.manner)
        await run(channel, bell, talk, state, by_the_clock, lambda: fetch(bot))
    finally:
        channel.close()


def greet(bot: ZaloBot) -> None:
    """Raises WrongToken; a platform that cannot be reached now may be later."""
    try:
        _LOG.info("Zalo Bot: this is %s", bot.name())
    except Refused as error:
        if error.code in _UNAUTHORISED:
            raise WrongToken from None
        _LOG.warning("Zalo Bot: %s", error)
    except Unreachable as error:
        _LOG.warning("Zalo Bot: cannot be reached: %s", error)


def _set_webhook(bot: ZaloBot, settings: Settings) -> bool:
    """Whether no other try is needed."""
    url = settings.public_url.rstrip("/")
    if not url.startswith("https://"):
        _LOG.warning("Zalo Bot: HOI_PUBLIC_URL is no https:// address; set the webhook yourself")
        return True
    try:
        bot.set_webhook(f"{url}/webhooks/zalo-bot", settings.zalo_bot_secret)
    except (Refused, Unreachable) as error:
        _LOG.error("Zalo Bot: the webhook is not set, again in %.0f s: %s", _PAUSE, error)
        return False
    return True
