"""A process that will answer for days makes ready before the first question."""

from __future__ import annotations

import gc
import sys

from bot.wiring import Service


def prepare(service: Service) -> None:
    """Loads now what the first person to ask would otherwise wait seconds for."""
    service.search("kế hoạch", ())
    service.ask("Hạn gửi báo cáo là ngày nào?")
    # Looking through all that is loaded for rubbish stops everything for half a second each time, and finds none.
    gc.collect()
    gc.freeze()
    # An answer works the processor for 20 ms; who waits for a webhook must not wait for slices of 5 ms of that.
    sys.setswitchinterval(0.0005)
