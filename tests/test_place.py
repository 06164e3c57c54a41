"""In which part of a plan a thing stands."""

from __future__ import annotations

from datetime import date

import pytest
from made_plans import plan

from bot.answerers.placed import told, with_place
from bot.domain import Issuer, Plan, Section, Span
from bot.findings import Claim, Finding
from bot.frequency import rarity
from bot.place import asked_place
from bot.question import understand

TEXT = """ỦY BAN NHÂN DÂN XÃ AN PHÚ

Số: 12/KH-UBND

An Phú, ngày 05 tháng 3 năm 2025

KẾ HOẠCH

Triển khai Phong trào thi đua “Làng sạch, ngõ đẹp” trên địa bàn xã An Phú

I. NỘI DUNG THI ĐUA

1. Thi đua trồng cây. Mỗi xóm trồng một đường hoa dài 500 mét.

2. Mỗi trường học có một vườn rau.

II. TỔ CHỨC THỰC HIỆN

1. Phòng Kinh tế

a) Chủ trì hướng dẫn kỹ thuật trồng hoa cho các xóm.

Nơi nhận:

- Lưu: VT.
"""
AN_PHU = plan(TEXT)


def claim(words: str, of: Plan = AN_PHU) -> Claim:
    at = of.text.index(words)
    return Claim(words, (Span(of.id, at, at + len(words)),))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Đường hoa nằm ở mục nào?", "muc"),
        ("duong hoa nam o muc nao trong ke hoach", "muc"),
        ("Dấu giáp lai được quy định tại điều mấy?", "dieu"),
        ("Camera thuộc nhóm nhiệm vụ nào?", "nhom nhiem vu"),
        ("đưa việc trồng hoa vào nội dung thi đua nào", "noi dung thi dua"),
        ("Vườn rau thuộc nhóm nhiệm vụ, giải pháp nào?", "nhom nhiem vu, giai phap"),
        ("Vườn rau được ghi ở phần nào của kế hoạch?", "phan"),
    ],
)
def test_a_place_is_asked(text: str, kind: str) -> None:
    asked = asked_place(text)
    assert asked is not None
    assert asked.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "Tập trung vào nội dung nào?",
        "Kẹt xe ở mức nào?",
        "ket xe o muc nao thi duoc xet",
        "Thu hồi theo điều nào của Nghị định 68?",
        "Gửi hồ sơ ở nơi nào?",
        "Điều 5 nói gì?",
        "Kế hoạch có mấy phần?",
    ],
)
def test_no_place_is_asked(text: str) -> None:
    assert asked_place(text) is None


def test_what_asks_for_the_place_is_no_part_of_the_question() -> None:
    issuers = (Issuer("an-phu", "An Phú", "xã", "Nghệ An"),)
    question = understand("Ở An Phú đường hoa nằm ở mục nào trong kế hoạch?", issuers, date(2026, 11, 20), rarity)
    assert question.placed == "muc"
    assert "muc" not in question.said.split()
    assert question.text.endswith("trong kế hoạch?")


def section(path: str) -> Section:
    found = AN_PHU.section(path)
    assert found is not None
    return found


def test_the_number_and_the_titles_are_told_and_quoted() -> None:
    place = told(AN_PHU, section("II.1.a"))
    assert place.text == "Mục II.1.a, thuộc mục II.1 “Phòng Kinh tế”:"
    assert [AN_PHU.quote(s) for s in place.spans] == ["Phòng Kinh tế"]


def test_the_first_sentence_of_a_clause_is_its_title() -> None:
    assert told(AN_PHU, section("I.1")).text == "Mục I.1 “Thi đua trồng cây”, thuộc mục I “NỘI DUNG THI ĐUA”:"


def test_a_clause_of_one_sentence_has_no_title() -> None:
    assert told(AN_PHU, section("I.2")).text == "Mục I.2, thuộc mục I “NỘI DUNG THI ĐUA”:"


def test_the_place_stands_before_the_sentence() -> None:
    found = with_place(Finding(AN_PHU, (claim("Mỗi trường học có một vườn rau."),)), "muc")
    assert [c.text for c in found.claims] == [
        "Mục I.2, thuộc mục I “NỘI DUNG THI ĐUA”:",
        "Mỗi trường học có một vườn rau.",
    ]


def test_the_kind_of_part_asked_for_chooses_among_sentences() -> None:
    both = (
        claim("Chủ trì hướng dẫn kỹ thuật trồng hoa cho các xóm."),
        claim("Mỗi xóm trồng một đường hoa dài 500 mét."),
    )
    found = with_place(Finding(AN_PHU, both), "noi dung thi dua")
    assert [c.text for c in found.claims][1:] == ["Mỗi xóm trồng một đường hoa dài 500 mét."]


def test_what_is_not_stated_stands_nowhere() -> None:
    silent = Finding(AN_PHU, (), stated=False)
    assert with_place(silent, "muc") is silent
