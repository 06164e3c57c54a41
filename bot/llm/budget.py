"""Tokens and money a day. Counted from the start of the process; each process counts its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """0 is no limit. Money in đồng, prices in đồng for a million tokens."""

    tokens: int = 0
    money: int = 0
    price_in: int = 0
    price_out: int = 0


class Budget:
    """Safe to share between threads. What a question may cost at most is set aside before it is asked."""

    def __init__(self, limits: Limits, today: Callable[[], date]) -> None:
        self._limits = limits
        self._today = today
        self._lock = threading.Lock()
        self._day = today()
        self._tokens = 0
        self._money = 0.0

    def reserve(self, tokens_in: int, tokens_out: int) -> bool:
        """Sets the cost aside; False where it would exceed what is left of today."""
        with self._lock:
            if self._day != self._today():
                self._day, self._tokens, self._money = self._today(), 0, 0.0
            tokens, money = self._tokens + tokens_in + tokens_out, self._money + self._cost(tokens_in, tokens_out)
            over = (self._limits.tokens and tokens > self._limits.tokens) or (
                self._limits.money and money > self._limits.money
            )
            if not over:
                self._tokens, self._money = tokens, money
            return not over

    def settle(self, reserved: tuple[int, int], used: tuple[int, int]) -> None:
        """Puts what was really used, (tokens in, tokens out), in the place of what was set aside."""
        with self._lock:
            self._tokens = max(0, self._tokens + sum(used) - sum(reserved))
            self._money = max(0.0, self._money + self._cost(*used) - self._cost(*reserved))

    def spent(self) -> tuple[int, float]:
        """(tokens, đồng) of today."""
        with self._lock:
            return (self._tokens, self._money) if self._day == self._today() else (0, 0.0)

    def _cost(self, tokens_in: int, tokens_out: int) -> float:
        return (tokens_in * self._limits.price_in + tokens_out * self._limits.price_out) / _MILLION
