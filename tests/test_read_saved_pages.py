"""Saved pages of law libraries: bars on lines of their own, wrapped lines, documents issued with others."""

from __future__ import annotations

import pytest

from ingest.bars import is_layout, rows, table_at
from ingest.clean import paragraphs
from ingest.metadata import metadata
from ingest.outline import Line, outline

PAGE = """|
**ỦY BAN NHÂN
DÂN**
TỈNH AN BÌNH
--------
|
**CỘNG HÒA XÃ
HỘI CHỦ NGHĨA VIỆT NAM**
Độc lập - Tự do - Hạnh phúc
|
|
Số:
12/2026/QĐ-UBND
|
*An Bình,
ngày 02 tháng 3 năm 2026*
|


**QUYẾT ĐỊNH**

PHÂN CẤP QUẢN LÝ VÀ BAN HÀNH QUY CHẾ SỬ DỤNG XE CÔNG

**Điều 1.****
**Ban hành kèm theo Quyết định này Quy chế sử dụng
xe công của tỉnh.

**Điều 2.****
**Quyết định này có hiệu lực từ ngày 15 tháng 3 năm
2026.


|
*Nơi nhận:*
- Như Điều 2;
- Sở Tài chính;
- UBND các xã, phường;
- Lưu: VT.
|
**TM. ỦY BAN
NHÂN DÂN**
KT. CHỦ TỊCH
**PHÓ CHỦ TỊCH**
**Lê Văn Bình**
|


**QUY CHẾ**

SỬ DỤNG XE CÔNG

**Chương
I**

**QUY ĐỊNH CHUNG**

**Điều
1. Phạm vi điều chỉnh**

1. Quy chế này quy định việc sử dụng xe công
của các sở.

2. Không áp dụng với xe của doanh nghiệp.

**Điều
2. Định mức**

|
**Loại xe**
|
**Số km
mỗi năm**
|
|
Xe bốn chỗ
|
20.000
|
|
Xe bảy chỗ
|
15.000
|
"""


def lines(source: str) -> list[Line]:
    found, at = [], 0
    for p in paragraphs(source):
        found.append(Line(at, at + len(p.text), p.text, p.heading, p.cells))
        at += len(p.text) + 1
    return found


@pytest.fixture(scope="module")
def read() -> list[Line]:
    return lines(PAGE)


def test_the_letterhead_is_read(read: list[Line]) -> None:
    meta = metadata(read)
    assert (meta.number, meta.when.day, meta.when.month, meta.when.year) == ("12/2026/QĐ-UBND", 2, 3, 2026)
    assert (meta.issuer_kind, meta.issuer_name) == ("tỉnh", "An Bình")
    assert meta.signer == "Lê Văn Bình"
    assert len(meta.recipients) == 3


def test_a_title_may_begin_like_a_part(read: list[Line]) -> None:
    assert metadata(read).title.startswith("PHÂN CẤP QUẢN LÝ")


def test_the_regulation_issued_with_a_decision_has_articles_of_its_own(read: list[Line]) -> None:
    assert [(s.path, s.heading) for s in outline(read)] == [
        ("Điều 1", ""),
        ("Điều 2", ""),
        ("Quy chế – Chương I", "QUY ĐỊNH CHUNG"),
        ("Quy chế – Điều 1", "Phạm vi điều chỉnh"),
        ("Quy chế – Điều 1.1", ""),
        ("Quy chế – Điều 1.2", ""),
        ("Quy chế – Điều 2", "Định mức"),
    ]


def test_a_table_keeps_its_rows(read: list[Line]) -> None:
    assert [line.text for line in read if line.cells] == [
        "Loại xe | Số km mỗi năm",
        "Xe bốn chỗ | 20.000",
        "Xe bảy chỗ | 15.000",
    ]


def test_every_word_leads_back_to_the_page() -> None:
    for paragraph in paragraphs(PAGE):
        for edit in paragraph.map.edits:
            if edit.same:
                assert paragraph.text[edit.text_start : edit.text_end] == PAGE[edit.source_start : edit.source_end]


def test_stars_that_are_never_closed_join_nothing() -> None:
    assert [p.text for p in paragraphs("** Ghi chú thứ nhất.\nDòng hai.\n\nDòng ba.")][-1] == "Dòng ba."


def bars(text: str) -> list[tuple[str, int]]:
    return [(line, index) for index, line in enumerate(text.split("\n"))]


def test_an_empty_cell_is_told_from_the_end_of_a_row() -> None:
    found = rows(bars("|\na\n|\nb\n|\n|\nc\n|\n|"))
    assert [[[text for text, _ in cell] for cell in row] for row in found] == [[["a"], ["b"]], [["c"], []]]


def test_rows_of_merged_cells_end_at_empty_places() -> None:
    found = rows(bars("|\na\n|\n|\nb\n|\nc\n|"))
    assert [len(row) for row in found] == [1, 2]


@pytest.mark.parametrize("text", ["|\na\n|\nb", "a\n|\nb\n|", "|", "|\n|", "một | hai"])
def test_what_is_no_whole_table_is_none(text: str) -> None:
    assert table_at(bars(text), 0) == 0


def test_a_frame_around_one_text_is_no_table() -> None:
    assert is_layout(rows(bars("|\nKính gửi: các xã\n|")))
    assert not is_layout(rows(bars("|\na\n|\nb\n|\n|\nc\n|\nd\n|")))
