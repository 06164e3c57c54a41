"""Passages cover the text once, with the headings above them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from made_plans import plan, snapshot, source

from bot.domain import Plan
from bot.text import squash
from ingest.passages import LONGEST, passages


@pytest.fixture(scope="module")
def five(five_plans_index: Path) -> list[Plan]:
    opened = snapshot(five_plans_index)
    return [opened.plan(i) for i in opened.plan_ids]


def check(found: Plan) -> None:
    cut = passages(found)
    assert [p.text for p in cut] == [found.text[p.start : p.end] for p in cut]
    assert [p.id for p in cut] == [f"{found.id}#{n}" for n in range(len(cut))]
    # Nothing is left out but white space, and nothing is indexed twice.
    assert squash(" ".join(p.text for p in cut)) == squash(found.text)
    for before, after in pairwise(cut):
        assert before.end <= after.start
    for passage in cut:
        deepest = found.section_at(passage.start)
        assert passage.section == (deepest.path if deepest else "")
        assert passage.headings == found.headings(passage.section)


def test_passages_cover_each_plan_of_the_corpus(five: list[Plan]) -> None:
    for found in five:
        check(found)


def test_passages_cover_a_made_plan() -> None:
    check(plan(source()))


def test_a_passage_is_found_by_the_headings_above_it() -> None:
    cut = {p.section: p for p in passages(plan(source()))}
    assert cut["I.2.a"].headings == ("MỤC ĐÍCH, YÊU CẦU", "Yêu cầu")
    assert cut[""].headings == ()


def test_a_heading_alone_is_a_passage() -> None:
    cut = passages(plan(source().replace("a) Thiết thực", "3. Khen thưởng\n\na) Thiết thực")))
    assert "3. Khen thưởng" in [p.text for p in cut if p.section == "I.3"]


def test_long_sections_are_cut_at_sentences() -> None:
    sentence = "Các cơ quan, đơn vị tổ chức quán triệt đến toàn thể cán bộ, công chức thuộc phạm vi quản lý. "
    found = plan(source().replace("b) Có sự phối hợp của các ban, ngành.", "b) " + sentence * 40))
    check(found)
    pieces = [p for p in passages(found) if p.section == "I.2.b"]
    assert len(pieces) > 3
    assert all(len(p.text) <= LONGEST and p.text.endswith(".") for p in pieces)


def test_one_long_sentence_stays_whole() -> None:
    sentence = "Các cơ quan, đơn vị, " * 100 + "thực hiện tốt."
    found = plan(source().replace("b) Có sự phối hợp của các ban, ngành.", f"b) {sentence}"))
    check(found)
    assert max(len(p.text) for p in passages(found)) > LONGEST
