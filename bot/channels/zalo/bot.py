"""The Zalo Bot's API: one object a poll, no acknowledgement; its errors say "ok": false."""

from __future__ import annotations

from typing import Any

from bot.channels.handed import BlockingNotingTransport
from bot.channels.outcome import Gone, Later, NotSent
from bot.channels.zalo.api import Api, Unreachable
from bot.settings import Settings

_POLL = 10  # seconds that the platform may hold an empty poll; who stops waits for it: what it brings is brought once
_NOTHING = 408
_MARGIN = 10.0  # seconds a poll may take longer than it was asked to


class Refused(Exception):
    """The platform says no."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(f"{code} {description}"[:120])
        self.code = code


class ZaloBot:
    """Safe to share between threads; blocks."""

    def __init__(self, settings: Settings) -> None:
        # The token stands in the address: whatever repeats an address would give it away.
        base = f"{settings.zalo_bot_url.rstrip('/')}/bot{settings.zalo_bot_token}"
        self._api = Api(base, transport=BlockingNotingTransport())

    def update(self, seconds: int | None = None) -> dict[str, Any] | None:
        """The next update, None for nothing new within `seconds`. The platform forgets it. Raises Refused,
        Unreachable."""
        seconds = _POLL if seconds is None else seconds
        try:
            # The platform wants the number as a string.
            told = self._call("getUpdates", {"timeout": str(seconds)}, seconds + _MARGIN)
        except Refused as error:
            if error.code == _NOTHING:
                return None
            raise
        return told if isinstance(told, dict) else None

    def send(self, chat: str, text: str) -> None:
        """1 to 2,000 characters. Raises Later, NotSent, Gone."""
        try:
            self._call("sendMessage", {"chat_id": chat, "text": text})
        except Unreachable as error:
            raise Later(str(error), doubtful=error.started) from None
        except Refused as error:
            if error.code == 429 or error.code >= 500:
                raise Later(str(error), 5.0) from None
            if error.code in (401, 404):  # the token is wrong: nobody but an operator can mend it
                raise Later(str(error), 300.0) from None
            raise (Gone if error.code == 403 else NotSent)(str(error)) from None

    def typing(self, chat: str) -> None:
        """Shows that an answer is being written. Raises Refused, Unreachable."""
        self._call("sendChatAction", {"chat_id": chat, "action": "typing"}, 5.0)

    def name(self) -> str:
        """The account's name. Raises Refused, Unreachable."""
        told = self._call("getMe", {})
        return str(told.get("account_name", "")) if isinstance(told, dict) else ""

    def set_webhook(self, url: str, secret: str) -> None:
        """Raises Refused, Unreachable."""
        self._call("setWebhook", {"url": url, "secret_token": secret})

    def delete_webhook(self) -> None:
        """Polling does not work while one is set. Raises Refused, Unreachable."""
        self._call("deleteWebhook", {})

    def close(self) -> None:
        self._api.close()

    def _call(self, method: str, body: dict[str, Any], seconds: float | None = None) -> Any:
        told = self._api.post(f"/{method}", body=body, seconds=seconds)
        if told.get("ok") is True:
            return told.get("result")
        code = told.get("error_code")
        raise Refused(code if isinstance(code, int) else 0, str(told.get("description", "")))
