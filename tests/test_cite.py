"""Every claim is checked against its quotes, marked and led back to the file as received."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_plans import plan, source

from bot import replies
from bot.cite import citation, cite, supported
from bot.compose import Draft
from bot.domain import Answer, Edit, Plan, Section, Span, Status, TextMap
from bot.findings import Claim
from bot.frequency import rarity
from bot.question import understand

KIM_LIEN = plan(source(name="Kim Liên"), "kim-lien-2025.md")
YEN_NA = plan(source(name="Yên Na"), "yen-na-2025.md")
PLANS = {p.id: p for p in (KIM_LIEN, YEN_NA)}
REPORT = "trước ngày 10/12 hằng năm"
QUOTE = "Giấy khen của Chủ tịch UBND xã theo Kế hoạch số 77/KH-UBND, trước ngày 10/12, ông Trần Văn Bình ký."


def span(words: str, of: Plan = KIM_LIEN) -> Span:
    at = of.text.index(words)
    return Span(of.id, at, at + len(words))


def told(*claims: Claim, status: Status = Status.ANSWERED, today: date = date(2026, 11, 20)) -> Answer:
    question = understand("Hạn báo cáo?", (), today, rarity)
    return cite(Draft(status, claims), question, PLANS.__getitem__)


# ---- what a quote must hold


@pytest.mark.parametrize(
    "text",
    [
        "Trước ngày 10/12.",
        "Số 77/KH-UBND.",
        "Người ký: Trần Văn Bình.",
        "Không có chữ số nào ở đây.",
        "Giấy khen của Chủ tịch UBND xã",
        "TRƯỚC NGÀY 10/12",
    ],
)
def test_what_the_quote_holds_is_supported(text: str) -> None:
    assert supported(Claim(text, ()), [QUOTE])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Trước ngày 15/12.", "date"),
        ("Trước ngày 10/12/2026.", "year added"),
        ("Phải đạt 95%.", "share"),
        ("Có 7 tổ.", "number inside another"),
        ("Số 78/KH-UBND.", "document number"),
        ("Số 77/QĐ-UBND.", "document kind"),
        ("Người ký: Nguyễn Văn An.", "name"),
        ("Người ký: Trần Văn An.", "name in part"),
        ("Đồng chí Lê Thị Hồng Hạnh ký.", "name in a sentence"),
    ],
)
def test_what_no_quote_holds_is_not_supported(text: str, kind: str) -> None:
    assert not supported(Claim(text, ()), [QUOTE]), kind


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Trước ngày 1/12.", "trước ngày 11/12"),
        ("Số 2/KH-UBND.", "Số 12/KH-UBND"),
        ("Có 100 hộ.", "Có 1.100 hộ"),
        ("Tăng 10 bậc.", "Tăng 10,5%"),
        ("Người ký: Trần Văn An.", "Trần Văn Anh ký"),
        ("Người ký: Lê Nam.", "Ông Trần Bắc ký"),
    ],
    ids=["date", "document number", "thousands", "decimals", "name", "short name"],
)
def test_a_part_of_what_the_quote_holds_is_not_supported(text: str, quote: str) -> None:
    assert not supported(Claim(text, ()), [quote])


def test_what_code_worked_out_is_allowed() -> None:
    text = "Còn 24 ngày (ngày cuối còn kịp là 09/12/2026)."
    assert not supported(Claim(text, ()), [QUOTE])
    assert supported(Claim(text, (), ("24", "09/12/2026")), [QUOTE])
    assert not supported(Claim(text, (), ("24",)), [QUOTE])


def test_an_issuers_name_is_allowed() -> None:
    assert supported(Claim("Kế hoạch của xã Đông Khê Hạ.", ()), [QUOTE], ["xã Đông Khê Hạ"])


@settings(deadline=None)
@given(st.integers(100, 10**9))
def test_a_number_that_stands_nowhere_is_never_supported(number: int) -> None:
    assert not supported(Claim(f"Có {number} hộ.", ()), [QUOTE])


@pytest.mark.parametrize(
    "text",
    [
        QUOTE,
        "Đạt 95,5%; chi 1.000.000 đồng; từ 2025-2030.",
        "Diện tích 500m2, mức 3, 4.",
        "Nghị quyết số 57-NQ/TW; mục II.2.a.",
        "Giảm phát thải CO2.",
        "Phòng, chống cúm H5N1.",
    ],
)
def test_a_quote_supports_itself(text: str) -> None:
    assert supported(Claim(text, ()), [text])


# ---- marks


def test_marks_stand_in_the_order_of_the_text() -> None:
    answer = told(Claim("Hai.", (span("10/12"),)), Claim("Một.", (span("KẾ HOẠCH"),)))
    assert answer.text == "Hai. [1]\nMột. [2]"
    assert [(c.mark, c.quote) for c in answer.citations] == [(1, "10/12"), (2, "KẾ HOẠCH")]


def test_equal_spans_share_a_mark() -> None:
    answer = told(Claim("Một.", (span(REPORT),)), Claim("Hai.", (span(REPORT), span("KẾ HOẠCH"))))
    assert answer.text == "Một. [1]\nHai. [1] [2]"
    assert len(answer.citations) == 2


def test_a_claim_that_is_dropped_takes_no_mark() -> None:
    answer = told(Claim("Hạn 99/9.", (span("KẾ HOẠCH"),)), Claim("Trước ngày 10/12.", (span(REPORT),)))
    assert answer.text == "Trước ngày 10/12. [1]"
    assert [c.quote for c in answer.citations] == [REPORT]


def test_an_answer_that_loses_all_its_claims_states_nothing() -> None:
    answer = told(Claim("Trước ngày 15/12.", (span(REPORT),)))
    assert answer.status is Status.NOT_STATED
    assert "15/12" not in answer.text
    assert answer.text
    assert answer.citations == ()


def test_an_answer_without_any_proof_states_nothing() -> None:
    assert told(Claim("Có.", ())).status is Status.NOT_STATED


def test_a_refusal_needs_no_proof() -> None:
    answer = told(Claim("Kế hoạch không nêu.", ()), status=Status.NOT_STATED)
    assert (answer.status, answer.text, answer.citations) == (Status.NOT_STATED, "Kế hoạch không nêu.", ())


def test_the_issuers_are_those_that_are_cited() -> None:
    answer = told(Claim("Hai.", (span(REPORT, YEN_NA),)), Claim("Một.", (span(REPORT),)))
    assert answer.issuers == ("yen-na", "kim-lien")


def test_a_figure_of_another_issuers_quote_proves_nothing() -> None:
    assert told(Claim("Trước ngày 10/12.", (span("KẾ HOẠCH", YEN_NA),)), Claim("Một.", (span(REPORT),))).issuers == (
        "kim-lien",
    )


# ---- what a citation says


def test_a_citation_says_where_it_stands() -> None:
    cited = citation(KIM_LIEN, span(REPORT), 3)
    assert (cited.mark, cited.plan_id, cited.issuer, cited.section) == (3, KIM_LIEN.id, "kim-lien", "II.1")
    assert cited.quote == KIM_LIEN.text[cited.start : cited.end] == REPORT
    assert cited.source_quote in KIM_LIEN.source
    assert not cited.repaired
    assert cited.url == f"/plans/{KIM_LIEN.id}#II.1"
    assert cited.page is None


def test_the_head_of_a_plan_has_no_section() -> None:
    cited = citation(KIM_LIEN, span("12/KH-UBND"), 1)
    assert (cited.section, cited.heading, cited.url) == ("", "", f"/plans/{KIM_LIEN.id}")


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("V.2.a", "V.2.a"),
        ("V.2.đ", "V.2.%C4%91"),
        ("Điều 2", "%C4%90i%E1%BB%81u%202"),
        ("I#<b>&\"'", "I%23%3Cb%3E%26%22%27"),
    ],
)
def test_a_section_is_safe_in_an_address(path: str, part: str) -> None:
    end = len(KIM_LIEN.text)
    cited = citation(replace(KIM_LIEN, sections=(Section(path, "", 1, 0, 0, end),)), span(REPORT), 1)
    assert cited.url == f"/plans/{KIM_LIEN.id}#{part}"


def mended(text: str, received: str) -> Plan:
    """A plan of one line that was `received` otherwise."""
    edit = Edit(0, len(text), 0, len(received), False)
    return replace(KIM_LIEN, text=text, source=received, map=TextMap((edit,)), sections=())


@pytest.mark.parametrize(
    ("text", "received", "repaired", "warned"),
    [
        ("chuyển đổi số", "chuyên đôi sô", True, True),
        ("chuyển đổi số", "chuyển   đổi\nsố", False, False),
        ("chuyển đổi số", "**chuyển đổi số**", True, False),
    ],
    ids=["letters", "white space", "emphasis"],
)
def test_what_was_repaired_is_flagged_and_shown_as_received(
    text: str, received: str, repaired: bool, warned: bool
) -> None:
    one = mended(text, received)
    question = understand("Gì?", (), date(2026, 11, 20), rarity)
    claim = Claim("Chuyển đổi số.", (Span(one.id, 0, len(text)),))
    answer = cite(Draft(Status.ANSWERED, (claim,)), question, lambda _: one)
    (cited,) = answer.citations
    assert (cited.quote, cited.source_quote, cited.repaired) == (text, received, repaired)
    assert (replies.REPAIRED in answer.text) is warned


@pytest.mark.parametrize(("pages", "page"), [((), None), ((0,), 1), ((0, 5), 1), ((0, 3), 2), ((0, 1, 2, 3), 4)])
def test_the_page_is_the_one_on_which_the_quote_begins(pages: tuple[int, ...], page: int | None) -> None:
    one = replace(mended("abcdef", "abcdef"), map=TextMap((Edit(0, 6, 0, 6, True),)), pages=pages)
    assert citation(one, Span(one.id, 3, 6), 1).page == page


# ---- deadlines


def due(today: date) -> tuple[date | None, date | None, int | None, bool]:
    (deadline,) = KIM_LIEN.facts.deadlines
    claim = Claim("Trước ngày 10/12.", (deadline.span,))
    question = understand("Hạn báo cáo?", (), today, rarity)
    answer = cite(Draft(Status.ANSWERED, (claim,), ((KIM_LIEN, deadline),)), question, PLANS.__getitem__)
    (one,) = answer.deadlines
    assert one.citation == answer.citations[0].mark
    return one.next, one.last_safe_day, one.days_left, one.past


@pytest.mark.parametrize(
    ("today", "wanted"),
    [
        (date(2026, 12, 8), (date(2026, 12, 10), date(2026, 12, 9), 2, False)),
        (date(2026, 12, 9), (date(2026, 12, 10), date(2026, 12, 9), 1, False)),
        (date(2026, 12, 10), (date(2027, 12, 10), date(2027, 12, 9), 365, False)),
    ],
)
def test_days_left_are_counted_to_the_day_itself(today: date, wanted: tuple[date, date, int, bool]) -> None:
    assert due(today) == wanted


def test_a_deadline_whose_claim_was_dropped_is_not_told() -> None:
    (deadline,) = KIM_LIEN.facts.deadlines
    question = understand("Hạn báo cáo?", (), date(2026, 11, 20), rarity)
    claims = (Claim("Trước ngày 15/12.", (deadline.span,)), Claim("Số 12/KH-UBND.", (span("12/KH-UBND"),)))
    answer = cite(Draft(Status.ANSWERED, claims, ((KIM_LIEN, deadline),)), question, PLANS.__getitem__)
    assert answer.status is Status.ANSWERED
    assert answer.deadlines == ()
