"""What `hoi ingest --json` tells: one JSON object a line, for a program that waits for the outcome.

{"event": "progress", "step", "done", "total", "name"}, {"event": "skipped", "detail"}, {"event": "dropped", "plans"},
then one of {"event": "done", "build", "plans": […]}, {"event": "unchanged"}, {"event": "removed", "plans"},
{"event": "failed", "detail"}.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.domain import Plan

from .check import row
from .report import Report


def line(event: str, **values: Any) -> None:
    print(json.dumps({"event": event, **values}, ensure_ascii=False), flush=True)


class Lines(Report):
    def failed(self, message: str) -> None:
        line("skipped", detail=message)

    def unchanged(self, index: Path) -> None:
        line("unchanged")

    def dropped(self, ids: Sequence[str]) -> None:
        line("dropped", plans=list(ids))

    def removed(self, ids: Sequence[str], folder: Path) -> None:
        line("removed", plans=list(ids), build=folder.name)

    @contextmanager
    def progress(self, title: str, total: int) -> Iterator[Callable[[str], None]]:
        done = 0

        def step(name: str) -> None:
            nonlocal done
            done += 1
            line("progress", step=title, done=done, total=total, name=name)

        line("progress", step=title, done=0, total=total, name="")
        yield step

    def table(self, plans: Sequence[Plan], folder: Path, total: int | None = None) -> None:
        line("done", build=folder.name, plans=[row(p) for p in plans])
