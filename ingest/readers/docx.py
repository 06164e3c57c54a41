"""Word files through python-docx: its packages and styles; the text itself is walked, as its `paragraph.text` leaves
out insertions, text boxes and content controls, and shows no list numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from . import legacy
from .extracted import Extracted, Unreadable, joined
from .numbering import Numbering
from .package import check_docx
from .table import Cell, lines

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Deleted text, instructions of fields, and the second form of what stands in a text box.
_LEFT_OUT = {_W + n for n in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr")} | {_MC + "Fallback"}
_SIGNS = {_W + "tab": " ", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-", _W + "ptab": " "}
_MOST_COLUMNS = 200


def read_docx(data: bytes) -> Extracted:
    """Raises Unreadable for a file that is broken, protected, dangerous or no Word document."""
    import docx
    from lxml.etree import XMLSyntaxError

    check_docx(data)
    try:
        document = docx.Document(BytesIO(data))
        paragraphs = list(_Walk(document).blocks(document.element.body))
    except (XMLSyntaxError, KeyError, ValueError, AttributeError, docx.opc.exceptions.OpcError) as error:
        raise Unreadable("tệp Word bị hỏng, không mở được.") from error
    return Extracted(joined(paragraphs))


class _Walk:
    """One pass over a document; list numbers are counted on the way."""

    def __init__(self, document: Any) -> None:
        self._styles = _Styles(document.styles.element)
        self._numbering = Numbering(_root(document.part, "numbering"), self._styles.list_of)
        self._notes = _notes(document.part)

    def blocks(self, parent: Any) -> Iterator[str]:
        for child in parent:
            if child.tag == _W + "p":
                yield from self._paragraph(child)
            elif child.tag == _W + "tbl":
                yield "\n".join(lines(list(self._cells(child)))) if not self._alone(child) else "\n\n".join(
                    lines(list(self._cells(child)))
                )
            elif child.tag not in _LEFT_OUT:
                yield from self.blocks(child)  # content controls, insertions, smart tags

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        boxes: list[Any] = []
        notes: list[str] = []
        style = self._styles.of(paragraph)
        text = "".join(self._text(paragraph, style, boxes, notes))
        text = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
        # Counted even where the paragraph is blank only if it shows: Word numbers blank items too.
        label = self._label(paragraph, style)
        if text:
            rank = self._styles.heading(paragraph, style)
            yield " ".join(part for part in ("#" * rank, label, text) if part)
        for box in boxes:
            yield from self.blocks(box)
        yield from notes

    def _text(self, node: Any, style: str, boxes: list[Any], notes: list[str]) -> Iterator[str]:
        for child in node:
            tag = child.tag
            if tag == _W + "r":
                if not self._styles.hidden(child, style):
                    run = "".join(self._text(child, style, boxes, notes))
                    yield self._styles.shown(run, child, style)
            elif tag == _W + "t":
                yield child.text or ""
            elif tag in _SIGNS:
                yield _SIGNS[tag]
            elif tag == _W + "txbxContent":
                boxes.append(child)
            elif tag in (_W + "footnoteReference", _W + "endnoteReference"):
                note = self._notes.get((tag, child.get(_W + "id", "")))
                if note is not None:
                    notes += [f"({child.get(_W + 'id')}) {t}" for t in self.blocks(note)]
            elif tag not in _LEFT_OUT:
                yield from self._text(child, style, boxes, notes)

    def _label(self, paragraph: Any, style: str) -> str:
        number, depth = self._styles.list_item(paragraph, style)
        return self._numbering.label(number, depth) if number else ""

    def _cells(self, table: Any) -> Iterator[Cell]:
        open_cells: dict[int, Cell] = {}
        for row_at, row in enumerate(_children(table, "tr")):
            column = _integer(row, "trPr/gridBefore")
            seen: dict[int, Cell] = {}
            for cell in _children(row, "tc"):
                width = max(1, min(_MOST_COLUMNS, _integer(cell, "tcPr/gridSpan")))
                merge = cell.find(f"{_W}tcPr/{_W}vMerge")
                above = open_cells.get(column)
                if merge is not None and merge.get(_W + "val", "continue") == "continue" and above is not None:
                    seen[column] = Cell(above.row, column, above.paragraphs, above.rows + 1, above.columns)
                else:
                    text = tuple(t for part in self.blocks(cell) for t in part.split("\n") if t)
                    seen[column] = Cell(row_at, column, text, 1, width)
                column += width
            yield from (c for c in open_cells.values() if c not in seen.values() and not _grows(c, seen))
            open_cells = seen
        yield from open_cells.values()


def _grows(cell: Cell, seen: dict[int, Cell]) -> bool:
    here = seen.get(cell.column)
    return here is not None and here.row == cell.row
