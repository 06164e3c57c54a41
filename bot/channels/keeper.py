"""Writes what arrives to the state before anyone says "received".

What arrives while one write is under way is written together by the next: fifty at once cost two or three waits for
the disk, not fifty.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

Update = tuple[str, str, dict[str, Any]]  # the platform's own id of it and of its chat; what is to be answered


class Keeper:
    """For one event loop. `receive` blocks until the updates are durable; it runs in a thread."""

    def __init__(self, receive: Callable[[Sequence[Update]], object]) -> None:
        self._receive = receive
        self._waiting: list[Update] = []
        self._next: asyncio.Task[None] | None = None
        self._writing = asyncio.Lock()
        # Of its own: what answers and sends must not keep what arrives waiting for a thread.
        self._thread = ThreadPoolExecutor(1, "keeper")

    async def keep(self, update: Update) -> None:
        """Returns when it is durable. Raises what `receive` raises; then nothing of the same write was kept."""
        self._waiting.append(update)
        if self._next is None:
            self._next = asyncio.create_task(self._write())
        await asyncio.shield(self._next)  # who hangs up stops nobody else's write

    async def _write(self) -> None:
        async with self._writing:
            batch, self._waiting, self._next = self._waiting, [], None
            await asyncio.get_running_loop().run_in_executor(self._thread, self._receive, batch)
