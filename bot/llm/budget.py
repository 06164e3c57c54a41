"""Tokens and money a day, shared by all processes that have the same state."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

LOG = logging.getLogger("hoi.llm")
_MILLION = 1_000_000


class Ledger(Protocol):
    """Where the sums of each day are kept; raises RuntimeError where it cannot be read or written."""

    def take(self, day: date, tokens: int, money: float, most_tokens: int = 0, most_money: float = 0) -> bool: ...

    def correct(self, day: date, tokens: int, money: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """0 is no limit. Money in đồng, prices in đồng for a million tokens."""

    tokens: int = 0
    money: int = 0
    price_in: int = 0
    price_out: int = 0

    def __bool__(self) -> bool:
        return bool(self.tokens or self.money)

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        return (tokens_in * self.price_in + tokens_out * self.price_out) / _MILLION


@dataclass(frozen=True, slots=True)
class Reserved:
    """What one question may cost at most; it belongs to the day on which it was set aside."""

    day: date
    tokens_in: int
    tokens_out: int


class Budget:
    """Safe to share between threads and processes. What a question may cost at most is set aside before it is asked:
    who dies in between has spent it."""

    def __init__(self, limits: Limits, today: Callable[[], date], ledger: Ledger | None) -> None:
        """Without a ledger nothing is counted and all is allowed."""
        self._limits, self._today, self._ledger = limits, today, ledger

    def reserve(self, tokens_in: int, tokens_out: int) -> Reserved | None:
        """None where it would exceed what is left of today, or where nobody can say what is left."""
        reserved, most = Reserved(self._today(), tokens_in, tokens_out), self._limits
        if self._ledger is None:
            return reserved
        cost = most.cost(tokens_in, tokens_out)
        try:
            taken = self._ledger.take(reserved.day, tokens_in + tokens_out, cost, most.tokens, most.money)
        except RuntimeError as error:
            LOG.error("the day's budget is not known, so the model is not asked: %s", error)
            return None
        return reserved if taken else None

    def settle(self, reserved: Reserved, used: tuple[int, int]) -> None:
        """Puts what was really used, (tokens in, tokens out), in the place of what was set aside."""
        if self._ledger is None:
            return
        tokens = sum(used) - reserved.tokens_in - reserved.tokens_out
        money = self._limits.cost(*used) - self._limits.cost(reserved.tokens_in, reserved.tokens_out)
        try:
            self._ledger.correct(reserved.day, tokens, money)
        except RuntimeError as error:
            LOG.error("what the model has cost stays counted as what it might have: %s", error)
