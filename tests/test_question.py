"""A question as it is understood, alone and after the one before it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.carry import carry_on
from bot.domain import Issuer
from bot.frequency import rarity
from bot.question import Question, understand
from bot.topics import Topic
from bot.wants import Want

TODAY = date(2026, 11, 20)
KIM_LIEN = Issuer("kim-lien", "Kim Liên", "xã", "Nghệ An")
YEN_NA = Issuer("yen-na", "Yên Na", "xã", "Nghệ An")


def asked(text: str) -> Question:
    return understand(text, (KIM_LIEN, YEN_NA), TODAY, rarity)


def then(first: str, *following: str) -> Question:
    question = asked(first)
    for text in following:
        after = asked(text)
        assert after.leans, text
        question = carry_on(after, question)
    return question


@pytest.mark.parametrize(
    "text", ["Xin chào", "chào bạn!", "hello", "Cảm ơn nhé", "thank you", "dạ chào anh", "CHÀO EM"]
)
def test_a_greeting(text: str) -> None:
    assert asked(text).greeting


@pytest.mark.parametrize("text", ["Chào, hạn báo cáo là ngày nào?", "anh chị em", "ban", "", "hi hạn báo cáo", "và"])
def test_no_greeting(text: str) -> None:
    assert not asked(text).greeting


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Hôm nay là 5/3/2028, còn mấy ngày?", date(2028, 3, 5)),
        ("hôm nay 5/3, còn mấy ngày?", date(2026, 3, 5)),
        ("Giờ là tháng 3/2028 thì sao?", date(2028, 3, 1)),
        ("bây giờ là năm 2028 thì ở giai đoạn nào?", date(2028, 1, 1)),
        ("Hôm nay nộp báo cáo còn kịp không?", TODAY),
        ("Hạn 15/12 phải không?", TODAY),
    ],
)
def test_the_day_that_the_asker_calls_today(text: str, day: date) -> None:
    assert asked(text).as_of == day


@pytest.mark.parametrize("text", ["Hôm nay là 31/2/2026, còn mấy ngày?", "hôm nay là 31/4, còn kịp không?"])
def test_a_day_that_does_not_exist_is_not_today(text: str) -> None:
    asked(text)


def test_today_is_not_a_day_taken_for_granted() -> None:
    assert asked("Hôm nay là 5/3/2028, hạn báo cáo ngày nào?").asserted == ()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Hạn 15/12 phải không?", ["15/12"]),
        ("Hạn báo cáo là ngày nào?", []),
        ("Báo cáo trước ngày 10/12 hằng năm đúng không?", ["trước ngày 10/12 hằng năm"]),
    ],
)
def test_days_taken_for_granted(text: str, days: list[str]) -> None:
    assert [t.date.written for t in asked(text).asserted] == days


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Có 3 tổ đúng không?", ("3",)),
        ("Phải đạt 95% à?", ("95%",)),
        ("Giai đoạn 2 làm gì?", ()),
        ("Nghị quyết số 57 nói gì?", ()),
        ("Năm 2027 làm gì?", ()),
    ],
)
def test_numbers_taken_for_granted(text: str, figures: tuple[str, ...]) -> None:
    assert asked(text).figures == figures


@pytest.mark.parametrize(
    ("text", "everywhere"),
    [
        ("Xã nào nộp báo cáo sớm nhất?", True),
        ("Tất cả các xã nộp báo cáo ngày nào?", True),
        ("những xã nào tặng giấy khen", True),
        ("Xã Kim Liên nộp báo cáo ngày nào?", False),
        ("Kim Liên và Yên Na nộp báo cáo ngày nào?", False),
        ("Hạn báo cáo là ngày nào?", False),
        ("Các xã Mường Xén nộp báo cáo ngày nào?", False),
    ],
)
def test_asked_of_all_issuers(text: str, everywhere: bool) -> None:
    assert asked(text).everywhere is everywhere


def test_two_names_are_compared() -> None:
    assert asked("Kim Liên với Yên Na, ai nộp trước?").compares


def test_an_issuers_name_is_no_term() -> None:
    assert asked("Hạn báo cáo của xã Kim Liên").terms == asked("Hạn báo cáo của xã Yên Na").terms


def test_a_label_and_its_number_are_one_term() -> None:
    assert "dot 3" in {form for term in asked("Đợt 3 làm gì?").terms for form in term.forms}
    assert "nghi quyet so 57" in {form for term in asked("Nghị quyết 57 nói gì?").terms for form in term.forms}


def test_text_is_composed_and_squashed() -> None:
    assert asked("  Ha\u0323n   báo\ncáo ").text == "Hạn báo cáo"


def test_typing_without_accents_asks_the_same() -> None:
    typed, folded = (
        asked("Hạn nộp báo cáo của Kim Liên là ngày nào?"),
        asked("han nop bao cao cua kim lien la ngay nao?"),
    )
    assert (typed.wants, typed.topics, typed.issuers) == (folded.wants, folded.topics, folded.issuers)


# ---- after the question before


@pytest.mark.parametrize("next_text", ["còn Yên Na?", "Yên Na", "xã Yên Na thì sao?", "thế yen na?"])
def test_another_issuer_is_asked_the_same(next_text: str) -> None:
    meant = then("Hạn báo cáo của Kim Liên là ngày nào?", next_text)
    assert meant.issuers == (YEN_NA,)
    assert Topic.DEADLINE in meant.topics
    assert Want.DATE in meant.wants


@pytest.mark.parametrize("next_text", ["thế gửi về đâu?", "còn gửi cho ai?", "gửi về đâu vậy?"])
def test_another_question_is_asked_of_the_same_issuer(next_text: str) -> None:
    meant = carry_on(asked(next_text), asked("Hạn báo cáo của Kim Liên là ngày nào?"))
    assert meant.issuers == (KIM_LIEN,)
    assert meant.topics[0] is Topic.ADDRESSEE


def test_a_third_question_leans_on_the_two_before() -> None:
    meant = then("Hạn báo cáo của Kim Liên là ngày nào?", "thế gửi về đâu?", "còn Yên Na?")
    assert meant.issuers == (YEN_NA,)
    assert Topic.ADDRESSEE in meant.topics


def test_a_new_number_stands_in_the_old_ones_place() -> None:
    forms = {form for term in then("Đợt 1 của Kim Liên làm gì?", "đợt 3 thì sao?").terms for form in term.forms}
    assert "dot 3" in forms
    assert "dot 1" not in forms


def test_a_pointing_word_keeps_the_subject() -> None:
    meant = then("Nghị quyết 57 ở Kim Liên nói gì?", "nghị quyết đó của ai?")
    assert "nghi quyet 57" in {form for term in meant.terms for form in term.forms}


def test_a_whole_question_stands_alone() -> None:
    assert not asked("Hội Nông dân xã Kim Liên có nhiệm vụ gì trong phong trào trồng cây?").leans


def test_the_question_before_is_not_changed() -> None:
    first = asked("Hạn báo cáo của Kim Liên là ngày nào?")
    carry_on(asked("còn Yên Na?"), first)
    assert first == asked("Hạn báo cáo của Kim Liên là ngày nào?")
