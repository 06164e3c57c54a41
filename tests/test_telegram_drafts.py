"""With a language model, an answer grows in Telegram by edits of one message: over real HTTP on both sides."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hoi_process import wait
from scripted_model import Reply, Scripted, said, serving, truth

from bot.channels.chat import sentences
from tests import telegram_server
from tests.telegram_burst import bot, environment
from tests.telegram_server import Sent, Telegram

DUE = "Hạn gửi báo cáo hằng năm của xã Giao Minh là ngày nào?"
FIRST = "Báo cáo hằng năm gửi qua Phòng Văn hóa - Xã hội."
WHOLE = "Các đơn vị gửi báo cáo về UBND xã (qua Phòng Văn hóa - Xã hội) trước ngày 15/12 hằng năm."
FALSE = "Hạn này là trước ngày mười lăm tháng mười một."
SLOW = Reply(said((FIRST, [1]), (FALSE, [1]), (WHOLE, [1])), pieces=8, pause=0.4)
chats = iter(range(1, 1_000_000))


@pytest.fixture(scope="module")
def telegram() -> Iterator[Telegram]:
    with telegram_server.running() as telegram:
        yield telegram


@pytest.fixture(scope="module")
def model() -> Iterator[Scripted]:
    with serving(lambda _: SLOW) as scripted:
        yield scripted


@pytest.fixture(autouse=True)
def _nothing_was_refused(telegram: Telegram, model: Scripted) -> Iterator[None]:
    model.script = lambda _: SLOW
    yield
    assert telegram.refused == []


@contextmanager
def talking(telegram: Telegram, model: Scripted, index: Path, state: str) -> Iterator[None]:
    more = {"HOI_LLM": "openai:scripted", "HOI_LLM_URL": model.url, "HOI_LLM_TOKENS_A_DAY": "0"}
    with bot(environment(telegram, index, state, **more), "telegram"):
        yield


@pytest.fixture(scope="class")
def running(
    telegram: Telegram, model: Scripted, five_plans_index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    state = f"sqlite:///{tmp_path_factory.mktemp('state')}/hoi.sqlite"
    with talking(telegram, model, five_plans_index, state):
        yield


def is_whole(sent: Sent) -> bool:
    """An answer has buttons under it; a draft has none."""
    return bool(sent.buttons)


def answered(telegram: Telegram, chat: int) -> list[Sent]:
    wait(lambda: any(map(is_whole, telegram.to(chat))))
    return telegram.to(chat)


@pytest.mark.usefixtures("running")
class TestDrafts:
    def test_checked_sentences_are_shown_as_they_come_and_the_answer_takes_their_place(
        self, telegram: Telegram
    ) -> None:
        chat = next(chats)
        telegram.says(chat, DUE)
        (told,) = answered(telegram, chat)
        assert told.before[0] == sentences.WRITING
        assert f"{FIRST} [1]\n…" in told.before
        assert not any("mười một" in text for text in (*told.before, told.text))
        assert told.text.startswith(f"{FIRST} [1]\n{WHOLE} [1]\n\n[1] Định kỳ hằng năm")
        assert told.buttons[-1][0]["text"] == sentences.LIKE

    def test_an_answer_that_is_there_at_once_has_no_draft(self, telegram: Telegram, model: Scripted) -> None:
        model.script = lambda _: Reply(said((WHOLE, [1])))
        chat = next(chats)
        telegram.says(chat, DUE)
        (told,) = answered(telegram, chat)
        assert told.before == []
        telegram.says(chat, "/trogiup")
        assert telegram.wait_for(2, chat)[1].before == []

    def test_a_model_that_fails_leaves_the_composed_answer_in_the_same_message(
        self, telegram: Telegram, model: Scripted
    ) -> None:
        model.script = lambda _: Reply(said((FIRST, [1]), (FIRST, [1])), pieces=5, pause=0.4)
        chat = next(chats)
        telegram.says(chat, DUE)
        (told,) = answered(telegram, chat)
        assert f"{FIRST} [1]\n…" in told.before
        assert told.text.startswith("Trước ngày 15/12 hằng năm")

    def test_a_flood_is_obeyed_and_the_answer_comes(self, telegram: Telegram) -> None:
        chat = next(chats)
        telegram.says(chat, DUE)
        telegram.wait_for(1, chat)
        telegram.flood = 2
        (told,) = answered(telegram, chat)
        assert telegram.flood == 0
        assert told.text.startswith(f"{FIRST} [1]\n{WHOLE} [1]")

    def test_a_draft_that_was_deleted_is_followed_by_the_answer(self, telegram: Telegram) -> None:
        chat = next(chats)
        telegram.says(chat, DUE)
        (draft,) = telegram.wait_for(1, chat)
        telegram.deleted.add(draft.id)
        told = answered(telegram, chat)
        assert [sent.id == draft.id for sent in told] == [True, False]
        assert told[1].text.startswith(f"{FIRST} [1]\n{WHOLE} [1]")
        assert all("message to edit not found" in refused for refused in telegram.refused)
        telegram.refused.clear()

    def test_others_are_answered_while_the_model_writes(self, telegram: Telegram) -> None:
        slow, quick = [next(chats) for _ in range(2)], next(chats)
        for chat in slow:
            telegram.says(chat, DUE)
        for chat in slow:
            telegram.wait_for(1, chat)
        telegram.says(quick, "/trogiup")
        telegram.wait_for(1, quick)
        assert not any(is_whole(telegram.to(chat)[0]) for chat in slow)
        for chat in slow:
            answered(telegram, chat)

    def test_in_a_group_it_answers_the_message_and_keeps_its_pace(self, telegram: Telegram) -> None:
        group = -next(chats)
        number = telegram.says(group, f"@HoiKeHoach_bot {DUE}")
        (told,) = answered(telegram, group)
        assert told.answers == number - 1
        assert len(told.before) <= 3  # an edit every three seconds
        assert told.text.startswith(f"{FIRST} [1]\n{WHOLE} [1]")


def test_killed_while_the_model_writes_nothing_is_lost_or_sent_twice(
    telegram: Telegram,
    model: Scripted,
    five_plans_index: Path,
    tmp_path: Path,
) -> None:
    """A kill may cost the draft's number, never the answer: then the draft says that one is being written, for good."""
    state = f"sqlite:///{tmp_path}/hoi.sqlite"
    chance = random.Random(1)
    asking = [next(chats) for _ in range(6)]
    telegram.lag = 0.05
    model.script = lambda r: Reply(truth(r).text, pieces=4, pause=chance.random() / 2)
    for chat in asking:
        telegram.says(chat, DUE)
    for share in (2, 5):
        with talking(telegram, model, five_plans_index, state):
            wait(lambda share=share: sum(bool(telegram.to(chat)) for chat in asking) >= share)
            time.sleep(chance.random())
    with talking(telegram, model, five_plans_index, state):
        for chat in asking:
            answered(telegram, chat)
        last = next(chats)
        telegram.says(last, "/trogiup")
        wait(lambda: telegram.to(last))
        time.sleep(1)
    telegram.lag = 0.0
    for chat in asking:
        *left, whole = telegram.to(chat)
        assert is_whole(whole)
        assert [sent.text for sent in left] in ([], [sentences.WRITING])
    assert telegram.unconfirmed() == 0
