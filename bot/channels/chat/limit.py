"""How often one chat may ask. Who asks too often is told so once, politely, and is heard again a little later."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from bot.channels.channel import Heard
from bot.channels.chat import sentences
from bot.channels.chat.nouns import Reply, say
from bot.channels.limits import Limiter

_PER_MINUTE, _AT_ONCE = 20.0, 20.0  # a busy person asks three; a group speaks with many voices
_TOLD = 10_000  # chats of which it is remembered that they were told


class TooFast:
    """For one thread. Counted by when a message was written: what waited for an answer was not asked too fast."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock, self._now = clock, 0.0
        self._limiter = Limiter(_PER_MINUTE, _AT_ONCE, lambda: self._now)
        self._told: set[str] = set()

    def __call__(self, chat: str, heard: Heard) -> tuple[Reply, ...] | None:
        """None for a chat that may be answered, else what it is told."""
        self._now = min(heard.at or self._clock(), self._clock())
        wait = self._limiter.take(chat)
        if not wait:
            self._told.discard(chat)
            return None
        if chat in self._told:
            return ()
        if len(self._told) >= _TOLD:
            self._told.clear()
        self._told.add(chat)
        return (say(sentences.TOO_FAST.format(seconds=math.ceil(wait))),)
