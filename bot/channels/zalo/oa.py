"""Sends text as the Official Account. Its errors come with HTTP 200 and a number."""

from __future__ import annotations

import logging
from typing import Any

from bot.channels.handed import BlockingNotingTransport
from bot.channels.outcome import Gone, Later, NotSent
from bot.channels.zalo.access import Access, NoAccess
from bot.channels.zalo.api import Api, Unreachable
from bot.settings import Settings

_LOG = logging.getLogger(__name__)
_PATH = "/v3.0/oa/message/cs"
_ENDED = (-216, -220, -124)  # the token is wrong, has ended, was taken back
_RATE, _STRANGER = -32, -213
_OPERATOR = {  # nobody but an operator can mend these; messages wait for it
    -209: "the app is not active",
    -223: "the OA has not authorised the app",
    -224: "the OA's tier does not allow it",
    -240: "this version of the API is shut",
    -242: "the platform wants an appsecret_proof",
}
_REASONS = {
    -201: "wrong parameter",
    -211: "quota used up",
    -218: "quota used up",
    -230: "outside the window",
    -232: "outside the window",
    -234: "not at night",
}


class OfficialAccount:
    """Safe to share between threads; blocks."""

    def __init__(self, access: Access, settings: Settings) -> None:
        self._access = access
        self._api = Api(settings.zalo_oa_url, transport=BlockingNotingTransport())

    def send(self, user: str, text: str) -> None:
        """1 to 2,000 characters. Raises Later, NotSent, Gone."""
        try:
            token = self._access.token()
        except NoAccess as reason:
            raise Later(f"no access token: {reason}", 300.0 if reason.refused else 60.0) from None
        error = self._post(token.access, user, text)
        if error == 0:
            return
        if error == _RATE:
            raise Later("rate limit", 5.0)
        if error in _ENDED:
            # Not here and now: that may take a minute, and a process killed meanwhile would take the message for sent.
            self._access.distrust(token)
            raise Later(f"the access token was refused ({error})")
        if error in _OPERATOR:
            _LOG.error("Zalo OA: %s (error %s)", _OPERATOR[error], error)
            raise Later(f"{_OPERATOR[error]} ({error})", 120.0)
        if error == _STRANGER:
            raise Gone(f"the user does not follow the OA ({error})")
        raise NotSent(f"{_REASONS.get(error, 'refused')} ({error})")

    def close(self) -> None:
        self._api.close()

    def _post(self, access: str, user: str, text: str) -> int:
        """The platform's error, 0 for none."""
        body = {"recipient": {"user_id": user}, "message": {"text": text}}
        try:
            told = self._api.post(_PATH, body=body, headers={"access_token": access})
        except Unreachable as error:
            raise Later(str(error), doubtful=error.started) from None
        return _error(told.get("error"))


def _error(told: Any) -> int:
    """-1 for what is no number: then it was no success."""
    try:
        return int(told)
    except (TypeError, ValueError, OverflowError):
        return -1
