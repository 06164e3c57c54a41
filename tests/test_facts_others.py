"""Phases, awards, references and terms."""

from __future__ import annotations

import pytest
from made_plans import plan, source

from bot.domain import Facts, Plan

LAST = "2. Phòng Văn hóa - Xã hội theo dõi, đôn đốc việc thực hiện Kế hoạch này."


def made(body: str) -> Plan:
    """A plan whose last clause, II.2, is this."""
    return plan(source().replace(LAST, body))


def facts(body: str) -> Facts:
    return made(body).facts


@pytest.mark.parametrize(
    "body",
    [
        "2. Thời gian\n\n- Giai đoạn 1 (từ năm 2025 đến năm 2027): Triển khai; sơ kết vào năm 2027.\n\n"
        "- Giai đoạn 2 (từ năm 2028 đến năm 2030): Tiếp tục; tổng kết vào năm 2030.",
        "2. Thời gian\n\n- Giai đoạn 1 (2025 - 2027)\n\nTriển khai thực hiện, tiến hành sơ kết vào năm 2027.\n\n"
        "- Giai đoạn 2 (2028 - 2030)\n\nTrên cơ sở sơ kết, tiếp tục triển khai và tổng kết vào năm 2030.",
        "2. Thời gian\n\na) Giai đoạn I: Từ 2025 - 2027\n\nSơ kết vào cuối năm 2027.\n\n"
        "b) Giai đoạn II: Từ 2028 - 2030\n\nTổng kết năm 2030.",
    ],
    ids=["one line", "two paragraphs", "lettered, roman"],
)
def test_phases(body: str) -> None:
    found = [(p.number, p.from_year, p.to_year, p.ends_with, p.end_year) for p in facts(body).phases]
    assert found == [(1, 2025, 2027, "sơ kết", 2027), (2, 2028, 2030, "tổng kết", 2030)]


@pytest.mark.parametrize(
    ("line", "phase"),
    [
        ("- Đợt 1: năm 2025", (1, 2025, 2025)),
        ("- Giai đoạn 1: Năm 2026 - 2027", (1, 2026, 2027)),
        ("- Giai đoạn 2 (năm 2028): Tổng kết.", (2, 2028, 2028)),
        ("- Giai đoạn I: từ năm 2026 đến hết năm 2027", (1, 2026, 2027)),
        ("- Đợt 1: từ tháng 1 đến tháng 6 năm 2026", (1, 2026, 2026)),
        ("- Đợt 2 (từ ngày 01/7/2026 đến ngày 31/01/2027): Ra quân.", (2, 2026, 2027)),
    ],
)
def test_years_of_a_phase(line: str, phase: tuple[int, int, int]) -> None:
    found = facts(f"2. Thời gian\n\n{line}").phases
    assert [(p.number, p.from_year, p.to_year) for p in found] == [phase]


def test_a_period_is_no_phase_of_that_number() -> None:
    assert facts("2. Thời gian\n\n- Giai đoạn 2025 - 2030, các đơn vị tiếp tục triển khai.").phases == ()


def test_a_phase_without_a_review_says_none() -> None:
    found = facts("2. Thời gian\n\n- Giai đoạn 1 (từ 2025 - 2027): Triển khai thực hiện.").phases
    assert [(p.ends_with, p.end_year) for p in found] == [("", None)]


def test_awards_with_the_occasion_of_their_heading() -> None:
    body = (
        "III. KHEN THƯỞNG\n\n1. Khen thưởng hằng năm\n\n- Giấy khen của Chủ tịch UBND xã.\n\n"
        "2. Khen thưởng tổng kết\n\n- Huân chương Lao động;\n\n"
        "- Bằng khen của Chủ tịch UBND tỉnh, Cờ thi đua của UBND tỉnh."
    )
    assert [(a.section, a.form, a.occasion) for a in facts(body).awards] == [
        ("III.1", "Giấy khen của Chủ tịch UBND xã", "hằng năm"),
        ("III.2", "Huân chương Lao động", "tổng kết"),
        ("III.2", "Bằng khen của Chủ tịch UBND tỉnh", "tổng kết"),
        ("III.2", "Cờ thi đua của UBND tỉnh", "tổng kết"),
    ]


