from __future__ import annotations

from datetime import date

import pytest

from bot.channels import intake
from bot.channels.intake import BadInput


def test_question_is_trimmed_and_loses_controls() -> None:
    assert intake.question("  hạn\x00nộp\ud800 báo cáo\u2028?\n") == "hạn nộp  báo cáo ?"


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01", "???", "\u200b"])
def test_question_without_words_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="để trống"):
        intake.question(text)


def test_limit_counts_after_trimming() -> None:
    assert len(intake.question(" " + "a" * 2000 + " ")) == 2000
    with pytest.raises(BadInput, match="2001"):
        intake.question("a" * 2001)


def test_conversation_is_made_where_none_is_given() -> None:
    made = intake.conversation(None)
    assert len(made) == 32
    assert made != intake.conversation(None)


@pytest.mark.parametrize("name", ["", "a b", "a" * 65, "đ", "a\n", "../x"])
def test_unsafe_conversation_is_refused(name: str) -> None:
    with pytest.raises(BadInput):
        intake.conversation(name)


def test_day_is_read() -> None:
    assert intake.day("2026-12-01", "as_of") == date(2026, 12, 1)
    assert intake.day(None, "as_of") is None


@pytest.mark.parametrize(
    "text", ["", "01/12/2026", "2026-02-30", "20261201", "2026-12-01T00:00", "0001-01-01", "9999-12-31"]
)
def test_bad_day_is_named(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        intake.day(text, "as_of")
    assert caught.value.field == "as_of"
