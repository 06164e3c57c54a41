"""What OpenAPI says is what the server does: schemathesis asks every address with what the contract allows, and not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fake_service import FakeService
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from pydantic import BaseModel
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from bot.channels import contract
from bot.channels.intake import QUESTION_LIMIT
from bot.channels.web import create_app
from bot.settings import Settings
from bot.wiring import Service, open_service

APP = create_app(FakeService(), Settings())  # type: ignore[arg-type]
SCHEMA = schemathesis.openapi.from_asgi("/openapi.json", APP)


# A question is well-formed and yet refused where its issuer is unknown, its day lies centuries off or it says nothing.
@SCHEMA.parametrize()
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_address_keeps_the_contract(case: schemathesis.Case) -> None:
    case.call_and_validate(excluded_checks=[positive_data_acceptance, *([negative_data_rejection] * padded(case.body))])


def padded(body: object) -> bool:
    """Too long only by white space around it: the limit holds after trimming, which a schema cannot say."""
    question = body.get("question") if isinstance(body, dict) else None
    return isinstance(question, str) and len(question) > QUESTION_LIMIT >= len(question.strip())


@pytest.fixture(scope="module")
def real(five_plans_index: Path) -> Iterator[tuple[TestClient, Service]]:
    service = open_service(Settings(index=five_plans_index))
    app = create_app(service, Settings())
    with TestClient(app) as client:
        yield client, service
    service.close()


def keeps(kind: type[BaseModel], told: dict[str, Any]) -> None:
    """Every field that is promised is there, and none that is not."""
    model = kind.model_validate(told)
    assert model.model_dump(mode="json", by_alias=True, exclude_unset=True) == told


def test_real_plans_and_their_days_are_as_the_schemas_say(real: tuple[TestClient, Service]) -> None:
    client, service = real
    keeps(contract.Plans, client.get("/api/v1/plans").json())
    for plan in service.plans():
        keeps(contract.Plan, client.get(f"/api/v1/plans/{plan.id}").json())
    found = client.get("/api/v1/deadlines?from=2025-01-01&to=2030-12-31").json()
    keeps(contract.Deadlines, found)
    assert found["deadlines"]


QUESTIONS = [
    "Hạn gửi báo cáo hằng năm của xã Giao Minh là ngày nào?",
    "So sánh hạn báo cáo của các xã",
    "Trùng Khánh có mấy giai đoạn?",
    "Hạn báo cáo?",
    "Giá vàng hôm nay?",
    "xin chào",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_real_answers_are_as_the_schema_says(real: tuple[TestClient, Service], question: str) -> None:
    keeps(contract.Answer, real[0].post("/api/v1/ask", json={"question": question}).json())


def test_problems_are_as_the_schema_says(real: tuple[TestClient, Service]) -> None:
    for path in ("/api/v1/plans/khong-co", "/api/v1/deadlines?from=x", "/api/v1/deadlines.ics?issuer=x"):
        keeps(contract.Error, real[0].get(path).json())


def test_every_field_is_explained_in_vietnamese() -> None:
    page = TestClient(APP).get("/docs", headers={"accept": "text/html"}).text
    schemas = APP.openapi()["components"]["schemas"]
    for name in ("Answer", "Citation", "DueDate", "Plan", "Section", "Deadline", "Deadlines"):
        for field, about in schemas[name]["properties"].items():
            assert f"<code>{field}" in page
            target = about.get("$ref", "").split("/")[-1]
            assert about.get("description") or schemas[target]["description"], f"{name}.{field}"
