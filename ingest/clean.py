"""Source → paragraphs: markup off, page numbers out, lines and paragraphs that a page end broke joined again.

Every paragraph remembers where each of its characters came from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain import Edit, TextMap
from bot.text import nfc

from .bars import Raw, is_layout, rows, table_at
from .marker import starts_item

_MARKUP = re.compile(
    r"\*+|(?<=\s)__|__(?=\s|$)|\\(?=[.\-#*_()\[\]|>])|</?(?:b|i|u|br|p|div|span|center)\b[^>]{0,80}>|^>\s",
    re.IGNORECASE,
)
_BREAK = re.compile(r"</?(?:br|p|div)\b", re.IGNORECASE)  # markup that parts words
_HEADING = re.compile(r"(#{1,6})\s+")
_TABLE_RULE = re.compile(r"^[\s|:+=-]*\|[\s|:+=-]*$|^\s*(?:-{3,}|={3,}|_{3,}|\*{3,})\s*$")
_PAGE_NUMBER = re.compile(
    r"^\s*(?:\d{1,3}|[-–—]\s*\d{1,3}\s*[-–—]|(?:Trang|Page)\s+\d{1,3}(?:\s*/\s*\d{1,3})?)\s*$", re.IGNORECASE
)
_ENDS = re.compile(r"[.;:!?…][”\"')\]]*$")
_TRAILS_OFF = re.compile(r"(?:\.\.\.|…)$")
# "Số:" or "… theo Điều" at the end of a line waits for its number in the next.
_DANGLES = re.compile(r"(?:^Số:|\s(?:Điều|[Kk]hoản|điểm|số|Chương|Mục|ngày|tháng|năm))$")
_NUMBERS = frozenset("0123456789IVX")
_LONE_MARKER = re.compile(r"(?:(?:[a-zđ]|\d{1,2}(?:\.\d{1,2})*|[IVX]+)[.)]|[-–+])$")  # its words are on the next line
_DASH = "- "
_STOPS = re.compile(r"[.,;:!?…][”\"')\]]*$")
_LONE_BAR = re.compile(r"(?m)^\|\s*$")
_STARS = re.compile(r"\*+")
_CUT_NUMBER = re.compile(r"/[A-ZĐ&]+-$")  # "356/KH-" at the edge of the page, "UBND" in the next line
_SPACES = re.compile(r"\s+")
_WRAPPED = range(40, 141)  # widths at which pages break lines; where most lines are longer, a line is a paragraph
_FULL = 0.8  # of the width: a shorter line was ended by its author
_MOSTLY_FULL = 0.3  # share of full lines from which a document counts as wrapped; lists of short lines lie below
_MOSTLY_INNER = 0.4  # share of such lines; it is 0.45 and more where blank lines part, 0.1 and less elsewhere
_FEWEST_INNER = 20
_LONG_PARAGRAPH = 150  # a shorter one before a blank line was ended by its author, not by the end of a page


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    map: TextMap  # this paragraph's text → the source
    heading: int = 0  # markdown level, 0 for none
    cells: bool = False  # a row of a table, cells parted by " | "
    recognised: bool = False  # read from a picture, so that a letter may be another one


@dataclass(frozen=True, slots=True)
class _Line:
    runs: tuple[tuple[int, int], ...]  # offsets of what is kept of the source
    text: str
    heading: int
    cells: bool
    gap: bool  # a blank line or a page end stood before it
    held: bool  # it begins inside type that the line before began


def paragraphs(source: str) -> list[Paragraph]:
    """Paragraphs in order; none is empty."""
    lines = _lines(source)
    # Only saved web pages part every paragraph, headings too; in other wrapped texts a heading may stand right above.
    width, parted = _wrap_width(lines), _LONE_BAR.search(source) is not None and _is_parted(lines)
    whole = "\n".join(line.text for line in lines)
    groups: list[list[_Line]] = []
    for line in lines:
        if groups and (_continues(groups[-1], line, width, parted) or _dashed(groups[-1][-1], line, whole, parted)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(source, group) for group in groups]


def _lines(source: str) -> list[_Line]:
    raws = _raws(source)
    held = _held(raws)
    lines: list[_Line] = []
    gap, index = False, 0
    while index < len(raws):
        raw, start = raws[index]
        end = table_at(raws, index)
        if end:
            lines += _table(source, raws[index:end], held)
            gap, index = True, end
            continue
        index += 1
        if not raw.strip() or _PAGE_NUMBER.match(raw):
            gap = True
        elif not _TABLE_RULE.match(raw):
            lines.append(_line(source, raw, start, gap, start in held))
            gap = False
    return [line for line in lines if line.text]


def _raws(source: str) -> list[Raw]:
    """The lines of the source with their offsets; the end of a page stands as a blank one."""
    raws: list[Raw] = []
    position = 0
    for index, piece in enumerate(re.split(r"(\r\n|[\n\r\f\v\x85\u2028\u2029])", source)):
        if index % 2 == 0:
            raws.append((piece, position))
        elif piece not in ("\n", "\r\n", "\r"):
            raws.append(("", position))
        position += len(piece)
    return raws


def _held(raws: Sequence[Raw]) -> set[int]:
    """Offsets of the lines that begin inside bold or italic type: they go on with the line before, whatever it is."""
    held: set[int] = set()
    inside: list[int] = []
    bold = italic = False
    for raw, start in (*raws, ("", -1)):
        if not raw.strip():
            if not (bold or italic):
                held.update(inside)
            # What is still open here was never closed: those stars are no marks.
            inside, bold, italic = [], False, False
            continue
        if bold or italic:
            inside.append(start)
        for stars in _STARS.finditer(raw):
            if not _is_meant(raw, *stars.span()):
                length = stars.end() - stars.start()
                bold ^= length in (2, 3)
                italic ^= length in (1, 3)
    return held


def _table(source: str, raws: Sequence[Raw], held: set[int]) -> list[_Line]:
    """A line for each row; of a table that only sets text side by side, the lines of its cells."""
    found = rows(raws)
    if is_layout(found):
        cells = (raw for row in found for cell in row for raw in cell)
        return [_line(source, raw, at, True, at in held) for raw, at in cells if not _TABLE_RULE.match(raw)]
    lines: list[_Line] = []
    for row in found:
        filled = [raw for cell in row for raw in cell]
        if filled:
            start, end = filled[0][1], filled[-1][1] + len(filled[-1][0])
            if not row[0]:
                # Empty cells before keep their bars, so that the others stay below their heads.
                for _ in range(1 + next(at for at, cell in enumerate(row) if cell)):
                    start = source.rindex("|", 0, start)
            line = _line(source, source[start:end], start, not lines, False)
            lines.append(replace(line, heading=0, cells=True))
    return lines


def _line(source: str, raw: str, start: int, gap: bool, held: bool) -> _Line:
    heading = _HEADING.match(raw.lstrip())
    cells = raw.lstrip().lstrip("-").lstrip().startswith("|") and raw.count("|") > 1
    cuts = [m.span() for m in _MARKUP.finditer(raw) if not (m.group()[0] == "*" and _is_meant(raw, *m.span()))]
    if heading:
        lead = len(raw) - len(raw.lstrip())
        cuts.append((lead, lead + heading.end()))
    if cells:
        inner = raw.rstrip().rstrip("| \t")
        cuts += [(0, raw.index("|") + 1), (len(inner), len(raw))]
    keep = [True] * len(raw)
    for a, b in cuts:
        keep[a:b] = [False] * (b - a)
    runs = _runs(keep, start)
    text = _SPACES.sub(" ", "".join(source[a:b] for a, b in runs)).strip()
    return _Line(tuple(runs), text, len(heading.group(1)) if heading else 0, cells, gap, held)


def _is_meant(raw: str, start: int, end: int) -> bool:
    """Whether stars are the author's: a bullet, a footnote "(*)", a product "2*3", or one behind a backslash."""
    before, after = raw[:start], raw[end:]
    return (
        (end - start == 1 and not before.strip() and after.startswith(" "))
        or (before.endswith("(") and after.startswith(")"))
        or (end - start == 1 and before[-1:].isdigit() and after[:1].isdigit())
        or before.endswith("\\")
    )


