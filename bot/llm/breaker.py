"""A model that failed is left alone until it answers again, so that a dead one costs one question its time, not all."""

from __future__ import annotations

import threading
from collections.abc import Callable

FIRST, LONGEST = 5.0, 300.0  # seconds between attempts to reach it again; doubled each time


class Breaker:
    """Safe to share between threads.

    Nobody who asks waits for an attempt: it is made aside, by whoever is told to by `due`.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._wait = 0.0  # 0: it works
        self._until = 0.0
        self._open = False
        self._trying = False

    def allows(self) -> bool:
        with self._lock:
            return not self._open

    def due(self) -> bool:
        """True once after each wait: the caller has to try the model and tell the outcome."""
        with self._lock:
            if not self._open or self._trying or self._clock() < self._until:
                return False
            self._trying = True
            return True

    def failed(self) -> None:
        with self._lock:
            self._trying = False
            self._open = True
            self._wait = min(LONGEST, self._wait * 2 or FIRST)
            self._until = self._clock() + self._wait

    def reached(self) -> None:
        """It answered an attempt. Should the next question fail all the same, the wait goes on growing."""
        with self._lock:
            self._trying = self._open = False

    def worked(self) -> None:
        with self._lock:
            self._trying = self._open = False
            self._wait = 0.0
