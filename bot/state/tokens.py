"""Access tokens of platforms whose refresh token works once: the new one is kept before anyone uses it."""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import select, update

from .connection import Database
from .records import Token
from .tables import tokens

_LEASE = 60.0  # seconds after which a process that was renewing is taken for dead
_PAUSE = 0.2  # seconds between two looks at what another process is renewing


class Tokens:
    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def get(self, name: str) -> Token | None:
        with self._database.read() as connection:
            row = connection.execute(select(tokens).where(tokens.c.name == name)).one_or_none()
        return Token(row.access, row.refresh, row.expires) if row and row.refresh else None

    def latest(self, start: str) -> str:
        """Of the names that begin so, the one whose token ends last; "" where there is none."""
        mine = select(tokens.c.name).where(tokens.c.name.startswith(start, autoescape=True), tokens.c.refresh != "")
        with self._database.read() as connection:
            return connection.execute(mine.order_by(tokens.c.expires.desc())).scalars().first() or ""

    def renew(self, name: str, stale: Token | None, make: Callable[[Token | None], Token]) -> Token:
        """The token after `stale`, from `make` or from whoever made it first; one process and thread at a time.

        It is committed before it is returned. What `make` raises is raised and changes nothing.
        """
        while not self._lease(name):
            time.sleep(_PAUSE)
        kept = self.get(name)
        try:
            renewed = kept is not None and (stale is None or kept.access != stale.access)
            new = kept if kept is not None and renewed else make(kept)
        except BaseException:
            self._settle(name)
            raise
        self._settle(name, access=new.access, refresh=new.refresh, expires=new.expires)
        return new

    def _lease(self, name: str) -> bool:
        now = self._clock()
        blank = {"name": name, "access": "", "refresh": "", "expires": 0.0, "busy": 0.0}
        free = update(tokens).where(tokens.c.name == name, tokens.c.busy <= now)
        with self._database.write() as connection:
            connection.execute(self._database.insert(tokens).values(**blank).on_conflict_do_nothing())
            return connection.execute(free.values(busy=now + _LEASE)).rowcount > 0

    def _settle(self, name: str, **values: str | float) -> None:
        with self._database.write() as connection:
            connection.execute(update(tokens).where(tokens.c.name == name).values(busy=0.0, **values))
