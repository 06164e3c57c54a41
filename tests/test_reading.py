from __future__ import annotations

from dataclasses import replace

import pytest
from fake_service import DEADLINE, PLAN, SPAN, TEXT

from bot.domain import Plan, Section, Span
from bot.reading import Block, Line, blocks, place, placed


def words(found: list[Block]) -> list[str]:
    return " ".join(line.text for b in found for line in (b.title, *b.lines) if line).split()


def lines(plan: Plan, shown: Span | None) -> list[Line]:
    return [line for b in blocks(plan, shown) for line in (b.title, *b.lines) if line]


def test_blocks_hold_the_whole_text_once() -> None:
    assert words(list(blocks(PLAN))) == TEXT.split()
    assert words(list(blocks(PLAN, SPAN))) == TEXT.split()


def test_blocks_carry_each_path_once_and_mark_the_empty() -> None:
    found = list(blocks(PLAN))
    assert [(b.path, b.empty) for b in found] == [
        ("", False),
        ("I", False),
        ("II", False),
        ("II.1", False),
        ("II.2", True),
        ("", False),
    ]
    assert found[1].title
    assert found[1].title.text == "I. MỤC ĐÍCH"
    assert found[3].title is None


def test_sections_that_open_together_both_have_an_anchor() -> None:
    chapter = Section("Chương I", "A", 1, 0, 3, 6)
    clause = Section("Chương I.1", "", 2, 0, 0, 6)
    plan = replace(PLAN, text="A b c.", sections=(chapter, clause))
    assert [b.path for b in blocks(plan)] == ["Chương I", "Chương I.1"]
    assert words(list(blocks(plan))) == ["A", "b", "c."]


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("Các cơ quan", "hằng năm."),
        ("báo cáo", "trước"),
        ("MỤC ĐÍCH", "kỹ năng."),
        ("I. MỤC", "Như trên."),
        ("KẾ", "HOẠCH"),
    ],
)
def test_the_shown_quote_is_marked_and_nothing_else(begin: str, end: str) -> None:
    span = Span(PLAN.id, TEXT.index(begin), TEXT.index(end) + len(end))
    runs = [run for line in lines(PLAN, span) for run in line.runs if run.quoted]
    assert " ".join(" ".join(run.text for run in runs).split()) == " ".join(PLAN.quote(span).split())
    assert [run.first for run in runs] == [True] + [False] * (len(runs) - 1)


def test_a_line_whose_letters_were_restored_carries_the_line_as_received() -> None:
    assert [line.received for line in lines(PLAN, None) if line.received] == ["KE HOACH <b>thi đua</b>"]


def test_a_place_leads_to_its_quote() -> None:
    assert placed(PLAN, place(SPAN.start, SPAN.end, PLAN.quote(SPAN))) == SPAN


def test_a_place_in_a_plan_that_has_changed_leads_nowhere() -> None:
    told = place(SPAN.start, SPAN.end, PLAN.quote(SPAN))
    assert placed(replace(PLAN, text="Mới. " + TEXT), told) is None


@pytest.mark.parametrize(
    "text", ["", "x", "1-2", "5-2-00000000", "0-999999999-00000000", "-1-2-00000000", "٠-٢-00000000", "0-1-zzzzzzzz\n"]
)
def test_an_invented_place_leads_nowhere(text: str) -> None:
    assert placed(PLAN, text) is None


def test_the_span_of_a_fact_can_be_shown() -> None:
    assert any(line.quoted for line in lines(PLAN, DEADLINE.span))
