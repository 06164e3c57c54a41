"""Work that one process at a time may do. A hold ends with its process, however that ends."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from .connection import Database


class Holds:
    def __init__(self, database: Database, folder: Path) -> None:
        self._database, self._folder = database, folder

    def take(self, name: str) -> Callable[[], None] | None:
        """What gives the hold back; None where another process has it. Raises OSError and SQLAlchemy's errors."""
        return self._of_server(name) if self._database.postgres else self._of_file(name)

    def _of_file(self, name: str) -> Callable[[], None] | None:
        self._folder.mkdir(parents=True, exist_ok=True)
        file = os.open(self._folder / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        with contextlib.suppress(ImportError):  # Windows has none, and an office PC runs one process
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(file)
                return None
        return lambda: os.close(file)

    def _of_server(self, name: str) -> Callable[[], None] | None:
        """A lock of a session: the server takes it back when the connection ends."""
        key = int.from_bytes(hashlib.sha256(f"hoi {name}".encode()).digest()[:8], signed=True)
        connection = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": key}).scalar_one():

            def give_back() -> None:
                connection.invalidate()  # the pool would keep the session, and with it the lock
                connection.close()

            return give_back
        connection.close()
        return None
