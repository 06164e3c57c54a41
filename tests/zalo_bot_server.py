"""The Zalo Bot platform in small: one object a poll, gone once it is handed over; a webhook or polling, never both."""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.small_server import Reply, Request

TEXT_LIMIT = 2000


@dataclass
class ZaloBot:
    token: str = "839201:kept-from-logs"
    quiet_status: int = 200  # of a poll with nothing new; which one the real platform uses is not known
    errors: list[tuple[int, str]] = field(default_factory=list)  # told to the next who send, in order
    sent: list[tuple[str, str]] = field(default_factory=list)  # (chat, text) of what was accepted
    actions: list[tuple[str, str]] = field(default_factory=list)
    webhook: dict[str, str] = field(default_factory=dict)
    idle: bool = False  # somebody polls, and everything handed over before has been written down
    slow: float = 0.0  # seconds that each sending takes
    lose_reply: bool = False  # the next sending works, its reply is lost

    def __post_init__(self) -> None:
        self._lock = threading.Condition()
        self._numbers = itertools.count(1)
        self._waiting: deque[dict[str, Any]] = deque()

    def reply(self, request: Request) -> Reply | None:
        _, _, rest = request.path.partition("/bot")
        token, _, method = rest.partition("/")
        if token != self.token:
            return _wrong(401, "Unauthorized")
        try:
            given = json.loads(request.body or b"{}")
        except ValueError:
            return _wrong(400, "Bad Request: not JSON")
        if method == "getUpdates":
            return self._poll(request, given)
        answer = getattr(self, f"_{method}", None)
        return answer(given) if answer else _wrong(404, "Not Found")

    def says(self, user: str, text: str, chat: str = "", event: str = "message.text.received") -> dict[str, Any]:
        """What Zalo would hand over: `result` of a poll, or of a webhook."""
        group = bool(chat)
        message: dict[str, Any] = {
            "from": {"id": user, "display_name": "Nguyễn Văn A", "is_bot": False},
            "chat": {"id": chat or user, "chat_type": "GROUP" if group else "PRIVATE"},
            "message_id": f"z{next(self._numbers)}",
            "date": int(time.time() * 1000),
        }
        if event == "message.text.received":
            message["text"] = text
        return {"event_name": event, "message": message}

    def put(self, *events: dict[str, Any]) -> None:
        with self._lock:
            self._waiting.extend(events)
            self._lock.notify_all()

    def left(self) -> int:
        with self._lock:
            return len(self._waiting)

    def deliver(self, url: str, event: dict[str, Any], *, wrapped: bool = True, secret: str | None = None) -> int:
        """The status with which a webhook was answered, 0 for none."""
        body = {"ok": True, "result": event} if wrapped else event
        headers = {"X-Bot-Api-Secret-Token": self.webhook["secret_token"] if secret is None else secret}
        try:
            return httpx.post(url, json=body, headers=headers, timeout=2.0).status_code
        except httpx.HTTPError:
            return 0

    def _poll(self, request: Request, given: dict[str, Any]) -> Reply:
        if not isinstance(given.get("timeout", "30"), str):
            return _wrong(400, "Bad Request: timeout must be a string")
        if self.webhook:
            return _wrong(409, "Conflict: a webhook is set")
        until = time.monotonic() + float(given.get("timeout", "30"))
        with self._lock:
            self.idle = not self._waiting
            while not self._waiting:
                left = until - time.monotonic()
                if left <= 0:
                    return _wrong(408, "Request timeout", self.quiet_status)
                self._lock.wait(min(left, 0.1))
                if request.gone():
                    return _wrong(499, "nobody listens any more")
            self.idle = False
            return Reply({"ok": True, "result": self._waiting.popleft()})

    def _sendMessage(self, given: dict[str, Any]) -> Reply | None:
        chat, text = given.get("chat_id"), given.get("text")
        with self._lock:
            if self.errors:
                return _wrong(*self.errors.pop(0))
            if set(given) != {"chat_id", "text"} or not isinstance(chat, str) or not isinstance(text, str):
                return _wrong(400, "Bad Request")
            if not text.strip() or len(text) > TEXT_LIMIT:
                return _wrong(400, "Bad Request: text must have 1 to 2000 characters")
            self.sent.append((chat, text))
            number, lost, self.lose_reply = next(self._numbers), self.lose_reply, False
        time.sleep(self.slow)
        if lost:
            return None
        return Reply({"ok": True, "result": {"message_id": f"z{number}", "date": int(time.time() * 1000)}})

    def _sendChatAction(self, given: dict[str, Any]) -> Reply:
        if given.get("action") != "typing" or not isinstance(given.get("chat_id"), str):
            return _wrong(400, "Bad Request")
        with self._lock:
            self.actions.append((given["chat_id"], given["action"]))
        return Reply({"ok": True, "result": True})

    def _getMe(self, _: dict[str, Any]) -> Reply:
        me = {"id": "839201", "account_name": "bot.hoikehoach", "account_type": "BASIC", "can_join_groups": False}
        return Reply({"ok": True, "result": me})

    def _setWebhook(self, given: dict[str, Any]) -> Reply:
        url, secret = str(given.get("url", "")), str(given.get("secret_token", ""))
        if not url.startswith("https://"):
            return _wrong(400, "Bad Request: url must be HTTPS")
        if not 8 <= len(secret) <= 256:
            return _wrong(400, "Bad Request: secret_token must have 8 to 256 characters")
        self.webhook = {"url": url, "secret_token": secret}
        return Reply({"ok": True, "result": {"url": url}})

    def _deleteWebhook(self, _: dict[str, Any]) -> Reply:
        self.webhook = {}
        return Reply({"ok": True, "result": True})

    def _getWebhookInfo(self, _: dict[str, Any]) -> Reply:
        return Reply({"ok": True, "result": {"url": self.webhook.get("url", "")}})


def _wrong(code: int, description: str, status: int = 200) -> Reply:
    return Reply({"ok": False, "error_code": code, "description": description}, status)
