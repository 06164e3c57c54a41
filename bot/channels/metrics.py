"""Counters of the running service, written in Prometheus' text form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from threading import Lock

# Seconds. Dense around the promise of 20 ms at the median and 50 ms at the 95th percentile.
_BOUNDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"})


class Metrics:
    """Safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._answers: Counter[str] = Counter()
        self._model: Counter[str] = Counter()
        self._buckets: Counter[float] = Counter()
        self._seconds = 0.0
        self._watched: dict[str, tuple[str, Callable[[], float]]] = {}

    def watch(self, name: str, about: str, read: Callable[[], float]) -> None:
        """A gauge that is read whenever it is asked for."""
        self._watched[name] = (about, read)

    def count_request(self, method: str, status: int) -> None:
        # A caller may invent methods; each new label would stay in memory for good.
        with self._lock:
            self._requests[method if method in _METHODS else "OTHER", status] += 1

    def count_answer(self, status: str, seconds: float) -> None:
        with self._lock:
            self._answers[status] += 1
            self._seconds += seconds
            self._buckets.update(bound for bound in _BOUNDS if seconds <= bound)

    def count_model(self, outcome: str) -> None:
        with self._lock:
            self._model[outcome] += 1

    def text(self) -> str:
        with self._lock:
            answered = self._answers.total()
            return "\n".join(
                [
                    "# HELP hoi_http_requests_total Requests served, by method and HTTP status.",
                    "# TYPE hoi_http_requests_total counter",
                    *(
                        f'hoi_http_requests_total{{method="{m}",status="{s}"}} {n}'
                        for (m, s), n in sorted(self._requests.items())
                    ),
                    "# HELP hoi_answers_total Questions answered, by status of the answer.",
                    "# TYPE hoi_answers_total counter",
                    *(f'hoi_answers_total{{status="{s}"}} {n}' for s, n in sorted(self._answers.items())),
                    "# HELP hoi_model_total Answers by whether a language model worded them, or why not.",
                    "# TYPE hoi_model_total counter",
                    *(f'hoi_model_total{{outcome="{o}"}} {n}' for o, n in sorted(self._model.items())),
                    "# HELP hoi_answer_seconds Time taken by one answer.",
                    "# TYPE hoi_answer_seconds histogram",
                    *(f'hoi_answer_seconds_bucket{{le="{b}"}} {self._buckets[b]}' for b in _BOUNDS),
                    f'hoi_answer_seconds_bucket{{le="+Inf"}} {answered}',
                    f"hoi_answer_seconds_sum {self._seconds:.6f}",
                    f"hoi_answer_seconds_count {answered}",
                    *(
                        line
                        for name, (about, read) in sorted(self._watched.items())
                        for line in (f"# HELP {name} {about}", f"# TYPE {name} gauge", f"{name} {read():g}")
                    ),
                    "",
                ]
            )


def queues_text(counts: Mapping[tuple[str, str, str], int]) -> str:
    """What waits, is done, sent or failed in the queues of the chats; "" where there was nothing yet."""
    if not counts:
        return ""
    rows = (
        f'hoi_queue{{queue="{queue}",channel="{channel}",state="{state}"}} {n}'
        for (queue, channel, state), n in sorted(counts.items())
    )
    return "\n".join(
        (
            "# HELP hoi_queue Updates and messages of the chats by state; what is settled is dropped after a week.",
            "# TYPE hoi_queue gauge",
            *rows,
            "",
        )
    )
