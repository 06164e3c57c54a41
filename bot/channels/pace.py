"""When the next message may be sent. Pure, but for the clock that is handed in."""

from __future__ import annotations

from collections.abc import Callable

from bot.channels.channel import Pace

_MANY = 2000  # chats remembered before those that may be sent to anyway are forgotten


class Pacer:
    """`clock` tells seconds, of any origin."""

    def __init__(self, pace: Pace, is_group: Callable[[str], bool], clock: Callable[[], float]) -> None:
        self._pace, self._is_group, self._clock = pace, is_group, clock
        self._free = 0.0  # when the platform as a whole takes the next message
        self._chats: dict[str, float] = {}

    def wait(self, address: str) -> float:
        """Seconds until this chat may be sent to; 0.0 for now."""
        return max(0.0, self._free - self._clock(), self._chats.get(address, 0.0) - self._clock())

    def sent(self, address: str) -> None:
        now, pace = self._clock(), self._pace
        self._free = max(self._free, now) + 1 / pace.per_second
        per_group = pace.per_group if self._is_group(address) else 0.0
        self._chats[address] = now + max(pace.per_chat, per_group)
        if len(self._chats) > _MANY:
            self._chats = {chat: free for chat, free in self._chats.items() if free > now}

    def hold(self, seconds: float) -> None:
        """The platform wants nothing for so long."""
        self._free = max(self._free, self._clock() + seconds)
