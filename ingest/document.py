"""The cleaned document: its text, paragraphs and outline, before it is a plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.domain import Section, Span
from bot.text import fold, sentences

from .marker import bullet, marker
from .outline import Line


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
        paths: dict[int, str] = {}
        for section in sorted(self.sections, key=lambda s: s.level):
            for line in self.lines:
                if section.start <= line.start < section.end:
                    paths[line.start] = section.path
        return paths

    def path(self, line: Line) -> str:
        return self._paths.get(line.start, "")

    def section(self, path: str) -> Section | None:
        return next((s for s in self.sections if s.path == path), None)

    def above(self, path: str) -> list[Section]:
        """The section and those it lies in, from the deepest up."""
        here = self.section(path)
        if here is None:
            return []
        found = [s for s in self.sections if s.start <= here.start and here.end <= s.end and s.level <= here.level]
        return sorted(found, key=lambda s: -s.level)

    def content(self, line: Line) -> tuple[int, int]:
        """Offsets of a paragraph without its marker or bullet."""
        found = marker(line.text)
        skip = found.end if found and self.section_starts(line) else bullet(line.text)
        return line.start + skip, line.end

    def section_starts(self, line: Line) -> bool:
        return any(s.start == line.start for s in self.sections)

    def body_lines(self) -> Iterator[tuple[Line, str]]:
        """Paragraphs inside sections, with their path; headings alone are left out."""
        headings = {s.start: s.body for s in self.sections if s.heading}
        for line in self.lines:
            path = self.path(line)
            if path and headings.get(line.start, -1) < line.end - 1:
                yield line, path

    def sentences(self, line: Line) -> list[tuple[int, int]]:
        start, end = self.content(line)
        return sentences(self.text, start, end)

    def span(self, start: int, end: int) -> Span:
        return Span(self.plan_id, start, end)