def test_awards_with_the_occasion_of_the_line_above() -> None:
    body = (
        "III. KHEN THƯỞNG\n\n- Khen thưởng sơ kết\n\n+ Giấy khen của UBND xã;\n\n- Khen thưởng tổng kết\n\n"
        "+ Bằng khen của Thủ tướng Chính phủ cho các tập thể."
    )
    assert [(a.form, a.occasion) for a in facts(body).awards] == [
        ("Giấy khen của UBND xã", "sơ kết"),
        ("Bằng khen của Thủ tướng Chính phủ", "tổng kết"),
    ]


def test_empty_award_headings_give_no_award() -> None:
    assert facts("III. KHEN THƯỞNG\n\n1. Khen thưởng hằng năm\n\n2. Khen thưởng tổng kết").awards == ()


def test_a_form_named_where_nobody_is_rewarded_is_no_award() -> None:
    assert facts("2. Các đơn vị treo Bằng khen của Thủ tướng Chính phủ tại phòng truyền thống.").awards == ()


def test_references_with_number_day_issuer_and_subject() -> None:
    body = "2. Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học;"
    found = [r for r in facts(body).references if r.section == "II.2"]
    assert [(r.kind, r.number, r.issuer, r.subject) for r in found] == [
        ("Nghị quyết", "57-NQ/TW", "Bộ Chính trị", "về đột phá phát triển khoa học")
    ]
    assert found[0].when is not None
    assert (found[0].when.day, found[0].when.month, found[0].when.year) == (22, 12, 2024)
    assert not found[0].basis


@pytest.mark.parametrize(
    ("written", "number", "dated", "issuer"),
    [
        ("Quyết định số 274/QĐ-UBND của UBND tỉnh", "274/QĐ-UBND", False, "UBND tỉnh"),
        ("Quyết định số 274/QĐ-UBND", "274/QĐ-UBND", False, ""),
        ("Chỉ thị số 05-CT/TU ngày 03/3/2025", "05-CT/TU", True, ""),
        ("Công văn số 4735/BNV-BTĐKT ngày 04/7/2025 của Bộ Nội vụ", "4735/BNV-BTĐKT", True, "Bộ Nội vụ"),
    ],
)
def test_what_a_reference_does_not_say_stays_blank(written: str, number: str, dated: bool, issuer: str) -> None:
    found = [r for r in facts(f"2. Các đơn vị thực hiện {written}.").references if r.section == "II.2"]
    assert [(r.number, r.when is not None, r.issuer) for r in found] == [(number, dated, issuer)]


@pytest.mark.parametrize(
    ("blank", "number"),
    [("số    /KH-UBND", "/KH-UBND"), ("số …/KH-UBND", "/KH-UBND"), ("số: ...../KH-UBND", "/KH-UBND")],
)
def test_a_reference_whose_number_is_blank(blank: str, number: str) -> None:
    written = f"Kế hoạch {blank} ngày     tháng 7 năm 2025 của UBND tỉnh về chuyển đổi số"
    found = [r for r in facts(f"2. Các đơn vị thực hiện {written}.").references if r.section == "II.2"]
    assert [(r.kind, r.number, r.issuer, r.subject) for r in found] == [
        ("Kế hoạch", "/KH-UBND", "UBND tỉnh", "về chuyển đổi số")
    ]
    assert found[0].when is not None
    assert (found[0].when.day, found[0].when.month, found[0].when.year) == (None, 7, 2025)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Luật Thi đua, khen thưởng ngày 15/6/2022", "Thi đua, khen thưởng"),
        ("Luật Thi đua, khen thưởng; các văn bản khác", "Thi đua, khen thưởng"),
        ("Luật Phòng, chống tham nhũng, các đơn vị thực hiện tốt", "Phòng, chống tham nhũng"),
        ("Luật Đất đai, UBND xã giao các đơn vị", "Đất đai"),
        ("Luật Đất đai, Luật Nhà ở", "Đất đai"),
    ],
)
def test_a_law_keeps_its_whole_name(written: str, name: str) -> None:
    found = [r for r in facts(f"2. Căn cứ {written}.").references if r.kind == "Luật"]
    assert found[0].subject == name


