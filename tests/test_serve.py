"""The real server over the real plans, in a process of its own."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest


@pytest.fixture(scope="module")
def server(
    five_plans_index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    state = f"sqlite:///{tmp_path_factory.mktemp('state') / 'hoi.sqlite'}"
    command = [sys.executable, "-m", "bot", "serve", "--port", "0", "--index", str(five_plans_index), "--state", state]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", said)
        assert found, said
        yield found[0], process
        process.kill()


def get(url: str) -> str:
    with urlopen(url, timeout=30) as reply:
        return str(reply.read().decode())


def ask(address: str, **body: object) -> dict[str, object]:
    request = Request(f"{address}/api/v1/ask", json.dumps(body).encode(), {"Content-Type": "application/json"})
    return dict(json.loads(get_request(request)))


def get_request(request: Request) -> bytes:
    with urlopen(request, timeout=30) as reply:
        return bytes(reply.read())


def test_a_newcomer_gets_the_deadline_with_its_sentence(server: tuple[str, subprocess.Popen[str]]) -> None:
    address, _ = server
    answer = ask(address, question="Hạn gửi báo cáo hằng năm của xã Giao Minh là ngày nào?", as_of="2026-12-01")
    assert answer["status"] == "answered"
    assert str(answer["answer"]).startswith("Trước ngày 15/12 hằng năm")
    [citation, *_] = answer["citations"]  # type: ignore[misc]
    assert (citation["plan_id"], citation["section"]) == ("giao-minh-2025", "VI.1")


def test_citations_lead_to_an_anchor_of_the_plans_page(server: tuple[str, subprocess.Popen[str]]) -> None:
    address, _ = server
    for plan in json.loads(get(f"{address}/api/v1/plans"))["plans"]:
        outline = json.loads(get(f"{address}/api/v1/plans/{plan['id']}"))["outline"]
        page = get(f"{address}/plans/{plan['id']}")
        anchors = re.findall(r'<div class="section" id="([^"]+)"', page)
        assert sorted(anchors) == sorted(section["path"] for section in outline)
        assert len(anchors) == len(set(anchors))


def test_quotes_are_runs_of_the_text(server: tuple[str, subprocess.Popen[str]]) -> None:
    address, _ = server
    answer = ask(address, question="Có những hình thức khen thưởng nào?", issuer="vu-duong")
    assert answer["citations"]
    for citation in answer["citations"]:  # type: ignore[attr-defined]
        text = json.loads(get(f"{address}/api/v1/plans/{citation['plan_id']}"))["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_page_answers_without_script(server: tuple[str, subprocess.Popen[str]]) -> None:
    address, _ = server
    page = get(f"{address}/?q={quote('han bao cao hang nam xa giao minh')}")
    assert "15/12" in page
    assert 'href="/plans/giao-minh-2025?trich=' in page


def test_ctrl_c_stops_the_server_quietly(server: tuple[str, subprocess.Popen[str]]) -> None:
    _, process = server
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
