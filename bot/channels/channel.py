"""What the worker and the sender need of a platform."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.channels.chat.nouns import Input, Reply


@dataclass(frozen=True, slots=True)
class Heard:
    """One update, as far as it is for us to answer."""

    said: Input
    at: float = 0.0  # seconds since 1970 at which it was written; 0 where the platform does not tell
    answers: str = ""  # the message that a reply answers, where a chat has many speakers
    button: str = ""  # the press of a button that the platform wants confirmed


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a platform lets us send."""

    per_second: float  # to all chats together
    per_chat: float  # seconds between two messages to one chat
    per_group: float = 0.0  # the same for a group; 0: as for any chat


class Channel(Protocol):
    """A platform; says what is right for it, decides nothing."""

    name: str
    pace: Pace

    def heard(self, body: Any) -> Heard | None:
        """What an update says, None for what is not for us. `body` is as it was kept."""

    def bodies(self, reply: Reply, heard: Heard | None) -> Sequence[dict[str, Any]]:
        """The messages of a reply, in order, each of a size the platform takes. `heard`: what it answers."""

    def is_group(self, address: str) -> bool: ...

    async def noticed(self, heard: Heard) -> None:
        """Shows that something was heard; may fail silently, and may happen twice."""

    async def send(self, address: str, body: dict[str, Any]) -> str | None:
        """The platform's own id of the message, where it can be edited: a body with `message` edits that one.

        Raises Later, NotSent, Gone.
        """
