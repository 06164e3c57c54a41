"""One way to read and one to write, the same for SQLite and PostgreSQL."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import make_url

from .turns import Turns

_PATIENCE = 30.0  # seconds to wait for a database that another process has locked


class Database:
    """Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reader = engine.execution_options(reads=True)
        self.postgres = engine.dialect.name == "postgresql"
        self._joined: ContextVar[Connection | None] = ContextVar("joined", default=None)
        # SQLite lets one write at a time, and who waits for its lock sleeps in steps of up to 100 ms.
        self._turns = None if self.postgres else Turns()

    def read(self) -> AbstractContextManager[Connection]:
        joined = self._joined.get()
        return self._reader.connect() if joined is None else nullcontext(joined)

    def write(self, *, hurried: bool = False) -> AbstractContextManager[Connection]:
        """A transaction: committed at the end, undone by what is raised; a part of the one around it, if any.

        `hurried`: somebody waits for its end, and it goes before those for which nobody does.
        """
        joined = self._joined.get()
        return self._begin(hurried) if joined is None else nullcontext(joined)

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that is read and written inside, by this thread, is one transaction."""
        with self._begin(hurried=False) as connection:
            token = self._joined.set(connection)
            try:
                yield
            finally:
                self._joined.reset(token)

    @contextmanager
    def _begin(self, hurried: bool) -> Iterator[Connection]:
        with self._turns.take(hurried=hurried) if self._turns else nullcontext(), self.engine.begin() as connection:
            yield connection

    def add_once(self, connection: Connection, table: Table, **values: Any) -> bool:
        """Inserts a row unless one with its unique values is there; whether it did."""
        added = self.insert(table).values(**values).on_conflict_do_nothing().returning(table.c.id)
        return connection.execute(added).first() is not None

    def insert(self, table: Table) -> PostgresInsert | SqliteInsert:
        """An insert that may say what happens to a row that is there already."""
        return postgres_insert(table) if self.postgres else sqlite_insert(table)


def open_engine(url: str) -> Engine:
    """Raises SQLAlchemy's errors, OSError, ImportError where a driver is missing."""
    parsed = make_url(url)
    if parsed.drivername in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": _PATIENCE})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions begin where we say
        cursor = connection.cursor()
        # Readers do not wait for the one who writes; a killed process loses nothing that was committed.
        _turn_to_wal(cursor)
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # Who means to write takes the lock at once and waits for it; a reader that turns writer would fail instead.
        reads = connection.get_execution_options().get("reads")
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _turn_to_wal(cursor: sqlite3.Cursor) -> None:
    """Two that open a new file at the same time may find it locked, and here SQLite does not wait by itself."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return
