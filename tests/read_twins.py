"""The plans as other programs would write them: the same paragraphs as Word, PDF and pictures, made by libraries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path

from ingest.clean import Paragraph, paragraphs

PLANS = sorted((Path(__file__).parent.parent / "corpus" / "plans").glob("*.*"))
_FONTS = Path("/usr/share/fonts/truetype/dejavu")
_NUMBERED = re.compile(r"(?P<mark>[IVX]+\.|\d{1,2}\.|[a-zđ]\)|[-+])\s+(?P<text>.+)", re.DOTALL)
_FORMS = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-"), ("bullet", "+"))


def has_fonts() -> bool:
    return (_FONTS / "DejaVuSerif.ttf").exists()


def cleaned(path: Path) -> list[Paragraph]:
    return paragraphs(path.read_text(encoding="utf-8"))


def _runs(found: Sequence[Paragraph]) -> Iterable[tuple[bool, list[Paragraph]]]:
    """Rows of tables and other paragraphs, in runs of one kind."""
    return ((cells, list(run)) for cells, run in groupby(found, key=lambda p: p.cells))


# Word


def docx(found: Sequence[Paragraph]) -> bytes:
    """Headings in heading styles, list numbers as Word's own where they count on from one to the next."""
    import docx as word

    document = word.Document()
    numbers = _Numbers(document)
    for cells, run in _runs(found):
        if cells:
            rows = [p.text.split(" | ") for p in run]
            table = document.add_table(len(rows), max(map(len, rows)), style="Table Grid")
            for at, row in enumerate(rows):
                for cell, text in zip(table.rows[at].cells, row, strict=False):
                    cell.text = text
            continue
        for paragraph in run:
            style = f"Heading {paragraph.heading}" if paragraph.heading else None
            added = document.add_paragraph(style=style)
            added.add_run(numbers.apply(added, paragraph.text))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


class _Numbers:
    """Automatic numbering on a list of the document's own; a mark that does not count on stays written."""

    def __init__(self, document) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        root = document.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for at, (form, text) in enumerate(_FORMS)
        )
        abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>')
        root.insert(0, abstract)
        root.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'),
        )
        self._counts = [0] * len(_FORMS)

    def apply(self, paragraph, text: str) -> str:
        """Numbers the paragraph where Word would show the same mark; returns the text still to be written."""
        found = _NUMBERED.fullmatch(text)
        if found is None:
            return text
        for depth, (form, pattern) in enumerate(_FORMS):
            count = self._counts[depth] + 1
            shown = pattern if form == "bullet" else re.sub(r"%\d", _shown(form, count), pattern)
            if shown == found["mark"]:
                self._counts[depth] = count
                self._counts[depth + 1 :] = [0] * (len(_FORMS) - depth - 1)
                properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val = depth
                properties.get_or_add_numId().val = 90
                return found["text"]
        return text


def _shown(form: str, count: int) -> str:
    if form == "upperRoman":
        return ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[count]
    return chr(ord("a") + count - 1) if form == "lowerLetter" else str(count)


# PDF


def pdf(found: Sequence[Paragraph], *, running_head: str = "", size: int = 13) -> bytes:
    """Justified, first lines indented, page numbers on top, tables ruled: as Decree 30 wants it."""
    from reportlab.lib.enums import TA_JUSTIFY
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph as Set
    from reportlab.platypus import SimpleDocTemplate, Spacer, Table, TableStyle

    _register()
    plain = ParagraphStyle(
        "plain", fontName="Serif", fontSize=size, leading=size * 1.35, spaceAfter=6, alignment=TA_JUSTIFY,
        firstLineIndent=36,
    )  # fmt: skip
    bold = ParagraphStyle("bold", plain, fontName="Serif-Bold")
    cell = ParagraphStyle("cell", plain, firstLineIndent=0, alignment=0, fontSize=size - 2, leading=size * 1.2)
    story = []
    for cells, run in _runs(found):
        if cells:
            rows = [[Set(_escaped(text), cell) for text in p.text.split(" | ")] for p in run]
            widest = max(map(len, rows))
            table = Table([row + [""] * (widest - len(row)) for row in rows], colWidths=[450 / widest] * widest)
            table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")]))
            story += [table, Spacer(1, 6)]
        else:
            story += [Set(_escaped(p.text), bold if p.heading else plain) for p in run]
    out = BytesIO()

    def furniture(canvas, document) -> None:
        canvas.setFont("Serif", size - 2)
        if document.page > 1:
            canvas.drawCentredString(A4[0] / 2, A4[1] - 40, str(document.page))
        if running_head:
            canvas.drawString(60, 40, running_head)

    SimpleDocTemplate(out, pagesize=A4, topMargin=57, bottomMargin=60, leftMargin=85, rightMargin=50).build(
        story, onFirstPage=furniture, onLaterPages=furniture
    )
    return out.getvalue()


def drawn_pdf(lines: Sequence[tuple[float, float, str]], *, pages: int = 1) -> bytes:
    """Each text at its place in points from the top left, the same on every page."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    _register()
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for _ in range(pages):
        canvas.setFont("Serif", 13)
        for x, y, text in lines:
            canvas.drawString(x, A4[1] - y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _register() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("Serif", str(_FONTS / "DejaVuSerif.ttf")))
    pdfmetrics.registerFont(TTFont("Serif-Bold", str(_FONTS / "DejaVuSerif-Bold.ttf")))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# Scans


def scan(pdf: bytes, page: int, form: str = "PNG", dpi: int = 300) -> bytes:
    """One page of a PDF as a picture; pages count from 0."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        image = document[page].render(scale=dpi / 72, grayscale=True).to_pil()
    out = BytesIO()
    image.save(out, form, dpi=(dpi, dpi))
    return out.getvalue()


def layered_pdf(layer: str, seen: str) -> bytes:
    """A page that shows one line and, unseen, carries another as its text: what scanners with an engine write."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    picture = scan(drawn_pdf([(85, 100, seen)]), 0, dpi=200)
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.drawImage(ImageReader(BytesIO(picture)), 0, 0, *A4)
    text = canvas.beginText(85, A4[1] - 100)
    text.setFont("Serif", 13)
    text.setTextRenderMode(3)
    text.textLine(layer)
    canvas.drawText(text)
    canvas.save()
    return out.getvalue()


def scanned_pdf(pdf: bytes, first: int, last: int | None, dpi: int = 200) -> bytes:
    """Pages `first` to `last`, without the last, as pictures in a PDF; None: to the end."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        pages = range(first, len(document) if last is None else last)
        images = [document[at].render(scale=dpi / 72, grayscale=True).to_pil() for at in pages]
    out = BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=dpi)
    return out.getvalue()
