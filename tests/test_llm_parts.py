"""Budget, breaker, and reading a reply while it comes in."""

from __future__ import annotations

import json
from datetime import date

import pytest
from scripted_model import said

from bot.llm.breaker import FIRST, LONGEST, Breaker
from bot.llm.budget import Budget, Limits
from bot.llm.errors import ModelError, Why
from bot.llm.nouns import Sentence
from bot.llm.schema import REPLY_LIMIT, SHAPES, Intent, Reading

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


def test_a_day_has_so_many_tokens_and_the_next_day_as_many() -> None:
    day = [date(2026, 12, 1)]
    budget = Budget(Limits(tokens=100), lambda: day[0])
    assert budget.reserve(60, 30)
    assert not budget.reserve(10, 10)
    budget.settle((60, 30), (40, 10))
    assert budget.spent() == (50, 0.0)
    assert budget.reserve(10, 10)
    day[0] = date(2026, 12, 2)
    assert budget.spent() == (0, 0.0)
    assert budget.reserve(60, 40)


def test_money_is_counted_by_the_two_prices() -> None:
    budget = Budget(Limits(money=1000, price_in=1_000_000, price_out=5_000_000), lambda: date(2026, 12, 1))
    assert budget.reserve(500, 100)
    assert budget.spent() == (600, 1000.0)
    assert not budget.reserve(1, 0)


def test_without_limits_all_is_allowed() -> None:
    assert Budget(Limits(), lambda: date(2026, 12, 1)).reserve(10**9, 10**9)


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
