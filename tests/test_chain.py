"""The LangChain parts, and the example in README."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fake_service import ANSWER, FIELDS, FakeService
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda, RunnablePassthrough

from bot.chain import ask, retriever
from bot.channels.intake import BadInput
from bot.index import SnapshotError
from bot.settings import Settings
from bot.wiring import Service, UnknownIssuer, open_service

README = Path(__file__).parent.parent / "README.md"


@pytest.fixture
def asking(service: FakeService) -> Runnable[Any, dict[str, Any]]:
    return ask(service)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def plans(five_plans_index: Path) -> Iterator[Service]:
    opened = open_service(Settings(index=five_plans_index), clock=lambda: date(2026, 11, 20))
    yield opened
    opened.close()


# ---- asking


def test_a_plain_question_gives_the_body_of_the_api(asking: Runnable[Any, dict[str, Any]]) -> None:
    told = asking.invoke("  Hạn báo cáo? ")
    assert (told["status"], told["answer"]) == ("answered", ANSWER.text)
    assert told["citations"][0]["section"] == "II.1"
    assert json.loads(json.dumps(told)) == told
    assert list(told) == FIELDS


def test_all_that_the_api_takes_is_handed_on(service: FakeService, asking: Runnable[Any, dict[str, Any]]) -> None:
    told = asking.invoke({"question": "Hạn?", "issuer": "an-phu", "conversation_id": "c-1", "as_of": "2026-12-02"})
    assert service.asked == [("Hạn?", "an-phu", "c-1", date(2026, 12, 2))]
    assert (told["conversation_id"], told["as_of"]) == ("c-1", "2026-12-02")
    asking.invoke({"question": "Hạn?", "issuer": None, "conversation_id": None, "as_of": None})
    assert service.asked[1][1] is None


def test_it_composes_with_other_runnables(asking: Runnable[Any, dict[str, Any]]) -> None:
    text = RunnableLambda(lambda told: told["answer"])
    chain = {"question": RunnablePassthrough()} | asking.with_config(tags=["plans"]) | text
    assert chain.invoke("Hạn báo cáo?") == ANSWER.text
    assert chain.batch(["Hạn báo cáo?", "Ai nhận?"]) == [ANSWER.text] * 2
    assert asyncio.run(chain.ainvoke("Hạn báo cáo?")) == ANSWER.text


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ("", "question"),
        ("?" * 5, "question"),
        ("a" * 2001, "question"),
        ({}, "question"),
        ({"question": None}, "question"),
        ({"question": "Hạn?", "isuer": "an-phu"}, "isuer"),
        ({"question": "Hạn?", "as_of": "15/12/2026"}, "as_of"),
        ({"question": "Hạn?", "conversation_id": "a b"}, "conversation_id"),
    ],
)
def test_what_cannot_be_asked_is_refused(asking: Runnable[Any, dict[str, Any]], given: Any, field: str) -> None:
    with pytest.raises(BadInput) as error:
        asking.invoke(given)
    assert error.value.field == field


def test_errors_of_the_service_come_through(service: FakeService, asking: Runnable[Any, dict[str, Any]]) -> None:
    with pytest.raises(UnknownIssuer):
        asking.invoke({"question": "Hạn?", "issuer": "khong-co"})
    service.broken = SnapshotError("Chưa có chỉ mục.")
    with pytest.raises(SnapshotError):
        asking.invoke("Hạn?")


def test_a_batch_answers_as_one_question_at_a_time_does(plans: Service) -> None:
    questions = ["Hạn báo cáo hằng năm của xã Giao Minh?", "Ai ký kế hoạch của xã Vũ Dương?"] * 4
    chain = ask(plans) | RunnableLambda(lambda told: told["answer"])
    assert chain.batch(questions) == [chain.invoke(q) for q in questions]


# ---- retrieving


def test_passages_come_with_where_they_stand(plans: Service) -> None:
    search = retriever(plans, ["giao-minh"])
    assert isinstance(search, BaseRetriever)
    found = search.invoke("Hạn gửi báo cáo hằng năm")
    assert any("trước ngày 15/12" in document.page_content for document in found[:5])
    for document in found:
        where = document.metadata
        assert set(where) == {"plan_id", "section", "issuer", "headings", "start", "end"}
        assert where["issuer"] == "giao-minh"
        assert plans.plan(where["plan_id"]).text[where["start"] : where["end"]] == document.page_content
        assert json.loads(json.dumps(where)) == where


def test_without_issuers_all_plans_are_searched(plans: Service) -> None:
    found = retriever(plans, limit=40).invoke("báo cáo kết quả thực hiện Phong trào thi đua")
    assert len({document.metadata["issuer"] for document in found}) > 2


def test_an_unknown_issuer_is_refused_at_once(plans: Service) -> None:
    with pytest.raises(UnknownIssuer):
        retriever(plans, ["khong-co"])


# ---- README


def test_the_example_in_readme_runs(
    five_plans_index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    section = README.read_text(encoding="utf-8").split("## LangChain")[1].split("\n## ")[0]
    example = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    assert example is not None
    monkeypatch.setenv("HOI_INDEX", str(five_plans_index))
    names: dict[str, Any] = {}
    exec(example[1], names)
    printed = capsys.readouterr().out
    assert "15/12" in printed
    assert "Nguyễn Hồng Quân" in printed
    assert len(example[1].strip().splitlines()) <= 12
    names["service"].close()
