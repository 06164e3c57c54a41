"""Markers and the outline they make."""

from __future__ import annotations

import pytest
from made_plans import sections

from ingest.marker import Kind, bullet, marker


@pytest.mark.parametrize(
    ("text", "kind", "label", "order"),
    [
        ("I. MỤC ĐÍCH", Kind.ROMAN, "I", 1),
        ("I1. NỘI DUNG", Kind.ROMAN, "II", 2),
        ("IIl. GIẢI PHÁP", Kind.ROMAN, "III", 3),
        ("lV. TỔ CHỨC", Kind.ROMAN, "IV", 4),
        ("XIV. PHỤ LỤC", Kind.ROMAN, "XIV", 14),
        ("A. ĐÁNH GIÁ", Kind.UPPER, "A", 1),
        ("1. Mục đích", Kind.ARABIC, "1", 1),
        ("1.Mục đích", Kind.ARABIC, "1", 1),
        ("12/ Nội dung", Kind.ARABIC, "12", 12),
        ("2) Nội dung", Kind.PAREN, "2", 2),
        ("1.1. Đối với xã", Kind.DECIMAL, "1.1", 1),
        ("1.2 Đối với xã", Kind.DECIMAL, "1.2", 2),
        ("2.1.3. Đối với xã", Kind.DECIMAL, "2.1.3", 3),
        ("a) Các thôn", Kind.LETTER, "a", 1),
        ("a. Các thôn", Kind.LETTER, "a", 1),
        ("đ) Các thôn", Kind.LETTER, "đ", 5),
        ("Điều 2. Giao Phòng Kinh tế", Kind.ARTICLE, "Điều 2", 2),
        ("Điều 2: Giao Phòng Kinh tế", Kind.ARTICLE, "Điều 2", 2),
        ("ĐIỀU 2", Kind.ARTICLE, "Điều 2", 2),
        ("Chương II", Kind.CHAPTER, "Chương II", 2),
        ("Chương 2. TỔ CHỨC", Kind.CHAPTER, "Chương 2", 2),
        ("Phần I. ĐÁNH GIÁ", Kind.PART, "Phần I", 1),
        ("PHẦN THỨ HAI", Kind.PART, "Phần thứ hai", 2),
        ("Mục 1", Kind.GROUP, "Mục 1", 1),
        ("Phụ lục II", Kind.ANNEX, "Phụ lục II", 2),
    ],
)
def test_markers_are_read_as_officials_number(text: str, kind: Kind, label: str, order: int) -> None:
    found = marker(text)
    assert found is not None
    assert (found.kind, found.label, found.order) == (kind, label, order)


@pytest.mark.parametrize(
    "text",
    [
        "15/12 là hạn báo cáo",
        "3.500.000 đồng cho cả năm",
        "2.5 triệu đồng mỗi hộ",
        "95% hộ dân",
        "2025 là năm đầu tiên",
        "Điều 5 Luật Thi đua, khen thưởng quy định",
        "Điều 2 của Quyết định này",
        "Chương trình hành động số 29",
        "Mục tiêu đến năm 2030",
        "Phần đầu của kế hoạch",
        "IIII. KHÔNG CÓ SỐ NÀY",
        "f) không có trong danh sách",
        "VI phạm quy định",
        "- Các thôn;",
        "",
    ],
)
def test_numbers_in_running_text_are_no_markers(text: str) -> None:
    assert marker(text) is None


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("- Các thôn", 2),
        ("-Các thôn", 1),
        ("- + Giấy khen", 4),
        ("• Các thôn", 2),
        ("+ Các thôn", 2),
        ("–5 độ", 0),
        ("x", 0),
    ],
)
def test_bullets(text: str, length: int) -> None:
    assert bullet(text) == length


