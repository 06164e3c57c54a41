"""A language model's answers over HTTP: in the body, as events, and as steps that tracing sees."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fake_service import FIELDS
from fastapi.testclient import TestClient
from langchain_core.callbacks import BaseCallbackHandler
from scripted_model import Reply, Scripted, said, serving, truth

from bot.chain import ask
from bot.channels.web import create_app
from bot.domain import Answer
from bot.settings import Settings
from bot.wiring import Service, open_service

DAY = date(2026, 12, 1)
DUE = "Hạn gửi báo cáo hằng năm của xã Giao Minh là ngày nào?"
RIGHT = "Các đơn vị gửi báo cáo về UBND xã (qua Phòng Văn hóa - Xã hội) trước ngày 15/12 hằng năm."
FALSE = "Hạn này là trước ngày mười lăm tháng mười một."


@pytest.fixture(scope="module")
def model() -> Iterator[Scripted]:
    with serving(truth) as scripted:
        yield scripted


@pytest.fixture(scope="module")
def service(five_plans_index: Path, model: Scripted) -> Iterator[Service]:
    settings = Settings(index=five_plans_index, llm="openai:scripted", llm_url=model.url, llm_tokens_a_day=0)
    opened = open_service(settings, clock=lambda: DAY)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def plain(five_plans_index: Path) -> Iterator[Service]:
    opened = open_service(Settings(index=five_plans_index), clock=lambda: DAY)
    yield opened
    opened.close()


@pytest.fixture
def client(service: Service) -> TestClient:
    return TestClient(create_app(service, Settings()))


def events(text: str) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for block in text.strip().split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


# ---- the body


def test_without_a_model_the_body_is_the_contracts(plain: Service) -> None:
    body = TestClient(create_app(plain, Settings())).post("/api/v1/ask", json={"question": DUE}).json()
    assert list(body) == FIELDS


def test_with_a_model_one_field_says_whether_it_was_used(client: TestClient, model: Scripted) -> None:
    model.script = lambda _: Reply(said((RIGHT, [1])))
    body = client.post("/api/v1/ask", json={"question": DUE}).json()
    assert list(body) == [*FIELDS, "model"]
    assert body["model"] == {"used": True, "why": ""}
    model.script = lambda _: Reply(said((FALSE, [1])))
    body = client.post("/api/v1/ask", json={"question": DUE}).json()
    assert body["model"] == {"used": False, "why": "unsupported"}
    assert 'hoi_model_total{outcome="used"} 1' in client.get("/metrics").text


# ---- events


def test_only_checked_sentences_are_sent_and_the_answer_comes_last(client: TestClient, model: Scripted) -> None:
    model.script = lambda _: Reply(said((RIGHT, [1]), (FALSE, [1]), (RIGHT, [9])))
    reply = client.post("/api/v1/ask/stream", json={"question": DUE, "conversation_id": "c-1"})
    assert reply.headers["content-type"].startswith("text/event-stream")
    (first, sentence), (last, body) = events(reply.text)
    assert (first, sentence) == ("sentence", {"text": f"{RIGHT} [1]"})
    assert last == "answer"
    assert list(body) == [*FIELDS, "model"]
    assert (body["answer"], body["conversation_id"]) == (f"{RIGHT} [1]", "c-1")


def test_without_a_model_the_answer_is_the_only_event(plain: Service) -> None:
    reply = TestClient(create_app(plain, Settings())).post("/api/v1/ask/stream", json={"question": DUE})
    ((name, body),) = events(reply.text)
    assert name == "answer"
    assert list(body) == FIELDS


def test_a_reply_that_breaks_off_ends_with_the_composed_answer(
    client: TestClient, model: Scripted, plain: Service
) -> None:
    model.script = lambda _: Reply(said((RIGHT, [1]), (RIGHT, [1]))[:-20])
    *sentences, (last, body) = events(client.post("/api/v1/ask/stream", json={"question": DUE}).text)
    assert [name for name, _ in sentences] == ["sentence"]
    assert last == "answer"
    assert (body["answer"], body["model"]["why"]) == (plain.ask(DUE).text, "broken")


def test_a_sentence_is_shown_while_the_model_still_writes(service: Service, model: Scripted) -> None:
    model.script = lambda _: Reply(said((RIGHT, [1]), (FALSE, [1])), pieces=4, pause=0.5)
    (first, early), (last, late) = ((piece, time.monotonic()) for piece in service.ask_stream(DUE))
    assert first == f"{RIGHT} [1]"
    assert isinstance(last, Answer)
    assert late - early > 0.4


def test_whoever_stops_reading_frees_the_model(five_plans_index: Path) -> None:
    with serving(lambda _: Reply(said((RIGHT, [1]), (FALSE, [1])), pieces=2, pause=0.3)) as slow:
        settings = Settings(
            index=five_plans_index, llm="openai:scripted", llm_url=slow.url, llm_at_once=1, llm_tokens_a_day=0
        )
        opened = open_service(settings, clock=lambda: DAY)
        for _ in range(3):
            told = opened.ask_stream(DUE)
            assert next(told) == f"{RIGHT} [1]"
            told.close()  # type: ignore[attr-defined]
        opened.close()


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/v1/ask/stream", {"question": ""}, 422),
        ("/api/v1/ask/stream", {"question": DUE, "issuer": "khong-co"}, 422),
        ("/api/v1/write", {"intent": "reword", "question": DUE}, 422),
        ("/api/v1/write", {"intent": "combine", "plan_id": "giao-minh-2025"}, 422),
        ("/api/v1/write", {"intent": "summarise"}, 422),
        ("/api/v1/write", {"intent": "summarise", "plan_id": "khong-co"}, 404),
        ("/api/v1/write/stream", {"intent": "summarise", "plan_id": "khong-co"}, 404),
        ("/api/v1/write", {"intent": "summarise", "issuer": "khong-co"}, 422),
        ("/api/v1/write", {"intent": "explain", "question": DUE, "as_of": "1/2/2026"}, 422),
    ],
)
def test_what_cannot_be_asked_is_a_problem_document(
    client: TestClient, path: str, body: dict[str, str], status: int
) -> None:
    reply = client.post(path, json=body)
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"


# ---- what only a model can write


def test_a_plan_is_summarised_under_headings_with_citations(client: TestClient, model: Scripted) -> None:
    model.script = truth
    body = client.post("/api/v1/write", json={"intent": "summarise", "plan_id": "giao-minh-2025"}).json()
    assert body["model"]["used"]
    assert body["answer"].startswith("Mục đích:\n- ")
    marks = [c["mark"] for c in body["citations"]]
    assert marks == list(range(1, len(marks) + 1))
    assert len(marks) > 10


def test_an_outline_of_a_report_names_its_deadline_and_criteria(client: TestClient, model: Scripted) -> None:
    model.script = truth
    *sentences, (_, body) = events(
        client.post("/api/v1/write/stream", json={"intent": "report", "issuer": "giao-minh"}).text
    )
    assert len(sentences) > 10
    assert "trước ngày 15/12" in body["answer"]
    assert {c["section"].split(".")[0] for c in body["citations"]} >= {"III", "VI"}


def test_without_a_model_it_says_that_it_needs_one(plain: Service) -> None:
    client = TestClient(create_app(plain, Settings()))
    body = client.post("/api/v1/write", json={"intent": "explain", "question": DUE}).json()
    assert body["model"] == {"used": False, "why": "off"}
    assert body["answer"].startswith("Phần này cần mô hình ngôn ngữ")


# ---- tracing


class Seen(BaseCallbackHandler):
    """Names of the runs, and what came in and out of them."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.told: list[str] = []
        self.parents: dict[str, Any] = {}

    def on_chain_start(self, serialized: Any, inputs: Any, **given: Any) -> None:
        self.names.append(given["name"])
        self.parents[given["name"]] = given["parent_run_id"]
        self.told.append(str(inputs))

    def on_chat_model_start(self, serialized: Any, messages: Any, **given: Any) -> None:
        self.names.append("model")
        self.parents["model"] = given["parent_run_id"]

    def on_chain_end(self, outputs: Any, **given: Any) -> None:
        self.told.append(str(outputs))


