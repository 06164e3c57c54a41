"""A plan → the units an answer is found among: its sentences and table rows, each with the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from .bodies import leading_body
from .domain import Plan, Section
from .heads import folded
from .terms import spaced, spaced_exact
from .text import sentences

_LABEL = 90  # characters
_LONG_SENTENCE = 420  # characters
_TO_FILL = re.compile(r"\|\s*…\s*(?:\||$)|…{2,}|\.{6,}|_{4,}|(?:\. ){5,}|(?:…\s){3,}")
_CELL = re.compile(r"\s*\|\s*")
_ITEM = re.compile(r"\s*(?:[-–—+•*●○▪]\s*)+|\s*(?:[IVXL]+|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s+|\s*Điều\s+\d+\s*[.:]\s*")


@dataclass(frozen=True, slots=True)
class Unit:
    """`words`, `exact`: its own words framed by spaces; `around`: its paragraph's.

    `above`: the heading right over it, lead-in, table head; `far`: the headings over that.
    """

    section: str
    start: int
    end: int
    words: str
    exact: str
    around: str
    above: str
    far: str
    heads: str  # `above` and `far` with accents
    owner: str  # the body whose task it is, "" where none is named
    owner_at: tuple[int, int]  # where that body is named
    heading: bool  # a section's heading line
    lead_in: bool  # ends with a colon: what it announces stands below it
    cells: bool
    list_start: int  # where the list it belongs to begins; its own start outside lists


@dataclass(frozen=True, slots=True)
class Paragraph:
    start: int
    end: int
    section: str


def units(plan: Plan) -> tuple[Unit, ...]:
    """In order of the text; worked out once a plan object."""
    if plan.id not in _known or _known[plan.id][0] is not plan:
        _known[plan.id] = (plan, tuple(_units(plan)))
    return _known[plan.id][1]


# A plan object lives as long as its snapshot is served, and is then replaced here by its successor.
_known: dict[str, tuple[Plan, tuple[Unit, ...]]] = {}


def paragraphs(plan: Plan, start: int = 0, end: int | None = None) -> list[Paragraph]:
    found = []
    end = len(plan.text) if end is None else end
    at = start
    while at < end:
        stop = plan.text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if stop > at:
            section = plan.section_at(at)
            found.append(Paragraph(at, stop, section.path if section else ""))
        at = stop + 1
    return found


def content_start(text: str, start: int, end: int) -> int:
    """Where a paragraph's own words begin, its marker or bullet left out."""
    found = _ITEM.match(text, start, end)
    return found.end() if found and found.end() < end else start


