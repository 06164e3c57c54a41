"""What users write, in SQLite and in PostgreSQL."""

from __future__ import annotations

import itertools
import threading
from datetime import date
from pathlib import Path

import pytest
from fake_clock import Clock

from bot.state import State, StateError, Token, open_state
from bot.state.connection import Database, open_engine
from bot.state.keys import kept_secret
from bot.state.tables import METADATA
from bot.state.turns import Turns


def test_a_chat_keeps_its_issuer(state: State) -> None:
    chat = state.chats.open("telegram", "42")
    state.chats.choose(chat, "giao-minh")
    assert state.chats.open("telegram", "42").issuer == "giao-minh"
    assert state.chats.open("zalo-oa", "42").issuer is None


def test_chat_ids_are_not_kept_in_clear(state: State, url: str) -> None:
    chat = state.chats.open("telegram", "987654321")
    state.chats.add_turn(chat, "hạn nào", "{}")
    engine = open_engine(url)
    with engine.connect() as connection:
        for table in METADATA.sorted_tables:
            assert "987654321" not in repr(connection.execute(table.select()).all())
    engine.dispose()


def test_another_secret_knows_no_chat(state: State, url: str) -> None:
    state.chats.open("telegram", "42")
    other = open_state(url, "another secret")
    assert other.chats.find("telegram", "42") is None
    other.close()


def test_forgetting_a_chat_leaves_nothing_of_it(state: State, url: str) -> None:
    chat = state.chats.open("telegram", "42")
    state.chats.add_turn(chat, "câu hỏi", "{}")
    state.chats.remind(chat, "42", "giao-minh", (3,))
    state.chats.mark_reminded(chat.id, "event", date(2026, 12, 15), 3, "queued")
    state.reports.add_feedback(chat, "telegram", True, question="câu hỏi")
    assert state.chats.forget("telegram", "42")
    engine = open_engine(url)
    with engine.connect() as connection:
        left = {t.name: connection.execute(t.select()).all() for t in METADATA.sorted_tables}
    engine.dispose()
    assert not any(rows for name, rows in left.items() if name != "alembic_version")
    assert not state.chats.forget("telegram", "42")


def test_turns_are_recent_and_in_order(state: State, clock: Clock) -> None:
    chat = state.chats.open("telegram", "42")
    for number in range(5):
        state.chats.add_turn(chat, f"câu {number}", "{}")
        clock.now += 10
    assert [t.question for t in state.chats.turns(chat, clock.now - 35)] == ["câu 2", "câu 3", "câu 4"]
    assert [t.question for t in state.chats.turns(chat, clock.now - 15)] == ["câu 4"]
    state.chats.purge(clock.now - 15)
    assert [t.question for t in state.chats.turns(chat, 0)] == ["câu 4"]


def test_a_turn_is_shown_to_its_own_chat_only(state: State) -> None:
    mine, other = state.chats.open("telegram", "1"), state.chats.open("telegram", "2")
    turn = state.chats.add_turn(mine, "câu hỏi", "{}")
    assert state.chats.turn(mine, turn) is not None
    assert state.chats.turn(other, turn) is None


def test_reminders_are_replaced_per_issuer(state: State) -> None:
    chat = state.chats.open("telegram", "42")
    state.chats.remind(chat, "42", "giao-minh", (14, 3))
    state.chats.remind(chat, "42", "vu-duong", (1,))
    state.chats.remind(chat, "42", "giao-minh", (7,))
    assert [(r.issuer, r.lead) for r in state.chats.reminders("telegram")] == [("vu-duong", 1), ("giao-minh", 7)]
    state.chats.remind(chat, "42", "giao-minh", ())
    assert [r.issuer for r in state.chats.reminders(chat=chat)] == ["vu-duong"]
    assert state.chats.reminders("zalo-bot") == []


def test_a_reminder_is_marked_once(state: State) -> None:
    chat = state.chats.open("telegram", "42")
    assert state.chats.mark_reminded(chat.id, "event", date(2026, 12, 15), 3, "queued")
    assert not state.chats.mark_reminded(chat.id, "event", date(2026, 12, 15), 3, "queued")
    assert state.chats.mark_reminded(chat.id, "event", date(2027, 12, 15), 3, "queued")


def test_an_update_is_received_once(state: State) -> None:
    assert state.queues.receive("telegram", [("1", "x", {"text": "a"}), ("2", "y", {"text": "b"})]) == 2
    assert state.queues.receive("telegram", [("2", "y", {"text": "b"}), ("3", "z", {"text": "c"})]) == 1
    assert state.queues.receive("zalo-oa", [("1", "x", {"text": "a"})]) == 1
    assert [u.body["text"] for u in state.queues.waiting("telegram")] == ["a", "b", "c"]


