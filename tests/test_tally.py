"""Questions asked over HTTP reach the office's reports."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pytest
from fake_service import ANSWER, FakeService
from fastapi.testclient import TestClient

from bot.channels.tally import Tally
from bot.channels.web import create_app
from bot.domain import Status
from bot.settings import Settings
from bot.state import State, open_state


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    state = open_state(f"sqlite:///{tmp_path / 'state.sqlite'}", "a secret")
    yield state
    state.close()


def test_what_the_page_could_not_answer_is_kept_for_the_office(service: FakeService, state: State) -> None:
    service.answer = replace(ANSWER, status=Status.NOT_STATED)
    app = create_app(service, Settings(operator_token="t" * 20), state)  # type: ignore[arg-type]
    with TestClient(app) as client:
        client.get("/?q=Hạn nộp của ông 0912 345 678 là ngày nào?&issuer=an-phu")
        client.post("/api/v1/ask", json={"question": "Hạn báo cáo?"})
    deadline = monotonic() + 10
    while len(state.reports.unanswered()) < 2 and monotonic() < deadline:  # written beside the answers
        sleep(0.01)
    told = TestClient(app).get("/api/v1/unanswered", headers={"authorization": f"Bearer {'t' * 20}"}).json()
    assert [(q["channel"], q["status"], q["issuer"], q["question"]) for q in told["questions"]] == [
        ("api", "not_stated", "an-phu", "Hạn báo cáo?"),
        ("page", "not_stated", "an-phu", "Hạn nộp của ông … là ngày nào?"),
    ]


def test_what_was_answered_is_only_counted(state: State) -> None:
    tally = Tally(state)
    tally("page", "Hạn báo cáo?", ANSWER)
    tally("page", "Xin chào", replace(ANSWER, status=Status.GREETING))
    tally.close()
    assert state.reports.unanswered() == []
    assert sum(state.reports.counts(0.0, 1e12).values()) == 1


def test_a_count_that_fails_is_told_in_the_log(
    state: State, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(state.reports, "count", broken)
    tally = Tally(state)
    with caplog.at_level(logging.ERROR):
        tally("page", "Hạn báo cáo?", ANSWER)
        tally.close()
    assert "a question could not be counted" in caplog.text
    assert "Hạn" not in caplog.messages[0]
