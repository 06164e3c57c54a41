from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.read import ReadError, read


def saved(document: Any, **more: bytes) -> bytes:
    """The file, with these members added or put in place of others."""
    out = BytesIO()
    document.save(out)
    if not more:
        return out.getvalue()
    changed = BytesIO()
    with ZipFile(out) as old, ZipFile(changed, "w", ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename not in more:
                new.writestr(member, old.read(member))
        for name, data in more.items():
            new.writestr(name, data)
    return changed.getvalue()


def paragraphs(data: bytes, folder: Path) -> list[str]:
    file = folder / "plan"
    file.write_bytes(data)
    return read(file).source.split("\n\n")


def with_xml(document: Any, *bodies: str) -> Any:
    """The document with paragraphs of this XML at its end."""
    last = document.element.body.sectPr
    for body in bodies:
        last.addprevious(parse_xml(f"<w:p {nsdecls('w')}>{body}</w:p>"))
    return document


def numbered(document: Any, levels: list[tuple[str, str]], items: list[tuple[int, int]]) -> Any:
    """`levels`: form and text; `items`: list and depth. Both lists are of one kind, the second starts anew."""
    root = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{inner}</w:abstractNum>'))
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    for name, more in ((1, ""), (2, anew)):
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="9{name}"><w:abstractNumId w:val="90"/>{more}</w:num>'))
    for at, (name, depth) in enumerate(items):
        number = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="9{name}"/></w:numPr>'
        with_xml(document, f"<w:pPr>{number}</w:pPr><w:r><w:t>mục {at}</w:t></w:r>")
    return document


@pytest.mark.parametrize(
    ("levels", "items", "shown"),
    [
        ([("upperRoman", "%1."), ("decimal", "%2.")], [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)],
         ["I.", "1.", "2.", "II.", "1."]),
        ([("decimal", "%1."), ("decimal", "%1.%2."), ("lowerLetter", "%3)")], [(1, 0), (1, 1), (1, 2), (1, 2), (1, 1)],
         ["1.", "1.1.", "a)", "b)", "1.2."]),
        ([("decimal", "Điều %1.")], [(1, 0), (1, 0), (2, 0)], ["Điều 1.", "Điều 2.", "Điều 1."]),
        ([("bullet", "\uf0b7"), ("bullet", "+")], [(1, 0), (1, 1)], ["-", "+"]),
        ([("lowerRoman", "(%1)")], [(1, 0)] * 4, ["(i)", "(ii)", "(iii)", "(iv)"]),
        ([("decimalZero", "%1.")], [(1, 0)], ["01."]),
        ([("none", "")], [(1, 0)], [""]),
    ],
    ids=["levels", "decimals", "articles", "bullets", "roman", "zero", "none"],
)  # fmt: skip
def test_list_numbers_are_written_out(
    levels: list[tuple[str, str]], items: list[tuple[int, int]], shown: list[str], tmp_path: Path
) -> None:
    found = paragraphs(saved(numbered(docx.Document(), levels, items)), tmp_path)
    assert found == [f"{mark} mục {at}".strip() for at, mark in enumerate(shown)]


