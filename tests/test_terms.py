"""A question's words: what stands for what, which count, how much."""

from __future__ import annotations

import pytest

from bot.frequency import rarity
from bot.terms import Term, expand, spaced, spaced_exact, terms


def found(text: str) -> dict[str, Term]:
    return {term.forms[0]: term for term in terms(text, rarity)}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bc năm nộp trc ngày mấy", "bao cao năm nộp truoc ngày mấy"),
        ("UBND gửi KH", "uy ban nhan dan gửi ke hoach"),
        ("đc khen ko", "duoc khen khong"),
        ("tđkt", "thi dua khen thuong"),
        ("cđs", "chuyen doi so"),
        ("sở kh&cn", "sở khoa hoc cong nghe"),
    ],
)
def test_abbreviations_are_written_out(typed: str, meant: str) -> None:
    assert expand(typed) == meant


@pytest.mark.parametrize("typed", ["mẹ đi chợ", "bà cụ", "cờ đỏ", "hạn là ngày", "Khen", "", "  "])
def test_words_are_no_abbreviations(typed: str) -> None:
    assert expand(typed) == typed


def test_question_words_are_no_terms() -> None:
    assert terms("là gì, thế nào, ở đâu?", rarity) == ()


def test_a_word_weighs_as_much_as_it_is_rare() -> None:
    (only,) = terms("lụa", lambda token: 7.5 if token == "lua" else 9.0)
    assert only.weight == 7.5


def test_accents_are_kept_where_they_were_typed() -> None:
    assert found("lụa")["lua"].exact == "lụa"
    assert found("lua")["lua"].exact == ""


def test_a_word_of_other_accents_has_no_part_in_the_other_words() -> None:
    assert found("gốm")["gom"].forms == ("gom",)  # pottery; "gom", to gather, has other words


def test_old_tone_placement_is_kept_as_the_new() -> None:
    assert next(iter(found("hoà giải").values())).exact.startswith("hòa")


@pytest.mark.parametrize(
    ("typed", "written"), [("nghệ sĩ", "nghe sy"), ("kĩ thuật", "ky thuat"), ("kỹ thuật", "ki thuat")]
)
def test_i_and_y_are_one_spelling(typed: str, written: str) -> None:
    assert any(written in term.forms for term in terms(typed, rarity))


def test_i_and_y_after_other_letters_are_two() -> None:
    assert found("di tích")["di tich"].forms == ("di tich", "di san")


def test_a_number_and_its_unit_are_two_words() -> None:
    assert {"43", "kg"} <= set(found("43kg rác"))


def test_a_body_names_one_thing() -> None:
    assert found("Phòng Văn hóa chủ trì")["phong van hoa"].solid


def test_a_term_stands_once_however_often_it_is_said() -> None:
    assert len(terms("gốm gốm gốm", rarity)) == len({t.forms for t in terms("gốm gốm gốm", rarity)})


@pytest.mark.parametrize("text", ["", "?!", "...", "\x00", "là"])
def test_nothing_said_gives_no_terms(text: str) -> None:
    assert terms(text, rarity) == ()


def test_framed_words_are_found_whole() -> None:
    framed = spaced("Các thôn, bản.")
    assert framed == " cac thon ban "
    assert " tho " not in framed
    assert spaced_exact("Uỷ ban") == " ủy ban "
