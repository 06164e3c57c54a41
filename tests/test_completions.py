"""The bot as a model: the official client against a real server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import openai
import pytest
from fake_service import ANSWER, FakeService
from openai import OpenAI
from small_server import app_running

from bot.channels.completions import markdown
from bot.channels.web import create_app
from bot.index import SnapshotError
from bot.settings import Settings
from bot.wiring import Service, open_service

ASKED = [{"role": "user", "content": "Hạn báo cáo?"}]


@contextmanager
def serving(service: object, settings: Settings) -> Iterator[str]:
    with app_running(create_app(service, settings)) as address:  # type: ignore[arg-type]
        yield address


@contextmanager
def client_of(address: str, key: str = "any") -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{address}/v1", api_key=key, max_retries=0, timeout=20) as client:
        yield client


@pytest.fixture
def client(service: FakeService) -> Iterator[OpenAI]:
    with serving(service, Settings()) as address, client_of(address) as client:
        yield client


@pytest.fixture(scope="module")
def real(five_plans_index: Path) -> Iterator[OpenAI]:
    service: Service = open_service(Settings(index=five_plans_index))
    with serving(service, Settings(public_url="https://xa.example")) as address, client_of(address) as client:
        yield client
    service.close()


def ask(client: OpenAI, messages: object = ASKED, model: str = "hoi-ke-hoach", **more: object) -> str:
    told = client.chat.completions.create(model=model, messages=messages, **more)  # type: ignore[call-overload]
    return str(told.choices[0].message.content)


# ---- models


def test_there_is_a_model_for_all_plans_and_one_for_each_issuer(client: OpenAI) -> None:
    assert [m.id for m in client.models.list()] == ["hoi-ke-hoach", "hoi-ke-hoach/an-phu"]
    one = client.models.retrieve("hoi-ke-hoach/an-phu")
    assert (one.id, one.model_extra) == ("hoi-ke-hoach/an-phu", {"name": "Hỏi kế hoạch – xã An Phú (Nghệ An)"})


@pytest.mark.parametrize(("model", "issuer"), [("hoi-ke-hoach", None), ("hoi-ke-hoach/an-phu", "an-phu")])
def test_a_model_scopes_the_question(client: OpenAI, service: FakeService, model: str, issuer: str | None) -> None:
    ask(client, model=model)
    assert service.asked == [("Hạn báo cáo?", issuer, None, None)]


@pytest.mark.parametrize("model", ["gpt-4o", "", "hoi-ke-hoach/", "hoi-ke-hoach/khong-co", "../an-phu"])
def test_an_unknown_model_is_not_found(client: OpenAI, service: FakeService, model: str) -> None:
    with pytest.raises(openai.NotFoundError) as caught:
        ask(client, model=model)
    assert (caught.value.code, caught.value.type) == ("model_not_found", "invalid_request_error")
    assert not service.asked


# ---- answers


def test_an_answer_carries_its_quotes_as_text_and_as_data(client: OpenAI) -> None:
    told = client.chat.completions.create(model="hoi-ke-hoach", messages=ASKED)  # type: ignore[arg-type]
    text = told.choices[0].message.content or ""
    assert text.startswith("Trước ngày 15/12 hằng năm. [1]")
    assert "[1] “Các cơ quan báo cáo trước ngày 15/12 hằng năm.”" in text
    assert "Mục II.1 – BÁO CÁO" in text
    assert told.choices[0].finish_reason == "stop"
    assert told.model_extra is not None
    assert told.model_extra["status"] == "answered"
    [citation] = told.model_extra["citations"]
    assert (citation["mark"], citation["plan_id"], citation["section"]) == (1, "an-phu-2025", "II.1")
    assert told.usage is not None
    assert told.usage.prompt_tokens == 3
    assert told.usage.total_tokens == 3 + told.usage.completion_tokens


def test_a_stream_says_the_same_in_pieces(client: OpenAI) -> None:
    whole = client.chat.completions.create(model="hoi-ke-hoach", messages=ASKED)  # type: ignore[arg-type]
    stream = client.chat.completions.create(model="hoi-ke-hoach", messages=ASKED, stream=True)  # type: ignore[arg-type]
    chunks = list(stream)
    pieces = [c.choices[0].delta.content for c in chunks if c.choices[0].delta.content]
    assert len(pieces) > 1
    assert "".join(pieces) == whole.choices[0].message.content
    assert chunks[0].choices[0].delta.role == "assistant"
    assert [c.choices[0].finish_reason for c in chunks] == [None] * (len(chunks) - 1) + ["stop"]
    assert (chunks[-1].model_extra or {})["citations"] == (whole.model_extra or {})["citations"]
    assert len({c.id for c in chunks}) == 1


def test_a_stream_counts_words_where_that_is_wanted(client: OpenAI) -> None:
    stream = client.chat.completions.create(
        model="hoi-ke-hoach",
        messages=ASKED,  # type: ignore[arg-type]
        stream=True,
        stream_options={"include_usage": True},
    )
    *others, last = list(stream)
    assert all(c.usage is None for c in others)
    assert last.choices == []
    assert last.usage is not None
    assert last.usage.total_tokens > 3


def test_a_stream_ends_as_the_protocol_says(service: FakeService) -> None:
    with serving(service, Settings()) as address:
        body = {"model": "hoi-ke-hoach", "messages": ASKED, "stream": True}
        reply = httpx.post(f"{address}/v1/chat/completions", json=body)
    assert reply.headers["content-type"].startswith("text/event-stream")
    events = reply.text.split("\n\n")
    assert events[-2:] == ["data: [DONE]", ""]
    assert all(json.loads(event.removeprefix("data: ")) for event in events[:-2])


def test_what_a_plan_holds_draws_no_picture_or_link() -> None:
    citation = replace(ANSWER.citations[0], quote="![x](https://a.b/p.png) <img src=x>\n\n[a]: https://a.b [b][c]")
    told = markdown(replace(ANSWER, citations=(citation,)))
    assert "!\\[x" not in told
    for drawn in ("](", "]:", "][", " <img"):
        assert drawn not in told


# ---- conversations


def test_earlier_questions_are_heard_again_but_few(client: OpenAI, service: FakeService) -> None:
    turns = [
        m for n in range(9) for m in ({"role": "user", "content": f"câu {n}"}, {"role": "assistant", "content": "…"})
    ]
    ask(client, [{"role": "system", "content": "Bạn là mèo."}, *turns, *ASKED])
    assert service.asked[0][0] == "Hạn báo cáo?"
    assert service.earlier == [("câu 5", "câu 6", "câu 7", "câu 8")]


def test_a_follow_up_leans_on_the_question_before(real: OpenAI) -> None:
    first = {"role": "user", "content": "Xã Giao Minh có mấy giai đoạn?"}
    then = {"role": "user", "content": "Hạn gửi báo cáo hằng năm là ngày nào?"}
    reply = {"role": "assistant", "content": ask(real, [first])}
    assert "15/12" in ask(real, [first, reply, {"role": "user", "content": "cảm ơn"}, reply, then])
    assert "15/12" not in ask(real, [then])  # nothing is left from other requests
    assert "https://xa.example/plans/giao-minh-2025#VI.1" in ask(real, [first, reply, then])


def test_a_models_issuer_needs_no_name(real: OpenAI) -> None:
    assert "15/12" in ask(real, model="hoi-ke-hoach/giao-minh", messages=ASKED)


@pytest.mark.parametrize(
    "content",
    [
        [{"type": "text", "text": "Hạn báo cáo?"}],
        [
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,x"}},
            {"type": "text", "text": "Hạn báo cáo?"},
        ],
    ],
    ids=["text", "text with a picture"],
)
def test_text_parts_are_read(client: OpenAI, service: FakeService, content: object) -> None:
    ask(client, [{"role": "user", "content": content}])
    assert service.asked[0][0] == "Hạn báo cáo?"


# ---- refusals


BAD = {
    "no message": [],
    "no question": [{"role": "assistant", "content": "x"}],
    "only a picture": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}],
    "nothing said": [{"role": "user", "content": None}],
    "blank": [{"role": "user", "content": " \n"}],
    "too long": [{"role": "user", "content": "a" * 2001}],
    "number": [{"role": "user", "content": 5}],
    "no role": [{"content": "a"}],
    "too many": [{"role": "user", "content": "a"}] * 2001,
}


@pytest.mark.parametrize("messages", BAD.values(), ids=BAD.keys())
def test_bad_messages_are_an_error_that_the_client_knows(
    client: OpenAI, service: FakeService, messages: object
) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        ask(client, messages)
    assert caught.value.type == "invalid_request_error"
    assert not service.asked


def test_two_choices_are_not_made(client: OpenAI) -> None:
    with pytest.raises(openai.BadRequestError):
        ask(client, n=2)


def test_a_long_conversation_fits_but_not_any(client: OpenAI) -> None:
    old = {"role": "assistant", "content": "ă" * 300_000}  # more than other addresses take
    assert ask(client, [old, *ASKED])
    with pytest.raises(openai.APIStatusError) as caught:
        ask(client, [old, old, *ASKED])
    assert (caught.value.status_code, caught.value.type) == (413, "invalid_request_error")


def test_broken_json_and_wrong_methods_are_told_in_the_clients_shape(service: FakeService) -> None:
    with serving(service, Settings()) as address:
        url = f"{address}/v1/chat/completions"
        broken = httpx.post(url, content=b"{", headers={"content-type": "application/json"})
        for reply, status in ((broken, 400), (httpx.get(url), 405), (httpx.get(f"{address}/v1/x"), 404)):
            assert reply.status_code == status
            assert set(reply.json()["error"]) == {"message", "type", "param", "code"}


def test_failures_are_the_servers(client: OpenAI, service: FakeService) -> None:
    service.broken = SnapshotError("Chưa có chỉ mục.")
    with pytest.raises(openai.InternalServerError) as caught:
        ask(client)
    assert (caught.value.status_code, caught.value.type) == (503, "server_error")
    service.broken = RuntimeError("secret path")
    with pytest.raises(openai.InternalServerError) as caught:
        ask(client)
    assert "secret" not in caught.value.response.text
    assert caught.value.response.json()["error"]["message"].startswith("Hệ thống gặp lỗi")


def test_the_key_is_wanted_where_one_is_set(service: FakeService) -> None:
    with serving(service, Settings(openai_key="mật khẩu")) as address:
        for key in ("khác", "mật khẩu"):
            reply = httpx.get(f"{address}/v1/models", headers={"authorization": f"Bearer {key}".encode()})
            assert reply.status_code == (200 if key == "mật khẩu" else 401)
        with client_of(address, "wrong") as client:
            with pytest.raises(openai.AuthenticationError) as caught:
                ask(client)
            assert caught.value.code == "invalid_api_key"
            with pytest.raises(openai.AuthenticationError):
                client.models.list()
    assert not service.asked


def test_the_readmes_example_runs(five_plans_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    readme = Path(__file__).parent.parent.joinpath("README.md").read_text(encoding="utf-8")
    [code] = [c for c in re.findall(r"```python\n(.*?)```", readme, re.DOTALL) if "OpenAI(" in c]
    service = open_service(Settings(index=five_plans_index))
    with serving(service, Settings()) as address:
        names: dict[str, object] = {}
        exec(code.replace("http://127.0.0.1:8000", address), names)
        client = names["client"]
        assert isinstance(client, OpenAI)
        client.close()
    service.close()
    said = capsys.readouterr().out
    assert said.startswith("Trước ngày 15/12 hằng năm")
    assert said.endswith("\nVI.1\n")
