"""Zalo's Official Account platform in small: takes messages, hands out tokens, delivers webhooks as the real one does.

Checks what the real one checks; its clock can be moved. Of the errors' numbers those of `access_token` are invented:
all that is known of them is that they are not 0.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import httpx

from tests.small_server import Reply, Request

SEND, REFRESH = "/v3.0/oa/message/cs", "/v4/oa/access_token"
TEXT_LIMIT = 2000
WINDOW = 48 * 3600.0
ACCESS_LIFE, REFRESH_LIFE = 25 * 3600.0, 90 * 86_400.0
PATIENCE = 2.0  # seconds in which a webhook has to be answered


@dataclass
class ZaloOA:
    app_id: str = "4418902736518273645"
    oa_id: str = "579745863508352884"
    secret_key: str = "the OA's secret key"
    app_secret: str = "the app's secret"
    per_minute: int = 4000
    retry_after: Sequence[float] = (0.1, 0.2, 0.4, 0.8, 1.6)  # the real one waits 30 s, 5, 15, 30 and 60 min
    shift: float = 0.0  # seconds by which the clock here is ahead
    sent: list[tuple[str, str]] = field(default_factory=list)  # (user, text) of what was accepted
    refused: list[tuple[str, int]] = field(default_factory=list)  # (user, error)
    spoke: dict[str, float] = field(default_factory=dict)  # user -> last word
    strangers: set[str] = field(default_factory=set)  # who do not follow
    errors: list[int] = field(default_factory=list)  # told to the next who send, in order
    refreshed: int = 0
    lose_refresh: bool = False  # the next refresh works, its reply is lost
    broken_refresh: int = 0  # so many refreshes meet a server that is out of order
    slow: float = 0.0  # seconds that each sending takes

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._access: dict[str, float] = {}  # token -> until
        self._refresh: dict[str, float] = {}
        self._sendings: list[float] = []

    def now(self) -> float:
        return time.time() + self.shift

    def grant(self) -> str:
        """A first refresh token, as an operator gets one by hand."""
        with self._lock:
            return self._new_refresh()

    def expire_access(self) -> None:
        """Zalo takes every access token back before its time."""
        with self._lock:
            self._access.clear()

    def reply(self, request: Request) -> Reply | None:
        if request.path == SEND:
            return self._send(request)
        if request.path == REFRESH:
            return self._refreshed(request)
        return Reply({"error": -1, "message": "no such address"}, 404)

    def _send(self, request: Request) -> Reply:
        with self._lock:
            user, text, error = self._judge(request)
            if not error:
                self.sent.append((user, text))
                number = next(self._numbers)
            elif user:
                self.refused.append((user, error))
        time.sleep(self.slow)
        if error:
            return Reply({"error": error, "message": f"refused: {error}"})  # HTTP 200, like the real one
        data = {"message_id": f"m{number}", "user_id": user, "sent_time": str(int(self.now() * 1000)), "quota": {}}
        return Reply({"data": data, "error": 0, "message": "Success"})

    def _judge(self, request: Request) -> tuple[str, str, int]:
        """(user, text, error); the error is 0 where the message is taken."""
        token, now = request.headers.get("access_token", ""), self.now()
        if token not in self._access:
            return "", "", -216
        if self._access[token] < now:
            return "", "", -220
        try:
            body = json.loads(request.body)
            user, text = body["recipient"]["user_id"], body["message"]["text"]
            right = set(body) == {"recipient", "message"} and isinstance(user, str) and isinstance(text, str)
        except (ValueError, KeyError, TypeError):
            return "", "", -201
        if not right or "application/json" not in request.headers.get("content-type", ""):
            return "", "", -201
        self._sendings = [at for at in self._sendings if at > now - 60]
        if len(self._sendings) >= self.per_minute:
            return user, text, -32
        self._sendings.append(now)
        if self.errors:
            return user, text, self.errors.pop(0)
        if not text.strip() or len(text) > TEXT_LIMIT:
            return user, text, -201
        if user in self.strangers:
            return user, text, -213
        if now - self.spoke.get(user, 0.0) > WINDOW:
            return user, text, -230
        return user, text, 0

    def _refreshed(self, request: Request) -> Reply | None:
        with self._lock:
            if self.broken_refresh:
                self.broken_refresh -= 1
                return Reply({"message": "out of order"}, 502)
            form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
            given = form.get("refresh_token", "")
            if not (
                request.headers.get("secret_key") == self.app_secret
                and request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
                and set(form) == {"refresh_token", "app_id", "grant_type"}
                and form["app_id"] == self.app_id
                and form["grant_type"] == "refresh_token"
            ):
                return Reply({"error": -14002, "error_name": "Invalid request"})
            if self._refresh.pop(given, 0.0) < self.now():  # it works once
                return Reply({"error": -14014, "error_name": "Invalid refresh token"})
            self.refreshed += 1
            access = f"access {next(self._numbers)}"
            self._access[access] = self.now() + ACCESS_LIFE
            pair = {"access_token": access, "refresh_token": self._new_refresh(), "expires_in": "90000"}
            if self.lose_refresh:
                self.lose_refresh = False
                return None
            return Reply(pair)

    def _new_refresh(self) -> str:
        token = f"refresh {next(self._numbers)}"
        self._refresh[token] = self.now() + REFRESH_LIFE
        return token

    # What Zalo sends us.

    def event(self, name: str, user: str, **message: Any) -> dict[str, Any]:
        """The body of a webhook; the user has just acted."""
        self.spoke[user] = self.now()
        told: dict[str, Any] = {"app_id": self.app_id, "event_name": name, "timestamp": str(int(self.now() * 1000))}
        if name in ("follow", "unfollow"):
            return told | {"oa_id": self.oa_id, "follower": {"id": user}}
        told |= {"user_id_by_app": f"app-{user}", "sender": {"id": user}, "recipient": {"id": self.oa_id}}
        return told | ({"message": message} if message else {})

    def says(self, user: str, text: str, number: int | None = None) -> dict[str, Any]:
        return self.event("user_send_text", user, text=text, msg_id=f"in{number or next(self._numbers)}")

    def signed(self, event: dict[str, Any], start: str = "") -> tuple[bytes, dict[str, str]]:
        """Body and headers; `start` stands in place of the app's id."""
        body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
        whole = (start or self.app_id).encode() + body + event["timestamp"].encode() + self.secret_key.encode()
        mac = hashlib.sha256(whole).hexdigest()
        return body, {"content-type": "application/json", "x-zevent-signature": f"mac={mac}"}

    def deliver(self, url: str, event: dict[str, Any]) -> list[int]:
        """Delivers one event until it is answered 200 in time or the retries are used up. The statuses met; 0: none."""
        body, headers = self.signed(event)
        met = []
        for number, pause in enumerate((*self.retry_after, None)):
            if number:
                headers["num_retry"] = str(number)
            try:
                met.append(httpx.post(url, content=body, headers=headers, timeout=PATIENCE).status_code)
            except httpx.HTTPError:
                met.append(0)
            if met[-1] == 200 or pause is None:
                return met
            time.sleep(pause)
        return met
