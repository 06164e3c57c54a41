"""How often one asker may ask, be it a network address or a chat. Pure; nothing here knows HTTP."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from threading import Lock

_ASKERS = 10_000  # remembered at once, 100 bytes each; the one that asked longest ago is forgotten first


class TooMany(Exception):
    """This asker has to wait `seconds`, a whole number from 1."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Limiter:
    """A token bucket for each asker: `burst` at once, `per_minute` in the long run. Safe to use from many threads.

    Of an asker only one moment is kept: when its bucket will be full again. `clock` tells seconds, of any origin.
    """

    def __init__(
        self,
        per_minute: float,
        burst: float,
        clock: Callable[[], float] = time.monotonic,
        askers: int = _ASKERS,
    ) -> None:
        self._interval = 60.0 / per_minute  # seconds in which one token comes back
        self._burst = burst
        self._clock = clock
        self._askers = askers
        self._full: OrderedDict[str, float] = OrderedDict()
        self._lock = Lock()

    def take(self, asker: str, tokens: int = 1) -> float:
        """Takes the tokens and returns 0.0; where they are not there takes none and returns the seconds to wait.

        More than a full bucket holds is never asked for.
        """
        with self._lock:
            now = self._clock()
            full = max(self._full.get(asker, now), now) + min(tokens, self._burst) * self._interval
            wait = full - now - self._burst * self._interval
            # Rounding must not refuse the last token of a full bucket.
            if wait > 1e-9:
                return wait
            self._full[asker] = full
            self._full.move_to_end(asker)
            while len(self._full) > self._askers:
                self._full.popitem(last=False)
            return 0.0


class Gate:
    """Admits questions of network addresses: as many at once as in a minute, so that a meeting can ask together.

    This machine itself is not counted: nobody is kept from the rest by asking, and where an unnamed proxy runs on it,
    everybody would share one bucket.
    """

    def __init__(self, per_minute: int, proxies: int, clock: Callable[[], float] = time.monotonic) -> None:
        """`per_minute`: 0 admits everything. `proxies`: how many in front are trusted to name the address."""
        self._limiter = Limiter(per_minute, per_minute, clock) if per_minute else None
        self._proxies = proxies

    def admit(self, peer: str, forwarded: str, questions: int = 1) -> None:
        """`peer` and `forwarded` as in `address`. Raises TooMany."""
        asker = address(peer, forwarded, self._proxies)
        if self._limiter is None or is_local(asker):
            return
        if wait := self._limiter.take(asker, questions):
            raise TooMany(math.ceil(wait))


def address(peer: str, forwarded: str, proxies: int) -> str:
    """The address that asks. `peer`: who is connected; `forwarded`: the whole X-Forwarded-For, "" for none.

    Each proxy adds whom it saw at the end, and whatever stands before is the asker's own invention: with `proxies`
    trusted ones the address is that many from the end. Where it is not there, or is none, the peer counts. Of IPv6 a
    subscriber has at least a /64, so that is what is counted.
    """
    seen = forwarded.split(",")
    found = _plain(seen[-proxies]) if 0 < proxies <= len(seen) else ""
    return found or _plain(peer) or peer


def is_local(peer_address: str) -> bool:
    """Whether it is this machine itself."""
    return peer_address == "::/64" or peer_address.startswith("127.")


def _plain(text: str) -> str:
    """An address without its port, "" where it is none; of IPv6 the /64."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return f"{IPv6Address(int(found) >> 64 << 64)}/64"
    return str(found)
