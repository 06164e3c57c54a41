"""Figures told out of tables: which row, which column, and what is said of a claim."""

from __future__ import annotations

from datetime import date

import pytest
from made_plans import plan

from bot.answerers import find
from bot.answerers.sentences import refused
from bot.carry import carry_on
from bot.cite import supported
from bot.domain import Plan
from bot.evidence import weigh
from bot.findings import Finding
from bot.frequency import rarity
from bot.question import Question, understand

SOURCE = """ỦY BAN NHÂN DÂN
XÃ AN PHÚ

Số: 12/QĐ-UBND

An Phú, ngày 05 tháng 3 năm 2026

QUYẾT ĐỊNH

Ban hành quy định về quản lý nhà cho thuê và chỉ tiêu của xã An Phú giai đoạn 2026 - 2030

Điều 1. Khung giá cho thuê nhà

| TT | Nhà có số tầng | Mức giá tối thiểu | Mức giá tối đa | Đơn vị tính |
| --- | --- | --- | --- | --- |
| 1 | Số tầng <= 3 | 11.000 | 91.000 | đồng/m2/tháng |
| 2 | 3< số tầng <=8 | 12.000 | 102.000 | đồng/m2/tháng |
| 3 | Số tầng > 8 | 13.000 | 113.000 | đồng/m2/tháng |

Điều 2. Tỷ lệ chất lượng còn lại của nhà

1. Kê khai lần đầu: nhà có thời gian sử dụng dưới 5 năm là 100%.

2. Kê khai từ lần thứ 2 trở đi áp dụng như sau:

| Thời gian đã sử dụng | Nhà biệt thự (%) | Nhà cấp III (%) | Nhà cấp IV (%) |
| --- | --- | --- | --- |
| Dưới 5 năm | 97 | 95 | 85 |
| Từ 5 đến 10 năm | 93 | 84 | 65 |
| Trên 10 năm đến 20 năm | 80 | 70 | 35 |
| Trên 20 năm | 60 | 36 | 30 |

Điều 3. Chỉ tiêu phát triển

| TT | Chỉ tiêu | Năm 2027 | Năm 2030 |
| --- | --- | --- | --- |
| 1 | Thu nhập bình quân đầu người (triệu đồng/năm) | 88 | 110 |
| 2 | Gia đình đạt danh hiệu “Gia đình học tập” | 71% | 82% |
| 3 | Dòng họ đạt danh hiệu “Dòng họ học tập” | 54% | 68% |

Điều 4. Vật tư chuẩn bị

| TT | Thôn phụ trách | Đá hộc (m³) | Rọ thép (cái) |
| --- | --- | --- | --- |
| 1 | Thôn Bắc | 120 | 40 |
| 2 | Thôn Nam | 180 | 65 |
| 3 | Thôn Đoài | 90 | 30 |
| | Cộng | 390 | 135 |

Điều 5. Tổ chức thực hiện

Phòng Kinh tế chủ trì, hướng dẫn các thôn thực hiện Quyết định này.
"""


@pytest.fixture(scope="module")
def rules() -> Plan:
    return plan(SOURCE)


def _understood(said: str) -> Question:
    return understand(said, (), date(2026, 11, 20), rarity)


def _told(rules: Plan, said: str) -> str:
    found = find(_understood(said), rules, ())
    assert found.stated, found
    _all_supported(rules, found)
    return " ".join(c.text for c in found.claims)


def _all_supported(rules: Plan, found: Finding) -> None:
    for claim in found.claims:
        assert supported(claim, [rules.quote(s) for s in claim.spans]), claim


@pytest.mark.parametrize(
    ("said", "value", "others"),
    [
        ("Nhà 6 tầng cho thuê giá tối đa bao nhiêu tiền một mét vuông?", "102.000", ("91.000", "113.000", "12.000")),
        ("nha 12 tang gia thue re nhat bao nhieu tien", "13.000", ("113.000", "12.000")),
        ("Nhà ba tầng giá thuê cao nhất là bao nhiêu tiền?", "91.000", ("102.000", "11.000")),
        ("Nhà cấp 4 dùng 12 năm, khai lần 2, tỷ lệ chất lượng còn lại bao nhiêu phần trăm?", "35", ("65", "70")),
        ("biet thu 30 nam ke khai lan thu hai chat luong con lai bao nhieu %", "60", ("36", "80")),
        ("Thu nhập bình quân đầu người năm 2027 đạt mấy triệu?", "88", ("110",)),
        ("Năm 2030 bao nhiêu phần trăm gia đình đạt danh hiệu Gia đình học tập?", "82%", ("68%", "71%")),
        ("Thôn Đoài chuẩn bị bao nhiêu rọ thép?", "30", ("90", "40")),
        ("Cả xã chuẩn bị tổng cộng bao nhiêu đá hộc?", "390", ("120", "135")),
    ],
)
def test_the_cell_of_the_row_and_the_column_asked_is_told(
    rules: Plan, said: str, value: str, others: tuple[str, ...]
) -> None:
    told = _told(rules, said)
    assert f" {value}" in told
    assert not any(f" {other}" in told for other in others)


