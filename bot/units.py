"""A plan → the units an answer is found among: its sentences and table rows, each with the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .bodies import body_name
from .domain import Plan, Section
from .terms import spaced, spaced_exact
from .text import sentences

_ITEM = re.compile(r"\s*(?:[-–—+•*●○▪]\s*)+|\s*(?:[IVXL]+|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s+|\s*Điều\s+\d+\s*[.:]\s*")


@dataclass(frozen=True, slots=True)
class Unit:
    """`words`, `exact`: its own words framed by spaces; `around`: its paragraph's; `above`: headings, lead-in, table head."""

    section: str
    start: int
    end: int
    words: str
    exact: str
    around: str
    above: str
    owner: str  # the body whose task it is, "" where none is named
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
    lead, lead_path, table_head, list_start = "", "", "", 0
    for paragraph in paragraphs(plan):
        text = plan.text[paragraph.start : paragraph.end]
        cells = " | " in text
        section = headed.get(paragraph.start)
        if paragraph.section != lead_path:
            lead, lead_path = "", paragraph.section
        if cells and not table_head:
            table_head = text
        elif not cells:
            table_head = ""
        owner = owner_of(plan, paragraph)
        above = spaced(" ".join((*plan.headings(paragraph.section), lead, table_head, owner)))
        body = content_start(plan.text, paragraph.start, paragraph.end)
        around = spaced(text)
        is_item = body > paragraph.start and section is None
        if not is_item:
            list_start = paragraph.start
        pieces = [(body, paragraph.end)] if cells else sentences(plan.text, body, paragraph.end)
        for start, end in pieces:
            own = plan.text[start:end]
            colon = own.rstrip().endswith(":")
            found.append(Unit(paragraph.section, start, end, spaced(own), spaced_exact(own), around, above, owner, colon, cells, list_start))
        if text.rstrip().endswith(":") or (len(text) < 90 and not re.search(r"[.;]$", text.rstrip()) and section is None):
            lead = text
    return found


def owner_of(plan: Plan, paragraph: Paragraph) -> str:
    """The body that leads the paragraph, else the one its nearest heading or clause names."""
    start = content_start(plan.text, paragraph.start, paragraph.end)
    own = body_name(plan.text[start : paragraph.end])
    if own:
        return own
    for section in above(plan, paragraph.section):
        if section.heading:
            named = body_name(section.heading)
        else:
            stop = plan.text.find("\n", section.body)
            named = body_name(plan.text[section.body : stop if stop > 0 else section.end])
        if named:
            return named
    return ""


def above(plan: Plan, path: str) -> list[Section]:
    """The section and those it lies in, the deepest first."""
    here = plan.section(path)
    if here is None:
        return []
    found = [s for s in plan.sections if s.start <= here.start and here.end <= s.end and s.level <= here.level]
    return sorted(found, key=lambda s: -s.level)
