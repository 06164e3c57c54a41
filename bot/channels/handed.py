"""Which messages have left for the platform, known even after a kill.

Nothing tells a process that was killed in the middle of a request whether the platform got it. What the kernel has been
given it delivers, also for a process that is dead; so one byte-short note after that moment, in a file and without
waiting for the disk, tells the two cases apart: a message with a note was sent, one without a note was not.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import httpx

_SENT = ("http11.send_request_body.complete", "http2.send_request_body.complete")
_handed: ContextVar[Callable[[], None] | None] = ContextVar("handed", default=None)


class Journal:
    """The notes of one channel; for one process at a time. Raises OSError."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)

    @contextmanager
    def sending(self, message_id: int) -> Iterator[None]:
        """A request that goes out inside, through one of our transports, is noted."""
        token = _handed.set(lambda: self._note(message_id))
        try:
            yield
        finally:
            _handed.reset(token)

    def returned(self, message_id: int) -> None:
        """The platform did not take it: it is sent again, and what is noted from now on counts."""
        os.write(self._file, b"-%d\n" % message_id)

    def handed(self) -> set[int]:
        found: set[int] = set()
        for line in os.pread(self._file, os.fstat(self._file).st_size, 0).split():
            if line.isdigit():
                found.add(int(line))
            elif line[:1] == b"-" and line[1:].isdigit():
                found.discard(int(line[1:]))
        return found

    def clear(self) -> None:
        os.ftruncate(self._file, 0)

    def close(self) -> None:
        os.close(self._file)

    def _note(self, message_id: int) -> None:
        os.write(self._file, b"%d\n" % message_id)


class NotingTransport(httpx.AsyncHTTPTransport):
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if note := _handed.get():

            async def trace(event: str, _: Any) -> None:
                if event in _SENT:
                    note()

            request.extensions = {**request.extensions, "trace": trace}
        return await super().handle_async_request(request)


class BlockingNotingTransport(httpx.HTTPTransport):
    """The same for clients that block."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if note := _handed.get():

            def trace(event: str, _: Any) -> None:
                if event in _SENT:
                    note()

            request.extensions = {**request.extensions, "trace": trace}
        return super().handle_request(request)
