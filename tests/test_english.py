"""Questions in English: which they are, and what Vietnamese words they become."""

from __future__ import annotations

from datetime import date

import pytest

from bot.english import is_english, told
from bot.english.words import Part, forms, longest
from bot.frequency import rarity
from bot.question import Question, understand
from bot.topics import Topic
from bot.wants import Want


def understood(text: str) -> Question:
    return understand(text, (), date(2026, 1, 1), rarity)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Who signed the plan?", "ai ký kế hoạch?"),
        ("Which office advises on funding?", "phòng nào tham mưu kinh phí?"),
        ("Which provincial plan is it based on?", "căn cứ kế hoạch tỉnh nào?"),
        ("How many poor households are there?", "bao nhiêu hộ nghèo có?"),
        ("What are the criteria for individuals?", "tiêu chí cá nhân gồm những gì?"),
        ("What is the total budget?", "tổng kinh phí là bao nhiêu?"),
        ("What is the deadline for the annual report?", "hạn báo cáo hàng năm là ngày nào?"),
        ("What must schools do?", "trường học phải làm những gì?"),
        ("How much is paid per hectare?", "trả mỗi ha bao nhiêu tiền?"),
        ("Is smoking allowed?", "có hút thuốc được phép không?"),
        ("Tenants must not smoke, right?", "bên thuê không được hút thuốc đúng không?"),
        ("When does the second phase begin?", "khi nào giai đoạn 2 bắt đầu?"),
        ("Who gives a reward to people who report a crime?", "ai khen thưởng người dân tố giác?"),
    ],
)
def test_words_stand_as_vietnamese_sets_them(asked: str, meant: str) -> None:
    assert told(asked) == meant


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("before 15 December 2026", "trước ngày 15/12/2026"),
        ("before December 5th", "trước ngày 5/12"),
        ("by the 3rd of May", "chậm nhất ngày 3/5"),
        ("issued in July 2025", "ban hành tháng 7 năm 2025"),
        ("3,600 hectares by 2030", "3.600 ha năm 2030"),
        ("fines of 1.5 billion dong", "xử phạt 1,5 tỷ đồng"),
        ("less than five years", "dưới 5 năm"),
    ],
)
def test_days_and_numbers_are_written_in_the_vietnamese_way(asked: str, meant: str) -> None:
    assert meant in told(f"What was {asked}?")


@pytest.mark.parametrize(
    "typed",
    [
        "deadline nộp bc",
        "deadline nop report thang 12 la khi nao",
        "file bao cao gui qua email nao",
        "report",
        "token",
        "the gui xe o do mat bao nhieu tien",
        "the con mat tran",
        "can cuoc do an to cong nghe so",
        "kế hoạch due diligence của xã",
        "xin link download file PDF",
        "cho xin email va hotline",
        "",
        "  ",
        "???",
    ],
)
def test_vietnamese_with_english_words_stays_as_it_is(typed: str) -> None:
    assert not is_english(typed)
    assert told(typed) == typed


@pytest.mark.parametrize("name", ["Nguyen Van Long", "Hang Bac", "Do Thi An", "Mui Ca Mau", "Ban Me Thuot"])
def test_names_stay_as_they_are_typed(name: str) -> None:
    assert name in told(f"What does the plan say about {name} this year?")


def test_a_body_is_told_though_its_name_has_capitals() -> None:
    assert "mặt trận tổ quốc" in told("When does the Fatherland Front report?")
    assert "phòng văn hóa - xã hội" in told("Who leads the Culture and Social Affairs Office?")


@pytest.mark.parametrize("shown", [str.upper, str.title, str.lower])
def test_capitals_of_a_whole_question_name_nothing(shown: type[str]) -> None:
    assert told(shown("who approved the annual report of the village?")) == "ai phê duyệt báo cáo hàng năm thôn?"


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("copies", "copy"),
        ("classes", "class"),
        ("planned", "plan"),
        ("filing", "file"),
        ("households'", "household"),
        ("organized", "organised"),
        ("sent", "send"),
    ],
)
def test_endings_are_taken_off(form: str, word: str) -> None:
    assert word in forms(form)


def test_the_longest_phrase_wins_and_articles_may_stand_in_it() -> None:
    entries, size = longest("carried out the satisfaction survey".split(), 3) or ({}, 0)
    assert (entries[Part.WORD].told, size) == ("lấy ý kiến sự hài lòng", 2)
    entries, size = longest("collects the registration fee".split(), 0) or ({}, 0)
    assert (entries[Part.WORD].told, size) == ("thu lệ phí trước bạ", 4)


def test_a_word_that_is_verb_and_noun_is_told_by_what_stands_before_it() -> None:
    assert told("Who launches the movement?") == "ai phát động phong trào?"
    assert told("When is the launch?") == "khi nào lễ phát động?"


def test_what_is_counted_is_kept_though_nobody_knows_the_word() -> None:
    assert "zeppelins" in told("How many zeppelins does the police have?")


@pytest.mark.parametrize(
    ("asked", "want"),
    [
        ("By what date do we submit the report?", Want.DATE),
        ("How many collectives are rewarded each year?", Want.COUNT),
        ("What percentage of households have clean water?", Want.PERCENT),
        ("How much support does a cooperative receive?", Want.MONEY),
        ("Which agency supervises the market?", Want.BODY),
        ("What is the hotline for complaints?", Want.CONTACT),
        ("How long does the campaign last?", Want.DURATION),
        ("Where does the ceremony take place?", Want.PLACE),
        ("Is it true that schools report to the police?", Want.YES_NO),
    ],
)
def test_the_kind_of_answer_is_understood(asked: str, want: Want) -> None:
    assert want in understood(asked).wants


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("Who signed the plan?", Topic.SIGNER),
        ("From what date does the decision take effect?", Topic.EFFECT),
        ("When is the annual report due?", Topic.DEADLINE),
        ("What forms of reward are there at the final review?", Topic.AWARD),
        ("What does Article 5 say?", Topic.SECTION),
        ("Which law is the plan based on?", Topic.BASIS),
    ],
)
def test_the_subject_is_understood(asked: str, topic: Topic) -> None:
    assert topic in understood(asked).topics


def test_hostile_length_is_told_without_fault() -> None:
    assert told("carry " + "the " * 3000 + "plan out of the way?")
    assert told("who " * 3000).startswith("ai")
