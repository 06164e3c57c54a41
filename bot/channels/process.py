"""A `hoi` process of its own, with limits on its memory and its time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import IO

MEMORY = 3 * 1024**3  # bytes of private memory; five plans take 0.6 GiB, a file of 300 pages may take 1.5
SECONDS = 900.0  # a scan of some hundred pages takes minutes to recognise
COMMAND = (sys.executable, "-c", "from bot.channels.process import limited; limited()")


class Process:
    """Runs from the moment it is made. Raises OSError where it cannot."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], stderr: IO[str]) -> None:
        self.late = False  # whether it was killed because it took too long
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            encoding="utf-8",
            errors="replace",
            env=environment,
            start_new_session=True,  # so that what it starts itself (an OCR engine) ends with it
        )

    def follow(self, heard: Callable[[str], None], seconds: float) -> int:
        """Hands on each line that it prints; its exit code, once it has ended or the seconds are over."""
        timer = threading.Timer(seconds, self._expire)
        timer.daemon = True
        timer.start()
        try:
            with self._process:
                assert self._process.stdout is not None
                for line in self._process.stdout:
                    heard(line)
        finally:
            timer.cancel()
        return self._process.returncode

    def kill(self) -> None:
        """With all that it started."""
        if self._process.poll() is not None:
            return
        try:
            if os.name == "nt":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return  # it ended in between

    def _expire(self) -> None:
        self.late = True
        self.kill()


def limited() -> None:
    """The process of a job: sets its own limits, then is the command `hoi`."""
    if os.name != "nt":
        import resource

        os.nice(10)  # answering goes first on a machine of two cores
        for limit, value in ((resource.RLIMIT_DATA, MEMORY), (resource.RLIMIT_CPU, int(SECONDS) * 2)):
            _, most = resource.getrlimit(limit)
            value = value if most == resource.RLIM_INFINITY else min(value, most)
            resource.setrlimit(limit, (value, value))
    from bot.__main__ import main

    raise SystemExit(main())
