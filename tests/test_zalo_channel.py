"""What Zalo's channels make of what is said, and what they leave behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from fake_clock import Clock
from fake_service import FakeService

from bot.channels.channel import Heard
from bot.channels.chat.dialogue import Dialogue, Helpers, Who
from bot.channels.chat.nouns import Command, Left, Other, Part, Reply, Text
from bot.channels.reminders import Reminders
from bot.channels.zalo import BOT, OA, TEXT_LIMIT
from bot.channels.zalo.channel import BotChannel, OaChannel
from bot.channels.zalo.events import Event, bot_event, kept, oa_event
from bot.state import State
from bot.state.connection import open_engine
from bot.state.tables import METADATA
from bot.wiring import ZONE
from tests.zalo_bot_server import ZaloBot
from tests.zalo_oa_server import ZaloOA

ZALO, HOUR = ZaloOA(), 3600.0
USER = "8844221100993377"


class Nobody:
    """No platform is called here."""

    def close(self) -> None: ...


@pytest.fixture
def oa() -> Iterator[OaChannel]:
    channel = OaChannel(Nobody())  # type: ignore[arg-type]
    yield channel
    channel.close()


@pytest.fixture
def bot() -> Iterator[BotChannel]:
    channel = BotChannel(Nobody())  # type: ignore[arg-type]
    yield channel
    channel.close()


def heard(channel: OaChannel | BotChannel, event: Event | None) -> Heard:
    assert event is not None
    found = channel.heard(kept(event))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "message", "said"),
    [
        ("user_send_text", {"text": " Hạn nào? ", "msg_id": "m"}, Text("Hạn nào?")),
        ("user_send_text", {"text": "thư a@b.vn", "msg_id": "m"}, Text("thư a@b.vn")),
        ("user_send_image", {"msg_id": "m"}, Other("photo")),
        ("follow", {}, Command("start")),
        ("unfollow", {}, Left()),
        ("user_withdraw", {}, Left(forget=True)),
    ],
)
def test_what_is_said_to_the_oa(oa: OaChannel, name: str, message: dict[str, Any], said: object) -> None:
    assert heard(oa, oa_event(ZALO.event(name, USER, **message))).said == said


def test_in_a_group_our_name_is_no_part_of_the_question(bot: BotChannel) -> None:
    zalo = ZaloBot()
    told = heard(bot, bot_event(zalo.says("u1", "@bot.hoi hạn nào?", chat="g1")))
    assert told.said == Text("hạn nào?")
    assert heard(bot, bot_event(zalo.says("u1", "@ai hạn nào?"))).said == Text("@ai hạn nào?")


def test_a_long_reply_comes_in_messages_that_zalo_takes(oa: OaChannel) -> None:
    parts = [Part("words", "Câu đầu. " * 400), Part("quote", "Câu được trích. " * 300, mark="[1]")]
    texts = [body["text"] for body in oa.bodies(Reply(tuple(parts)), None)]
    assert len(texts) > 3
    assert all(0 < len(text) <= TEXT_LIMIT for text in texts)


def test_who_withdraws_leaves_nothing_behind(state: State, url: str, oa: OaChannel, service: FakeService) -> None:
    dialogue = Dialogue(service, state, oa.manner, "", Helpers())  # type: ignore[arg-type]
    for event in (
        ZALO.says(USER, "Hạn báo cáo là ngày nào?"),
        ZALO.says(USER, "nhắc bật"),
        ZALO.event("user_withdraw", USER),
    ):
        found = oa_event(event)
        assert found is not None
        state.queues.receive(OA, [(found.key, found.chat, kept(found))])
        (update,) = state.queues.waiting(OA)
        finish = dialogue.think(Who(OA, update.chat), heard(oa, found).said)
        with state.together():
            bodies = [body for reply in finish() for body in oa.bodies(reply, None)]
            state.queues.answered(update.id, OA, [(f"{update.key}:{n}", USER, b) for n, b in enumerate(bodies)])
    engine = open_engine(url)
    with engine.connect() as connection:
        rows = {table.name: connection.execute(table.select()).all() for table in METADATA.sorted_tables}
    engine.dispose()
    assert USER not in repr(rows)
    assert "Hạn báo cáo" not in repr([rows["turns"], rows["outgoing"], rows["incoming"]])
    mine = [row for row in rows["chats"] if row.channel == OA]  # the database may hold other tests' chats
    assert mine == []


@pytest.mark.parametrize(("spoke", "queued"), [(47 * HOUR, 1), (49 * HOUR, 0)])
def test_the_oa_reminds_inside_its_window_only(
    state: State, url: str, clock: Clock, oa: OaChannel, service: FakeService, spoke: float, queued: int
) -> None:
    now = datetime(2026, 12, 11, 9, 0, tzinfo=ZONE).timestamp()  # three days before the last safe day
    clock.now = now - spoke
    state.chats.remind(state.chats.open(OA, USER), USER, "an-phu", (3,))
    clock.now = now
    reminders = Reminders(oa, service, state, manner=oa.manner)  # type: ignore[arg-type]
    assert [reminders.send(), reminders.send()] == [queued, 0]
    assert len(state.queues.to_send(OA)) == queued
    engine = open_engine(url)
    with engine.connect() as connection:
        (row,) = connection.execute(METADATA.tables["reminded"].select()).all()
    engine.dispose()
    assert row.outcome == ("queued" if queued else "not sent: outside the window")


def test_the_bot_reminds_whenever_it_is_due(state: State, clock: Clock, bot: BotChannel, service: FakeService) -> None:
    state.chats.remind(state.chats.open(BOT, USER), USER, "an-phu", (3,))
    clock.now = datetime(2026, 12, 11, 9, 0, tzinfo=ZONE).timestamp()
    assert Reminders(bot, service, state, manner=bot.manner).send() == 1  # type: ignore[arg-type]
    (message,) = state.queues.to_send(BOT)
    assert "“nhắc tắt”" in message.body["text"]
    assert "/nhac" not in message.body["text"]
