"""What every request passes first: a limit on its body, headers that keep a page safe, a count. Plain ASGI."""

from __future__ import annotations

import json
import uuid
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from bot.channels import logs
from bot.channels.metrics import Metrics
from bot.channels.problems import Problem, reply

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

BODY_LIMIT = 64 * 1024  # bytes; 2000 characters written as \\uXXXX escapes take 12 kB
_QUERY = 16 * 1024  # bytes of an address that are looked at
# Uploads are larger: their route checks the token first, then reads under a limit of its own.
# Chat programs send the whole conversation each time.
LARGER = {"/v1/chat/completions": 1024 * 1024}
STREAMED = frozenset({("POST", "/api/v1/intake")})
# Plans and questions are written by strangers: only our own script file runs, nothing is loaded from elsewhere, and
# no text can be made into HTML by script (trusted types).
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'; "
)
_FIXED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


def headers(scope: Scope, embed_origins: str) -> dict[str, str]:
    """What goes with every reply. Only the page that is made for it may stand in another site's frame."""
    query = scope["query_string"][:_QUERY].decode("latin-1")
    embed = scope["path"] == "/" and parse_qs(query).get("embed", [])[-1:] == ["1"]
    told = _FIXED | {"x-request-id": logs.REQUEST.get()}
    if not embed or embed_origins == "none":
        return told | {"content-security-policy": f"{_POLICY}frame-ancestors 'none'", "x-frame-options": "DENY"}
    return told | {"content-security-policy": f"{_POLICY}frame-ancestors {embed_origins}"}


class Guard:
    def __init__(self, app: App, metrics: Metrics, embed_origins: str) -> None:
        self._app = app
        self._metrics = metrics
        self._embed_origins = embed_origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        logs.REQUEST.set(uuid.uuid4().hex[:12])  # for as long as this request's task lasts
        always = [(k.encode(), v.encode()) for k, v in headers(scope, self._embed_origins).items()]

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *always]
                self._metrics.count_request(scope["method"], message["status"])
            await send(message)

        if (scope["method"], scope["path"]) in STREAMED:
            await self._app(scope, receive, send_guarded)
            return
        body = await _read(scope, receive)
        if body is None:
            await _refuse(scope["path"], send_guarded)
        else:
            await self._app(scope, _replay(body, receive), send_guarded)


async def _read(scope: Scope, receive: Receive) -> bytes | None:
    """The whole body, None where it is larger than the limit, whatever its header says."""
    limit = LARGER.get(scope["path"], BODY_LIMIT)
    declared = dict(scope["headers"]).get(b"content-length", b"0")
    if not declared.isdigit() or int(declared[:12]) > limit:
        return None
    body = bytearray()
    while len(body) <= limit:
        message = await receive()
        if message["type"] == "http.disconnect":
            return bytes(body)
        body += message.get("body", b"")
        if not message.get("more_body", False):
            return bytes(body) if len(body) <= limit else None
    return None


def _replay(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def again() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _refuse(path: str, send: Send) -> None:
    status, document, kind = reply(path, Problem(413))
    body = json.dumps(document, ensure_ascii=False).encode()
    own = [
        (b"content-type", kind.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": own})
    await send({"type": "http.response.body", "body": body})
