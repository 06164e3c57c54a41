"""Budget, breaker, and reading a reply while it comes in."""

from __future__ import annotations

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from scripted_model import said

from bot.llm.breaker import FIRST, LONGEST, Breaker
from bot.llm.budget import Budget, Limits
from bot.llm.errors import ModelError, Why
from bot.llm.nouns import Sentence
from bot.llm.schema import REPLY_LIMIT, SHAPES, Intent, Reading
from bot.state import open_state

WHOLE = said(("Câu một.", [1]), ("Câu “hai” { }.", [1, 2]))


def read(text: str, pieces: int = 1, intent: Intent = Intent.REWORD) -> list[Sentence]:
    reading = Reading(SHAPES[intent])
    size = max(1, -(-len(text) // pieces))
    found = [s for start in range(0, len(text), size) for s in reading.feed(text[start : start + size])]
    reading.close()
    return found


# ---- reading


@pytest.mark.parametrize("pieces", [1, 2, 7, len(WHOLE)])
def test_a_reply_reads_the_same_in_any_pieces(pieces: int) -> None:
    assert read(WHOLE, pieces) == [Sentence("Câu một.", (1,)), Sentence("Câu “hai” { }.", (1, 2))]


def test_a_sentence_is_handed_out_as_soon_as_it_is_whole() -> None:
    reading = Reading(SHAPES[Intent.REWORD])
    first, rest = WHOLE.split("}, {")
    assert reading.feed(first) == []
    assert reading.feed("}, ") == [Sentence("Câu một.", (1,))]
    assert reading.feed("{" + rest) == [Sentence("Câu “hai” { }.", (1, 2))]


@pytest.mark.parametrize("around", ["```json\n{}\n```", "<think>Xem {{nào}}.</think>\n{}", "Vâng: {}"])
def test_what_stands_around_the_json_is_left_out(around: str) -> None:
    assert len(read(around.format(WHOLE), 5)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Tôi xin lỗi, tôi không thể giúp việc này.",
        WHOLE[:-1],
        WHOLE[: len(WHOLE) // 2],
        "[]",
        "{}",
        '{"sentences": [{"text": "Câu.", "rests_on": [1]}]}',
        '{"enough": true}',
        '{"enough": true, "sentences": [1]}',
        '{"enough": true, "sentences": [{"text": 1, "rests_on": [1]}]}',
        '{"enough": true, "sentences": [{"text": "Câu.", "rests_on": ["1"]}]}',
        '{"enough": true, "sentences": [{"text": "Câu.", "rests_on": [true]}]}',
        '{"enough": true, "sentences": [{"text": "Câu."}]}',
        '{"enough": true, "sentences": ' + "[" * 30_000,
    ],
)
def test_a_reply_of_another_shape_is_broken(text: str) -> None:
    with pytest.raises(ModelError) as error:
        read(text)
    assert error.value.why is Why.BROKEN


def test_too_little_and_too_much_are_told_apart() -> None:
    with pytest.raises(ModelError, match=Why.INSUFFICIENT):
        read(said(enough=False))
    with pytest.raises(ModelError, match=Why.TOO_LONG):
        read("{" + " " * REPLY_LIMIT)
    many = said(*((f"Câu {i}.", [1]) for i in range(40)))
    assert len(read(many)) == SHAPES[Intent.REWORD].sentences


def test_parts_are_those_of_the_schema() -> None:
    part = SHAPES[Intent.SUMMARISE].parts[0]
    assert read(said(("Câu.", [1], part)), intent=Intent.SUMMARISE) == [Sentence("Câu.", (1,), part)]
    with pytest.raises(ModelError, match=Why.BROKEN):
        read(said(("Câu.", [1], "Phần bịa")), intent=Intent.SUMMARISE)


@pytest.mark.parametrize("intent", list(Intent))
def test_each_intent_has_a_schema_with_what_is_read(intent: Intent) -> None:
    schema = json.loads(json.dumps(SHAPES[intent].schema()))
    assert next(iter(schema["properties"])) == "enough"
    assert {"text", "rests_on"} <= set(schema["properties"]["sentences"]["items"]["required"])


# ---- budget


DAY, NEXT = date(2026, 12, 1), date(2026, 12, 2)


def test_a_day_has_so_many_tokens_and_the_next_day_as_many(url: str) -> None:
    day = [DAY]
    with closing(open_state(url, "s")) as state:
        budget = Budget(Limits(tokens=100), lambda: day[0], state.spending)
        reserved = budget.reserve(60, 30)
        assert reserved
        assert not budget.reserve(10, 10)
        budget.settle(reserved, (40, 10))
        assert state.spending.of(DAY) == (50, 0.0)
        late = budget.reserve(10, 10)
        assert late
        day[0] = NEXT
        assert state.spending.of(NEXT) == (0, 0.0)
        budget.settle(late, (1, 1))  # it belongs to the day on which it was asked
        assert (state.spending.of(DAY), state.spending.of(NEXT)) == ((52, 0.0), (0, 0.0))
        assert budget.reserve(60, 40)
        assert not budget.reserve(1, 0)


def test_money_is_counted_by_the_two_prices(url: str) -> None:
    limits = Limits(money=1000, price_in=1_000_000, price_out=5_000_000)
    with closing(open_state(url, "s")) as state:
        budget = Budget(limits, lambda: DAY, state.spending)
        assert budget.reserve(500, 100)
        assert state.spending.of(DAY) == (600, 1000.0)
        assert not budget.reserve(1, 0)


def test_without_limits_all_is_allowed() -> None:
    assert Budget(Limits(), lambda: DAY, None).reserve(10**9, 10**9)


def test_a_restart_and_a_second_process_share_one_budget(url: str) -> None:
    with closing(open_state(url, "s")) as first, closing(open_state(url, "s")) as second:
        budgets = [Budget(Limits(tokens=100), lambda: DAY, state.spending) for state in (first, second)]
        with ThreadPoolExecutor(8) as threads:
            taken = list(threads.map(lambda n: budgets[n % 2].reserve(6, 4), range(30)))
        assert sum(t is not None for t in taken) == 10
    with closing(open_state(url, "s")) as again:  # who died with something set aside has spent it
        assert not Budget(Limits(tokens=100), lambda: DAY, again.spending).reserve(1, 0)
        assert again.spending.of(DAY) == (100, 0.0)


def test_where_the_budget_is_not_known_the_model_is_not_asked(tmp_path: Path) -> None:
    state = open_state(f"sqlite:///{tmp_path}/hoi.sqlite", "s")
    budget = Budget(Limits(tokens=100), lambda: DAY, state.spending)
    reserved = budget.reserve(1, 1)
    assert reserved
    with closing(sqlite3.connect(tmp_path / "hoi.sqlite")) as other:
        other.execute("DROP TABLE spent")
        other.commit()
    assert budget.reserve(1, 1) is None
    budget.settle(reserved, (1, 1))  # is logged, and the answer is served
    state.close()


# ---- breaker


def test_a_model_that_failed_is_tried_aside_and_ever_less_often() -> None:
    now = [0.0]
    breaker = Breaker(lambda: now[0])
    assert breaker.allows()
    breaker.failed()
    assert not breaker.allows()
    assert not breaker.due()
    waits = []
    for _ in range(8):
        start = now[0]
        while not breaker.due():
            now[0] += 1
        assert not breaker.due()  # one attempt at a time
        waits.append(now[0] - start)
        breaker.failed()
    assert waits[:3] == [FIRST, 2 * FIRST, 4 * FIRST]
    assert waits[-1] == LONGEST


def test_a_model_that_answers_again_is_asked_again() -> None:
    now = [0.0]
    breaker = Breaker(lambda: now[0])
    breaker.failed()
    now[0] += FIRST
    assert breaker.due()
    breaker.reached()
    assert breaker.allows()
    breaker.failed()  # it could be reached and failed all the same: the wait has grown
    now[0] += FIRST
    assert not breaker.due()
    now[0] += FIRST
    assert breaker.due()
    breaker.worked()
    breaker.failed()
    now[0] += FIRST
    assert breaker.due()
