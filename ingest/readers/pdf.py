"""PDF through pdfium.

Chosen after reading the same 39 pages with three libraries: pypdf (0.2 s) and pdfplumber (1.7 s) put the two halves of
a letterhead or of the signature into one another line by line; pdfium (0.4 s with our own layout) gives the place of
every character, so that columns, paragraphs and ruled tables can be told, and it also renders the pages of a scan.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from . import legacy
from .book import book
from .extracted import BREAK, MAX_CHARACTERS, MAX_PAGES, Extracted, Unreadable, too_many_pages, too_much_text
from .glyphs import lines_of, turning
from .layout import Line, Page, Table, Word
from .ocr import MissingEngine, Reader
from .ruling import Grid, grids
from .strokes import drawn
from .table import paragraphs

if TYPE_CHECKING:
    from PIL.Image import Image

_DPI = 300
_MOST_PIXELS = 30_000_000  # A4 at 300 dpi has 9 million, A3 17
_FEW_LETTERS = 20  # on a page that is a picture: a stamp's or a page number's, no text layer
_DAMAGED = 0.5  # accented words: 0.86 of a plan's are, 0.16 where an engine that knows no Vietnamese read it


@dataclass(frozen=True, slots=True)
class _Found:
    page: Page
    text: str
    scanned: bool
    bare: bool  # without a text layer


def read_pdf(data: bytes, ocr: Reader) -> Extracted:
    """Raises Unreadable for a broken or encrypted file, too many pages, or a scan where no engine is installed."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Unreadable("tệp PDF có mật khẩu. Hãy lưu lại thành tệp không có mật khẩu.") from error
        raise Unreadable("tệp PDF bị hỏng, không mở được.") from error
    with document:
        count = len(document)
        if count > MAX_PAGES:
            raise too_many_pages(count)
        if not count:
            raise Unreadable("tệp PDF không có trang nào.")
        return _read(document, count, ocr)


def _read(document: Any, count: int, ocr: Reader) -> Extracted:
    pages: list[Page] = []
    unread: list[int] = []
    missing: MissingEngine | None = None
    characters = 0
    for number in range(1, count + 1):
        page = _opened(document, number)
        found = _text_page(page)
        characters += len(found.text)
        if characters > MAX_CHARACTERS:
            raise too_much_text()
        read = found.page
        if found.scanned:
            try:
                read = ocr(partial(_rendered, page), number, count)
            except MissingEngine as error:
                missing = error
                unread += [number] if found.bare else []
        pages.append(read)
        page.close()
    if missing and not any(page.lines or page.tables for page in pages):
        raise Unreadable(str(missing))
    warnings = [*ocr.warnings(pages)]
    if unread:
        warnings.append(f"trang {', '.join(map(str, unread))} là ảnh quét chưa được đọc: {missing}")
    return book(pages, warnings)


def _opened(document: Any, number: int) -> Any:
    from pypdfium2 import PdfiumError

    try:
        return document[number - 1]
    except PdfiumError as error:
        raise Unreadable(f"tệp PDF bị hỏng ở trang {number}.") from error


def _rendered(page: Any) -> Image:
    width, height = page.get_size()
    scale = min(_DPI / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    image: Image = page.render(scale=scale, grayscale=True).to_pil()
    return image


def _text_page(page: Any) -> _Found:
    turn = turning(page)
    lines = _converted(lines_of(page, turn))
    text = "\n".join(line.text for line in lines)
    rules, pictured = drawn(page, turn)
    bare = sum(map(str.isalpha, text)) < _FEW_LETTERS
    scanned = pictured and (bare or legacy.accented(text) < _DAMAGED)
    tables = []
    for grid in grids(rules):
        inside, lines = _parted(lines, grid)
        tables.append(Table(grid.ys[0], BREAK.join(paragraphs(grid.cells(inside), ruled=True))))
    return _Found(Page(tuple(lines), tuple(tables)), text, scanned, bare)


def _parted(lines: list[Line], grid: Grid) -> tuple[list[Line], list[Line]]:
    inside: list[Line] = []
    outside: list[Line] = []
    for line in lines:
        for place, take in ((inside, True), (outside, False)):
            words = tuple(w for w in line.words if grid.holds(w) is take)
            if words:
                place.append(Line(words, line.size))
    return inside, outside


def _converted(lines: list[Line]) -> list[Line]:
    """Letters of old Vietnamese fonts as those that the page shows."""
    text = "\n".join(line.text for line in lines)
    shown, name = legacy.convert(text)
    if not name:
        return lines
    found = []
    for line, words in zip(lines, shown.split("\n"), strict=True):
        pairs = zip(line.words, words.split(" "), strict=True)
        found.append(Line(tuple(Word(t, w.x0, w.top, w.x1, w.bottom) for w, t in pairs), line.size))
    return found
