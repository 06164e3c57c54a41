"""What was found becomes the claims of an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from made_plans import plan, source

from bot import replies
from bot.compose import Draft, compose, together
from bot.domain import Plan, Span, Status
from bot.findings import Claim, Finding
from bot.frequency import rarity
from bot.question import Question, understand

KIM_LIEN = plan(source(name="Kim Liên"), "kim-lien-2025.md")
YEN_NA = plan(source(name="Yên Na"), "yen-na-2025.md")


def asked(text: str) -> Question:
    return understand(text, (KIM_LIEN.issuer, YEN_NA.issuer), date(2026, 11, 20), rarity)


def span(of: Plan, words: str) -> Span:
    at = of.text.index(words)
    return Span(of.id, at, at + len(words))


def found(of: Plan, text: str = "Trước ngày 10/12 hằng năm.", **more: object) -> Finding:
    claim = Claim(text, (span(of, "trước ngày 10/12 hằng năm"),))
    return replace(Finding(of, (claim,), deadlines=of.facts.deadlines), **more)


def texts(draft: Draft) -> list[str]:
    return [claim.text for claim in draft.claims]


def test_one_finding_is_told_as_it_is() -> None:
    draft = compose(asked("Hạn của Kim Liên?"), [found(KIM_LIEN)])
    assert draft.status is Status.ANSWERED
    assert draft.claims == found(KIM_LIEN).claims
    assert [d for _, d in draft.deadlines] == list(KIM_LIEN.facts.deadlines)


def test_what_is_not_stated_is_named_with_the_nearest_clause() -> None:
    draft = compose(asked("Tiền?"), [found(KIM_LIEN, stated=False, missing="số tiền cho việc này")])
    assert draft.status is Status.NOT_STATED
    assert texts(draft) == [
        "Kế hoạch của xã Kim Liên không nêu số tiền cho việc này.",
        "Đoạn gần nhất (mục II.1): Trước ngày 10/12 hằng năm.",
    ]
    assert draft.deadlines == ()


def test_a_clause_of_the_head_has_no_section_to_name() -> None:
    claim = Claim("Số: 12/KH-UBND", (span(KIM_LIEN, "12/KH-UBND"),))
    draft = compose(asked("Số?"), [found(KIM_LIEN, stated=False, missing="số này", claims=(claim,))])
    assert texts(draft)[1] == "Đoạn gần nhất: Số: 12/KH-UBND"


def test_nothing_near_is_said_without_a_clause() -> None:
    draft = compose(asked("Phở?"), [found(KIM_LIEN, stated=False, claims=())])
    assert texts(draft) == [replies.NOT_STATED_ANYTHING.format(document="Kế hoạch", issuer="xã Kim Liên")]


def test_a_refusal_in_its_own_words_stands_alone() -> None:
    note = Claim("Mục để trống.", ())
    draft = compose(asked("Mục?"), [found(KIM_LIEN, stated=False, note=note)])
    assert (draft.status, draft.claims) == (Status.NOT_STATED, (note,))


def test_two_issuers_stand_in_rows() -> None:
    findings = [found(KIM_LIEN, brief="trước 10/12"), found(YEN_NA, stated=False, missing="ngày cụ thể")]
    draft = compose(asked("So sánh Kim Liên với Yên Na"), findings)
    assert draft.status is Status.ANSWERED
    assert texts(draft) == ["- Xã Kim Liên: trước 10/12", "- Xã Yên Na: kế hoạch không nêu ngày cụ thể."]
    assert {p.id for p, _ in draft.deadlines} == {KIM_LIEN.id}


def test_rows_that_are_all_silent_state_nothing() -> None:
    findings = [found(p, stated=False, claims=()) for p in (KIM_LIEN, YEN_NA)]
    draft = compose(asked("So sánh Kim Liên với Yên Na"), findings)
    assert draft.status is Status.NOT_STATED
    assert all("không nêu điều này" in text for text in texts(draft))


def test_a_row_proves_itself_with_every_span_once() -> None:
    twice = found(KIM_LIEN, claims=found(KIM_LIEN).claims * 2)
    draft = compose(asked("Tất cả các xã?"), [twice, found(YEN_NA)])
    assert [len(claim.spans) for claim in draft.claims] == [1, 1]


@pytest.mark.parametrize("silent", [{"stated": False}, {"affirms": False}], ids=["silent", "denied"])
def test_which_commune_names_those_for_which_it_is_so(silent: dict[str, bool]) -> None:
    draft = compose(asked("Xã nào tặng giấy khen?"), [found(KIM_LIEN), found(YEN_NA, **silent)])
    assert [text.split(":")[0] for text in texts(draft)] == ["- Xã Kim Liên"]


def test_which_commune_leaves_out_those_much_less_sure() -> None:
    draft = compose(asked("Xã nào tặng giấy khen?"), [found(KIM_LIEN), found(YEN_NA, certainty=0.3)])
    assert [text.split(":")[0] for text in texts(draft)] == ["- Xã Kim Liên"]


def test_which_commune_may_be_none() -> None:
    draft = compose(asked("Xã nào tặng giấy khen?"), [found(p, stated=False) for p in (KIM_LIEN, YEN_NA)])
    assert draft.status is Status.NOT_STATED
    assert len(draft.claims) == 1


def test_every_commune_has_a_row_where_all_are_asked_for() -> None:
    draft = compose(asked("Tất cả các xã nộp ngày nào?"), [found(KIM_LIEN), found(YEN_NA, stated=False)])
    assert len(draft.claims) == 2


def of(*findings: Finding) -> Draft:
    return compose(asked("Kim Liên"), findings)


def joined(*parts: Finding) -> Draft:
    return together([of(part) for part in parts], [[part] for part in parts])


def test_what_two_parts_are_told_alike_is_told_once() -> None:
    whole = joined(found(KIM_LIEN), found(KIM_LIEN, deadlines=()))
    assert texts(whole) == ["Trước ngày 10/12 hằng năm."]
    assert [d for _, d in whole.deadlines] == list(KIM_LIEN.facts.deadlines)


def test_a_silent_part_is_told_without_the_clause_near_it() -> None:
    whole = joined(found(KIM_LIEN), found(KIM_LIEN, stated=False, missing="số này"))
    assert whole.status is Status.ANSWERED
    assert texts(whole) == ["Trước ngày 10/12 hằng năm.", "Kế hoạch của xã Kim Liên không nêu số này."]


def test_parts_that_are_all_silent_are_not_stated() -> None:
    whole = joined(found(KIM_LIEN, stated=False, missing="số này"), found(KIM_LIEN, stated=False, missing="mẫu này"))
    assert whole.status is Status.NOT_STATED


def test_parts_about_two_issuers_are_told_by_issuer() -> None:
    whole = joined(found(KIM_LIEN), found(YEN_NA, stated=False, missing="số này"))
    assert texts(whole) == [
        "- Xã Kim Liên: Trước ngày 10/12 hằng năm.",
        "- Xã Yên Na: kế hoạch không nêu số này.",
    ]
