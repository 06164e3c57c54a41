"""The cleaned document: its text, paragraphs and outline, before it is a plan."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.domain import Section, Span
from bot.heads import folded
from bot.text import fold, sentences

from .marker import bullet, marker
from .outline import Line

_CELL_END = re.compile(r"\s*\|\s*")
_TO_FILL = re.compile(r"\|\s*…\s*(?:\||$)|…{2,}|\.{6,}|_{4,}|(?:…\s){3,}")


def to_fill(text: str) -> bool:
    """Whether a line of a form leaves places blank: it states nothing."""
    return _TO_FILL.search(text) is not None


@dataclass(frozen=True)
class Document:
    plan_id: str
    text: str
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def _paths(self) -> dict[int, str]:
        """Start of each paragraph → path of the deepest section that holds it."""
        starts = [line.start for line in self.lines]
        paths: dict[int, str] = {}
        for section in sorted(self.sections, key=lambda s: s.level):
            for start in starts[bisect_left(starts, section.start) : bisect_left(starts, section.end)]:
                paths[start] = section.path
        return paths

    @cached_property
    def _by_path(self) -> dict[str, Section]:
        return {s.path: s for s in self.sections}

    @cached_property
    def _above(self) -> dict[str, list[Section]]:
        """Path → the section and those it lies in, from the deepest up."""
        found: dict[str, list[Section]] = {}
        open_now: list[Section] = []
        for section in self.sections:
            while open_now and (open_now[-1].end < section.end or open_now[-1].level >= section.level):
                open_now.pop()
            open_now.append(section)
            found[section.path] = open_now[::-1]
        return found

    @cached_property
    def _lines_by_start(self) -> dict[int, Line]:
        return {line.start: line for line in self.lines}

    @cached_property
    def _section_starts(self) -> frozenset[int]:
        return frozenset(s.start for s in self.sections)

    def path(self, line: Line) -> str:
        return self._paths.get(line.start, "")

    def section(self, path: str) -> Section | None:
        return self._by_path.get(path)

    def above(self, path: str) -> list[Section]:
        """The section and those it lies in, from the deepest up."""
        return self._above.get(path, [])

    def line_at(self, start: int) -> Line | None:
        """The paragraph that begins here."""
        return self._lines_by_start.get(start)

    def content(self, line: Line) -> tuple[int, int]:
        """Offsets of a paragraph without its marker or bullet."""
        found = marker(line.text)
        skip = found.end if found and self.section_starts(line) else bullet(line.text)
        return line.start + skip, line.end

    def section_starts(self, line: Line) -> bool:
        return line.start in self._section_starts

    def body_lines(self) -> Iterator[tuple[Line, str]]:
        """Paragraphs inside sections, with their path; headings alone are left out, and lines of a form to fill in."""
        headings = {s.start: s.body for s in self.sections if s.heading}
        for line in self.lines:
            path = self.path(line)
            if path and headings.get(line.start, -1) < line.end - 1 and not to_fill(line.text):
                yield line, path

    @cached_property
    def _lines_of(self) -> dict[str, list[Line]]:
        found: defaultdict[str, list[Line]] = defaultdict(list)
        for line, path in self.body_lines():
            if not line.cells:
                found[path].append(line)
        return found

    def lines_of(self, path: str) -> list[Line]:
        """The paragraphs of the section's own text, rows of tables left out."""
        return self._lines_of.get(path, [])

    def rows(self) -> Iterator[tuple[list[str], Line, list[str]]]:
        """Rows of tables below the head of each: the head's cells, the row and its cells."""
        head: list[str] = []
        below = 0  # rows below the head's first one
        for line in self.lines:
            below += 1
            if not line.cells:
                head = []
            elif head and below == 1 and (both := folded(head, _CELL_END.split(line.text))):
                head = both
            elif head and not to_fill(line.text):
                yield head, line, _CELL_END.split(line.text)
            else:
                head, below = _CELL_END.split(line.text), 0

    def sentences(self, line: Line) -> list[tuple[int, int]]:
        start, end = self.content(line)
        return sentences(self.text, start, end)

    def span(self, start: int, end: int) -> Span:
        return Span(self.plan_id, start, end)
