"""The snapshot that is served now: reopened when a new one is swapped in, closed when nobody reads it any more."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from .embed import Encoder, load_encoder
from .index import Snapshot, SnapshotError, current
from .settings import Settings

LOG = logging.getLogger("hoi")


class Served:
    """Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._replaced: list[Snapshot] = []  # the latest last
        self._questions: Counter[Snapshot] = Counter()  # that are being answered from each snapshot

    @cached_property
    def encoder(self) -> Encoder:
        return load_encoder(self._settings.encoder)

    def now(self) -> Snapshot:
        """It stays open until a second one has replaced it. A new one that cannot be opened leaves the old one serving.

        Raises SnapshotError.
        """
        with self._lock:
            return self._current()

    @contextmanager
    def in_use(self) -> Iterator[Snapshot]:
        """The same, kept open for as long as the question takes. Raises SnapshotError."""
        with self._lock:
            snapshot = self._current()
            self._questions[snapshot] += 1
        try:
            yield snapshot
        finally:
            with self._lock:
                self._questions[snapshot] -= 1
                self._close_unused()

    def close(self) -> None:
        """Closes every snapshot; for when nobody asks any more."""
        with self._lock:
            for snapshot in (*self._replaced, self._snapshot):
                if snapshot is not None:
                    snapshot.close()
            self._snapshot = None
            self._replaced.clear()
            self._questions.clear()

    def _current(self) -> Snapshot:
        try:
            build = current(self._settings.index)
        except SnapshotError:
            if self._snapshot is not None:
                return self._snapshot
            raise
        if self._snapshot is not None and self._snapshot.build == build:
            return self._snapshot
        try:
            opened = Snapshot(build, self.encoder, self.encoder.fingerprint, self._settings.chroma_url)
        except SnapshotError:
            if self._snapshot is None:
                raise
            LOG.exception("the new snapshot %s cannot be opened; the old one is served on", build.name)
            return self._snapshot
        if self._snapshot is not None:
            self._replaced.append(self._snapshot)
        self._snapshot = opened
        self._close_unused()
        return opened

    def _close_unused(self) -> None:
        """The one replaced last stays: who called `now` may still be reading it."""
        unused = [s for s in self._replaced[:-1] if not self._questions[s]]
        for snapshot in unused:
            self._replaced.remove(snapshot)
            del self._questions[snapshot]
            snapshot.close()
