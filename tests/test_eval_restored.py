"""The figures of restoration, on a plan whose damage is known."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from made_plans import plan, source

from bot.domain import Edit, Plan, TextMap
from eval.restored import breaches, of_pages, pages, restored, unlisted

SOURCE = "Ke hoach so 12\nngay 05/7"
TEXT = "Kế hoạch số 12 ngày 06/7"


def damaged(*warnings: str, text: str = TEXT) -> Plan:
    """Each word is an edit of its own, the white space between them another."""
    edits, at, start = [], 0, 0
    for read, word in zip(SOURCE.split(), text.split(), strict=True):
        begin = SOURCE.index(read, start)
        if edits:
            edits.append(Edit(at, at + 1, start, begin, True))
            at += 1
        edits.append(Edit(at, at + len(word), begin, begin + len(read), word == read))
        at, start = at + len(word), begin + len(read)
    return replace(plan(source()), source=SOURCE, text=text, map=TextMap(tuple(edits)), warnings=warnings)


TRUTH = "Ke hoach so 12\tKế hoạch số 12\nngay 05/7\tngày 05/7\n"


def test_lines_are_measured_where_they_are_served() -> None:
    found = restored(damaged(), TRUTH)
    assert (found.syllables, found.received, found.exact, found.numbers) == (6, 2, 5, 2)


def test_a_wrong_number_needs_a_warning() -> None:
    assert restored(damaged(), TRUTH).unflagged == 1
    assert restored(damaged("chỗ đọc chưa chắc chắn: “… ngay 05/7 …”"), TRUTH).unflagged == 0
    assert restored(damaged(text=TEXT.replace("06", "05")), TRUTH).unflagged == 0


def test_a_change_nobody_was_told_of_is_counted() -> None:
    told = [f"sửa lỗi nhận dạng: “{a}” thành “{b}”" for a, b in (("Ke", "Kế"), ("hoach", "hoạch"), ("so", "số"))]
    assert unlisted(damaged(*told)) == ["ngay → ngày", "05/7 → 06/7"]
    assert unlisted(damaged("lớp chữ bị lỗi nhận dạng (mức hỏng 85%)")) == ["05/7 → 06/7"]
    assert unlisted(plan(source())) == []


def test_pages_that_were_learned_from_are_left_out(tmp_path: Path) -> None:
    for number in (12, 90_001):
        page = {"language": "eng", "truth": ["một hai"], "read": ["mot hai"]}
        (tmp_path / f"{number:05d}.json").write_text(json.dumps(page), "utf-8")
    assert list(pages(tmp_path)) == [("90001-eng.txt", "một hai", "mot hai")]
    assert of_pages([], {"90001-eng.txt": "một hai"}) == (0, 2)


def test_what_lies_outside_the_bounds_is_told() -> None:
    bounds = {"least": {"syllables": 0.98}, "most": {"unflagged": 0}}
    assert breaches({"syllables": 0.99, "unflagged": 0}, bounds) == []
    assert len(breaches({"syllables": 0.9, "unflagged": 1}, bounds)) == 2
