"""HTML through lxml's own parser, which mends what is broken and fetches nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.text import squash

from .extracted import Extracted, Unreadable, joined
from .numbering import roman
from .table import Cell, paragraphs

_LEFT_OUT = frozenset((
    "script", "style", "head", "noscript", "template", "nav", "footer", "aside", "form", "button", "select",
    "iframe", "svg", "object", "title",
))  # fmt: skip
_INLINE = frozenset((
    "a", "abbr", "b", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark",
    "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr", "bdi", "bdo",
    "time", "o:p", "st1:place", "st1:city",
))  # fmt: skip
_DEEPEST = 200  # elements within one another; office programs write 20
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST_SPAN = 100
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)


def read_html(text: str) -> Extracted:
    """Raises Unreadable where there is no element or more of them within one another than any program writes."""
    from lxml import etree

    declared = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(declared, parser)
    if root is None:
        raise Unreadable("tệp HTML không có nội dung.")
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise Unreadable("tệp HTML lồng quá nhiều lớp, không được nhận.")
    mains = root.xpath("//main | //article")
    return Extracted(joined(list(_blocks(mains[0] if len(mains) == 1 else root))))


def _blocks(element: Any) -> Iterator[str]:
    """Paragraphs of what stands in the element."""
    open_text: list[str] = [element.text or ""]
    for child in element:
        name = child.tag if isinstance(child.tag, str) else ""
        if name == "br":
            open_text.append("\0")  # a line end that is meant, unlike those of the file
        elif name in _INLINE and not _left_out(child) and not _has_blocks(child):
            open_text.append(_inline(child))
        elif name and not _left_out(child):
            yield from _closed(open_text)
            yield from _block(child, name)
        open_text.append(child.tail or "")
    yield from _closed(open_text)


def _block(child: Any, name: str) -> Iterator[str]:
    if name == "table":
        yield from paragraphs(_cells(child))
    elif name in ("ul", "ol"):
        yield from _list(child)
    elif re.fullmatch(r"h[1-6]", name):
        for part in _blocks(child):
            yield f"{'#' * int(name[1])} {squash(part)}"
    else:
        yield from _blocks(child)


def _closed(open_text: list[str]) -> Iterator[str]:
    lines = [squash(line) for line in "".join(open_text).split("\0")]
    open_text.clear()
    text = "\n".join(line for line in lines if line)
    if text:
        yield text


def _inline(element: Any) -> str:
    if element.tag == "br":
        return "\0"
    if _left_out(element):
        return ""
    inside = "".join(_inline(child) + (child.tail or "") for child in element if isinstance(child.tag, str))
    return (element.text or "") + inside


def _has_blocks(element: Any) -> bool:
    return any(isinstance(e.tag, str) and e.tag not in _INLINE and e.tag != "br" for e in element.iterdescendants())


def _left_out(element: Any) -> bool:
    return element.tag in _LEFT_OUT or "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))


def _list(element: Any) -> Iterator[str]:
    number = _integer(element.get("start"), 1)
    for child in element:
        if child.tag != "li":
            if isinstance(child.tag, str) and not _left_out(child):
                yield from _block(child, child.tag)
            continue
        number = _integer(child.get("value"), number)
        sign = _sign(element, number)
        number += 1
        parts = _blocks(child)
        first = next(parts, "")
        if first:
            # A list right inside an item has signs of its own.
            yield (
                first
                if len(child) and not squash(child.text or "") and child[0].tag in ("ul", "ol")
                else f"{sign} {first}"
            )
        yield from parts


def _sign(element: Any, number: int) -> str:
    if element.tag == "ul":
        return "-"
    match element.get("type", "1"):
        case "a" | "A" as form if 0 < number <= len(_LETTERS):
            letter = _LETTERS[number - 1]
            return f"{letter})" if form == "a" else f"{letter.upper()}."
        case "I":
            return f"{roman(number).upper()}."
        case "i":
            return f"{roman(number)}."
    return f"{number}."


def _cells(table: Any) -> list[Cell]:
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    rows = [r for r in table.iterdescendants("tr") if next(r.iterancestors("table")) is table]
    for at, row in enumerate(rows):
        column = 0
        for child in row:
            if child.tag not in ("td", "th"):
                continue
            while (at, column) in taken:
                column += 1
            width = max(1, min(_MOST_SPAN, _integer(child.get("colspan"), 1)))
            height = max(1, min(_MOST_SPAN, len(rows) - at, _integer(child.get("rowspan"), 1)))
            taken |= {(at + r, column + c) for r in range(height) for c in range(width)}
            text = tuple(line for part in _blocks(child) for line in part.split("\n"))
            cells.append(Cell(at, column, text, height, width))
            column += width
    return cells


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,5}", text) else otherwise
