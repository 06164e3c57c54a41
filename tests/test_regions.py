"""Which provinces a text names."""

from __future__ import annotations

import pytest

from bot.gazetteer import provinces
from bot.whose.regions import regions


def named(text: str) -> list[str]:
    return [region.said for region in regions(text)]


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("học phí ở Lào Cai", "Lào Cai"),
        ("hoc phi o lao cai", "Lào Cai"),
        ("laocai quy dinh gi", "Lào Cai"),
        ("low emission zones of Hanoi's centre", "Hà Nội"),
        ("o Daklak", "Đắk Lắk"),
        ("ở đak lak", "Đắk Lắk"),
        ("bên Đắc Lắc", "Đắk Lắk"),
        ("ở kontum", "Kon Tum"),
        ("Khánh Hoà", "Khánh Hòa"),
        ("tphcm", "Hồ Chí Minh"),
        ("ở Sài Gòn", "Hồ Chí Minh"),
        ("o dien bien", "Điện Biên"),
        ("Hai Phong co gi", "Hải Phòng"),
        ("các xã phường Cần Thơ", "Cần Thơ"),
        ("công nghệ An Giang", "An Giang"),
        ("tuyen quang nam 2025", "Tuyên Quang"),
    ],
)
def test_a_province_is_known_however_it_is_typed(text: str, province: str) -> None:
    assert named(text) == [province]


@pytest.mark.parametrize(
    "text",
    [
        "diễn biến phức tạp",
        "dien bien phuc tap",
        "giao cho hai phòng nào",
        "giao cho hai phong nao",
        "bao cao bang van ban",
        "hang nam dinh ky",
        "đánh giá lại",
        "danh gia lai",
        "nghe an toan",
        "nhà đa năng",
        "đảo này lý sơn là gì",
        "vì hòa bình",
        "Đoàn TNCS Hồ Chí Minh",
        "xã Quảng Ninh",
    ],
)
def test_other_words_are_no_province(text: str) -> None:
    assert named(text) == []


def test_a_province_that_has_documents_needs_no_word_of_place() -> None:
    assert [r.name for r in regions("rung hai phong", frozenset(("Hải Phòng",)))] == ["Hải Phòng"]


def test_a_former_province_is_shown_with_the_one_it_is_part_of() -> None:
    (region,) = regions("bên Nam Định cũ")
    assert (region.name, region.former, region.shown) == ("Ninh Bình", True, "tỉnh Nam Định (nay thuộc Ninh Bình)")


def test_there_were_63_provinces_and_each_is_known() -> None:
    from bot.whose.regions import _names

    today = _names().today
    assert len(today) == 63
    assert set(today.values()) == set(provinces().values())
    assert all(named(f"ở tỉnh {name}") == [name] for name in today)
