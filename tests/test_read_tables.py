"""One table with merged cells and a head of two rows, as four kinds of file: the same duties, deadlines and targets."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import read_twins as twins
from made_plans import plan

from bot.domain import Plan
from bot.heads import folded
from bot.units import units
from ingest.clean import paragraphs
from ingest.read import read

pytestmark = pytest.mark.skipif(not twins.has_fonts(), reason="needs the Debian package fonts-dejavu-core")

ABOVE = [
    "ỦY BAN NHÂN DÂN",
    "XÃ AN PHÚ",
    "KẾ HOẠCH",
    "Chuyển đổi số năm 2026",
    "I. CHỈ TIÊU",
    "Các chỉ tiêu của xã như sau:",
]
GOALS = [
    ["TT", "Chỉ tiêu", "Đơn vị tính", "Kết quả", ""],
    ["", "", "", "Năm 2025", "Năm 2026"],
    ["1", "Hồ sơ nộp trực tuyến", "%", "70", "85"],
    ["2", "Thôn có tổ công nghệ số", "thôn", "12", "15"],
]
BETWEEN = ["II. TỔ CHỨC THỰC HIỆN", "Nhiệm vụ được giao trong bảng dưới đây."]
TASKS = [
    ["TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời gian"],
    ["1", "Ra quân hướng dẫn người dân", "Phòng Văn hóa - Xã hội", "Trước ngày 15/5/2026"],
    ["2", "Mở lớp kỹ năng số", "", "Quý III/2026"],
    ["3", "Rà soát đường truyền", "Công an xã", "Trước ngày 30/6/2026"],
]
BELOW = ["III. KINH PHÍ", "Kinh phí lấy từ ngân sách xã theo quy định hiện hành của Nhà nước."]
_MERGED = {
    "goals": [((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (1, 2)), ((0, 3), (0, 4))],
    "tasks": [((1, 2), (2, 2))],
}


def markdown() -> bytes:
    def table(rows: list[list[str]]) -> str:
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])

    parts = [*ABOVE, table(GOALS), *BETWEEN, table(TASKS), *BELOW]
    return "\n\n".join(parts).encode()


def html() -> bytes:
    def table(rows: list[list[str]], merged: list[Any]) -> str:
        spans = {a: (b[0] - a[0] + 1, b[1] - a[1] + 1) for a, b in merged}
        hidden = {
            (r, c) for a, b in merged for r in range(a[0], b[0] + 1) for c in range(a[1], b[1] + 1)
        } - spans.keys()
        out = ""
        for r, row in enumerate(rows):
            cells = ((spans.get((r, c), (1, 1)), t) for c, t in enumerate(row) if (r, c) not in hidden)
            out += "<tr>" + "".join(f"<td rowspan={h} colspan={w}>{t}</td>" for (h, w), t in cells) + "</tr>"
        return f"<table>{out}</table>"

    def said(texts: list[str]) -> str:
        return "".join(f"<p>{t}</p>" for t in texts)

    tables = table(GOALS, _MERGED["goals"]), table(TASKS, _MERGED["tasks"])
    return f"<html><body>{said(ABOVE)}{tables[0]}{said(BETWEEN)}{tables[1]}{said(BELOW)}</body></html>".encode()


def docx() -> bytes:
    import docx as word

    document = word.Document()
    for texts, rows, merged in ((ABOVE, GOALS, "goals"), (BETWEEN, TASKS, "tasks"), (BELOW, [], "")):
        for text in texts:
            document.add_paragraph(text)
        if not rows:
            continue
        table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=True):
                cell.text = text
        for a, b in _MERGED[merged]:
            table.cell(*a).merge(table.cell(*b))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def pdf() -> bytes:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    twins._register()
    style = ParagraphStyle("p", fontName="Serif", fontSize=13, leading=18, spaceAfter=6)
    story: list[Any] = []
    for texts, rows, merged in ((ABOVE, GOALS, "goals"), (BETWEEN, TASKS, "tasks"), (BELOW, [], "")):
        story += [Paragraph(text, style) for text in texts]
        if rows:
            spans = [("SPAN", a[::-1], b[::-1]) for a, b in _MERGED[merged]]
            cells = [[Paragraph(text, style) for text in row] for row in rows]
            table = Table(cells, colWidths=[40] + [410 / (len(rows[0]) - 1)] * (len(rows[0]) - 1))
            table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), *spans]))
            story.append(table)
    out = BytesIO()
    SimpleDocTemplate(out).build(story)
    return out.getvalue()


def made(form: Callable[[], bytes], folder: Path) -> Plan:
    file = folder / "plan.bin"
    file.write_bytes(form())
    return plan(read(file).source, "an-phu-2026.md")


@pytest.mark.parametrize("form", [markdown, docx, html, pdf], ids=lambda f: f.__name__)
def test_a_row_keeps_its_label_its_heads_and_its_unit(form: Callable[[], bytes], tmp_path: Path) -> None:
    read_plan = made(form, tmp_path)
    assert [(t.figure, t.subject, t.year) for t in read_plan.facts.targets] == [
        ("70 %", "Hồ sơ nộp trực tuyến – Kết quả: Năm 2025", 2025),
        ("85 %", "Hồ sơ nộp trực tuyến – Kết quả: Năm 2026", 2026),
        ("12 thôn", "Thôn có tổ công nghệ số – Kết quả: Năm 2025", 2025),
        ("15 thôn", "Thôn có tổ công nghệ số – Kết quả: Năm 2026", 2026),
    ]
    for target in read_plan.facts.targets:
        assert target.figure.split()[0] in read_plan.quote(target.span)


@pytest.mark.parametrize("form", [markdown, docx, html, pdf], ids=lambda f: f.__name__)
def test_an_actor_of_several_rows_is_the_actor_of_each(form: Callable[[], bytes], tmp_path: Path) -> None:
    read_plan = made(form, tmp_path)
    body = "Phòng Văn hóa - Xã hội"
    assert [(d.body, d.task) for d in read_plan.facts.duties] == [
        (body, "Ra quân hướng dẫn người dân"),
        (body, "Mở lớp kỹ năng số"),
        ("Công an xã", "Rà soát đường truyền"),
    ]
    assert [(d.actor, d.duty, d.when.month) for d in read_plan.facts.deadlines] == [
        (body, "Ra quân hướng dẫn người dân", 5),
        (body, "Mở lớp kỹ năng số", 9),
        ("Công an xã", "Rà soát đường truyền", 6),
    ]
    for fact in (*read_plan.facts.duties, *read_plan.facts.deadlines):
        assert (fact.body if hasattr(fact, "body") else fact.actor) in read_plan.quote(fact.span)


@pytest.mark.parametrize("form", [markdown, docx, html, pdf], ids=lambda f: f.__name__)
def test_a_row_is_searched_with_the_words_of_its_heads(form: Callable[[], bytes], tmp_path: Path) -> None:
    row = next(u for u in units(made(form, tmp_path)) if "ho so nop truc tuyen" in u.words)
    assert "nam 2026" in row.above
    assert "don vi tinh" in row.above


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (["TT", "Nhiệm vụ", "Chủ trì"], ["1", "Ra quân", "Phòng Kinh tế"]),
        (["TT", "Nhiệm vụ", "Chủ trì"], ["", "Ra quân", "Phòng Kinh tế"]),
        (["TT", "Nhiệm vụ", "Chủ trì"], ["I. Kinh tế"]),
        (["TT", "Nhiệm vụ", "Kinh phí", ""], ["", "", "", "12"]),
    ],
)
def test_a_row_of_data_is_no_second_head(head: list[str], row: list[str]) -> None:
    assert folded(head, row) is None


def test_empty_cells_of_a_saved_page_keep_the_others_below_their_heads() -> None:
    saved = "|\nTT\n|\nNội dung\n|\nĐịnh mức\n|\n|\n1\n|\nCơ quan\n|\n95\n|\n|\n|\nDưới 30\n|\n92\n|"
    assert [p.text for p in paragraphs(saved)] == ["TT | Nội dung | Định mức", "1 | Cơ quan | 95", "| Dưới 30 | 92"]
