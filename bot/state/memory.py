"""Small things that a channel has to know after a restart, by name."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from .connection import Database
from .tables import kept


class Memory:
    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str) -> Any:
        """What was put last, None for nothing."""
        with self._database.read() as connection:
            value = connection.execute(select(kept.c.value).where(kept.c.name == name)).scalar_one_or_none()
        return None if value is None else json.loads(value)

    def put(self, name: str, value: Any) -> None:
        """`value` is what JSON can hold."""
        text = json.dumps(value, ensure_ascii=False)
        upsert = self._database.insert(kept).values(name=name, value=text)
        with self._database.write() as connection:
            connection.execute(upsert.on_conflict_do_update(index_elements=["name"], set_={"value": text}))
