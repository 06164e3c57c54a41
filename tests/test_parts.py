"""What each part of a compound question is about, and when one answer serves them all."""

from __future__ import annotations

from datetime import date

import pytest
from made_plans import plan, source

from bot.domain import Plan, Span
from bot.findings import Claim, Finding
from bot.frequency import rarity
from bot.parts import Part, cover, named, parted, tells
from bot.question import Question, understand
from bot.topics import Topic
from bot.wants import Want

KIM_LIEN = plan(source(name="Kim Liên"), "kim-lien-2025.md")
YEN_NA = plan(source(name="Yên Na"), "yen-na-2025.md")


def heard(text: str) -> Question:
    return understand(text, (KIM_LIEN.issuer, YEN_NA.issuer), date(2026, 11, 20), rarity)


def parts(text: str) -> tuple[Part, ...]:
    return parted(heard(text), heard)


def words(question: Question) -> set[str]:
    return {t.forms[0] for t in question.terms}


def found(of: Plan, text: str, quote: str, **more: object) -> Finding:
    at = of.text.index(quote)
    return Finding(of, (Claim(text, (Span(of.id, at, at + len(quote)),)),), **more)  # type: ignore[arg-type]


def test_a_part_that_only_asks_has_its_subject_from_the_part_before() -> None:
    _, when = parts("Xã Kim Liên nộp báo cáo cho ai và trước ngày nào?")
    [meant] = when.readings
    assert "bao cao" in words(meant)
    assert Topic.DEADLINE in meant.topics
    assert "cho ai" not in meant.said
    assert set(meant.wants) == {Want.DATE}


def test_a_part_that_says_enough_is_first_asked_alone() -> None:
    _, second = parts("Kim Liên hiến bao nhiêu đất thì được khen, hồ sơ khen thưởng nộp trước ngày nào?")
    alone, joined = second.readings
    assert "dat" not in words(alone)
    assert "dat" in words(joined)


def test_what_comes_from_the_part_before_counts_less_the_more_is_said() -> None:
    _, second = parts("Tổ chức tuần tra rừng ngập mặn do ai làm, đặt trạm gác chỗ nào?")
    meant = second.readings[-1]
    own = sum(t.weight for t in second.said.terms)
    assert sum(t.weight for t in meant.terms) <= 3 * own + 0.01


@pytest.mark.parametrize(
    "text",
    [
        "Kim Liên ký đúng ngày nào, tháng nào?",
        "Kim Liên hạn báo cáo ngày nào, còn mấy ngày nữa?",
        "Xã nào tổng kết năm 2030, ai ký?",
        "Kim Liên báo cáo ngày nào?",
        "xin chào",
    ],
)
def test_the_same_kind_about_the_same_words_is_one_question(text: str) -> None:
    assert parts(text) == ()


def test_parts_keep_their_own_issuers() -> None:
    first, second = parts("Kim Liên nộp báo cáo ngày nào, còn Yên Na khen thưởng thế nào?")
    assert [i.slug for i in first.said.issuers] == ["kim-lien"]
    assert [i.slug for i in second.said.issuers] == ["yen-na"]


def test_a_part_asks_neither_all_issuers_nor_of_a_province() -> None:
    _, where = parts("Kim Liên nộp báo cáo ngày nào, áo mưa phát cho nhà nào, nơi nào?")
    assert not where.said.everywhere


def test_a_document_named_in_the_first_part_is_the_one_of_the_second() -> None:
    _, when = parts("Kế hoạch số 12/KH-UBND của Kim Liên do ai chủ trì thực hiện, bao giờ xong?")
    assert when.readings[0].document == ("ke hoach", "12")


QUOTE = "trước ngày 10/12 hằng năm"


def test_one_sentence_covers_two_kinds_of_the_same_matter() -> None:
    told = found(KIM_LIEN, "Trước ngày 10/12, báo cáo gửi về UBND xã (qua Phòng Văn hóa - Xã hội).", QUOTE)
    assert cover([told], parts("Kim Liên nộp báo cáo cho ai và trước ngày nào?"))


def test_a_day_alone_does_not_cover_who() -> None:
    told = found(KIM_LIEN, "Nộp báo cáo trước ngày 10/12.", QUOTE)
    assert not cover([told], parts("Kim Liên nộp báo cáo cho ai và trước ngày nào?"))


def test_one_day_covers_no_two_days() -> None:
    told = found(KIM_LIEN, "Trước ngày 10/12 gửi văn bản, báo cáo định kỳ.", QUOTE)
    assert not cover([told], parts("Kim Liên gửi văn bản trước ngày nào, báo cáo định kỳ trước ngày nào?"))


def test_what_does_not_hold_the_words_of_a_part_does_not_tell_it() -> None:
    _, second = parts("Kim Liên nộp báo cáo ngày nào, im lặng luôn có bị phê bình không?")
    assert not tells([found(KIM_LIEN, "Nộp báo cáo trước ngày 10/12.", QUOTE)], second)
    assert not tells([found(KIM_LIEN, "im lặng bị phê bình", QUOTE, stated=False)], second)


def test_a_silent_part_is_called_by_its_own_words() -> None:
    _, second = parts("Kim Liên nộp báo cáo ngày nào, có phát áo mưa không?")
    [silent] = named([Finding(KIM_LIEN, (), stated=False)], second)
    assert "áo mưa" in silent.missing
    [kept] = named([Finding(KIM_LIEN, (), stated=False, missing="số này")], second)
    assert kept.missing == "số này"