def _runs(keep: list[bool], start: int) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for i, kept in enumerate(keep):
        if kept and runs and runs[-1][1] == start + i:
            runs[-1] = (runs[-1][0], start + i + 1)
        elif kept:
            runs.append((start + i, start + i + 1))
    return runs


def _wrap_width(lines: list[_Line]) -> int:
    """The width at which lines were broken; 0 where a line is a paragraph."""
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    full = sum(length >= _FULL * width for length in lengths)
    return width if width in _WRAPPED and full >= _MOSTLY_FULL * len(lengths) else 0


def _is_parted(lines: list[_Line]) -> bool:
    """Whether blank lines alone part paragraphs: most lines without one before them begin in mid-sentence."""
    inner = [line.text for line in lines if not (line.gap or line.cells or line.heading)]
    return sum(text[0].islower() for text in inner) >= _MOSTLY_INNER * max(len(inner), _FEWEST_INNER)


def _continues(group: list[_Line], line: _Line, width: int, parted: bool) -> bool:
    """Whether the line goes on with the paragraph before it."""
    last = group[-1]
    full = not line.gap and len(last.text) >= _FULL * width > 0
    opens = starts_item(line.text)
    if line.cells or last.cells or line.heading:
        return False
    if line.held or (_DANGLES.search(last.text) and line.text[0] in _NUMBERS and not (line.gap and opens)):
        return True
    if _LONE_MARKER.match(last.text) and not opens:
        return True
    if line.gap and _LONE_MARKER.match(line.text):
        return False
    if parted and not line.gap and not opens:
        return True
    begins_low = line.text[0].islower() or line.text[0] in ",.;)”"
    if opens and not (line.text[:2] == "- " and line.text[2:3].islower() and not _ENDS.search(last.text)):
        return False
    if _ENDS.search(last.text):
        # A full line that ends by chance in a stop, or trails off, goes on in the next one in lower case.
        return begins_low and ((full and not last.text.endswith(".")) or bool(_TRAILS_OFF.search(last.text)))
    if _CUT_NUMBER.search(last.text):
        return True
    if last.text.isupper() or (line.text.isupper() and len(line.text) > 3):
        return False
    return begins_low or full or (not last.heading and _is_long(group))


