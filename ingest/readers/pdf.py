"""PDF through pdfium.

Chosen after reading the same rendered plans with pypdf, pdfplumber and pdfium: see README of this folder.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any

from . import legacy
from .book import Page, Table, book
from .extracted import BREAK, MAX_CHARACTERS, MAX_PAGES, Extracted, Unreadable, too_many_pages, too_much_text
from .layout import Line, Word
from .ocr import MissingEngine, Reader
from .ruling import Grid, Rule, grids
from .table import paragraphs

if TYPE_CHECKING:
    from PIL.Image import Image

_DPI = 300
_MOST_PIXELS = 30_000_000  # A4 at 300 dpi has 9 million, A3 17
_FEW_LETTERS = 20  # on a page that is a picture: a stamp's or a page number's, no text layer
_PICTURE = 0.5  # share of the page that a picture takes up when the page is a scan
_DAMAGED = 0.8  # validity below which a scan's text layer was made by an engine that knows no Vietnamese
_MOST_OBJECTS = 20_000
_THIN = 3.0  # points: a box so thin is a line


@dataclass(frozen=True, slots=True)
class _Found:
    page: Page
    scanned: bool
    text: str


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
        if found.scanned and missing is None:
            try:
                pages.append(ocr(partial(_rendered, page), number, count))
            except MissingEngine as error:
                missing = error
                unread.append(number)
                pages.append(found.page)
        else:
            if found.scanned:
                unread.append(number)
            pages.append(found.page)
        page.close()
    if missing and not any(page.lines or page.tables for page in pages):
        raise Unreadable(str(missing))
    warnings = [*ocr.warnings(pages)]
    if missing:
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
    turn = _turn(page)
    lines = _converted(_lines(page, turn))
    text = "\n".join(line.text for line in lines)
    rules, pictured = _drawn(page, turn)
    scanned = pictured and (sum(map(str.isalpha, text)) < _FEW_LETTERS or legacy.validity(text) < _DAMAGED)
    tables = []
    for grid in grids(rules):
        inside, lines = _parted(lines, grid)
        tables.append(Table(grid.ys[0], BREAK.join(paragraphs(grid.cells(inside), ruled=True))))
    return _Found(Page(tuple(lines), tuple(tables)), scanned, text)


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


_Turn = Callable[[float, float], tuple[float, float]]


def _turn(page: Any) -> _Turn:
    """From the page's own coordinates, which know nothing of its rotation, to the ones a reader sees, y downwards."""
    x0, y0, x1, y1 = page.get_cropbox()
    return {
        90: lambda x, y: (y - y0, x - x0),
        180: lambda x, y: (x1 - x, y - y0),
        270: lambda x, y: (y1 - y, x1 - x),
    }.get(page.get_rotation(), lambda x, y: (x - x0, y1 - y))


def _lines(page: Any, turn: _Turn) -> list[Line]:
    lines: list[Line] = []
    words: list[Word] = []
    letters: list[Word] = []

    def end_word() -> None:
        if letters:
            words.append(
                Word(
                    "".join(c.text for c in letters),
                    min(c.x0 for c in letters),
                    min(c.top for c in letters),
                    max(c.x1 for c in letters),
                    max(c.bottom for c in letters),
                )
            )
            letters.clear()

    def end_line() -> None:
        end_word()
        if words:
            lines.append(Line(tuple(words), median(w.bottom - w.top for w in words)))
            words.clear()

    for here in _characters(page, turn):
        last = letters[-1] if letters else words[-1] if words else None
        if last:
            high, low = here.bottom - here.top, last.bottom - last.top
            level = min(here.bottom, last.bottom) - max(here.top, last.top) > 0.5 * min(high, low)
            size = max(high, low)
            if not level or not last.x1 - 0.5 * size <= here.x0 <= last.x1 + 2 * size:
                end_line()
            elif here.text.isspace() or here.x0 > last.x1 + 0.25 * size:
                end_word()
        if not here.text.isspace():
            letters.append(here)
    end_line()
    return lines


def _characters(page: Any, turn: _Turn) -> Iterator[Word]:
    """Characters as drawn, in the file's order, with the box of their font's height."""
    from pypdfium2 import raw

    text = page.get_textpage()
    count = text.count_chars()
    if count > MAX_CHARACTERS:
        raise too_much_text()
    box = raw.FS_RECTF()
    pointer = ctypes.byref(box)
    for at in range(count):
        code = raw.FPDFText_GetUnicode(text, at)
        # pdfium adds line ends and hyphens of its own; 0xFFFE stands for a hyphen it took away.
        if code in (0, 2, 10, 13, 0xAD, 0xFFFE, 0xFFFF) or not raw.FPDFText_GetLooseCharBox(text, at, pointer):
            continue
        (ax, ay), (bx, by) = turn(box.left, box.bottom), turn(box.right, box.top)
        yield Word(chr(code), min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
    text.close()


def _drawn(page: Any, turn: _Turn) -> tuple[list[Rule], bool]:
    """Lines drawn on the page, and whether a picture takes up most of it."""
    from pypdfium2 import raw

    width, height = page.get_size()
    rules: list[Rule] = []
    pictured = 0.0
    kinds = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE)
    for number, item in enumerate(page.get_objects(filter=kinds, max_depth=3)):
        if number > _MOST_OBJECTS:
            break
        x0, y0, x1, y1 = item.get_bounds()
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictured += abs((x1 - x0) * (y1 - y0))
        else:
            rules += _rules(item, turn, (x0, y0, x1, y1))
    return rules, pictured > _PICTURE * width * height


def _rules(item: Any, turn: _Turn, bounds: tuple[float, float, float, float]) -> Iterator[Rule]:
    x0, y0, x1, y1 = bounds
    if min(x1 - x0, y1 - y0) < _THIN:
        yield from _rule(turn(x0, y0), turn(x1, y1))
        return
    yield from _edges(item, turn)


def _edges(item: Any, turn: _Turn) -> Iterator[Rule]:
    """The straight strokes of a path: the frame of a cell, or a whole grid drawn at once."""
    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(item, fill, stroke) or not stroke.value:
        return
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = None
    for at in range(min(_MOST_OBJECTS, raw.FPDFPath_CountSegments(item))):
        segment = raw.FPDFPath_GetPathSegment(item, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = turn(*matrix.on_point(x.value, y.value))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = here
        elif kind == raw.FPDF_SEGMENT_LINETO and last:
            yield from _rule(last, here)
        if raw.FPDFPathSegment_GetClose(segment) and first:
            yield from _rule(here, first)
        last = here


def _rule(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Rule]:
    width, height = abs(a[0] - b[0]), abs(a[1] - b[1])
    if max(width, height) < 2 * _THIN:
        return
    if height < _THIN:
        yield Rule((a[1] + b[1]) / 2, min(a[0], b[0]), max(a[0], b[0]), upright=False)
    elif width < _THIN:
        yield Rule((a[0] + b[0]) / 2, min(a[1], b[1]), max(a[1], b[1]), upright=True)
