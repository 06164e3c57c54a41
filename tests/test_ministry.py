"""Ministries as issuers: the name on the letterhead, and what else it is called. The ministries are invented."""

from __future__ import annotations

import pytest
from made_plans import plan

from bot.domain import Issuer
from bot.whose.issuers import find_issuers


def issued(letterhead: str, sign: str = "BDCLN") -> Issuer:
    text = f"""{letterhead}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 14/2025/TT-{sign}

Hà Nội, ngày 05 tháng 8 năm 2025

THÔNG TƯ

Quy định việc ghi sổ giếng làng

Điều 1. Ghi sổ

1. Mỗi giếng làng được ghi một dòng.

Nơi nhận:

- Các tỉnh;

- Lưu: VT.

BỘ TRƯỞNG

Trần Thị Bình
"""
    return plan(text, "thong-tu-gieng.md").issuer


@pytest.mark.parametrize(
    ("letterhead", "name"),
    [
        ("BỘ THỦY LỢI", "Bộ Thủy lợi"),
        ("BỘ DÂN CƯ VÀ LÀNG NGHỀ", "Bộ Dân cư và Làng nghề"),
        ("BỘ DÂN CƯ\nVÀ LÀNG NGHỀ", "Bộ Dân cư và Làng nghề"),
        ("BỘ TRƯỞNG\nBỘ DÂN CƯ VÀ LÀNG NGHỀ", "Bộ Dân cư và Làng nghề"),
        ("BỘ THUYỀN BÈ, RUỘNG ĐỒNG VÀ LÀNG NGHỀ", "Bộ Thuyền bè, Ruộng đồng và Làng nghề"),
    ],
)
def test_the_letterhead_names_the_ministry(letterhead: str, name: str) -> None:
    issuer = issued(letterhead)
    assert (issuer.name, issuer.kind, issuer.province) == (name, "", "")


def test_its_full_name_is_its_name() -> None:
    issuer = issued("BỘ DÂN CƯ VÀ LÀNG NGHỀ")
    assert issuer.full_name == issuer.name == "Bộ Dân cư và Làng nghề"
    assert issuer.slug == "bo-dan-cu-va-lang-nghe"


def test_its_short_names_are_known() -> None:
    assert issued("BỘ DÂN CƯ VÀ LÀNG NGHỀ").aliases == ("Bộ DCLN", "BDCLN", "Bộ Dân cư")
    assert "Bộ Thuyền bè Ruộng đồng và Làng nghề" in issued("BỘ THUYỀN BÈ, RUỘNG ĐỒNG VÀ LÀNG NGHỀ").aliases


@pytest.mark.parametrize("called", ["Bộ Dân cư và Làng nghề", "bo dan cu va lang nghe", "Bộ DCLN", "Bộ Dân cư"])
def test_a_question_names_it_by_any_of_them(called: str) -> None:
    issuer = issued("BỘ DÂN CƯ VÀ LÀNG NGHỀ")
    assert find_issuers(f"Thông tư của {called} nói gì?", (issuer,)).issuers == (issuer,)


def test_a_head_cut_off_names_no_ministry() -> None:
    assert issued("").name == "thong-tu-gieng"  # the file's, which names no place either


def test_another_bodys_document_is_no_ministrys() -> None:
    assert issued("ỦY BAN NHÂN DÂN\nXÃ AN PHÚ", "UBND").full_name == "xã An Phú"
