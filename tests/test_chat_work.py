"""From what came in to what went out: worker, sender and reminders, over both databases, without a platform."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from fake_clock import Clock
from fake_service import FakeService

from bot.channels.channel import Heard, Pace
from bot.channels.chat import plain, sentences
from bot.channels.chat.dialogue import Dialogue
from bot.channels.chat.limit import TooFast
from bot.channels.chat.nouns import Reply, Text
from bot.channels.handed import Journal
from bot.channels.outcome import Gone, Later, NotSent
from bot.channels.pace import Pacer
from bot.channels.reminders import Reminders, lead_due
from bot.channels.run import Bell, held, working
from bot.channels.sender import Sender
from bot.index import SnapshotError
from bot.state import State, open_state
from bot.wiring import ZONE

NAME = "telegram"


class Platform:
    """A Channel that keeps what it is sent; `trouble` says what happens instead."""

    name = NAME
    pace = Pace(1000.0, 0.0)

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.trouble: list[Exception] = []
        self.under_way: set[str] = set()

    def heard(self, body: Any) -> Heard | None:
        return Heard(Text(body["text"]), body.get("at", 0.0)) if "text" in body else None

    def bodies(self, reply: Reply, heard: Heard | None) -> list[dict[str, Any]]:
        return [{"text": page} for page in plain.pages(reply, 2000)]

    def is_group(self, address: str) -> bool:
        return address.startswith("-")

    async def noticed(self, heard: Heard) -> None: ...

    async def send(self, address: str, body: dict[str, Any]) -> None:
        assert address not in self.under_way, "two messages to one chat at once"
        self.under_way.add(address)
        await asyncio.sleep(0.002)
        self.under_way.discard(address)
        if self.trouble:
            raise self.trouble.pop(0)
        self.sent.append((address, body["text"]))


@pytest.fixture
def platform() -> Platform:
    return Platform()


def work(
    state: State, platform: Platform, service: FakeService, until: Callable[[], bool], refuse: TooFast | None = None
) -> None:
    """The channel at work until then."""

    async def run() -> None:
        async with held(state, NAME), working(platform, Dialogue(service, state), state, Bell(), refuse):  # type: ignore[arg-type]
            async with asyncio.timeout(20):
                while not until():
                    await asyncio.sleep(0.01)

    asyncio.run(run())


def says(state: State, *words: str, chat: str = "42") -> None:
    state.queues.receive(NAME, [(f"{chat}:{n}:{text}", chat, {"text": text}) for n, text in enumerate(words)])


def test_each_chat_is_answered_in_its_order(state: State, platform: Platform, service: FakeService) -> None:
    for chat in ("1", "2", "3"):
        says(state, "/trogiup", "hạn báo cáo", "/nguon", chat=chat)
    work(state, platform, service, lambda: len(platform.sent) == 9)
    for chat in ("1", "2", "3"):
        told = [text for address, text in platform.sent if address == chat]
        assert [text.split()[0] for text in told] == ["Anh/chị", "Trước", "Câu"]
    assert state.queues.counts() == {("incoming", NAME, "done"): 9, ("outgoing", NAME, "sent"): 9}


def test_what_is_not_for_us_is_settled_without_an_answer(
    state: State, platform: Platform, service: FakeService
) -> None:
    state.queues.receive(NAME, [("1", "42", {"edited": True})])
    work(state, platform, service, lambda: ("incoming", NAME, "done") in state.queues.counts())
    assert platform.sent == []


def test_a_question_that_cannot_be_answered_now_is_tried_again_and_then_told(
    state: State, platform: Platform, service: FakeService, clock: Clock
) -> None:
    service.broken = SnapshotError("chưa có")
    says(state, "hạn báo cáo")

    def until() -> bool:
        clock.now += 5
        return len(platform.sent) == 1

    work(state, platform, service, until)
    assert "gặp lỗi" in platform.sent[0][1]
    assert state.chats.find(NAME, "42") is None  # nothing was half done


def test_a_message_waits_as_long_as_it_is_told_and_keeps_its_place(
    state: State, platform: Platform, service: FakeService, clock: Clock
) -> None:
    platform.trouble = [Later("busy"), Later("busy")]
    state.queues.send(NAME, [("a", "1", {"text": "một"}), ("b", "1", {"text": "hai"})])

    def until() -> bool:
        clock.now += 1
        return len(platform.sent) == 2

    work(state, platform, service, until)
    assert [text for _, text in platform.sent] == ["một", "hai"]


def test_what_cannot_be_sent_is_given_up(state: State, platform: Platform, service: FakeService) -> None:
    state.chats.remind(state.chats.open(NAME, "1"), "1", "an-phu", (3,))
    platform.trouble = [NotSent("too long"), Gone("blocked")]
    state.queues.send(NAME, [("a", "1", {"text": "một"}), ("b", "1", {"text": "hai"}), ("c", "1", {"text": "ba"})])
    work(state, platform, service, lambda: len(platform.sent) == 1)
    assert state.queues.counts() == {("outgoing", NAME, "failed"): 2, ("outgoing", NAME, "sent"): 1}
    assert state.chats.reminders() == []


def test_a_message_of_yesterday_is_not_tried_for_ever(
    state: State, platform: Platform, service: FakeService, clock: Clock
) -> None:
    state.queues.send(NAME, [("a", "1", {"text": "một"})])
    clock.now += 25 * 3600
    platform.trouble = [Later("busy")]
    work(state, platform, service, lambda: ("outgoing", NAME, "failed") in state.queues.counts())


def test_after_a_kill_what_had_left_is_not_sent_again_and_the_rest_is(
    state: State, platform: Platform, service: FakeService, tmp_path: Path
) -> None:
    state.queues.send(NAME, [(str(n), str(n), {"text": str(n)}) for n in range(3)])
    first, second, _ = state.queues.to_send(NAME)
    for message in (first, second):
        assert state.queues.sending(message.id)
    journal = Journal(state.folder / f"{NAME}.handed")
    journal._note(first.id)
    journal.close()
    work(state, platform, service, lambda: len(platform.sent) == 2)
    assert sorted(address for address, _ in platform.sent) == ["1", "2"]
    assert state.queues.counts() == {("outgoing", NAME, "sent"): 3}


def test_one_process_works_for_a_channel(state: State, url: str) -> None:
    other = open_state(url, "a secret")
    give_back = state.holds.take(NAME)
    assert give_back is not None
    assert other.holds.take(NAME) is None
    give_back()
    for name in (NAME, "zalo-oa"):
        given = other.holds.take(name)
        assert given is not None
        given()
    other.close()


def test_who_asks_too_fast_is_told_so_once(state: State, platform: Platform, service: FakeService) -> None:
    says(state, *(f"câu {n}" for n in range(30)))
    work(state, platform, service, lambda: ("incoming", NAME, "waiting") not in state.queues.counts(), TooFast())
    assert len(service.asked) == 20
    work(state, platform, service, lambda: len(platform.sent) == 21)
    assert platform.sent[-1][1].startswith(sentences.TOO_FAST[:22])


def test_what_waited_while_nobody_answered_was_not_too_fast(platform: Platform) -> None:
    refuse, now = TooFast(), time.time()
    assert [refuse("1", Heard(Text("x"), now - 60 * n)) for n in range(40, 0, -1)] == [None] * 40


def test_pace_of_a_chat_a_group_and_all() -> None:
    now = [0.0]
    pacer = Pacer(Pace(10.0, 1.0, 3.0), lambda address: address.startswith("-"), lambda: now[0])
    pacer.sent("1")
    assert (pacer.wait("1"), pacer.wait("2")) == (1.0, pytest.approx(0.1))
    now[0] = 0.2
    pacer.sent("-1")
    assert pacer.wait("-1") == 3.0
    pacer.hold(7.0)
    assert pacer.wait("9") == 7.0
    now[0] = 10.0
    assert pacer.wait("-1") == 0.0


# ---- reminders: the deadline is 15/12 each year, and 14/12 the last day in time


def remind(state: State, platform: Platform, service: FakeService) -> int:
    return Reminders(platform, service, state).send()  # type: ignore[arg-type]


def at(clock: Clock, day: date, hour: int = 9) -> None:
    clock.now = datetime(day.year, day.month, day.day, hour, tzinfo=ZONE).timestamp()


@pytest.mark.parametrize(
    ("left", "lead"),
    [(15, None), (14, 14), (12, 14), (11, None), (4, None), (3, 3), (2, 3), (1, 1), (0, 1), (-1, None)],
)
def test_which_lead_a_day_belongs_to(left: int, lead: int | None) -> None:
    assert lead_due((14, 3, 1), left) == lead


def test_a_year_of_mornings_reminds_three_times(
    state: State, platform: Platform, service: FakeService, clock: Clock
) -> None:
    state.chats.remind(state.chats.open(NAME, "42"), "42", "an-phu", (14, 3, 1))
    told = []
    for month, day in [(11, 29), (11, 30), (12, 1), (12, 10), (12, 11), (12, 12), (12, 13), (12, 14), (12, 15)]:
        for hour in (3, 8, 12, 22):
            at(clock, date(2026, month, day), hour)
            if remind(state, platform, service):
                told.append((month, day, hour))
    assert told == [(11, 30, 8), (12, 11, 8), (12, 13, 8)]
    first = state.queues.to_send(NAME)[0].body["text"]
    assert first == (
        "NHẮC HẠN – XÃ AN PHÚ\n\nCòn 14 ngày là đến ngày cuối còn kịp (14/12/2026).\nBáo cáo, gửi về UBND xã.\n"
        "Thực hiện: Các cơ quan.\n\n“Các cơ quan báo cáo trước ngày 15/12 hằng năm.”\n"
        "Mục II.1 – Thi đua <script>alert(1)</script>\n\nTắt nhắc: nhắn /nhac tắt."
    )


def test_a_missed_day_is_caught_up_and_a_clock_set_back_repeats_nothing(
    state: State, platform: Platform, service: FakeService, clock: Clock
) -> None:
    state.chats.remind(state.chats.open(NAME, "42"), "42", "an-phu", (14, 3, 1))
    at(clock, date(2026, 12, 14))  # away since November
    assert remind(state, platform, service) == 1
    for day in (12, 11, 14, 13):
        at(clock, date(2026, 12, day))
        remind(state, platform, service)
    texts = [state.queues.to_send(NAME)[0].body["text"].split("\n")[2]]
    assert texts == ["Hôm nay (14/12/2026) là ngày cuối còn kịp."]
    sent = sum(n for (_, _, status), n in state.queues.counts().items() if status == "waiting")
    assert sent == 2  # that of one day, and of three where the clock went back to before it
    at(clock, date(2027, 12, 13))
    assert remind(state, platform, service) == 1


def test_reminders_of_an_issuer_that_left_are_silent(
    state: State, platform: Platform, service: FakeService, clock: Clock
) -> None:
    state.chats.remind(state.chats.open(NAME, "42"), "42", "gone", (14, 3, 1))
    at(clock, date(2026, 12, 13))
    assert remind(state, platform, service) == 0


def test_a_sender_alone_recovers(state: State, platform: Platform) -> None:
    journal = Journal(state.folder / "x.handed")
    Sender(platform, state, journal).recover()
    assert journal.handed() == set()
    journal.close()
