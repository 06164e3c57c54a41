"""One request to a platform, with limits on what a broken or hostile server can do to us."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Mapping
from typing import Any

import httpx

_LIMIT = 64 * 1024  # bytes of a reply; the longest we know of holds one message
_CONNECT = 5.0  # seconds


class Unreachable(Exception):
    """No reply that can be read. `started`: the platform may have done what it was asked. Names no address: the Zalo
    Bot's holds its token."""

    def __init__(self, reason: str, *, started: bool) -> None:
        super().__init__(reason)
        self.started = started


class Api:
    """Safe to share between threads."""

    def __init__(self, base: str, seconds: float = 15.0, transport: httpx.BaseTransport | None = None) -> None:
        """`seconds`: how long a whole request may take."""
        # Its line for each request repeats the address.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        self._base, self._seconds = base.rstrip("/"), seconds
        # Unpacked replies only: one packed small could be of any size.
        headers = {"accept-encoding": "identity"}
        self._client = httpx.Client(follow_redirects=False, headers=headers, transport=transport)

    def post(
        self,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        seconds: float | None = None,
    ) -> dict[str, Any]:
        """The reply's JSON object; below 500 whatever the HTTP status it came with. Raises Unreachable."""
        until = time.monotonic() + (seconds or self._seconds)
        timeout = httpx.Timeout(seconds or self._seconds, connect=_CONNECT)
        try:
            request = self._client.build_request(
                "POST", self._base + path, json=body, data=form, headers=headers, timeout=timeout
            )
            reply = self._client.send(request, stream=True)
            try:
                content = _read(reply, until)
            finally:
                reply.close()
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise Unreachable(type(error).__name__, started=False) from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError) as error:
            raise Unreachable(type(error).__name__, started=True) from None
        if reply.status_code >= 500:  # a gateway, in place of a platform that is out of order
            raise Unreachable(f"HTTP {reply.status_code}", started=False)
        try:
            told = json.loads(content)
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict):
            raise Unreachable(f"HTTP {reply.status_code} without JSON", started=True)
        return told

    def close(self) -> None:
        self._client.close()


def _read(reply: httpx.Response, until: float) -> bytes:
    content = bytearray()
    for chunk in reply.iter_raw():
        content += chunk
        if len(content) > _LIMIT:
            raise httpx.ReadError("too long")
        if time.monotonic() > until:
            raise httpx.ReadTimeout("too slow")
    return bytes(content)