def test_a_price_is_told_with_its_unit(rules: Plan) -> None:
    told = _told(rules, "Nhà 6 tầng cho thuê giá tối đa bao nhiêu tiền?")
    assert told == "3< số tầng <=8 – Mức giá tối đa: 102.000 đồng/m2/tháng"


def test_two_years_asked_are_two_columns(rules: Plan) -> None:
    told = _told(rules, "Dòng họ học tập năm 2027 và năm 2030 đạt tỷ lệ bao nhiêu?")
    assert "54%" in told
    assert "68%" in told
    assert "82%" not in told


def test_the_highest_figure_of_a_column_leaves_the_total_out(rules: Plan) -> None:
    assert _told(rules, "Thôn nào được giao nhiều đá hộc nhất?") == "Thôn Nam – Đá hộc (m³): 180"
    assert _told(rules, "Thôn nào chuẩn bị ít rọ thép nhất?") == "Thôn Đoài – Rọ thép (cái): 30"


def test_a_claim_about_a_cell_is_affirmed_or_denied(rules: Plan) -> None:
    wrong = _told(rules, "Đặt chỉ tiêu 90% gia đình đạt danh hiệu Gia đình học tập năm 2030 phải không?")
    assert wrong.startswith("Không. ")
    assert "82%" in wrong
    assert _told(rules, "Năm 2027 thu nhập bình quân đầu người 88 triệu đồng phải không?").startswith("Đúng. ")


def test_a_table_of_the_second_time_says_nothing_of_the_first(rules: Plan) -> None:
    told = _told(rules, "Nhà mới dùng 3 năm, kê khai lần đầu thì tỷ lệ chất lượng bao nhiêu phần trăm?")
    assert "100%" in told
    assert "97" not in told


@pytest.mark.parametrize(
    ("before", "said", "value", "old"),
    [
        ("Nhà 6 tầng cho thuê giá tối đa bao nhiêu tiền?", "thế nhà 9 tầng thì sao?", "113.000", "102.000"),
        ("Nhà cấp III dùng 25 năm, khai lần 2, chất lượng còn lại bao nhiêu %?", "nha cap IV thi sao", "30", "36"),
        ("Thôn Đoài chuẩn bị bao nhiêu đá hộc?", "thế rọ thép thì sao?", "30", "90"),
        ("Gia đình học tập năm 2027 đạt bao nhiêu phần trăm?", "con nam 2030", "82%", "71%"),
    ],
)
def test_what_follows_changes_one_thing_and_keeps_the_rest(
    rules: Plan, before: str, said: str, value: str, old: str
) -> None:
    found = find(carry_on(_understood(said), _understood(before)), rules, ())
    told = " ".join(c.text for c in found.claims)
    assert found.stated
    assert f" {value}" in told
    assert f" {old}" not in told


def test_the_head_of_a_table_is_no_nearest_clause(rules: Plan) -> None:
    question = _understood("Mức giá tối đa của nhà có số tầng bao nhiêu?")
    ranked = weigh(question, rules, (), frozenset(), limit=100)
    head = next(
        e for e in ranked if e.unit.cells and e.unit.lead_in and "Mức giá" in rules.text[e.unit.start : e.unit.end]
    )
    row = next(e for e in ranked if e.unit.cells and "91.000" in rules.text[e.unit.start : e.unit.end])
    assert head.coverage > 0.5
    assert refused(question, rules, row).claims
    assert not refused(question, rules, head).claims


def test_what_no_table_holds_is_not_answered_from_one(rules: Plan) -> None:
    found = find(_understood("Học phí mầm non năm 2027 bao nhiêu tiền?"), rules, ())
    assert not found.stated
