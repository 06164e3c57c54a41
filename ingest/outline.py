"""Paragraphs → the administrative outline: which section stands where, what stands empty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.domain import Section
from bot.text import fold

from .marker import Kind, Marker, bullet, marker

_TAIL = re.compile(
    r"(?:noi nhan\s*(?:[^\sa-z]|$)|tm\s?\.\s?(?:uy ban|ubnd)|kt\s?\.\s?chu tich|chu tich$|pho chu tich$"
    r"|tl\s?\.\s?|q\s?\.\s?chu tich)"
)
# What a document, or one that is issued with it, calls itself on a line of its own.
_KINDS = (
    "ke hoach|quyet dinh|chi thi|nghi quyet|chuong trinh|phuong an|de an|huong dan|thong bao|phu luc|danh muc"
    "|quy che|quy dinh|quy trinh|dieu le|noi quy"
)
_KIND = re.compile(rf"(?:{_KINDS})\b")
_TITLE = re.compile(rf"(?:{_KINDS}|(?P<form>(?:bieu )?mau(?: so)? [\divx]+[a-z]?))\b[\s:.]*$")
_CLOSING = re.compile(
    r"(?:tren day la|trong qua trinh (?:to chuc |trien khai )*(?:thuc hien)"
    r"|ke hoach nay (?:co hieu luc|thay the)|(?:uy ban nhan dan|ubnd) .{2,40} (?:yeu cau|de nghi) )"
)
_LONG_HEADING = 170
_DEEPEST = 12  # open sections: "1." inside "1." without end is no outline, and its paths would grow with the text
_JUMP = 3  # how far a list may jump ("c)" then "đ)") and still be the same list


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of `text`: where it stands and what the source said of its rank."""

    start: int
    end: int
    text: str
    heading: int = 0
    cells: bool = False


@dataclass(slots=True)
class _Open:
    kind: Kind
    label: str
    order: int
    path: str
    heading: str
    level: int
    start: int
    body: int
    end: int = 0
    filled: bool = False  # something stands under it besides headings
    part: str = ""  # the document issued with the main one that it belongs to: "Quy chế"


def outline(lines: Sequence[Line]) -> tuple[Section, ...]:
    """Sections in order of the text; each lies inside the one above it."""
    done: list[_Open] = []
    stack: list[_Open] = []
    in_tail = False
    part = ""

    def close(down_to: int, end: int) -> None:
        while len(stack) > down_to:
            node = stack.pop()
            node.end = end
            done.append(node)

    last_end = 0
    ahead = 0  # the next line that is a section, a title or the end: looked for once, not from each line before it
    for index, line in enumerate(lines):
        if stack and line.start < stack[-1].body:
            last_end = line.end
            continue  # taken as the heading of the part above
        folded = fold(line.text)
        if stack and _TAIL.match(folded):
            close(0, last_end)
            in_tail = True
        if is_title(line, folded) or (in_tail and line.text.isupper() and _KIND.match(folded)):
            close(0, last_end)
            in_tail = False
            part = _part_name(line.text, folded) if done else ""
        found = None if line.cells else marker(line.text)
        if found and in_tail:
            in_tail = found.kind not in (Kind.ANNEX, Kind.PART, Kind.CHAPTER)
            found = None if in_tail else found
        depth = _depth(stack, found) if found else None
        if found and depth is not None:
            close(depth, last_end)
            stack.append(_node(line, found, stack, lines[index + 1] if index + 1 < len(lines) else None))
            stack[-1].part = part
            if stack[-1].filled:
                _fill(stack)
        elif stack and not in_tail:
            if _CLOSING.match(folded) and not bullet(line.text):
                ahead = ahead if ahead > index else _next_break(lines, index + 1)
                if _nothing_follows(lines[ahead : ahead + 1], stack[0].kind):
                    close(1, last_end)
            _fill(stack)
        last_end = line.end
    close(0, last_end)
    return _sections(done)


def is_title(line: Line, folded: str) -> bool:
    """Whether a document begins here: "KẾ HOẠCH", "PHỤ LỤC" on a line of its own."""
    found = _TITLE.match(folded)
    return found is not None and (line.text.isupper() or line.heading > 0 or bool(found["form"]))


def _part_name(text: str, folded: str) -> str:
    """What the document issued with the main one is called: its kind, or a form with its number."""
    kind = _KIND.match(folded)
    return " ".join((text[: kind.end()] if kind else text).split()).strip(" :.").capitalize()


def _fill(stack: list[_Open]) -> None:
    for node in stack:
        node.filled = True


def _next_break(lines: Sequence[Line], start: int) -> int:
    for index in range(start, len(lines)):
        text = lines[index].text
        folded = fold(text)
        if _TAIL.match(folded) or is_title(lines[index], folded) or marker(text):
            return index
    return len(lines)


def _nothing_follows(rest: Sequence[Line], top: Kind) -> bool:
    """Whether no further section of a lower rank follows before the document or its part ends."""
    for line in rest:
        folded = fold(line.text)
        if _TAIL.match(folded) or is_title(line, folded):
            return True
        found = marker(line.text)
        if found:
            return found.kind <= top
    return True


