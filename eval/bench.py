"""`python -m eval.bench`: how fast and how large, on this machine: a cold ingest, then questions over HTTP.

Measures what an office would run: the real commands, each in a process of its own.
"""

from __future__ import annotations

import http.client
import json
import os
import platform
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.parse import urlsplit

import psutil

from eval import bench_webhooks, drafts
from eval.cases import read_cases

ROOT = Path(__file__).parent.parent
CALLED = 1000  # webhook calls, in rounds of fifty
ASKED = 1000  # enough for the 95th percentile to rest on 50 answers
_IMPORTS = "import chromadb, langchain_chroma, rich, sentence_transformers, tantivy"
_MIB = 1024 * 1024


def main() -> int:
    """Prints a table; 1 when a part could not be run."""
    questions = [
        case.question for path in sorted((ROOT / "eval" / "cases").glob("*.jsonl")) for case in read_cases(path)
    ]
    with TemporaryDirectory() as folder:
        index = Path(folder, "index")
        # The first run also reads the libraries from disk; the second is what the ingest, too, will pay.
        loading = [_seconds([sys.executable, "-c", _IMPORTS]) for _ in range(2)][1]
        ingest = _seconds([sys.executable, "-m", "bot", "ingest", "corpus/plans", "--index", str(index)])
        with serving(index, Path(folder)) as (process, host, port, ready):
            took = _ask_all(host, port, list(islice(cycle(questions), ASKED)))
            memory = process.memory_info().rss / _MIB
        with _deaf() as url, serving(index, Path(folder), HOI_LLM="openai:none", HOI_LLM_URL=url) as (_, host, port, _):
            without = quantiles(_ask_all(host, port, list(islice(cycle(questions), ASKED))), n=100)
        with serving(index, Path(folder), **bench_webhooks.ENVIRONMENT) as (_, host, port, _):
            called = bench_webhooks.measure(host, port, list(islice(cycle(questions), CALLED)))
    cuts = quantiles(took, n=100)
    check = drafts.measure()
    _table(
        ("Máy", f"{os.cpu_count()} nhân, {psutil.virtual_memory().total / 2**30:.0f} GiB, {platform.machine()}"),
        ("Python", platform.python_version()),
        ("Nạp thư viện", f"{loading:.1f} s"),
        ("Dựng chỉ mục từ đầu, kể cả nạp thư viện", f"{ingest:.1f} s"),
        ("Dựng chỉ mục từ đầu, sau khi nạp thư viện", f"{ingest - loading:.1f} s"),
        ("Máy chủ sẵn sàng sau", f"{ready:.1f} s"),
        ("Số câu hỏi qua HTTP", str(len(took))),
        ("p50", f"{cuts[49]:.1f} ms"),
        ("p95", f"{cuts[94]:.1f} ms"),
        ("Lâu nhất", f"{max(took):.1f} ms"),
        ("p95 khi mô hình ngôn ngữ không trả lời", f"{without[94]:.1f} ms"),
        ("Kiểm tra câu của mô hình, trung vị và lâu nhất", f"{check.median_ms:.1f} / {check.slowest_ms:.1f} ms"),
        (f"Webhook Zalo, {bench_webhooks.AT_ONCE} cùng lúc, p50", f"{quantiles(called, n=100)[49]:.0f} ms"),
        ("p99", f"{quantiles(called, n=100)[98]:.0f} ms"),
        ("Bộ nhớ máy chủ (RSS)", f"{memory:.0f} MiB"),
    )
    return 0


def _seconds(command: Sequence[str]) -> float:
    started = perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - started


@contextmanager
def _deaf() -> Iterator[str]:
    """Address of a server that takes connections and never says a word: the worst way for a model to be down."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"


@contextmanager
def serving(index: Path, folder: Path, **settings: str) -> Iterator[tuple[psutil.Process, str, int, float]]:
    """A started server: its process, address and the seconds until it said where it listens."""
    command = [sys.executable, "-m", "bot", "serve", "--port", "0", "--index", str(index)]
    command += ["--state", f"sqlite:///{folder / 'bench.sqlite'}"]
    started = perf_counter()
    given = os.environ | settings
    with (
        Path(folder, "log").open("w+", encoding="utf-8") as log,
        subprocess.Popen(command, cwd=ROOT, env=given, stdout=subprocess.PIPE, stderr=log, encoding="utf-8") as server,
    ):
        try:
            assert server.stdout is not None
            said = server.stdout.readline()
            found = re.search(r"http://\S+", said)
            if found is None:
                log.seek(0)
                raise SystemExit(f"Máy chủ không khởi động được: {said}{log.read()}")
            address = urlsplit(found[0])
            ready = perf_counter() - started
            yield psutil.Process(server.pid), str(address.hostname), int(address.port or 80), ready
        finally:
            server.terminate()


def _ask_all(host: str, port: int, questions: Sequence[str]) -> list[float]:
    """Milliseconds of each question, one after another on one kept connection."""
    connection = http.client.HTTPConnection(host, port, timeout=30)
    took = []
    for question in questions:
        body = json.dumps({"question": question, "as_of": "2026-12-01"})
        started = perf_counter()
        connection.request("POST", "/api/v1/ask", body, {"Content-Type": "application/json"})
        reply = connection.getresponse()
        reply.read()
        took.append((perf_counter() - started) * 1000)
        if reply.status != 200:
            raise SystemExit(f"HTTP {reply.status}: {question}")
    connection.close()
    return took


def _table(*rows: tuple[str, str]) -> None:
    width = max(len(name) for name, _ in rows)
    print("\n".join(f"{name:<{width}}  {value}" for name, value in rows))


if __name__ == "__main__":
    sys.exit(main())
