"""Word files through python-docx: its packages and styles; the text itself is walked, as its `paragraph.text` leaves
out insertions, text boxes and content controls, and shows no list numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from bot.text import squash

from .extracted import Extracted, Unreadable, joined
from .numbering import Numbering
from .package import check_docx
from .styles import Styles
from .table import Cell, paragraphs

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Deleted text, instructions of fields, and the second form of what stands in a text box.
_LEFT_OUT = {_W + n for n in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr")} | {_MC + "Fallback"}
_SIGNS = {_W + "tab": " ", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-", _W + "ptab": " "}
_MOST_COLUMNS = 200


def read_docx(data: bytes) -> Extracted:
    """Raises Unreadable for a file that is broken, protected, dangerous or no Word document."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    check_docx(data)
    try:
        document = docx.Document(BytesIO(data))
        found = list(_Walk(document).blocks(document.element.body))
    except (XMLSyntaxError, KeyError, ValueError, OpcError) as error:
        raise Unreadable("tệp Word bị hỏng, không mở được.") from error
    return Extracted(joined(found))


class _Walk:
    """One pass over a document; list numbers are counted on the way."""

    def __init__(self, document: Any) -> None:
        self._styles = Styles(document.styles.element)
        self._numbering = Numbering(_part(document, "numbering"), self._styles.list_of)
        self._notes = _notes(document)

    def blocks(self, parent: Any) -> Iterator[str]:
        for child in parent:
            if child.tag == _W + "p":
                yield from self._paragraph(child)
            elif child.tag == _W + "tbl":
                yield from paragraphs(self._cells(child))
            elif child.tag not in _LEFT_OUT:
                yield from self.blocks(child)  # content controls, insertions, smart tags

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        boxes: list[Any] = []
        notes: list[str] = []
        style = self._styles.of(paragraph)
        text = "".join(self._text(paragraph, style, boxes, notes))
        text = "\n".join(squash(line) for line in text.split("\n")).strip()
        number, depth = self._styles.list_item(paragraph, style)
        label = self._numbering.label(number, depth)  # Word counts blank items too
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
                yield self._styles.shown("".join(self._text(child, style, boxes, notes)), child, style)
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

    def _cells(self, table: Any) -> list[Cell]:
        cells: list[Cell] = []
        open_at: dict[int, int] = {}  # column → the cell that a merged one below goes on with
        for row_at, row in enumerate(_children(table, "tr")):
            column = _integer(row, "trPr", "gridBefore")
            for cell in _children(row, "tc"):
                width = max(1, min(_MOST_COLUMNS, _integer(cell, "tcPr", "gridSpan")))
                merge = cell.find(f"{_W}tcPr/{_W}vMerge")
                if merge is not None and merge.get(_W + "val", "continue") == "continue" and column in open_at:
                    above = cells[open_at[column]]
                    cells[open_at[column]] = replace(above, rows=above.rows + 1)
                else:
                    text = tuple(line for part in self.blocks(cell) for line in part.split("\n") if line)
                    open_at[column] = len(cells)
                    cells.append(Cell(row_at, column, text, 1, width))
                column += width
        return cells


def _children(parent: Any, name: str) -> Iterator[Any]:
    """Rows or cells, those inside content controls and insertions too; not those of a table within."""
    for child in parent:
        if child.tag == _W + name:
            yield child
        elif child.tag in (_W + "sdt", _W + "sdtContent", _W + "ins", _W + "customXml"):
            yield from _children(child, name)


def _integer(element: Any, *path: str) -> int:
    found = element.find("/".join(_W + name for name in path))
    value = "" if found is None else str(found.get(_W + "val", ""))
    return int(value) if value.isdecimal() and len(value) < 6 else 0


def _part(document: Any, name: str) -> Any | None:
    """The root of the part of this kind, e.g. "numbering"; None where there is none."""
    from lxml import etree

    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{name}"):
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            return etree.fromstring(relation.target_part.blob, parser)
    return None


def _notes(document: Any) -> dict[tuple[str, str], Any]:
    """Foot- and endnotes by the tag and id of what refers to them."""
    found: dict[tuple[str, str], Any] = {}
    for kind in ("footnote", "endnote"):
        root = _part(document, f"{kind}s")
        for note in () if root is None else root.findall(_W + kind):
            found[f"{_W}{kind}Reference", note.get(_W + "id", "")] = note
    return found
