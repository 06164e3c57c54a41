"""Changes to the collection that an operator asks for: each a `hoi` process of its own, with limits, one at a time.

The service only waits for them. What goes wrong in one ends that process; the snapshot that was served is served on.
"""

from __future__ import annotations

import json
import logging
import queue
import re
import shutil
import tempfile
import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from bot.channels.process import COMMAND, SECONDS, Process
from bot.settings import Settings, bare_environment
from bot.text import slug

_LOG = logging.getLogger(__name__)
_WAITING = 8  # jobs in the queue; more is a mistake of the caller's program
_REMEMBERED = 200  # jobs whose outcome can still be asked for
_ABANDONED = 24 * 3600.0  # seconds after which a folder belongs to a service that was killed
_STEM = 60  # characters of a file name that are kept


class Full(Exception):
    """Too many jobs are waiting."""


@dataclass(slots=True)
class Job:
    """What is told of a job. `status`: waiting, running, done or failed."""

    id: str
    file: str  # the name under which the file is known, or the plan to be taken out
    status: str = "waiting"
    progress: dict[str, Any] = field(default_factory=dict)  # step, done, total
    plans: list[dict[str, Any]] = field(default_factory=list)  # the result table
    removed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    error: str = ""


@dataclass(frozen=True, slots=True)
class _Order:
    job: Job
    arguments: tuple[str, ...]
    folder: Path


class Jobs:
    """Safe to use from many threads. Nothing runs and nothing is written before the first job."""

    def __init__(self, settings: Settings, command: Sequence[str] = COMMAND, seconds: float = SECONDS) -> None:
        self._settings, self._command, self._seconds = settings, tuple(command), seconds
        self._root = settings.index / "intake"
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._queue: queue.Queue[_Order | None] = queue.Queue(_WAITING + 1)  # one place for the end
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None
        self._process: Process | None = None
        self._closed = False

    def full(self) -> bool:
        return self._queue.qsize() >= _WAITING

    def ingest(self, name: str, suffix: str, data: bytes) -> str:
        """Adds a file to the collection; returns the job's id. `name` is not trusted. Raises Full."""
        folder = self._folder()
        path = folder / (_stem(name) + suffix)
        path.write_bytes(data)
        return self._submit(path.name, ("ingest", str(path)), folder)

    def remove(self, plan_id: str) -> str:
        """Takes a plan out of the collection; returns the job's id. Raises Full."""
        return self._submit(plan_id, ("remove", plan_id), self._folder())

    def told(self, job_id: str) -> dict[str, Any] | None:
        """The job as JSON values; None where there is none of this id, or none any more."""
        with self._lock:
            job = self._jobs.get(job_id)
            return asdict(job) if job else None

    def close(self) -> None:
        """Stops the job that runs, drops those that wait."""
        with self._lock:
            self._closed = True
            process, worker = self._process, self._worker
        if process is not None:
            process.kill()
        if worker is not None:
            self._queue.put(None)  # the worker passes over what still waits before it
            worker.join(timeout=30)

    def _folder(self) -> Path:
        """A new folder under a random name."""
        self._root.mkdir(parents=True, exist_ok=True)
        for old in self._root.iterdir():
            if old.is_dir() and time.time() - old.stat().st_mtime > _ABANDONED:
                shutil.rmtree(old, ignore_errors=True)
        return Path(tempfile.mkdtemp(dir=self._root))

    def _submit(self, name: str, arguments: tuple[str, ...], folder: Path) -> str:
        job = Job(uuid.uuid4().hex, name)
        with self._lock:
            if self._closed or self.full():
                shutil.rmtree(folder, ignore_errors=True)
                raise Full
            self._queue.put(_Order(job, arguments, folder))
            self._jobs[job.id] = job
            while len(self._jobs) > _REMEMBERED:
                self._jobs.popitem(last=False)
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, name="intake", daemon=True)
                self._worker.start()
        return job.id

    def _work(self) -> None:
        while order := self._queue.get():
            try:
                self._run(order)
            except OSError as error:
                _LOG.exception("job %s could not be run", order.job.id)
                self._end(order.job, f"không chạy được: {error.strerror}.")
            finally:
                shutil.rmtree(order.folder, ignore_errors=True)

    def _run(self, order: _Order) -> None:
        job, complaints = order.job, order.folder / "stderr"
        with complaints.open("w+", encoding="utf-8") as stderr:
            with self._lock:
                if self._closed:
                    return
                job.status = "running"
                command = [*self._command, *order.arguments, "--json", "--index", str(self._settings.index)]
                self._process = process = Process(command, self._environment(order.folder), stderr)
            try:
                code = process.follow(partial(self._heard, job), self._seconds)
            finally:
                with self._lock:
                    self._process = None
            if code == 0:
                self._end(job, "")
            else:
                stderr.seek(0)
                _LOG.error("job %s ended with %s: %s", job.id, code, stderr.read()[-2000:])
                why = f"quá thời gian cho phép ({self._seconds:.0f} giây)" if process.late else "dừng bất thường"
                self._end(job, job.error or f"Việc xử lý {why}; bộ kế hoạch đang dùng không thay đổi.")

    def _heard(self, job: Job, line: str) -> None:
        try:
            told = json.loads(line)
            event = told["event"]
        except (ValueError, TypeError, KeyError):
            return  # a library that prints is no news
        with self._lock:
            match event:
                case "progress":
                    job.progress = {key: told.get(key) for key in ("step", "done", "total")}
                case "skipped":
                    job.skipped.append(str(told.get("detail")))
                case "done":
                    job.plans = told.get("plans", [])
                case "removed":
                    job.removed = told.get("plans", [])
                case "failed":
                    job.error = str(told.get("detail"))

    def _end(self, job: Job, error: str) -> None:
        with self._lock:
            job.error = error
            job.status = "failed" if error else "done"

    def _environment(self, folder: Path) -> dict[str, str]:
        given: Mapping[str, str] = {
            "HOI_ENCODER": self._settings.encoder,
            "HOI_CHROMA_URL": self._settings.chroma_url,
            # Whatever the readers put down for a while goes with the job's folder.
            "TMPDIR": str(folder.resolve()),
        }
        return bare_environment() | {name: value for name, value in given.items() if value}


def _stem(name: str) -> str:
    """ASCII letters, digits and hyphens of the last part of a name, up to its first dot."""
    last = re.split(r"[\\/]", name[-1000:])[-1]
    return slug(last.split(".")[0])[:_STEM].strip("-") or "ke-hoach"
