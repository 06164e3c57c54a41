"""A clock that stands still until a test moves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass
class Clock:
    """Seconds since 1970; at first the morning of 1 December 2026 in Viet Nam."""

    now: float = datetime(2026, 12, 1, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).timestamp()

    def __call__(self) -> float:
        return self.now