def test_an_update_is_answered_once(state: State) -> None:
    state.queues.receive("telegram", [("1", "42", {})])
    (update,) = state.queues.waiting("telegram")
    done = [state.queues.answered(update.id, "telegram", [("1:0", "42", {"text": "trả lời"})]) for _ in range(2)]
    assert done == [True, False]
    state.queues.receive("telegram", [("1", "42", {})])
    assert state.queues.waiting("telegram") == []
    assert [m.body for m in state.queues.to_send("telegram")] == [{"text": "trả lời"}]


def test_an_update_may_wait(state: State, clock: Clock) -> None:
    state.queues.receive("telegram", [("1", "42", {}), ("2", "42", {})])
    state.queues.later(state.queues.waiting("telegram")[0].id, 30)
    assert state.queues.waiting("telegram") == []
    clock.now += 31
    assert [(u.key, u.tries) for u in state.queues.waiting("telegram")] == [("1", 1)]


def test_each_chat_has_its_turn(state: State) -> None:
    state.queues.receive("telegram", [("1", "x", {}), ("2", "x", {}), ("3", "y", {})])
    assert [u.key for u in state.queues.waiting("telegram")] == ["1", "3"]
    state.queues.answered(state.queues.waiting("telegram")[0].id, "telegram", [])
    assert [u.key for u in state.queues.waiting("telegram")] == ["2", "3"]


def test_what_belongs_together_happens_or_does_not(state: State) -> None:
    state.queues.receive("telegram", [("1", "42", {})])
    (update,) = state.queues.waiting("telegram")

    def answer(fails: bool) -> None:
        with state.together():
            chat = state.chats.open("telegram", "42")
            state.chats.choose(chat, "giao-minh")
            assert state.chats.find("telegram", "42") is not None
            state.queues.answered(update.id, "telegram", [("1:0", "42", {})])
            if fails:
                raise ConnectionError

    with pytest.raises(ConnectionError):
        answer(fails=True)
    assert state.chats.find("telegram", "42") is None
    assert state.queues.to_send("telegram") == []
    answer(fails=False)
    assert state.chats.open("telegram", "42").issuer == "giao-minh"
    assert len(state.queues.to_send("telegram")) == 1


def test_what_is_sent_leaves_no_address(state: State, url: str) -> None:
    state.queues.receive("telegram", [("1", "987654321", {"from": "987654321"})])
    state.queues.answered(
        state.queues.waiting("telegram")[0].id, "telegram", [(f"1:{n}", "987654321", {}) for n in range(2)]
    )
    for settle in (state.queues.sent, lambda message: state.queues.failed(message, "blocked")):
        (message,) = state.queues.to_send("telegram")
        settle(message.id)
    engine = open_engine(url)
    with engine.connect() as connection:
        for table in METADATA.sorted_tables:
            assert "987654321" not in repr(connection.execute(table.select()).all())
    engine.dispose()


def test_a_turn_is_judged_once(state: State) -> None:
    turn = state.chats.add_turn(state.chats.open("telegram", "42"), "câu hỏi", "{}")
    assert [state.chats.judge(turn, liked) for liked in (True, False)] == [True, False]


def test_a_blocked_address_is_reminded_no_more(state: State) -> None:
    for channel in ("telegram", "zalo-bot"):
        state.chats.remind(state.chats.open(channel, "42"), "42", "giao-minh", (3,))
    state.chats.silence("telegram", "42")
    assert [r.channel for r in state.chats.reminders()] == ["zalo-bot"]


def test_small_things_are_remembered(state: State) -> None:
    assert state.memory.get("telegram") is None
    for value in ({"a": 1}, {"a": [2]}):
        state.memory.put("telegram", value)
        assert state.memory.get("telegram") == value


def test_a_message_is_taken_by_one(state: State) -> None:
    state.queues.send("telegram", [("a", "42", {"text": "x"})])
    (message,) = state.queues.to_send("telegram")
    assert state.queues.sending(message.id)
    assert not state.queues.sending(message.id)
    assert [m.id for m in state.queues.on_their_way("telegram")] == [message.id]
    state.queues.sent(message.id)
    assert state.queues.on_their_way("telegram") == []
    assert state.queues.counts() == {("outgoing", "telegram", "sent"): 1}


