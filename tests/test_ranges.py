"""Amounts and ranges as documents write them."""

from __future__ import annotations

import pytest

from bot.ranges import admits, amounts, change, number, ranges, turns, within_limit


@pytest.mark.parametrize(
    ("asked", "cell", "holds"),
    [
        ("chung cư 12 tầng", "10< số tầng <=15", True),
        ("chung cư 15 tầng", "10< số tầng <=15", True),
        ("chung cư 10 tầng", "10< số tầng <=15", False),
        ("nhà 20 tầng", "Số tầng > 15", True),
        ("nhà 5 tầng", "Số tầng <= 5", True),
        ("toa nha muoi lam tang", "10 < số tầng ≤ 15", True),
        ("biệt thự 30 năm", "Trên 20 năm đến 50 năm", True),
        ("biệt thự 20 năm", "Trên 20 năm đến 50 năm", False),
        ("nhà ở 7 năm", "Từ 5 đến 10 năm", True),
        ("ở được 3 năm", "dưới 5 năm: 100%", True),
        ("ở được ba năm", "từ 5 năm trở lên", False),
        ("ao 3 ha", "từ 2 ha đến dưới 5 ha", True),
        ("ao 5 hecta", "từ 2 ha đến dưới 5 ha", False),
        ("cụ 85 tuổi", "Người cao tuổi từ đủ 80 tuổi trở lên: 2.0", True),
        ("cụ 72 tuổi", "Người cao tuổi từ đủ 60 tuổi đến dưới 80 tuổi: 1.5", True),
        ("tài sản 3 tỷ đồng", "nguyên giá từ 01 tỷ đồng trở lên/01 đơn vị tài sản", True),
        ("tài sản 300 triệu", "từ 250 triệu đồng đến dưới 01 tỷ đồng", True),
        ("hiến 150 m2", "hiến từ 100 m² đất trở lên", True),
        ("nặng 1.500 kg", "từ 1,5 kg đến 20 kg", False),
        ("xe 7 tấn", "xe cuốn ép tải trọng > 5 tấn đến ≤10 tấn", True),
        ("xe 12 tấn", "xe cuốn ép tải trọng > 5 tấn đến ≤10 tấn", False),
        ("người trên 60 tuổi", "Không bố trí người trên 60 tuổi", True),
        ("xã được 88 điểm", "đạt từ 85 điểm đến dưới 95 điểm", True),
        ("lương 4 triệu", "từ 5.000.000 đồng trở xuống", True),
    ],
)
def test_an_amount_lies_in_a_range_of_its_own_kind(asked: str, cell: str, holds: bool) -> None:
    assert admits(cell, amounts(asked)) is holds


def test_a_range_of_another_kind_says_nothing() -> None:
    assert admits("từ 5 người trở lên", amounts("nhà 12 tầng")) is None
    assert admits("Năm 2026 trồng 400 ha", amounts("ao 3 ha")) is None


def test_a_bare_range_is_of_what_the_head_of_its_column_says() -> None:
    assert admits("15-25", amounts("độ ẩm 20%"), "W% (Ẩm độ vật liệu)") is True
    assert admits("<10", amounts("độ ẩm 20%"), "W% (Ẩm độ vật liệu)") is False
    assert admits("15-25", amounts("20 người"), "W% (Ẩm độ vật liệu)") is None


def test_a_bare_range_of_sums_is_in_the_unit_of_its_head() -> None:
    head = "Phần thu nhập tính thuế/tháng (triệu đồng)"
    assert admits("Trên 10 đến 30", amounts("thu nhập 25 triệu"), head) is True
    assert admits("Đến 10", amounts("thu nhập 25 triệu"), head) is False
    assert admits("Trên 100", amounts("thu nhập 150.000.000 đồng"), head) is True


def test_turns_and_changes_are_read() -> None:
    assert turns("Kê khai lần đầu") == {1}
    assert turns("từ lần thứ 2 trở đi") == {2}
    assert change("rút từ 10 ngày làm việc xuống còn 09 ngày") == (10, 9)
    assert change("từ 10 ngày đến 15 ngày") is None


def test_what_is_excepted_is_no_case() -> None:
    text = "Điều chuyển tài sản (trừ xe ô tô; tài sản có nguyên giá từ 01 tỷ đồng trở lên) giữa các cơ quan"
    assert admits(text, amounts("tài sản 2 tỷ đồng")) is None


def test_a_limit_chooses_no_case_but_allows_or_not() -> None:
    limit = "Hạn mức giao khoán không quá 10 ha/hộ"
    assert admits(limit, amounts("xin 12 ha")) is None
    assert within_limit(limit, amounts("xin 8 ha")[0])
    assert not within_limit(limit, amounts("xin 12 ha")[0])


def test_years_days_and_labels_are_no_amounts() -> None:
    assert amounts("năm 2026 nhà cấp 4 tại điều 3, nộp ngày 15/12 được không") == ()
    assert not any(r.noun == "nam" for r in ranges("giai đoạn 2026 - 2030, từ năm 2026 đến năm 2030"))


def test_a_change_from_one_value_to_another_is_no_range() -> None:
    assert ranges("Giảm thời gian giải quyết từ 05 ngày làm việc còn 03 ngày làm việc") == ()


@pytest.mark.parametrize(
    ("written", "value"), [("1.000", 1000), ("1,5", 1.5), ("2.5", 2.5), ("05", 5), ("1.250,5", 1250.5)]
)
def test_numbers_are_read_as_vietnamese_writes_them(written: str, value: float) -> None:
    assert number(written) == value


def test_salinity_has_a_unit_of_its_own() -> None:
    (asked,) = amounts("độ mặn 5‰ thì sao")
    assert [r.holds(asked.value) for r in ranges("Từ 1‰ đến dưới 4‰ | Từ 4‰ trở lên") if r.noun == asked.noun] == [
        False,
        True,
    ]
