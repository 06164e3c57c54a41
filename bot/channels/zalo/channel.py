"""Zalo's two platforms as the worker and the sender want a channel. Translates, never decides."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from typing import Any

from bot.channels.channel import Heard, Pace
from bot.channels.chat import plain, sentences
from bot.channels.chat.nouns import Command, Input, Left, Manner, Other, Reply, Text
from bot.channels.zalo import BOT, OA, TEXT_LIMIT, WINDOW
from bot.channels.zalo.api import Unreachable
from bot.channels.zalo.bot import Refused, ZaloBot
from bot.channels.zalo.events import Event, Kind, read_kept
from bot.channels.zalo.oa import OfficialAccount

_REQUESTS = 8  # under way at once; as many as the sender has
_TYPING = 2  # notices under way; with more, an answer is there before the notice
_MENTION = re.compile(r"(?<!\S)@\S+")


class _Threads:
    """The clients block. Threads of their own: a slow platform must not keep those from working that write down what
    arrives."""

    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(_REQUESTS, name)

    async def run(self, work: Callable[..., object], *arguments: object) -> None:
        loop = asyncio.get_running_loop()
        # The note that a message has left (handed.py) hangs on the context.
        await loop.run_in_executor(self._pool, copy_context().run, work, *arguments)

    def close(self) -> None:
        self._pool.shutdown()


class OaChannel:
    name = OA
    pace = Pace(per_second=50, per_chat=0.2)  # 4,000 a minute for an app
    # Choices are numbers, commands are words, answers are short; a file cannot be sent.
    manner = Manner(slash=False, files=False, quotes=1, suggestions=2, reminders=sentences.REMIND_WINDOW, window=WINDOW)

    def __init__(self, client: OfficialAccount) -> None:
        self._client = client
        self._threads = _Threads(OA)

    def heard(self, body: Any) -> Heard | None:
        event = read_kept(body)
        return Heard(_said(event), event.at)

    def bodies(self, reply: Reply, heard: Heard | None) -> Sequence[dict[str, Any]]:
        return _texts(reply)

    def is_group(self, address: str) -> bool:
        return False

    async def noticed(self, heard: Heard) -> None:
        """The platform shows nothing."""

    async def send(self, address: str, body: dict[str, Any]) -> None:
        await self._threads.run(self._client.send, address, body["text"])

    def close(self) -> None:
        self._threads.close()
        self._client.close()


class BotChannel:
    name = BOT
    pace = Pace(per_second=20, per_chat=1.0)  # what the platform takes is not known
    manner = Manner(slash=False, files=False, quotes=1, suggestions=2)

    def __init__(self, client: ZaloBot) -> None:
        self._client = client
        self._threads, self._notices = _Threads(BOT), _Threads(f"{BOT}-typing")
        self._typing: set[asyncio.Task[None]] = set()

    def heard(self, body: Any) -> Heard | None:
        event = read_kept(body)
        return Heard(_said(event), event.at, button=event.chat if event.kind is Kind.TEXT else "")

    def bodies(self, reply: Reply, heard: Heard | None) -> Sequence[dict[str, Any]]:
        return _texts(reply)

    def is_group(self, address: str) -> bool:
        return False  # nothing in an id tells

    async def noticed(self, heard: Heard) -> None:
        """Shows that an answer is being written; the answer does not wait for that."""
        if len(self._typing) < _TYPING:
            task = asyncio.create_task(self._notices.run(self._type, heard.button))
            self._typing.add(task)
            task.add_done_callback(self._typing.discard)

    async def send(self, address: str, body: dict[str, Any]) -> None:
        await self._threads.run(self._client.send, address, body["text"])

    def close(self) -> None:
        self._threads.close()
        self._notices.close()
        self._client.close()

    def _type(self, chat: str) -> None:
        with suppress(Refused, Unreachable):  # the answer will tell
            self._client.typing(chat)


def _texts(reply: Reply) -> list[dict[str, Any]]:
    return [{"text": text} for text in plain.pages(reply, TEXT_LIMIT)]


def _said(event: Event) -> Input:
    match event.kind:
        case Kind.TEXT:
            # In a group our name stands in front of what is asked.
            text = _MENTION.sub(" ", event.text) if event.group else event.text
            return Text(text.strip())
        case Kind.FOLLOW:
            return Command("start")
        case Kind.UNFOLLOW | Kind.WITHDRAW:
            return Left(forget=event.kind is Kind.WITHDRAW)
    return Other(event.text)