def test_only_the_preamble_holds_legal_bases() -> None:
    found = facts("2. Các đơn vị thực hiện Quyết định số 274/QĐ-UBND của UBND tỉnh.").references
    assert [(r.number, r.basis) for r in found] == [("77/KH-UBND", True), ("274/QĐ-UBND", False)]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("(sau đây gọi tắt là các đơn vị)", "các đơn vị"),
        ("(sau đây gọi chung là các đơn vị)", "các đơn vị"),
        ("(sau đây viết tắt là “các đơn vị”)", "các đơn vị"),
        ("(*sau đây viết tắt là các đơn vị*)", "các đơn vị"),
        ("(gọi tắt là: các đơn vị)", "các đơn vị"),
        ("(sau đây gọi là các đơn vị)", "các đơn vị"),
        ("(gọi tắt là “các đơn vị”)", "các đơn vị"),
    ],
)
def test_terms_and_the_words_they_stand_for(written: str, name: str) -> None:
    found = made(f"2. Các phòng, ban, ngành và các thôn {written} thực hiện Kế hoạch này.")
    assert [(t.name, t.members) for t in found.facts.terms] == [(name, "Các phòng, ban, ngành và các thôn")]
    assert found.quote(found.facts.terms[0].span).endswith(")")


@pytest.mark.parametrize(
    "before",
    ["Việc này giao cho các bên; ", "Kế hoạch này quan trọng. ", "Đơn vị thực hiện: ", "Trao đổi với TP. Vinh; "],
)
def test_the_words_of_a_term_begin_with_their_clause(before: str) -> None:
    found = made(f"2. {before}các phòng, các thôn (sau đây gọi là các đơn vị) thực hiện.".replace(". các", ". Các"))
    assert [t.members.lower() for t in found.facts.terms] == ["các phòng, các thôn"]


def test_to_be_called_so_outside_a_definition_defines_nothing() -> None:
    assert facts("2. Các đơn vị (có thể gọi là tổ) thực hiện Kế hoạch này.").terms == ()


def test_a_list_of_bodies_goes_on_over_its_semicolon() -> None:
    body = "các ban, ngành và các đơn vị cấp xã; các doanh nghiệp"
    found = facts(f"2. Hưởng ứng Phong trào, {body} (sau đây gọi tắt là các đơn vị) thi đua.").terms
    assert found[0].members.endswith(body)


def test_a_second_term_of_a_sentence_holds_none_of_the_first() -> None:
    law = "Luật Giáo dục ngày 14/6/2019"
    found = facts(f"2. Các thôn (gọi tắt là các đơn vị) làm theo {law} (gọi tắt là Luật Giáo dục).").terms
    assert [(t.name, t.members) for t in found] == [("các đơn vị", "Các thôn"), ("Luật Giáo dục", law)]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("2. Trường hợp cá nhân chuyển công tác thì thông báo cho cơ quan.", []),
        ("2. Cơ quan, đơn vị, địa phương; các cụm thi đua.", []),
        ("2. Số lượng người tham gia phải tăng hằng năm so với năm trước.", []),
        ("2. Chủ tịch UBND xã trực tiếp chỉ đạo.", [("Chủ tịch UBND xã", "trực tiếp chỉ đạo.")]),
        ("2. Đơn vị sự nghiệp công lập xây dựng kế hoạch.", [("Đơn vị sự nghiệp công lập", "xây dựng kế hoạch.")]),
        ("2. Các thôn …………… thực hiện ……………", []),
    ],
)  # fmt: skip
def test_who_has_to_do_what(line: str, found: list[tuple[str, str]]) -> None:
    body = "II. NỘI DUNG\n\n" + line
    text = source().split("II. TỔ CHỨC")[0] + body
    assert [(d.body, d.task) for d in plan(text).facts.duties if d.section == "II.2"] == found


def test_an_award_has_no_loose_quotation_mark_and_a_council_is_no_money() -> None:
    found = facts(
        "2. Khen thưởng\n\n- Danh hiệu: “Cờ thi đua của Chính phủ”; xét khen thưởng khi có ít nhất 80% Hội đồng dự."
    ).awards
    assert [a.form for a in found] == ["Cờ thi đua của Chính phủ"]
