"""Polling: one object at a time, each written down before the next is fetched."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.channels.keeper import Update
from bot.channels.zalo import poll as polling
from bot.channels.zalo.bot import ZaloBot
from bot.channels.zalo.poll import poll
from bot.settings import Settings
from tests import zalo_bot_server
from tests.small_server import running


@pytest.fixture
def platform() -> zalo_bot_server.ZaloBot:
    return zalo_bot_server.ZaloBot(quiet_status=408)


@pytest.fixture
def bot(platform: zalo_bot_server.ZaloBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[ZaloBot]:
    monkeypatch.setattr("bot.channels.zalo.bot._POLL", 1)
    with (
        running(platform) as url,
        closing(ZaloBot(Settings(zalo_bot_token=platform.token, zalo_bot_url=url))) as bot,
    ):
        yield bot


def fetched(bot: ZaloBot, count: int, broken: int = 0) -> list[str]:
    """The texts kept until there are `count`; the first `broken` writes fail."""
    kept: list[str] = []

    async def run() -> None:
        stop = asyncio.Event()
        fails = broken

        async def keep(update: Update) -> None:
            nonlocal fails
            if fails:
                fails -= 1
                raise OSError("disk full")
            kept.append(update[2]["text"])
            if len(kept) == count:
                stop.set()

        await asyncio.wait_for(poll(bot, keep, stop), 20)

    asyncio.run(run())
    return kept


def test_what_waits_is_fetched_in_order(bot: ZaloBot, platform: zalo_bot_server.ZaloBot) -> None:
    platform.put(*(platform.says("u1", f"câu {n}") for n in range(20)))
    assert fetched(bot, 20) == [f"câu {n}" for n in range(20)]


def test_a_webhook_that_is_set_is_taken_down(bot: ZaloBot, platform: zalo_bot_server.ZaloBot) -> None:
    platform.webhook = {"url": "https://old.example", "secret_token": "x" * 8}
    platform.put(platform.says("u1", "một"))
    assert fetched(bot, 1) == ["một"]
    assert platform.webhook == {}


def test_an_object_is_not_lost_where_the_state_cannot_be_written(
    bot: ZaloBot, platform: zalo_bot_server.ZaloBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "_LONGEST", 0.01)
    platform.put(platform.says("u1", "một"), platform.says("u1", "hai"))
    assert fetched(bot, 2, broken=2) == ["một", "hai"]


def test_what_is_not_for_us_is_passed_over(bot: ZaloBot, platform: zalo_bot_server.ZaloBot) -> None:
    platform.put({"event_name": "nonsense"}, {}, platform.says("u1", "một"))
    assert fetched(bot, 1) == ["một"]
