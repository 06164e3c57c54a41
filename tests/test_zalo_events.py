"""What Zalo tells us, in the shapes seen and in the shapes that strangers try."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.zalo.events import Event, Kind, bot_event, oa_event, read_json
from bot.channels.zalo.signature import matched
from tests.zalo_bot_server import ZaloBot
from tests.zalo_oa_server import ZaloOA

OA, BOT = ZaloOA(), ZaloBot()


def test_a_text_of_a_user() -> None:
    told = OA.event("user_send_text", "u1", text="hạn nào", msg_id="m1")
    assert oa_event(told) == Event("m1", "u1", Kind.TEXT, "hạn nào", at=int(told["timestamp"]) / 1000)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("user_send_image", "photo"),
        ("user_send_sticker", "sticker"),
        ("user_send_audio", "voice"),
        ("user_send_location", ""),
        ("user_send_file", "file"),
    ],
)
def test_what_is_no_text_is_answered_too(name: str, called: str) -> None:
    event = oa_event(OA.event(name, "u1", msg_id="m2", attachments=[{"type": "image", "payload": {"url": "…"}}]))
    assert event is not None
    assert (event.key, event.chat, event.kind, event.text) == ("m2", "u1", Kind.OTHER, called)


@pytest.mark.parametrize("name", ["follow", "unfollow", "user_withdraw"])
def test_events_without_a_number_keep_one_key(name: str) -> None:
    told = OA.event(name, "u1")
    first, again = oa_event(told), oa_event(json.loads(json.dumps(told, indent=1)))
    assert first == again
    assert first is not None
    assert first.chat == "u1"
    assert "u1" not in first.key
    later = oa_event(told | {"timestamp": "1790000000000"})
    assert later is not None
    assert later.key != first.key


@pytest.mark.parametrize(
    "name",
    ["oa_send_text", "oa_send_image", "user_received_message", "user_seen_message", "user_send_group_text", "new_one"],
)
def test_the_rest_is_not_for_us(name: str) -> None:
    assert oa_event(OA.event(name, "u1", text="x", msg_id="m3")) is None


@pytest.mark.parametrize("wrapped", [True, False])
def test_both_shapes_of_the_bot(wrapped: bool) -> None:
    told = BOT.says("u1", "hạn nào")
    event = bot_event({"ok": True, "result": told} if wrapped else told)
    assert event == Event(told["message"]["message_id"], "u1", Kind.TEXT, "hạn nào", at=told["message"]["date"] / 1000)


def test_a_group_is_answered_in_the_group() -> None:
    event = bot_event(BOT.says("u1", "@bot hạn nào", chat="g1"))
    assert event is not None
    assert (event.chat, event.group) == ("g1", True)


@pytest.mark.parametrize(
    ("form", "called"),
    [("sticker", "sticker"), ("image", "photo"), ("voice", "voice"), ("unsupported", ""), ("new", "")],
)
def test_what_is_no_text_for_the_bot(form: str, called: str) -> None:
    event = bot_event(BOT.says("u1", "", event=f"message.{form}.received"))
    assert event is not None
    assert (event.kind, event.text) == (Kind.OTHER, called)


def test_another_bot_is_not_answered() -> None:
    told = BOT.says("u1", "xin chào")
    told["message"]["from"]["is_bot"] = True
    assert bot_event(told) is None


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b"7", b"\xff", b"{", b"[" * 60_000, b'{"a":' + b"9" * 5000 + b"}", b'"' + b"x" * 100],
    ids=["empty", "null", "list", "number", "bytes", "cut", "deep", "huge number", "open string"],
)
def test_what_is_no_object(body: bytes) -> None:
    assert read_json(body) is None


@pytest.mark.parametrize("told", ["154390853474", "soon", "", None, True, "²" * 13, 1e12, [1]])
def test_a_time_that_is_none_is_not_told(told: Any) -> None:
    event = oa_event(OA.event("user_send_text", "u1", text="x", msg_id="m") | {"timestamp": told})
    assert event is not None
    assert event.at == 0.0


def test_half_a_character_can_be_stored() -> None:
    told = read_json(b'{"event_name":"user_send_text","sender":{"id":"u"},"message":{"msg_id":"m","text":"a\\ud800b"}}')
    assert told is not None
    event = oa_event(told)
    assert event is not None
    assert event.text.encode() == b"a?b"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_NAMES = st.sampled_from(["user_send_text", "follow", "user_withdraw", "message.text.received", "message.x.received"])
_FIELDS = "sender follower message result from chat id msg_id message_id text timestamp".split()
_HOSTILE = st.fixed_dictionaries(
    {"event_name": _NAMES | _JSON},
    optional={f: _JSON | st.dictionaries(st.sampled_from(_FIELDS), _JSON, max_size=4) for f in _FIELDS},
)


@settings(max_examples=200, deadline=None)
@given(_HOSTILE)
def test_no_shape_breaks_the_reading(told: dict[str, Any]) -> None:
    for event in (oa_event(told), bot_event(told)):
        if event is not None:
            assert event.chat
            assert 0 < len(event.key) <= 120
            event.text.encode()


class TestSignature:
    def told(self, start: str = "") -> tuple[bytes, str, str]:
        event = OA.says("u1", "hạn nào ạ?")
        body, headers = OA.signed(event, start)
        return body, event["timestamp"], headers["x-zevent-signature"]

    def test_of_zalo(self) -> None:
        assert matched((OA.app_id,), *self.told()[:2], OA.secret_key, self.told()[2]) is None  # two events
        body, time, header = self.told()
        assert matched((OA.app_id,), body, time, OA.secret_key, header) == OA.app_id
        assert matched((OA.app_id,), body, time, OA.secret_key, header.removeprefix("mac=").upper()) == OA.app_id

    def test_over_the_bytes_as_received(self) -> None:
        body, time, header = self.told()
        again = json.dumps(json.loads(body)).encode()
        assert matched((OA.app_id,), again, time, OA.secret_key, header) is None

    def test_with_the_oa_id_only_where_it_is_named(self) -> None:
        body, time, header = self.told(start=OA.oa_id)
        assert matched((OA.app_id, ""), body, time, OA.secret_key, header) is None
        assert matched((OA.app_id, OA.oa_id), body, time, OA.secret_key, header) == OA.oa_id

    @pytest.mark.parametrize("header", ["", "mac=", "mac=é", "mac=" + "0" * 64, "0" * 64, "mac=" + "a" * 100_000])
    def test_not_of_zalo(self, header: str) -> None:
        body, time, _ = self.told()
        assert matched((OA.app_id,), body, time, OA.secret_key, header) is None

    def test_without_a_secret_nothing_matches(self) -> None:
        forger = ZaloOA(secret_key="")
        event = forger.says("u1", "x")
        body, headers = forger.signed(event)
        assert matched((forger.app_id,), body, event["timestamp"], "", headers["x-zevent-signature"]) is None
