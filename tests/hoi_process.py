"""`hoi …` as a process of its own, killed at the end of the block where it still runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def hoi(*command: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Begun when it has said its first line, which is kept as `process.said`."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("HOI_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *command],
        env=bare | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    with process:
        try:
            assert process.stdout is not None
            process.said = process.stdout.readline()  # type: ignore[attr-defined]
            yield process
        finally:
            process.kill()


def address(process: subprocess.Popen[str]) -> str:
    """Where `hoi serve` listens."""
    found = re.search(r"http://127\.0\.0\.1:\d+", process.said)  # type: ignore[attr-defined]
    assert found, (process.said, process.stderr.read() if process.stderr else "")  # type: ignore[attr-defined]
    return found[0]


def wait(until: Callable[[], object], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