def test_tracing_sees_each_step_and_the_model_inside_its_own(service: Service, model: Scripted) -> None:
    model.script = truth
    seen = Seen()
    told = ask(service).with_config(callbacks=[seen], tags=["plans"]).invoke(DUE)
    assert told["model"]["used"]
    assert seen.names[0] == "ask"
    assert {"understand", "search", "compose", "cite", "refine", "model"} < set(seen.names)
    assert seen.names.index("cite") < seen.names.index("refine") < seen.names.index("model")
    assert all(seen.parents[name] is not None for name in ("understand", "compose", "refine", "model"))
    assert max(map(len, seen.told)) < 10_000  # no run carries a plan


def test_without_a_model_there_is_no_such_step(plain: Service) -> None:
    seen = Seen()
    ask(plain).invoke(DUE, {"callbacks": [seen]})
    assert "refine" not in seen.names
    assert {"understand", "search", "compose", "cite"} < set(seen.names)


def test_batches_and_streams_answer_as_one_question_does(service: Service, model: Scripted) -> None:
    model.script = truth
    chain = ask(service)
    alone = chain.invoke(DUE)["answer"]
    assert [told["answer"] for told in chain.batch([DUE] * 3, {"max_concurrency": 2})] == [alone] * 3
    assert [told["answer"] for told in chain.stream(DUE)] == [alone]