def _units(plan: Plan) -> list[Unit]:
    found: list[Unit] = []
    headed = {s.start: s for s in plan.sections}
    lead, lead_path, table_head, below, list_start = "", "", "", 0, 0
    led: tuple[str, tuple[int, int]] | None = None  # "* Công an xã:", and how its like are marked
    copies = plan.head.get("recipients")
    forms = _forms(plan)
    for paragraph in paragraphs(plan):
        if paragraph.start in forms:
            continue  # what a citizen has to fill in states nothing
        if copies and copies.start <= paragraph.start < copies.end:
            continue  # whom copies go to is told as a whole, and names of bodies there answer nothing else
        text = plan.text[paragraph.start : paragraph.end]
        cells = " | " in text
        section = headed.get(paragraph.start)
        if paragraph.section != lead_path:
            lead, lead_path, led = "", paragraph.section, None
        first_row = cells and not table_head
        below += 1
        if first_row:
            table_head, below = text, 0
        elif cells and below == 1 and (both := folded(_CELL.split(table_head), _CELL.split(text))):
            table_head, first_row = " | ".join(both), True
        elif not cells:
            table_head = ""
        mark = text[: content_start(plan.text, paragraph.start, paragraph.end) - paragraph.start].strip()
        if led and mark == led[0]:
            led = None
        owner_at = owner_of(plan, paragraph, led[1] if led else None)
        if text.rstrip().endswith(":") and (named := _own_body(plan, paragraph)):
            led = mark, named
        owner = plan.text[owner_at[0] : owner_at[1]]
        headings = plan.headings(paragraph.section)
        # "Điều 5" is a name that people ask by; "V.2" would lend its figures to every line.
        number = paragraph.section if "Điều" in paragraph.section else ""
        near = spaced(" ".join((*headings[-1:], lead, table_head, owner, number)))
        far = spaced(" ".join(headings[:-1]))
        heads = spaced_exact(" ".join((*headings, lead, table_head, owner)))
        titled = section is not None and bool(section.heading) and section.body >= paragraph.end - 1
        # The second line of "Chương II / TIÊU CHUẨN, QUY TRÌNH" is the heading, too.
        titled = titled or (bool(paragraph.section) and not cells and text.isupper() and " " in text.strip())
        body = content_start(plan.text, paragraph.start, paragraph.end)
        around = spaced(text)
        # "- Khen thưởng tổng kết": a line that only names what stands below it.
        label = section is None and len(text) < _LABEL and not re.search(r"[.;,]$", text.rstrip()) and not cells
        is_item = body > paragraph.start and section is None
        if not is_item:
            list_start = paragraph.start
        pieces = [(body, paragraph.end)] if cells else _sentences(plan.text, body, paragraph.end)
        for start, end in pieces:
            own = plan.text[start:end]
            if start > body and not cells and (led_by := leading_body(own)):
                owner_at = (start + led_by[0], start + led_by[1])
                owner = plan.text[owner_at[0] : owner_at[1]]
            colon = own.rstrip().endswith(":") or (label and start == body) or first_row
            found.append(
                Unit(
                    paragraph.section,
                    start,
                    end,
                    spaced(own),
                    spaced_exact(own),
                    around,
                    near,
                    far,
                    heads,
                    owner,
                    owner_at,
                    titled,
                    colon,
                    cells,
                    list_start,
                )
            )
        if text.rstrip().endswith(":") or label:
            lead = text
    return found


def _forms(plan: Plan) -> set[int]:
    """Starts of the paragraphs that belong to forms: lines to fill in, and the stretch behind the last section around
    them."""
    found: set[int] = set()
    first = plan.sections[0].start if plan.sections else 0
    for path, run in groupby(paragraphs(plan), key=lambda p: p.section):
        members = list(run)
        fill = [p for p in members if _TO_FILL.search(plan.text, p.start, p.end)]
        whole = bool(fill) and not path and members[0].start > first
        found.update(p.start for p in (members if whole else fill))
    return found


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Whole sentences; the clauses of one that is too long to be an answer."""
    found: list[tuple[int, int]] = []
    for a, b in sentences(text, start, end, clauses=False):
        found += [(a, b)] if b - a <= _LONG_SENTENCE else sentences(text, a, b)
    return found


def owner_of(plan: Plan, paragraph: Paragraph, label: tuple[int, int] | None = None) -> tuple[int, int]:
    """Where the body is named that leads the paragraph, else the label over it, its nearest heading or clause.

    (0, 0) for none.
    """
    if own := _own_body(plan, paragraph) or label:
        return own
    for section in above(plan, paragraph.section):
        begin = content_start(plan.text, section.start, section.end)
        stop = plan.text.find("\n", begin)
        named = leading_body(plan.text[begin : stop if stop > 0 else section.end])
        if named:
            return begin + named[0], begin + named[1]
    return 0, 0


def _own_body(plan: Plan, paragraph: Paragraph) -> tuple[int, int] | None:
    start = content_start(plan.text, paragraph.start, paragraph.end)
    own = leading_body(plan.text[start : paragraph.end])
    return (start + own[0], start + own[1]) if own else None


def above(plan: Plan, path: str) -> list[Section]:
    """The section and those it lies in, the deepest first."""
    here = plan.section(path)
    if here is None:
        return []
    found = [s for s in plan.sections if s.start <= here.start and here.end <= s.end and s.level <= here.level]
    return sorted(found, key=lambda s: -s.level)
