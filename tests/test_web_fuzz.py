"""Whatever is sent, the server does not fail: a bad request never becomes a 500."""

from __future__ import annotations

import json
from urllib.parse import quote_from_bytes

from fake_service import FakeService
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.web import create_app
from bot.settings import Settings

APP = create_app(FakeService(), Settings(asks_per_minute=0))  # type: ignore[arg-type]
CLIENT = TestClient(APP, raise_server_exceptions=False)
TEXT = st.text(st.characters(), max_size=80)  # lone surrogates and controls too
VALUE = st.none() | st.booleans() | st.integers() | st.floats() | TEXT | st.lists(TEXT, max_size=2)
FIELDS = st.sampled_from(["question", "issuer", "conversation_id", "as_of", "khác"])


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(FIELDS, VALUE) | VALUE)
def test_any_json_is_answered_or_refused(body: object) -> None:
    reply = CLIENT.post("/api/v1/ask", content=json.dumps(body), headers={"content-type": "application/json"})
    assert reply.status_code in (200, 400, 422)
    assert reply.json()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused(body: bytes) -> None:
    reply = CLIENT.post("/api/v1/ask", content=body, headers={"content-type": "application/json"})
    assert reply.status_code in (400, 422)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(
        [
            "/plans/",
            "/plans/an-phu-2025?trich=",
            "/api/v1/plans/",
            "/?q=",
            "/?c=",
            "/?keep=1&issuer=",
            "/?embed=",
            "/so-sanh?a=an-phu&q=a&b=",
            "/han?issuer=",
            "/api/v1/deadlines?from=",
        ]
    ),
    st.binary(max_size=60),
)
def test_any_address_is_answered_or_refused(start: str, rest: bytes) -> None:
    reply = CLIENT.get(start + quote_from_bytes(rest, safe=""))
    assert reply.status_code in (200, 404, 422)


MESSAGE = st.fixed_dictionaries(
    {}, optional={"role": st.sampled_from(["user", "assistant", "system", ""]), "content": VALUE, "name": VALUE}
)
CHAT = st.fixed_dictionaries(
    {"model": st.sampled_from(["hoi-ke-hoach", "hoi-ke-hoach/an-phu", "x"]) | VALUE},
    optional={"messages": st.lists(MESSAGE, max_size=4) | VALUE, "stream": VALUE, "stream_options": VALUE, "n": VALUE},
)


@settings(max_examples=150, deadline=None)
@given(CHAT | VALUE)
def test_any_chat_is_answered_or_refused_as_its_clients_know_it(body: object) -> None:
    sent = json.dumps(body)
    reply = CLIENT.post("/v1/chat/completions", content=sent, headers={"content-type": "application/json"})
    assert reply.status_code in (200, 400, 404)
    assert reply.status_code == 200 or set(reply.json()["error"]) == {"message", "type", "param", "code"}
