"""Answers that are still being written, as chats see them grow. In memory alone: an edit that is lost costs nothing,
since the whole answer comes through the queue. For one event loop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


class Drafts:
    """One draft a chat: a message that was sent ahead of the answer and is edited until the answer takes its place.

    `key` names it; nothing is shown in the message of another.
    """

    def __init__(self) -> None:
        self._placed: dict[str, tuple[str, str]] = {}  # address → key, the platform's id of the message
        self._shown: dict[str, tuple[str, dict[str, Any]]] = {}  # address → key, what it should say by now

    def place(self, address: str, key: str, message: str) -> None:
        self._placed[address] = key, message

    def show(self, address: str, key: str, body: dict[str, Any]) -> None:
        """Only the latest is of use: what waited for its turn is replaced."""
        self._shown[address] = key, body

    def end(self, address: str) -> None:
        """The answer takes over."""
        self._placed.pop(address, None)
        self._shown.pop(address, None)

    def due(self) -> Iterator[str]:
        """Chats in which something is to be edited."""
        return (a for a, (key, _) in self._shown.items() if self._placed.get(a, ("", ""))[0] == key)

    def take(self, address: str) -> tuple[str, dict[str, Any]]:
        """The draft's key and what its message is to be edited to."""
        key, body = self._shown.pop(address)
        return key, {**body, "message": self._placed[address][1]}

    def give_back(self, address: str, key: str, body: dict[str, Any]) -> None:
        """It could not be edited now; unless something newer waits or the draft has ended."""
        if self._placed.get(address, ("", ""))[0] == key:
            self._shown.setdefault(address, (key, body))
