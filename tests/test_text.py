"""Rules of written Vietnamese."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text import accented, fold, nfc, respell, sentences, slug, squash, tokens, words

VIETNAMESE = st.text("aàáãảạăắâấbcdđeèéẽẻẹêếghiìíklmnoòóõỏọôốơớpqrstuùúũủụưứvxyỳýỹỷỵ AĐOỎUỶQ.,-/15")


@settings(deadline=None)
@given(st.text())
def test_folding_keeps_every_offset_of_composed_text(text: str) -> None:
    assert len(fold(nfc(text))) == len(nfc(text))


@settings(deadline=None)
@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(nfc(text))
    assert fold(once) == once


@settings(deadline=None)
@given(VIETNAMESE)
def test_folded_vietnamese_is_plain_ascii(text: str) -> None:
    assert fold(nfc(text)).isascii()


@settings(deadline=None)
@given(VIETNAMESE)
def test_respelling_keeps_length_and_letters_and_settles_at_once(text: str) -> None:
    written = nfc(text)
    once = respell(written)
    assert len(once) == len(written)
    assert fold(once) == fold(written)
    assert respell(once) == once


@settings(deadline=None)
@given(st.text())
def test_a_slug_is_safe_in_an_address(text: str) -> None:
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(slug(text)) == slug(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Điện Biên", "dien bien"), ("ĐƯỜNG", "duong"), ("Ưỡn ẹo", "uon eo"), ("15/12", "15/12"), ("", "")],
)
def test_folding_takes_off_case_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoà", "hòa"),
        ("uỷ ban", "ủy ban"),
        ("Thuý Hoè", "Thúy Hòe"),
        ("TOÀ", "TÒA"),
        ("quý", "quý"),
        ("quỳ gối", "quỳ gối"),
        ("hoàn toàn", "hoàn toàn"),
        ("ngoài", "ngoài"),
        ("hòa", "hòa"),
    ],
)
def test_both_tone_placements_become_one(old: str, new: str) -> None:
    assert respell(old) == new


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Hòa", True), ("đi", True), ("ĐI", True), ("hoa", False), ("HOA", False), ("15/12", False), ("", False)],
)
def test_accents_are_noticed(text: str, wanted: bool) -> None:
    assert accented(text) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Giao Minh", "giao-minh"),
        ("  Đông   Hà ", "dong-ha"),
        ("Điện Biên Phủ (2)", "dien-bien-phu-2"),
        ("Ea H'leo", "ea-h-leo"),
        ("Hoa\u0300", "hoa"),
        ("!!!", ""),
    ],
)
def test_slugs(text: str, wanted: str) -> None:
    assert slug(text) == wanted


def test_document_numbers_and_dates_stay_whole() -> None:
    assert tokens("Nghị quyết 57-NQ/TW, ngày 15/12.") == ["nghi", "quyet", "57-nq/tw", "ngay", "15/12"]


def test_words_are_as_written() -> None:
    assert words("Sở KH&CN, số_1") == ["Sở", "KH", "CN", "số", "1"]


def test_white_space_is_squashed() -> None:
    assert squash(" a\n\t b\u00a0c ") == "a b c"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Họp tại TP. Hồ Chí Minh. Xong.", ["Họp tại TP. Hồ Chí Minh.", "Xong."]),
        ("Ông A. Bình ký. Hết.", ["Ông A. Bình ký.", "Hết."]),
        ("TT. Đảng ủy", ["TT. Đảng ủy"]),
        ("Chi 1.000 đồng. Hai", ["Chi 1.000 đồng.", "Hai"]),
        ("“Xong.” Sau", ["“Xong.”", "Sau"]),
        ("Dòng một\nDòng hai", ["Dòng một", "Dòng hai"]),
        ("một; hai", ["một;", "hai"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, wanted: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == wanted


def test_a_semicolon_does_not_end_a_whole_sentence() -> None:
    text = "một; hai. Ba"
    assert [text[a:b] for a, b in sentences(text, clauses=False)] == ["một; hai.", "Ba"]


@settings(deadline=None)
@given(VIETNAMESE, st.integers(0, 40), st.integers(0, 40))
def test_sentences_lie_in_order_inside_what_was_asked_for(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    here = start
    for first, last in sentences(text, start, end):
        assert here <= first < last <= end
        assert text[first:last] == text[first:last].strip()
        here = last
