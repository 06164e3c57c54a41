"""The Official Account's access token, which lives 25 hours, made from a refresh token that works once.

The state keeps each new pair before anyone uses it, and lets one process renew at a time. What cannot be helped: where
the platform has changed the token and we never hear the new one (the process or the line dies in between), the chain
is broken. The access token then still serves for hours, because it is renewed long before its end; in that time an
operator has to paste a new refresh token.

A chain is kept under a name made from the refresh token that an operator pasted: a new one in HOI_ZALO_OA_REFRESH_TOKEN
begins a chain of its own, an unchanged one goes on with the chain it began, and none at all goes on with the latest.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

from bot.channels.zalo.api import Api, Unreachable
from bot.settings import Settings
from bot.state.records import Token
from bot.state.tokens import Tokens

_LOG = logging.getLogger(__name__)
_PATH = "/v4/oa/access_token"
_EARLY = 8 * 3600.0  # seconds before its end that a token is renewed: a night in which an operator can mend it
_PAUSE = 60.0  # seconds between two tries
_BUSY = ("-32", "None")  # the rate limit; an answer of no known shape
_LONGEST = 10 * 86_400.0  # seconds; a token that says it lives longer is not believed
_SAID = (
    "Zalo OA refuses the refresh token (error %s): nothing more can be sent once the access token ends, in %.1f h. "
    "Authorise the OA again and set HOI_ZALO_OA_REFRESH_TOKEN to the new refresh token."
)


class NoAccess(Exception):
    """No access token now. `refused`: and none will come before an operator pastes a new refresh token."""

    def __init__(self, reason: str, *, refused: bool) -> None:
        super().__init__(reason)
        self.refused = refused


class Access:
    """Safe to share between threads; blocks while it asks the platform, or waits for another process that does."""

    def __init__(self, tokens: Tokens, settings: Settings, clock: Callable[[], float] = time.time) -> None:
        self._tokens, self._clock = tokens, clock
        self._url = settings.zalo_oauth_url
        self._app_id, self._app_secret = settings.zalo_oa_app_id, settings.zalo_oa_app_secret
        self._first = settings.zalo_oa_refresh_token
        self._refused = ""  # fingerprint of the refresh token that is not tried again
        self._distrusted = ""  # an access token that the platform no longer takes, before its time
        self._not_before = 0.0

    def token(self) -> Token:
        """A token that works, as far as its time tells. Raises NoAccess."""
        kept = self._tokens.get(self._name())
        works = kept is not None and kept.access != self._distrusted
        left = kept.expires - self._clock() if kept and works else 0.0
        if kept and left > _EARLY:
            return kept
        try:
            return self._tokens.renew(self._name(), kept, self._made)
        except NoAccess:
            if kept and left > 0:
                return kept
            raise

    def distrust(self, token: Token) -> None:
        """The platform has refused this one: the next `token` is another."""
        self._distrusted = token.access

    def healthy(self) -> bool:
        """False once the platform has refused the refresh token: an operator is needed."""
        return not self._refused

    def _name(self) -> str:
        # 33 characters, of which nobody learns the token.
        chains = f"zalo-oa:{_print(self._app_id)[:8]}:"
        return chains + _print(self._first)[:16] if self._first else self._tokens.latest(chains) or chains

    def _made(self, kept: Token | None) -> Token:
        refresh = kept.refresh if kept else self._first
        if not refresh:
            self._refused = _print(refresh)
            raise NoAccess("HOI_ZALO_OA_REFRESH_TOKEN is not set", refused=True)
        if _print(refresh) == self._refused:
            raise NoAccess("the refresh token was refused", refused=True)
        if self._clock() < self._not_before:
            raise NoAccess("it was tried a moment ago", refused=False)
        told = self._asked(refresh)
        access, after = told.get("access_token"), told.get("refresh_token")
        if isinstance(access, str) and isinstance(after, str) and access and after:
            self._refused = ""
            # Should the platform refuse this one too, tokens are not made in a circle.
            self._not_before = self._clock() + _PAUSE
            _LOG.info("Zalo OA: a new access token")
            return Token(access, after, self._clock() + _seconds(told.get("expires_in")))
        error = str(told.get("error"))[:20]
        if error in _BUSY:
            raise self._later(f"error {error}")
        self._refused = _print(refresh)
        _LOG.error(_SAID, error, max(kept.expires - self._clock(), 0.0) / 3600 if kept else 0.0)
        raise NoAccess(f"the refresh token was refused ({error})", refused=True)

    def _asked(self, refresh: str) -> dict[str, Any]:
        form = {"refresh_token": refresh, "app_id": self._app_id, "grant_type": "refresh_token"}
        try:
            with closing(Api(self._url)) as api:  # asked once a day
                return api.post(_PATH, form=form, headers={"secret_key": self._app_secret})
        except Unreachable as error:
            raise self._later(str(error)) from None

    def _later(self, reason: str) -> NoAccess:
        self._not_before = self._clock() + _PAUSE
        _LOG.warning("Zalo OA: the access token could not be renewed (%s); trying again", reason)
        return NoAccess(reason, refused=False)


def _seconds(told: Any) -> float:
    """The platform writes the number as a string."""
    try:
        return min(max(float(told), 60.0), _LONGEST)
    except (TypeError, ValueError):
        return 3600.0


def _print(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
