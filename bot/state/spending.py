"""What a language model costs a day, counted together by all processes; a restart forgets nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import SQLAlchemyError

from .connection import Database
from .errors import StateError
from .tables import spent


class Spending:
    """Money in đồng. Every method raises StateError where the database does not answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, day: date, tokens: int, money: float, most_tokens: int = 0, most_money: float = 0) -> bool:
        """Adds to the day's sum, unless that would then exceed a limit; 0 is no limit. One step: two that take at the
        same time cannot both have what is left for one."""
        fits = [spent.c.day == day.isoformat()]
        fits += [spent.c.tokens + tokens <= most_tokens] if most_tokens else []
        fits += [spent.c.money + money <= most_money] if most_money else []
        with self._writing() as connection:
            first = self._database.insert(spent).values(day=day.isoformat(), tokens=0, money=0.0)
            connection.execute(first.on_conflict_do_nothing())
            added = update(spent).where(*fits).values(tokens=spent.c.tokens + tokens, money=spent.c.money + money)
            return connection.execute(added).rowcount > 0

    def correct(self, day: date, tokens: int, money: float) -> None:
        """Adds the difference between what was taken and what was used; it may be negative."""
        changed = update(spent).where(spent.c.day == day.isoformat())
        with self._writing() as connection:
            connection.execute(changed.values(tokens=spent.c.tokens + tokens, money=spent.c.money + money))

    def of(self, day: date) -> tuple[int, float]:
        """(tokens, đồng)"""
        wanted = select(spent.c.tokens, spent.c.money).where(spent.c.day == day.isoformat())
        try:
            with self._database.read() as connection:
                row = connection.execute(wanted).one_or_none()
        except SQLAlchemyError as error:
            raise StateError(_SILENT) from error
        return (row.tokens, row.money) if row else (0, 0.0)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._database.write() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StateError(_SILENT) from error


_SILENT = "Không đọc, ghi được nơi ghi dữ liệu người dùng (HOI_STATE)."