def _depth(stack: list[_Open], found: Marker) -> int | None:
    """How many open sections stay open above the new one; None when the marker is running text."""
    for depth in range(len(stack) - 1, -1, -1):
        node = stack[depth]
        if node.kind is not found.kind:
            continue
        if found.kind is Kind.DECIMAL and _stem(node.label) != _stem(found.label):
            continue
        if 0 < found.order - node.order <= _JUMP:
            return depth
        if found.order == 1 and found.kind >= Kind.ARABIC:
            return len(stack) if len(stack) < _DEEPEST else depth
        return depth if found.kind < Kind.ARABIC and found.order == 1 else None
    if found.kind is Kind.DECIMAL:
        return _decimal_depth(stack, found)
    if found.order > _JUMP and found.kind in (Kind.ARABIC, Kind.PAREN, Kind.LETTER, Kind.ROMAN):
        return None
    depth = len(stack)
    while depth and stack[depth - 1].kind > found.kind:
        depth -= 1
    return depth


def _stem(label: str) -> str:
    return label.rsplit(".", 1)[0]


def _decimal_depth(stack: list[_Open], found: Marker) -> int | None:
    """Under the section whose number it carries on: "1.2" under "1", "1.2.1" under "1.2"."""
    for depth in range(len(stack), 0, -1):
        if stack[depth - 1].label == _stem(found.label):
            return depth
    if found.order > _JUMP:
        return None
    depth = len(stack)
    while depth and stack[depth - 1].kind >= Kind.DECIMAL:
        depth -= 1
    return depth


def _node(line: Line, found: Marker, stack: list[_Open], following: Line | None) -> _Open:
    rest = line.text[found.end :]
    if (
        not rest
        and found.kind <= Kind.GROUP
        and following
        and (following.text.isupper() or following.heading)
        and not marker(following.text)
    ):
        # "Phần thứ nhất" with its name on the next line.
        heading, body = following.text, following.end
        return _Open(
            found.kind, found.label, found.order, _path(found, stack), heading, len(stack) + 1, line.start, body
        )
    heading, body = _heading(rest, line, found, following)
    start = line.start
    level, opens = len(stack) + 1, start + found.end + body
    node = _Open(found.kind, found.label, found.order, _path(found, stack), heading, level, start, opens)
    # A clause that ends as a sentence is content, though it be short: "1. Huân chương Lao động;"
    node.filled = bool(rest[body:].strip()) or bool(re.search(r"[.;]$|:\s*\d[\d.,]*\s*%?$", rest.rstrip()))
    return node


def _goes_deeper(text: str, above: Marker) -> bool:
    found = marker(text)
    return found.kind > above.kind if found else bullet(text) > 0


def _heading(rest: str, line: Line, found: Marker, following: Line | None) -> tuple[str, int]:
    """The heading and how many characters of `rest` it takes; ("", 0) for a clause without one."""
    text = rest.rstrip()
    colon = re.match(r"([^:;.]{2,110}):\s+(?=\S)", text)
    if colon and not line.heading:
        return colon.group(1).strip(), colon.end()
    bare = text.rstrip(":.").rstrip()
    if line.heading or text.isupper() or (len(text) <= _LONG_HEADING and text.endswith(":")):
        return bare, len(rest)
    if len(text) <= _LONG_HEADING and not re.search(r"[.;,]$", text):
        return bare, len(rest)
    opens_list = following is not None and _goes_deeper(following.text, found)
    if opens_list and len(text) <= 80 and text.endswith(".") and ". " not in text and not text.endswith("..."):
        return text.rstrip("."), len(rest)
    return "", 0


def _path(found: Marker, stack: list[_Open]) -> str:
    if found.kind in (Kind.ANNEX, Kind.PART, Kind.CHAPTER, Kind.ARTICLE) or not stack:
        return found.label
    above = stack[-1].path
    if found.kind is Kind.DECIMAL:
        stem = found.label.rsplit(".", 1)[0]
        if above == stem or above.endswith("." + stem):
            return f"{above}.{found.label.rsplit('.', 1)[1]}"
    return f"{above}.{found.label}"


def _name_parts(nodes: list[_Open]) -> None:
    """Where a document issued with the main one counts from 1 again, its paths name it: "Quy chế – Điều 1"."""
    seen: set[str] = set()
    for part, members in groupby(nodes, key=lambda n: n.part):
        own = list(members)
        if part and not seen.isdisjoint(n.path for n in own):
            for node in own:
                node.path = f"{part} – {node.path}"
        seen.update(n.path for n in own)


def _sections(nodes: list[_Open]) -> tuple[Section, ...]:
    nodes.sort(key=lambda n: (n.start, n.level))
    _name_parts(nodes)
    taken: dict[str, int] = {}
    sections = []
    for node in nodes:
        taken[node.path] = taken.get(node.path, 0) + 1
        # The same path a second time in one document (an annex without a title): kept apart by a number.
        path = node.path if taken[node.path] == 1 else f"{node.path} ({taken[node.path]})"
        empty = bool(node.heading) and not node.filled
        sections.append(Section(path, node.heading, node.level, node.start, min(node.body, node.end), node.end, empty))
    return tuple(sections)
