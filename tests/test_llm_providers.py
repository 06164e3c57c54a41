"""Ollama, Anthropic and Google in their own protocols, over real HTTP: the same promises as with OpenAI's."""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
from scripted_dialects import serving
from scripted_model import Reply, Script, Scripted, said, shown

from bot.settings import Settings
from bot.state import open_state
from bot.wiring import Service, open_service

DAY = date(2026, 12, 1)
KEY = "sk-khoa-bi-mat-0123456789"
DUE = "Hạn gửi báo cáo hằng năm của xã Giao Minh là ngày nào?"
RIGHT = "Các đơn vị gửi báo cáo về UBND xã (qua Phòng Văn hóa - Xã hội) trước ngày 15/12 hằng năm."
FALSE = "Hạn này là trước ngày mười lăm tháng mười một."
WHOLE = said((RIGHT, [1]), (FALSE, [1]))
PROVIDERS = {"ollama": "ollama", "anthropic": "anthropic", "google_genai": "google"}  # and the extra of each

pytestmark = pytest.mark.filterwarnings("default")  # what their clients warn of is theirs


@pytest.fixture(scope="module", autouse=True)
def _leave_nothing_open() -> Iterator[None]:
    """Their clients leave connections to be collected, which would warn inside the next tests."""
    yield
    gc.collect()


@pytest.fixture(params=PROVIDERS)
def provider(request: pytest.FixtureRequest) -> str:
    name = str(request.param)
    if find_spec(f"langchain_{name}") is None:
        pytest.skip(f"langchain-{name.replace('_', '-')} is not installed (the extra “{PROVIDERS[name]}”)")
    return name


@contextmanager
def opened(
    provider: str, index: Path, script: Script, state: str = "sqlite://", **more: int
) -> Iterator[tuple[Service, Scripted]]:
    with serving(script) as model:
        given = {"llm": f"{provider}:scripted", "llm_url": model.url, "llm_key": KEY, "llm_tokens_a_day": 0, **more}
        with closing(open_service(Settings(index=index, state=state, **given), clock=lambda: DAY)) as service:  # type: ignore[arg-type]
            yield service, model


def test_sentences_are_checked_and_tokens_counted(provider: str, five_plans_index: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/hoi.sqlite"
    with opened(provider, five_plans_index, lambda _: Reply(WHOLE), url, llm_tokens_a_day=10_000) as (service, model):
        told = service.ask(DUE)
    assert told.model is not None
    assert (told.model.used, told.text) == (True, f"{RIGHT} [1]")
    (request,), (key,) = model.requests, model.keys
    assert KEY in key
    for hidden in ("giao-minh", "/plans/", "http", KEY):
        assert hidden not in str(request)
    with closing(open_state(url)) as state:
        assert state.spending.of(DAY) == (150, 0.0)  # 100 sent and 50 received, as the server counts


def test_the_rules_and_the_data_arrive_apart_and_in_the_shape_that_is_asked_for(
    provider: str, five_plans_index: Path
) -> None:
    heard = []

    def script(request: dict[str, object]) -> Reply:
        heard.append(request)
        return Reply(WHOLE)

    with opened(provider, five_plans_index, script) as (service, _):
        service.ask(DUE)
    (request,) = heard
    assert [m["role"] for m in request["messages"]] == ["system", "user"]
    assert shown(request)["question"] == DUE
    if provider == "ollama":
        assert request["format"]["required"] == ["enough", "sentences"]
        assert request["options"]["num_ctx"] > 10_000  # its own window would cut the sources off
    elif provider == "google_genai":
        assert request["generationConfig"]["responseMimeType"] == "application/json"
        assert request["generationConfig"]["responseJsonSchema"]["required"] == ["enough", "sentences"]
    else:
        assert '"enough"' in request["messages"][0]["content"]


def test_a_sentence_is_shown_while_the_model_still_writes(provider: str, five_plans_index: Path) -> None:
    with opened(provider, five_plans_index, lambda _: Reply(WHOLE, pieces=6, pause=0.3)) as (service, _):
        (first, early), (_, late) = ((piece, time.monotonic()) for piece in service.ask_stream(DUE))
    assert first == f"{RIGHT} [1]"
    assert late - early > 0.4


DEAD = {
    "half a JSON": (Reply(WHOLE[:60]), "broken"),
    "a connection that is cut": (Reply(WHOLE, cut=True, pieces=6), ("broken", "down")),
    "429": (Reply(status=429), "limited"),
    "500": (Reply(status=500), "down"),
    "401": (Reply(status=401), "denied"),
    "a hang": (Reply(hang=5.0), "timeout"),
    "a slow stream": (Reply(WHOLE, pieces=100, pause=0.2), "timeout"),
}


@pytest.mark.parametrize(("reply", "why"), DEAD.values(), ids=DEAD.keys())
def test_whatever_fails_the_composed_answer_is_served_at_once_and_without_the_key(
    provider: str,
    five_plans_index: Path,
    reply: Reply,
    why: str | tuple[str, ...],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with (
        caplog.at_level(logging.DEBUG, logger="hoi"),
        opened(provider, five_plans_index, lambda _: reply, llm_timeout=1) as (service, model),
    ):
        service.search("kế hoạch", ())  # loads what the first question of a process waits for
        started = time.monotonic()
        told = service.ask(DUE)
        assert time.monotonic() - started < 3
    assert told.model is not None
    assert not told.model.used
    assert told.model.why in ((why,) if isinstance(why, str) else why)
    assert told.text.startswith("Trước ngày 15/12 hằng năm")
    assert len(model.requests) == 1  # no client tries again by itself
    assert KEY not in caplog.text + str(told)


@pytest.mark.parametrize("refusal", ["SAFETY", "PROHIBITED_CONTENT"])
def test_a_refusal_is_told(provider: str, five_plans_index: Path, refusal: str) -> None:
    if provider == "ollama":
        pytest.skip("Ollama's protocol has no refusal of its own")
    with opened(provider, five_plans_index, lambda _: Reply("", refusal=refusal)) as (service, _):
        told = service.ask(DUE)
    assert told.model is not None
    assert told.model.why == "refused"


def test_a_server_of_ones_own_is_not_sent_the_key_of_the_environment(
    provider: str, five_plans_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "GOOGLE_API_KEY", "GEMINI_API_KEY"):
        monkeypatch.setenv(name, KEY)
    with serving(lambda _: Reply(WHOLE)) as model:
        settings = Settings(index=five_plans_index, llm=f"{provider}:x", llm_url=model.url, llm_tokens_a_day=0)
        with closing(open_service(settings, clock=lambda: DAY)) as service:
            service.ask(DUE)
    assert len(model.keys) == 1
    assert KEY not in model.keys[0]


def test_a_dead_model_is_reached_again_aside(
    provider: str, five_plans_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.llm.breaker.FIRST", 0.05)
    with opened(provider, five_plans_index, lambda _: Reply(status=500)) as (service, model):
        assert [service.ask(DUE).model.why for _ in range(3)] == ["down", "resting", "resting"]  # type: ignore[union-attr]
        model.script = lambda r: Reply(WHOLE if "system" in (m["role"] for m in r["messages"]) else "có")
        until = time.monotonic() + 10
        while not service.ask(DUE).model.used:  # type: ignore[union-attr]
            assert time.monotonic() < until
            time.sleep(0.05)
