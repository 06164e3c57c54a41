"""Whose turn it is to write, in a database that lets one write at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """One at a time; who is in a hurry goes before all who wait. For the threads of one process."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._taken = False
        self._hurried = 0

    @contextmanager
    def take(self, *, hurried: bool = False) -> Iterator[None]:
        with self._changed:
            self._hurried += hurried
            self._changed.wait_for(lambda: not self._taken and (hurried or not self._hurried))
            self._hurried -= hurried
            self._taken = True
        try:
            yield
        finally:
            with self._changed:
                self._taken = False
                self._changed.notify_all()