def test_messages_to_one_address_keep_their_order(state: State, clock: Clock) -> None:
    state.queues.send("telegram", [("a", "1", {"n": 1}), ("b", "1", {"n": 2}), ("c", "2", {"n": 3})])
    first = state.queues.to_send("telegram")[0]
    state.queues.sending(first.id)
    state.queues.retry(first.id, 60, "429")
    assert [m.body["n"] for m in state.queues.to_send("telegram")] == [3]
    clock.now += 61
    sent = []
    while waiting := state.queues.to_send("telegram"):
        for message in waiting:
            assert state.queues.sending(message.id)
            assert message.address not in {m.address for m in state.queues.to_send("telegram")}
            state.queues.sent(message.id)
            sent.append(message.body["n"])
    assert sent == [1, 3, 2]


def test_settled_work_is_purged_and_waiting_work_is_not(state: State, clock: Clock) -> None:
    state.queues.receive("telegram", [("1", "42", {}), ("2", "42", {})])
    state.queues.answered(state.queues.waiting("telegram")[0].id, "telegram", [("1:0", "42", {})])
    state.queues.sending(state.queues.to_send("telegram")[0].id)
    state.queues.failed(state.queues.on_their_way("telegram")[0].id, "blocked")
    clock.now += 100
    assert state.queues.purge(clock.now) == 2
    assert [u.key for u in state.queues.waiting("telegram")] == ["2"]


def test_unanswered_questions_are_kept_without_their_asker(state: State) -> None:
    state.reports.count("telegram", "answered", "date", "giao-minh", "hạn nào")
    state.reports.count("telegram", "not_stated", "date", "giao-minh", "gọi tôi số 0912 345 678, a.b@c.vn nhé")
    (kept,) = state.reports.unanswered()
    assert (kept.status, kept.question) == ("not_stated", "gọi tôi số …, … nhé")
    assert state.reports.counts(0, 2e9) == {("answered", "date"): 1, ("not_stated", "date"): 1}


def test_feedback_is_listed_and_purged(state: State, clock: Clock) -> None:
    state.reports.add_feedback(None, "web", False, "sai ngày", "hạn nào", "15/12")
    assert [(f.liked, f.words) for f in state.reports.feedback()] == [(False, "sai ngày")]
    clock.now += 10
    assert state.reports.purge(clock.now) == 1


def test_a_token_is_renewed_once_by_many(state: State, clock: Clock) -> None:
    numbers, made = itertools.count(1), []

    def make(old: Token | None) -> Token:
        made.append(old)
        return Token(f"access {next(numbers)}", "refresh", clock.now + 90_000)

    stale = state.tokens.renew("zalo", None, make)
    threads = [threading.Thread(target=state.tokens.renew, args=("zalo", stale, make)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [None, stale]
    assert state.tokens.get("zalo") == Token("access 2", "refresh", clock.now + 90_000)


def test_a_token_that_cannot_be_renewed_stays(state: State) -> None:
    old = state.tokens.renew("zalo", None, lambda _: Token("access", "refresh", 5.0))

    def fail(_: Token | None) -> Token:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        state.tokens.renew("zalo", old, fail)
    assert state.tokens.get("zalo") == old
    assert state.tokens.renew("zalo", old, lambda _: Token("next", "next", 6.0)).access == "next"


def test_a_token_is_not_shown() -> None:
    assert "access" not in repr(Token("access", "refresh", 5.0))


def test_who_is_in_a_hurry_goes_first() -> None:
    turns, order = Turns(), list[str]()

    def wait(name: str, hurried: bool) -> None:
        with turns.take(hurried=hurried):
            order.append(name)

    threads = [threading.Thread(target=wait, args=(str(n), False)) for n in range(3)]
    threads.append(threading.Thread(target=wait, args=("hurried", True)))
    with turns.take():
        for thread in threads:
            thread.start()
            thread.join(0.02)
    for thread in threads:
        thread.join()
    assert order[0] == "hurried"
    assert len(order) == 4


def test_two_that_start_together_make_one_schema(url: str) -> None:
    opened: list[State] = []
    threads = [threading.Thread(target=lambda: opened.append(open_state(url, "s"))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 3
    for state in opened:
        state.ready()
        state.close()


def test_migrations_make_the_schema_that_the_code_names(state: State, url: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    engine = open_engine(url)
    with Database(engine).read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


def test_a_state_that_cannot_be_opened_says_so_without_its_password() -> None:
    with pytest.raises(StateError, match="HOI_STATE") as told:
        open_state("postgresql://hoi:secret-word@127.0.0.1:1/none", "s")
    assert "secret-word" not in str(told.value)


@pytest.mark.parametrize("url", ["mysql+nothing://x/y", "sqlite:////proc/none/x.sqlite"])
def test_an_address_that_is_no_database_is_named(url: str) -> None:
    with pytest.raises(StateError, match="HOI_STATE"):
        open_state(url, "s")


def test_the_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "chat-key"
    secret = kept_secret(path)
    assert len(secret) == 64
    assert kept_secret(path) == secret
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["chat-key"]
