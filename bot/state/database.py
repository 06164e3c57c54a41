"""Opens the state: the engine, its migrations, and what hangs on it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib.resources import as_file, files
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from .chats import Chats
from .connection import Database, open_engine
from .errors import StateError
from .holds import Holds
from .keys import kept_secret
from .memory import Memory
from .queues import Queues
from .reports import Reports
from .spending import Spending
from .tokens import Tokens

_MIGRATING = 4_803_251  # any number, the same in all our processes


class State:
    """Safe to share between threads and processes."""

    def __init__(self, database: Database, secret: bytes, folder: Path, clock: Callable[[], float] = time.time) -> None:
        """`folder` holds small files beside the database."""
        self._database = database
        self.chats = Chats(database, secret, clock)
        self.queues = Queues(database, clock)
        self.reports = Reports(database, clock)
        self.tokens = Tokens(database, clock)
        self.memory = Memory(database)
        self.spending = Spending(database)
        self.holds = Holds(database, folder)
        self.folder = folder
        self.clock = clock

    def together(self) -> AbstractContextManager[None]:
        """One transaction around all that this thread reads and writes inside: all of it happens, or nothing.

        Short work only: others wait for it.
        """
        return self._database.together()

    def ready(self) -> None:
        """Raises StateError when the database does not answer."""
        try:
            with self._database.read() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError as error:
            raise StateError("Không mở được nơi ghi dữ liệu người dùng (HOI_STATE).") from error

    def close(self) -> None:
        self._database.engine.dispose()


def open_state(url: str, secret: str = "", clock: Callable[[], float] = time.time) -> State:
    """The database at a SQLAlchemy URL, brought to the latest schema. `secret` "" keeps one in a file: beside an
    SQLite file, else in ./state. Raises StateError."""
    try:
        database = Database(open_engine(url))
        _migrate(database)
        folder = _beside(url)
        return State(database, secret.encode() or kept_secret(folder / "chat-key"), folder, clock)
    except (SQLAlchemyError, OSError, ImportError) as error:
        # The URL may hold a password; the driver's own words may repeat it.
        raise StateError(f"Không mở được nơi ghi dữ liệu người dùng (HOI_STATE): {type(error).__name__}.") from error


def _beside(url: str) -> Path:
    database = make_url(url).database
    return Path(database).parent if url.startswith("sqlite") and database else Path("state")


def _migrate(database: Database) -> None:
    """One process at a time: two that start together would both make the tables."""
    with as_file(files("bot.state") / "migrations") as folder, database.write() as connection:
        if database.postgres:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
