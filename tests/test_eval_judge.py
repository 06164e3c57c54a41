"""One answer against one case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from eval_fakes import DAY, PLANS, RIGHT, answer, case, citation

from bot.domain import Answer, Status
from eval.cases import Case
from eval.judge import holds, judge, within


def reasons(given: Case, told: Answer) -> tuple[str, ...]:
    return judge(given, told, PLANS).reasons


def test_a_right_answer_passes() -> None:
    verdict = judge(case(), answer(), PLANS)
    assert verdict.passed
    assert verdict.sound


def test_another_status_is_the_only_reason_given() -> None:
    (reason,) = reasons(case(), Answer(Status.NOT_STATED, "Kế hoạch không nêu.", DAY))
    assert reason == "trạng thái: chờ answered, nhận not_stated"


def test_must_may_stand_in_a_quote_and_in_any_of_its_spellings() -> None:
    assert not reasons(case(must=(("hàng năm", "HANG  NAM", "hằng năm"),)), answer("Trước ngày 15/12. [1]"))


def test_a_missing_word_fails() -> None:
    assert reasons(case(must=(("16/12", "17/12"),)), answer()) == ("thiếu: 16/12 | 17/12",)


def test_must_not_is_looked_for_in_the_answer_alone() -> None:
    quote = RIGHT + " Trước ngày 05/11."
    assert not reasons(case(), answer("Trước ngày 15/12. [1]", citation(quote=quote)))
    assert reasons(case(), answer("Trước ngày 15/12 và 05/11. [1]")) == ("có điều không được có: 05/11",)


@pytest.mark.parametrize(
    ("text", "needle", "found"),
    [
        ("Đạt 95% số hộ", "5%", False),
        ("Đạt 95% số hộ", "95%", True),
        ("ngày 15/12/2025", "15/12", True),
        ("ngày 25/12", "5/12", False),
        ("Ủy ban\n nhân dân", "uỷ ban nhân dân", True),
    ],
)
def test_words_are_compared_folded_and_numbers_whole(text: str, needle: str, found: bool) -> None:
    assert holds(text, needle) is found


@pytest.mark.parametrize(
    ("section", "gold", "counts"),
    [
        ("VI.1", "VI.1", True),
        ("VI.1.a", "VI.1", True),
        ("VI", "VI.1", False),
        ("VI.11", "VI.1", False),
        ("Điều 2.1", "Điều 2", True),
        ("Điều 21", "Điều 2", False),
        ("I", "", False),
        ("", "", True),
    ],
)
def test_a_section_under_the_gold_one_counts(section: str, gold: str, counts: bool) -> None:
    assert within("p", section, [("p", gold)]) is counts
    assert not within("q", section, [("p", gold)])


def test_the_proving_words_count_wherever_they_stand() -> None:
    assert not reasons(case(), answer("Trước ngày 15/12. [1]", citation(section="V")))


def test_a_part_issued_with_the_document_may_go_unnamed() -> None:
    assert within("p", "Quy chế – Điều 2.1", [("p", "Điều 2")])


def test_an_answer_without_the_proof_fails() -> None:
    (reason,) = reasons(case(words=""), answer("Trước ngày 15/12. [1]", citation(section="V")))
    assert reason == "không dẫn mục nào trong: mot-1 VI.1 (đã dẫn: mot-1 V)"


def test_a_comparison_needs_a_proof_for_each_issuer() -> None:
    both = {"issuers": ("mot", "hai"), "sections": (("mot-1", "VI.1"), ("mot-1", "V"), ("hai-1", "VI.1"))}
    one = answer()
    two = answer("Trước ngày 15/12. [1] [2]", citation(), citation("hai", mark=2))
    (reason,) = reasons(case(kind="comparison", **both), one)
    assert reason.startswith("không dẫn mục nào trong: hai-1 VI.1 (")
    assert not reasons(case(kind="comparison", **both), two)
    assert not reasons(case(kind="content", **both), one)


def test_a_citation_of_another_issuer_fails_and_is_counted() -> None:
    told = answer("Trước ngày 15/12. [1] [2]", citation(), citation("hai", mark=2))
    verdict = judge(case(), told, PLANS)
    assert verdict.wrong_issuer == 1
    assert verdict.reasons == ("dẫn kế hoạch của nơi khác: hai",)
    assert judge(case(issuers=()), told, PLANS).wrong_issuer == 0


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"start": 1}, id="other-offsets"),
        pytest.param({"quote": "Các đơn vị gửi báo cáo trước ngày 16/12 hằng năm."}, id="other-words"),
        pytest.param({"quote": "", "end": 0}, id="no-words"),
        pytest.param({"source_quote": "bịa"}, id="not-in-the-source"),
        pytest.param({"plan_id": "ba-1"}, id="no-such-plan"),
    ],
)
def test_a_quote_that_does_not_stand_in_the_plan_is_counted(change: dict[str, Any]) -> None:
    told = answer("Trước ngày 15/12. [1]", replace(citation(), **change))
    assert judge(case(sections=()), told, PLANS).false_quotes == (1,)