def _dashed(last: _Line, line: _Line, whole: str, parted: bool) -> bool:
    """Whether the dash at the head of the line is one inside a name that the page's width broke: "Thi đua" above
    "- Khen thưởng". `whole`: all lines; what stands within one of them with the dash inside is one name.
    """
    if line.gap or line.cells or last.cells or not line.text.startswith(_DASH) or _STOPS.search(last.text):
        return False
    here = f"{' '.join(last.text.split()[-2:])} {' '.join(line.text.split()[:2])}"
    return parted or here in whole


def _is_long(group: list[_Line]) -> bool:
    """Whether the lines make a long paragraph; the last few tell, so that no line counts all before it again."""
    return sum(len(part.text) for part in group[-_LONG_PARAGRAPH:]) >= _LONG_PARAGRAPH


def _paragraph(source: str, group: list[_Line]) -> Paragraph:
    out: list[str] = []
    edits: list[Edit] = []
    length = 0

    def put(piece: str, start: int, end: int, same: bool) -> None:
        nonlocal length
        if piece:
            edits.append(Edit(length, length + len(piece), start, end, same))
            out.append(piece)
            length += len(piece)

    space_from: int | None = None  # white space seen and not yet written
    glue = False
    for index, line in enumerate(group):
        if index and not glue and space_from is None:
            space_from = group[index - 1].runs[-1][1]
        for number, (start, end) in enumerate(line.runs):
            if number and _BREAK.search(source, line.runs[number - 1][1], start):
                space_from = line.runs[number - 1][1] if space_from is None else space_from
            for match in re.finditer(r"\s+|[^\s]+", source[start:end]):
                a, b = start + match.start(), start + match.end()
                if match.group().isspace():
                    space_from = a if space_from is None else space_from
                    continue
                if space_from is not None and length and not glue:
                    put(" ", space_from, a, source[space_from:a] == " ")
                space_from, glue = None, False
                word = nfc(match.group())
                put(word, a, b, word == match.group())
        glue = bool(_CUT_NUMBER.search("".join(out[-24:])[-12:]))
        if glue:
            space_from = None
    first = group[0]
    return Paragraph("".join(out), TextMap(tuple(_merged(edits))), first.heading, first.cells)


def _merged(edits: list[Edit]) -> list[Edit]:
    merged: list[Edit] = []
    for edit in edits:
        last = merged[-1] if merged else None
        if last and last.same and edit.same and last.source_end == edit.source_start:
            merged[-1] = Edit(last.text_start, edit.text_end, last.source_start, edit.source_end, True)
        else:
            merged.append(edit)
    return merged