def paths(source: str) -> list[str]:
    """Paths of a source whose every line is a paragraph."""
    return [s.path for s in sections(source.replace("\n", "\n\n"))]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        pytest.param(
            "I. MỘT\n1. Mục đích\na) Một;\nb) Hai.\n2. Yêu cầu\na) Một.\nII. HAI\n1. Ba.",
            ["I", "I.1", "I.1.a", "I.1.b", "I.2", "I.2.a", "II", "II.1"],
            id="roman, arabic, letters",
        ),
        pytest.param(
            "I. A\na) Một;\nb) Hai;\nc) Ba;\nđ) Năm;\ne) Sáu;\ng) Bảy.",
            ["I", "I.a", "I.b", "I.c", "I.đ", "I.e", "I.g"],
            id="letters jump from c to đ",
        ),
        pytest.param(
            "I. TIÊU CHÍ\n1. Tiêu chí\n1.1. Một\nNội dung.\n1.2. Hai\nNội dung.\n2. Hình thức\n2.1. Ba\nNội dung.",
            ["I", "I.1", "I.1.1", "I.1.2", "I.2", "I.2.1"],
            id="decimals hold their parent's number",
        ),
        pytest.param(
            "I. A\n1. B\n1.1. C\nX.\n1.1.1. D\nX.\n1.1.2. E\nX.\n1.2. F\nX.\n1.2.1. G\nX.\n2. H\nX.",
            ["I", "I.1", "I.1.1", "I.1.1.1", "I.1.1.2", "I.1.2", "I.1.2.1", "I.2"],
            id="decimals of two depths",
        ),
        pytest.param(
            "1. MỤC ĐÍCH\n- Làm.\n2. NỘI DUNG\n2.1. Một\n- A.\n2.2. Hai\n- B.\n3. TỔ CHỨC\n- C.",
            ["1", "2", "2.1", "2.2", "3"],
            id="no roman numbers at all",
        ),
        pytest.param(
            "A. ĐÁNH GIÁ\nI. KẾT QUẢ\n1. Một\nX.\nII. HẠN CHẾ\nX.\nB. NHIỆM VỤ\nI. MỤC TIÊU\nX.",
            ["A", "A.I", "A.I.1", "A.II", "B", "B.I"],
            id="capitals above roman",
        ),
        pytest.param(
            "Phần thứ nhất\nTÌNH HÌNH\nI. KẾT QUẢ\nX.\nPhần thứ hai\nNHIỆM VỤ\nI. MỤC TIÊU\nX.",
            ["Phần thứ nhất", "Phần thứ nhất.I", "Phần thứ hai", "Phần thứ hai.I"],
            id="parts with their name on the next line",
        ),
        pytest.param(
            "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Một.\n2. Hai.\na) Ba;\nĐiều 2. Đối tượng\nX.\n"
            "Chương II\nTỔ CHỨC\nĐiều 3. Hiệu lực\nX.",
            ["Chương I", "Điều 1", "Điều 1.1", "Điều 1.2", "Điều 1.2.a", "Điều 2", "Chương II", "Điều 3"],
            id="articles count on through chapters",
        ),
        pytest.param(
            "QUYẾT ĐỊNH:\nĐiều 1. Ban hành kèm theo.\nĐiều 2. Hiệu lực.\nNơi nhận:\n- Như Điều 2;\nCHỦ TỊCH\n"
            "KẾ HOẠCH\nI. MỤC ĐÍCH\n1. Một.\nII. HAI\nX.",
            ["Điều 1", "Điều 2", "I", "I.1", "II"],
            id="a decision and the plan it issues",
        ),
        pytest.param(
            "I. MỤC TIÊU\nTổng kinh phí\n15. 000 hộ dân được hưởng lợi.\n3.500.000 đồng.\n5/8 thôn đạt chuẩn.",
            ["I"],
            id="numbers in running text",
        ),
        pytest.param("I1. HAI\n1. Một.\nIIl. BA\nX.", ["II", "II.1", "III"], id="roman numbers as OCR reads them"),
        pytest.param("Không có mục nào ở đây.\nChỉ có chữ.", [], id="no outline"),
    ],
)
def test_paths_are_those_that_officials_say(source: str, wanted: list[str]) -> None:
    assert paths(source) == wanted


@pytest.mark.parametrize(
    ("source", "heading"),
    [
        ("I. MỤC ĐÍCH, YÊU CẦU\n\nNâng cao.", "MỤC ĐÍCH, YÊU CẦU"),
        ("1. Mục đích:\n\nNâng cao.", "Mục đích"),
        ("## **1. Mục đích.**\n\nNâng cao.", "Mục đích"),
        ("1. Thời gian: Từ năm 2025 đến năm 2030.", "Thời gian"),
        ("1. Phòng Kinh tế.\n\n- Tham mưu.", "Phòng Kinh tế"),
        ("1. Phòng Kinh tế tham mưu Ủy ban nhân dân xã bố trí kinh phí thực hiện.", ""),
        ("a) Các cơ quan, đơn vị thực hiện tốt;", ""),
    ],
)
def test_headings_are_told_from_clauses(source: str, heading: str) -> None:
    assert sections(source)[0].heading == heading


def test_headings_with_nothing_under_them_are_marked() -> None:
    found = sections("I. KHEN THƯỞNG\n\n1. Hình thức\n\na) Hằng năm\n\nb) Tổng kết\n\n2. Tiêu chuẩn\n\nTheo quy định.")
    assert [s.path for s in found if s.empty] == ["I.1", "I.1.a", "I.1.b"]


def test_a_bullet_fills_the_heading_it_stands_under() -> None:
    assert not any(s.empty for s in sections("I. KHEN THƯỞNG\n\n1. Hình thức\n\n- Giấy khen."))


def test_recipients_and_signature_belong_to_no_section() -> None:
    source = "I. MỘT\n\nNội dung.\n\nNơi nhận:\n\n- UBND tỉnh;\n\n1. Lưu văn thư.\n\nTM. ỦY BAN NHÂN DÂN"
    found = sections(source)
    assert [s.path for s in found] == ["I"]
    assert source.replace("\n\n", "\n")[found[0].start : found[0].end] == "I. MỘT\nNội dung."


def test_the_closing_words_belong_to_the_last_part_not_to_its_last_clause() -> None:
    source = "I. MỘT\n1. Phòng Kinh tế theo dõi.\nTrên đây là Kế hoạch của xã, đề nghị các đơn vị thực hiện./."
    last = {s.path: s for s in sections(source.replace("\n", "\n\n"))}
    assert "Trên đây" not in source[last["I.1"].start : last["I.1"].end]
    assert "Trên đây" in source[last["I"].start : last["I"].end]


def test_the_same_path_twice_is_kept_apart() -> None:
    found = paths("I. MỘT\nNội dung.\nPHỤ LỤC\nI. DANH SÁCH\nNội dung.")
    assert found == ["I", "Phụ lục – I"]
