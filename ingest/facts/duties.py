"""Who has to do what, and what each audience is judged by."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from bot.bodies import body_name, leading_body
from bot.domain import Criterion, Duty
from bot.text import fold

from ..document import Document
from ..outline import Line
from .rows import row_duties

_ORGANISES = re.compile(
    r"to chuc (?:va )?(?:trien khai |thuc hien)|to chuc thi hanh|trien khai thuc hien"
    r"|trach nhiem|phan cong|nhiem vu cua"
)
_CRITERIA = re.compile(r"tieu chi|tieu chuan")
_AUDIENCE = re.compile(r"doi voi\s+")
_GROUP = re.compile(r"doi tuong|tap the|ca nhan")
_LABEL = re.compile(r"([^:;.]{3,80}):\s+")
_LEADS_ON = re.compile(r"(?:\s+(?:trong|tại|của|về|theo|được|đã|phải|trực tiếp))+$")
_ITEMS = 60  # paragraphs under one label at most: a longer run would make reading quadratic
_ENDED = re.compile(r"\s*[.;]")  # what is named is all that the sentence says


def owner(document: Document, line: Line, path: str) -> str:
    """The body a paragraph is assigned to: the one that leads it, else the one its nearest heading names."""
    start, end = document.content(line)
    if label := _label_over(document, line, path):
        return label
    for section in document.above(path):
        named = trimmed(body_name(section.heading)) if section.heading else ""
        if named:
            return named
        if not section.heading and section.start != line.start:
            clause = document.line_at(section.start)
            lead = trimmed(body_name(document.text[section.body : clause.end])) if clause else ""
            if lead:
                return lead
    return trimmed(body_name(document.text[start:end]))


def _label_over(document: Document, line: Line, path: str) -> str:
    """The body of the label that the paragraph stands under: "* Công an xã:" over "- Bảo đảm an ninh …"."""
    lines = document.lines_of(path)
    here = bisect_left(lines, line.start, key=lambda each: each.start)
    own = _mark(document, line)
    before = reversed(lines[max(0, here - _ITEMS) : here])
    label = next((each for each in before if _mark(document, each) != own), None) if own else None
    if label is None or not label.text.rstrip().endswith(":") or not _mark(document, label):
        return ""
    return trimmed(body_name(document.text[slice(*document.content(label))]))


def _mark(document: Document, line: Line) -> str:
    return document.text[line.start : document.content(line)[0]].strip()


def trimmed(body: str) -> str:
    """ "các đơn vị trong" (… "quản lý thư điện tử") without the word that leads on."""
    return _LEADS_ON.sub("", body)


def duties(document: Document) -> list[Duty]:
    """Tasks by body: all under "Tổ chức thực hiện", elsewhere each clause that a body leads, and rows of tables."""
    return sorted((*_in_lines(document), *row_duties(document)), key=lambda d: d.span.start)


def _in_lines(document: Document) -> Iterator[Duty]:
    for line, path in document.body_lines():
        if line.cells:
            continue
        start, end = document.content(line)
        organises = any(s.heading and _ORGANISES.search(fold(s.heading)) for s in document.above(path))
        lead = leading_body(document.text[start:end])
        if lead and lead[1] < end - start - 8 and not _ENDED.match(document.text, start + lead[1]):
            body = trimmed(document.text[start + lead[0] : start + lead[1]])
            task = document.text[start + lead[0] + len(body) : end].lstrip(" ,:-")
        elif organises:
            body, task = owner(document, line, path), document.text[start:end]
        else:
            continue
        if body and task:
            yield Duty(path, document.span(start, end), body, task)


def criteria(document: Document) -> Iterator[Criterion]:
    """Paragraphs under "Đối với …" below a heading on criteria; a label ("Đối tượng khác:") is its own audience."""
    for line, path in document.body_lines():
        above = document.above(path)
        if not any(_CRITERIA.search(fold(s.heading)) for s in above):
            continue
        start, end = document.content(line)
        text = document.text[start:end]
        label = _LABEL.match(text)
        named = next((s.heading for s in above if s.heading), "")
        found = _AUDIENCE.match(fold(named))
        audience = named[found.end() :] if found else named
        if label and (body_name(label.group(1) + " ") or _GROUP.match(fold(label.group(1)))):
            audience = label.group(1)
        yield Criterion(path, document.span(start, end), audience, text)
