from __future__ import annotations

from dataclasses import replace

import pytest
from fake_service import ANSWER, DEADLINE, PLAN, TEXT

from bot.domain import WrittenDate
from bot.render import (
    Piece,
    answer_json,
    deadline_json,
    full_plan_json,
    is_repaired,
    pieces,
    plan_json,
    shows_repair,
    source_line,
    terminal,
    visible,
)


def test_answer_json_is_the_contract() -> None:
    assert answer_json(ANSWER, conversation_id="c", took_ms=7) == {
        "status": "answered",
        "answer": ANSWER.text,
        "issuers": ["an-phu"],
        "conversation_id": "c",
        "as_of": "2026-12-01",
        "took_ms": 7,
        "citations": [
            {
                "mark": 1,
                "plan_id": "an-phu-2025",
                "plan_title": PLAN.title,
                "issuer": "an-phu",
                "section": "II.1",
                "heading": "BÁO CÁO",
                "quote": ANSWER.citations[0].quote,
                "source_quote": "Cac co quan",
                "repaired": True,
                "start": ANSWER.citations[0].start,
                "end": ANSWER.citations[0].end,
                "url": "/plans/an-phu-2025#II.1",
            }
        ],
        "deadlines": [
            {
                "actor": "Các cơ quan",
                "duty": "báo cáo",
                "recipient": "UBND xã",
                "rule": "yearly",
                "date": "15/12",
                "next": "2026-12-15",
                "last_safe_day": "2026-12-14",
                "days_left": 13,
                "past": False,
                "citation": 1,
            }
        ],
        "suggestions": ["Ai nhận báo cáo?"],
    }


def test_absent_dates_are_null() -> None:
    due = replace(ANSWER.deadlines[0], next=None, last_safe_day=None, days_left=None, past=True)
    told = answer_json(replace(ANSWER, deadlines=(due,)), conversation_id="c", took_ms=0)["deadlines"][0]
    assert (told["next"], told["last_safe_day"], told["days_left"], told["past"]) == (None, None, None, True)


def test_terminal_shows_answer_quote_place_and_repair() -> None:
    assert terminal(ANSWER, colour=False) == (
        "Trước ngày 15/12 hằng năm. [1] <i>\n\n"
        "[1] “Các cơ quan báo cáo trước ngày 15/12 hằng năm.”\n"
        "    (đã phục hồi từ bản quét lỗi)\n"
        f"    Mục II.1 – BÁO CÁO – {PLAN.title}\n\n"
        "Gợi ý:\n  - Ai nhận báo cáo?"
    )


def test_terminal_has_colour_only_when_asked() -> None:
    assert "\033[" in terminal(ANSWER, colour=True)
    assert "\033[" not in terminal(ANSWER, colour=False)


def test_plan_text_cannot_drive_the_terminal() -> None:
    assert visible("a\033[2Jb\nc\x07") == "a[2Jb\nc"


@pytest.mark.parametrize(
    ("section", "line"),
    [("VI.1", "Mục VI.1 – H – T"), ("Điều 2", "Điều 2 – H – T"), ("", "H – T")],
)
def test_place_is_said_as_officials_say_it(section: str, line: str) -> None:
    citation = replace(ANSWER.citations[0], section=section, heading="H", plan_title="T")
    assert source_line(citation) == line


def test_marks_without_citation_stay_words() -> None:
    answer = replace(ANSWER, text="A [1] b [2].")
    assert pieces(answer) == [Piece("A "), Piece("[1]", 1), Piece(" b [2].")]


def test_plan_json_leaves_blanks_blank() -> None:
    told = plan_json(PLAN)
    assert (told["number"], told["date"], told["date_written"]) == ("/KH-UBND", None, "tháng 8 năm 2025")
    assert plan_json(replace(PLAN, when=WrittenDate("1/8/2025", 1, 8, 2025)))["date"] == "2025-08-01"


def test_facts_carry_the_span_that_proves_them() -> None:
    fact = full_plan_json(PLAN)["facts"]["deadlines"][0]
    assert TEXT[fact["start"] : fact["end"]] == fact["quote"]
    assert (fact["section"], fact["rule"], fact["when"]["day"]) == ("II.1", "yearly", 15)


@pytest.mark.parametrize(("inclusive", "safe"), [(False, "2026-12-14"), (True, "2026-12-15")])
def test_last_safe_day_follows_the_wording(inclusive: bool, safe: str) -> None:
    from datetime import date

    assert deadline_json(PLAN, replace(DEADLINE, inclusive=inclusive), date(2026, 12, 15))["last_safe_day"] == safe


def test_markdown_left_out_is_no_repair() -> None:
    marked = replace(ANSWER.citations[0], source_quote=f"**{ANSWER.citations[0].quote}**")
    assert not shows_repair(marked)
    assert shows_repair(ANSWER.citations[0])


def test_repair_is_more_than_white_space() -> None:
    assert is_repaired(PLAN)
    same = replace(PLAN, text="a b", source="a\n\nb", map=replace(PLAN.map, edits=()))
    assert not is_repaired(same)