def test_headings_only_where_the_style_says_so(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("I. MỤC ĐÍCH", 1)
    document.add_paragraph().add_run("Chữ đậm").bold = True
    document.styles.add_style("Riêng", 1).base_style = document.styles["Heading 2"]
    document.add_paragraph("1. Yêu cầu", style="Riêng")
    assert paragraphs(saved(document), tmp_path) == ["# I. MỤC ĐÍCH", "Chữ đậm", "## 1. Yêu cầu"]


def test_table_keeps_rows_columns_and_merged_cells(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(4, 4)
    for row, texts in zip(
        table.rows,
        [["TT", "Chỉ tiêu", "Năm", ""], ["", "", "2025", "2026"], ["I. Kinh tế"], ["1", "Hộ dân | thôn", "80%", "95%"]],
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text
    for a, b in (((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3)), ((2, 0), (2, 3))):
        table.cell(*a).merge(table.cell(*b))
    assert paragraphs(saved(document), tmp_path) == [
        "| TT | Chỉ tiêu | Năm: 2025 | Năm: 2026 |\n| I. Kinh tế |\n| 1 | Hộ dân / thôn | 80% | 95% |"
    ]


def test_letterhead_in_a_table_is_no_table(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for cell, text in zip(
        [c for row in table.rows for c in row.cells],
        ["ỦY BAN NHÂN DÂN\nXÃ SÔNG MÂY", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 1/KH-UBND", "Sông Mây, ngày …"],
        strict=True,
    ):
        cell.text = text
    assert paragraphs(saved(document), tmp_path) == [
        "ỦY BAN NHÂN DÂN", "XÃ SÔNG MÂY", "Số: 1/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Sông Mây, ngày …",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ('<w:ins w:id="1" w:author="a"><w:r><w:t>mới</w:t></w:r></w:ins>', "mới"),
        ('<w:r><w:t xml:space="preserve">giữ </w:t></w:r><w:del w:id="1" w:author="a"><w:r><w:delText>bỏ</w:delText>'
         "</w:r></w:del>", "giữ"),
        ("<w:sdt><w:sdtContent><w:r><w:t>trong ô</w:t></w:r></w:sdtContent></w:sdt>", "trong ô"),
        ("<w:r><w:rPr><w:caps/></w:rPr><w:t>i. mục đích</w:t></w:r>", "I. MỤC ĐÍCH"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:t>hiện</w:t></w:r>", "hiện"),
        ("<w:r><w:t>một</w:t><w:br/><w:t>hai</w:t><w:tab/><w:t>ba</w:t></w:r>", "một\nhai ba"),
        ('<w:r><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr><w:t>X· héi chñ nghÜa</w:t></w:r>',
         "Xã hội chủ nghĩa"),
        ('<w:r><w:rPr><w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/></w:rPr><w:t>kÕ ho¹ch</w:t></w:r>', "KẾ HOẠCH"),
        ('<w:r><w:rPr><w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/></w:rPr><w:t>Xaõ hoäi</w:t></w:r>', "Xã hội"),
    ],
    ids=["inserted", "deleted", "control", "capitals", "hidden", "breaks", "tcvn3", "tcvn3-capitals", "vni"],
)  # fmt: skip
def test_text_is_what_the_page_shows(body: str, shown: str, tmp_path: Path) -> None:
    assert paragraphs(saved(with_xml(docx.Document(), body)), tmp_path) == [shown]


def test_footnote_follows_its_paragraph(tmp_path: Path) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    document = with_xml(docx.Document(), '<w:r><w:t>Câu.</w:t><w:footnoteReference w:id="2"/></w:r>')
    text = "<w:p><w:r><w:t>Chú thích.</w:t></w:r></w:p>"
    note = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2">{text}</w:footnote></w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, note.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    assert paragraphs(saved(document), tmp_path) == ["Câu.", "(2) Chú thích."]


BOMB = b"<a>" + b"\0" * 40_000_000
ENTITY = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:styles xmlns:w="x">&x;</w:styles>'


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda d: saved(d, **{"word/vbaProject.bin": b"x"}), "macro"),
        (lambda d: saved(d, **{"word/media/a.bin": BOMB}), "bung ra"),
        (lambda d: saved(d, **{"word/styles.xml": ENTITY}), "khai báo XML"),
        (lambda d: saved(d, **{"word/styles.xml": ENTITY.decode().encode("utf-16")}), "khai báo XML"),
        (lambda d: saved(d, **{"word/document.xml": b"<w:p>"}), "hỏng"),
        (lambda d: saved(d)[:3000], "hỏng"),
        (lambda _: _zip({"xl/workbook.xml": b"<x/>"}), "không phải tệp Word"),
        (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "đời cũ"),
    ],
    ids=["macro", "bomb", "entity", "entity-utf16", "broken", "cut", "spreadsheet", "old-or-encrypted"],
)
def test_dangerous_or_broken_file_is_refused(make: Callable[[Any], bytes], message: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=message):
        paragraphs(make(docx.Document()), tmp_path)


def _zip(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return out.getvalue()
