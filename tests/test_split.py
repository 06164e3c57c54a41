"""Messages that fit a platform: nothing lost, nothing torn."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels import telegram_html
from bot.channels.chat import plain
from bot.channels.chat.nouns import Button, Part, Reply, words
from bot.channels.split import cut, split, utf16

SENTENCE = "Các cơ quan báo cáo trước ngày 15/12 hằng năm. "


def letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFC", text) if not c.isspace())


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("ngắn", 10, ["ngắn"]),
        ("một hai ba bốn", 7, ["một hai", "ba bốn"]),
        ("Câu một. Câu hai dài", 14, ["Câu một.", "Câu hai dài"]),
        ("dòng một\ndòng hai dài", 14, ["dòng một", "dòng hai dài"]),
        ("aaaaaaaaaa", 4, ["aaaa", "aaaa", "aa"]),
        ("e\u0301e\u0301", 3, ["e\u0301", "e\u0301"]),
        ("👍👍👍", 2, ["👍👍", "👍"]),
    ],
)
def test_where_words_are_cut(text: str, limit: int, pieces: list[str]) -> None:
    assert list(cut(text, limit)) == pieces


def test_a_surrogate_pair_is_whole() -> None:
    assert list(cut("👍👍👍", 3, utf16)) == ["👍", "👍", "👍"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.builds(
            Part,
            st.sampled_from(["words", "title", "quote", "source"]),
            st.text(st.sampled_from("aạ .\n👍e\u0301…-xã,\u200d<&"), max_size=200),
            mark=st.sampled_from(["", "[1]"]),
        ),
        max_size=8,
    ),
    st.integers(30, 120),
)
def test_every_message_fits_and_no_letter_is_lost(parts: list[Part], limit: int) -> None:
    pages = split(parts, limit, telegram_html.seen, utf16)
    for page in pages:
        assert 0 < utf16("".join(map(telegram_html.seen, page))) <= limit
    told = "".join(letters(p.text.replace("[…]", "")) for page in pages for p in page)
    assert told == "".join(letters(p.text) for p in parts)


def test_a_quote_and_its_place_stay_together() -> None:
    quote, place = Part("quote", SENTENCE * 2), Part("source", "Mục II.1")
    pages = split([words("a " * 45), quote, place], 140, plain.shown)
    assert [[p.kind for p in page] for page in pages] == [["words"], ["quote", "source"]]


def test_a_quote_longer_than_a_message_is_cut_at_a_sentence_and_says_so() -> None:
    pages = split([Part("quote", SENTENCE * 5, mark="[1]")], 140, plain.shown)
    texts = [p.text for page in pages for p in page]
    assert len(texts) == 3
    assert texts[0] == f"{(SENTENCE * 2).strip()} […]"
    assert texts[1] == f"[…] {(SENTENCE * 2).strip()} […]"
    assert texts[2] == f"[…] {SENTENCE.strip()}"


def test_plain_text_numbers_its_buttons() -> None:
    rows = ((Button("Một", "a"),), (Button("Hai", "b"), Button("Ba", "c")))
    reply = Reply((words("Hỏi đi"), Part("quote", "câu", mark="[1]")), rows)
    assert plain.pages(reply, 2000) == ["Hỏi đi\n\n[1] “câu”\n\nNhắn số để chọn:\n1. Một\n2. Hai   3. Ba"]


def test_plain_text_tells_an_address_once() -> None:
    places = [Part("source", place, "https://x/plans/p#V.1") for place in ("Mục V.1", "Mục V.1 – Thời gian")]
    assert plain.pages(Reply((places[0], words("và"), places[1])), 2000) == [
        "Mục V.1\nhttps://x/plans/p#V.1\n\nvà\n\nMục V.1 – Thời gian"
    ]


def test_nothing_that_was_typed_becomes_markup() -> None:
    hostile = '<b>&amp;</b> <a href="javascript:x">"'
    parts = [Part(k, hostile, 'https://x/"><script>', hostile) for k in ("words", "title", "quote", "source")]  # type: ignore[arg-type]
    (page,) = telegram_html.pages(Reply(tuple(parts)))
    assert "<script" not in page
    assert 'javascript:x">' not in page.replace('&lt;a href="javascript:x"&gt;', "")
    assert page.count("&lt;b&gt;&amp;amp;&lt;/b&gt;") >= 4


def test_telegram_counts_after_the_markup_is_read() -> None:
    reply = Reply((words("&" * 4096),))
    (page,) = telegram_html.pages(reply)
    assert page == "&amp;" * 4096
    assert len(telegram_html.pages(Reply((words("👍 " * 2000),)))) == 2
