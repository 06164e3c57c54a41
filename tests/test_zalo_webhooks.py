"""The webhooks: only Zalo gets in, and what it says is in the state before it is told so."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.channels.zalo import BOT, OA
from bot.channels.zalo.events import Kind, read_kept
from bot.channels.zalo.webhooks import mount
from bot.settings import Settings
from bot.state import State, open_state
from tests.zalo_bot_server import ZaloBot
from tests.zalo_oa_server import ZaloOA

ZALO, SETTINGS = (
    ZaloOA(),
    Settings(
        zalo_oa_app_id=ZaloOA.app_id,
        zalo_oa_secret_key=ZaloOA.secret_key,
        zalo_bot_token=ZaloBot.token,
        zalo_bot_secret="only Zalo knows it",
    ),
)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    state = open_state(f"sqlite:///{tmp_path}/hoi.sqlite", "key")
    yield state
    state.close()


class Webhooks:
    def __init__(self, state: State, settings: Settings) -> None:
        app = FastAPI()
        self.woken: list[str] = []
        mount(app, state.queues, settings, self.woken.append)
        self.client = TestClient(app)

    def oa(self, event: dict[str, Any], start: str = "") -> int:
        body, headers = ZALO.signed(event, start)
        return self.client.post("/webhooks/zalo-oa", content=body, headers=headers).status_code

    def bot(self, body: Any, secret: bytes = SETTINGS.zalo_bot_secret.encode()) -> int:
        headers = {b"X-Bot-Api-Secret-Token": secret}
        return self.client.post("/webhooks/zalo-bot", json=body, headers=headers).status_code


@pytest.fixture
def webhooks(state: State) -> Webhooks:
    return Webhooks(state, SETTINGS)


def kept(state: State, channel: str = OA) -> list[tuple[str, Kind, str]]:
    events = [read_kept(update.body) for update in state.queues.waiting(channel)]
    return [(e.chat, e.kind, e.text) for e in events]


def test_a_message_is_kept_once_however_often_it_comes(webhooks: Webhooks, state: State) -> None:
    event = ZALO.says("u1", "Hạn nào ạ?")
    assert [webhooks.oa(event) for _ in range(3)] == [200, 200, 200]
    assert kept(state) == [("u1", Kind.TEXT, "Hạn nào ạ?")]
    assert OA in webhooks.woken


def test_follow_and_withdraw_are_kept_once(webhooks: Webhooks, state: State) -> None:
    for name, user in (("follow", "u1"), ("unfollow", "u2"), ("user_withdraw", "u3")):
        event = ZALO.event(name, user)
        assert [webhooks.oa(event), webhooks.oa(event)] == [200, 200]
    assert kept(state) == [("u1", Kind.FOLLOW, ""), ("u2", Kind.UNFOLLOW, ""), ("u3", Kind.WITHDRAW, "")]


def test_our_own_messages_are_thanked_for_and_dropped(webhooks: Webhooks, state: State) -> None:
    assert webhooks.oa(ZALO.event("oa_send_text", "u1", text="Chào", msg_id="m")) == 200
    assert kept(state) == []
    assert webhooks.woken == []


def test_a_stranger_is_refused(webhooks: Webhooks, state: State, caplog: pytest.LogCaptureFixture) -> None:
    forger = ZaloOA(secret_key="guessed")
    body, headers = forger.signed(forger.says("u1", "x"))
    assert webhooks.client.post("/webhooks/zalo-oa", content=body, headers=headers).status_code == 403
    assert webhooks.client.post("/webhooks/zalo-oa", content=body).status_code == 403
    assert webhooks.client.post("/webhooks/zalo-oa", content=b"[]").status_code == 400
    assert kept(state) == []
    assert "u1" not in caplog.text


def test_the_oa_id_signs_only_where_an_operator_says_so(
    state: State, webhooks: Webhooks, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    assert webhooks.oa(ZALO.says("u1", "x"), start=ZALO.oa_id) == 403
    allowed = Webhooks(state, replace(SETTINGS, zalo_oa_signed_as=ZALO.oa_id))
    assert allowed.oa(ZALO.says("u1", "x"), start=ZALO.oa_id) == 200
    assert "begin with the OA's id" in caplog.text
    assert allowed.oa(ZALO.says("u1", "y")) == 200
    assert "begin with the app's id" in caplog.text


@pytest.mark.parametrize("timestamp", ["1600000000000", "154390853474", "soon", ""])
def test_an_old_event_is_answered_and_told(webhooks: Webhooks, state: State, timestamp: str) -> None:
    assert webhooks.oa(ZALO.says("u1", "x") | {"timestamp": timestamp}) == 200
    assert len(kept(state)) == 1


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        (Settings(), 404),
        (replace(SETTINGS, zalo_oa_secret_key="", zalo_bot_secret=""), 503),
    ],
    ids=["channel off", "secret missing"],
)
def test_without_a_secret_nobody_gets_in(state: State, settings: Settings, status: int) -> None:
    shut = Webhooks(state, settings)
    forger = ZaloOA(secret_key="")
    body, headers = forger.signed(forger.says("u1", "x"))
    assert shut.client.post("/webhooks/zalo-oa", content=body, headers=headers).status_code == status
    assert shut.bot({}, secret=b"") == status
    assert kept(state) == kept(state, BOT) == []


def test_a_missing_secret_is_told(state: State, caplog: pytest.LogCaptureFixture) -> None:
    Webhooks(state, replace(SETTINGS, zalo_oa_secret_key=""))
    assert "HOI_ZALO_OA_SECRET_KEY" in caplog.text


def test_the_bot_in_both_shapes(webhooks: Webhooks, state: State) -> None:
    zalo = ZaloBot()
    first, second = zalo.says("u1", "Một"), zalo.says("u2", "Hai")
    assert [webhooks.bot(first), webhooks.bot({"ok": True, "result": first})] == [200, 200]
    assert webhooks.bot({"ok": True, "result": second}) == 200
    assert kept(state, BOT) == [("u1", Kind.TEXT, "Một"), ("u2", Kind.TEXT, "Hai")]


@pytest.mark.parametrize("secret", [b"", b"only Zalo knows i", b"only Zalo knows it!", "chỉ Zalo biết".encode()])
def test_the_bots_secret_must_be_right(webhooks: Webhooks, state: State, secret: bytes) -> None:
    assert webhooks.bot(ZaloBot().says("u1", "x"), secret) == 403
    assert kept(state, BOT) == []


def test_a_state_that_cannot_write_is_not_told_received(webhooks: Webhooks, state: State) -> None:
    def broken(*_: object) -> int:
        raise OSError("disk full")

    state.queues.receive = broken  # type: ignore[method-assign]
    with pytest.raises(OSError, match="disk full"):  # the app's one boundary makes a 500 of it
        webhooks.oa(ZALO.says("u1", "x"))
    assert webhooks.woken == []
