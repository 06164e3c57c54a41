from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
import read_twins as twins

from ingest.clean import Paragraph
from ingest.read import ReadError, Received, read

pytestmark = pytest.mark.skipif(not twins.has_fonts(), reason="needs the Debian package fonts-dejavu-core")
WORDS = "Phòng Văn hóa - Xã hội tham mưu Ủy ban nhân dân xã tổng hợp, báo cáo kết quả thực hiện Phong trào thi đua. "


def reading(data: bytes, folder: Path) -> Received:
    file = folder / "plan"
    file.write_bytes(data)
    return read(file)


def paragraphs(received: Received) -> list[str]:
    return received.source.split("\n\n")


def test_letterhead_and_signature_are_read_column_by_column(tmp_path: Path) -> None:
    page = [
        (85, 60, "ỦY BAN NHÂN DÂN"), (300, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (95, 78, "XÃ SÔNG MÂY"), (330, 78, "Độc lập - Tự do - Hạnh phúc"),
        (85, 100, "Số: 12/KH-UBND"), (320, 100, "Sông Mây, ngày 05 tháng 3 năm 2026"),
        (240, 140, "KẾ HOẠCH"),
        (121, 190, "Thực hiện Kế hoạch số 11/KH-UBND ngày 02/2/2026 của Ủy ban"), (85, 208, "nhân dân tỉnh."),
        (85, 300, "Nơi nhận:"), (330, 300, "TM. ỦY BAN NHÂN DÂN"),
        (85, 318, "- Như trên;"), (350, 318, "CHỦ TỊCH"),
        (85, 336, "- Lưu: VT."),
        (345, 400, "Trần Thị Bình"),
    ]  # fmt: skip
    assert paragraphs(reading(twins.drawn_pdf(page), tmp_path)) == [
        "ỦY BAN NHÂN DÂN", "XÃ SÔNG MÂY", "Số: 12/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Sông Mây, ngày 05 tháng 3 năm 2026",
        "KẾ HOẠCH",
        "Thực hiện Kế hoạch số 11/KH-UBND ngày 02/2/2026 của Ủy ban nhân dân tỉnh.",
        "Nơi nhận:", "- Như trên;", "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Thị Bình",
    ]  # fmt: skip


def test_columns_of_running_text_follow_one_another(tmp_path: Path) -> None:
    left = [(60, 100 + 18 * i, f"cột trái dòng {i} của trang") for i in range(6)]
    right = [(330, 100 + 18 * i, f"cột phải dòng {i} của trang") for i in range(6)]
    source = reading(
        twins.drawn_pdf([line for pair in zip(left, right, strict=True) for line in pair]), tmp_path
    ).source
    assert source.rindex("trái") < source.index("phải")


def test_running_head_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    many = [Paragraph(f"{n}. {WORDS * 4}".strip(), None) for n in range(1, 21)]  # type: ignore[arg-type]
    received = reading(twins.pdf(many, running_head="Kế hoạch thi đua năm 2026"), tmp_path)
    assert len(received.pages) > 3
    assert "Kế hoạch thi đua năm 2026" not in received.source
    assert paragraphs(received) == [p.text for p in many]


def test_pages_begin_where_their_words_begin(tmp_path: Path) -> None:
    many = [Paragraph(f"{n}. {WORDS * 4}".strip(), None) for n in range(1, 21)]  # type: ignore[arg-type]
    received = reading(twins.pdf(many), tmp_path)
    assert received.pages[0] == 0
    assert list(received.pages) == sorted(received.pages)
    assert all(received.source[start - 1].isspace() for start in received.pages[1:])
    assert received.confidence == (1.0,) * len(received.pages)


def test_table_keeps_rows_columns_and_merged_cells(tmp_path: Path) -> None:
    rows = [
        ["TT", "Chỉ tiêu", "Năm", ""],
        ["", "", "2025", "2026"],
        ["I", "Kinh tế", "", ""],
        ["1", "Hộ dân dùng dịch vụ công", "80%", "95%"],
    ]
    spans = [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (1, 1)), ("SPAN", (2, 0), (3, 0)), ("SPAN", (1, 2), (3, 2))]
    assert paragraphs(reading(_table(rows, spans), tmp_path)) == [
        "| TT | Chỉ tiêu | Năm: 2025 | Năm: 2026 |\n"
        "| I | Kinh tế | Kinh tế | Kinh tế |\n"
        "| 1 | Hộ dân dùng dịch vụ công | 80% | 95% |"
    ]


def test_table_over_two_pages_says_its_head_once(tmp_path: Path) -> None:
    rows = [["TT", "Nội dung"], *([str(n), f"Việc thứ {n}"] for n in range(1, 61))]
    source = reading(_table(rows, [], repeated=1), tmp_path).source
    assert source.count("| TT | Nội dung |") == 1
    assert source.count("| Việc thứ") == 60


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_page_is_read_as_it_is_seen(turn: int, tmp_path: Path) -> None:
    import pypdfium2

    with pypdfium2.PdfDocument(twins.drawn_pdf([(90, 100, "Dòng thứ nhất."), (90, 130, "Dòng thứ hai.")])) as document:
        page = document[0]
        for item in page.get_objects():
            matrix = pypdfium2.PdfMatrix().rotate(turn, ccw=True).translate(*_back(turn, *page.get_size()))
            item.transform(matrix)
        page.gen_content()
        page.set_rotation(turn)
        if turn != 180:
            width, height = page.get_mediabox()[2:]
            page.set_mediabox(0, 0, height, width)
            page.set_cropbox(0, 0, height, width)
        out = BytesIO()
        document.save(out)
    assert paragraphs(reading(out.getvalue(), tmp_path)) == ["Dòng thứ nhất.", "Dòng thứ hai."]


def test_number_cut_at_the_edge_is_whole_again(tmp_path: Path) -> None:
    page = [
        (85, 100, "Thực hiện Kế hoạch của Ủy ban nhân dân tỉnh số 356/KH-"),
        (85, 118, "UBND ngày 02/2/2026 của xã."),
    ]
    assert "356/KH-UBND" in reading(twins.drawn_pdf(page), tmp_path).source


def test_encrypted_pdf_is_refused(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret"))
    canvas.drawString(100, 100, "x")
    canvas.save()
    with pytest.raises(ReadError, match="mật khẩu"):
        reading(out.getvalue(), tmp_path)


@pytest.mark.parametrize("data", [b"%PDF-1.7\nrubbish", b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <<>>"])
def test_broken_pdf_is_refused(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="hỏng"):
        reading(data, tmp_path)


def test_pdf_cut_short_is_refused_or_read(tmp_path: Path) -> None:
    whole = twins.drawn_pdf([(90, 100, "Kế hoạch")], pages=3)
    for cut in range(50, len(whole), 3000):
        with suppress(ReadError):
            assert reading(whole[:cut], tmp_path).pages


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="501"):
        reading(twins.drawn_pdf([(90, 100, "x")], pages=501), tmp_path)


def _table(rows: list[list[str]], spans: list[tuple[object, ...]], repeated: int = 0) -> bytes:
    from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

    twins.drawn_pdf([])  # registers the fonts
    style = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), "Serif"), *spans])
    out = BytesIO()
    SimpleDocTemplate(out).build([Table(rows, style=style, repeatRows=repeated)])
    return out.getvalue()


def _back(turn: int, width: float, height: float) -> tuple[float, float]:
    """Where a page of this size must be moved to after it was turned about its corner."""
    return {90: (height, 0.0), 180: (width, height), 270: (0.0, width)}[turn]
