"""A plan's text laid out for reading: sections, lines, the quote that is being shown, lines as received. Pure."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.domain import Plan, Span

_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})-([0-9a-f]{8})", re.ASCII)
QUOTE_ID = "trich"  # of the element at which a shown quote begins


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line. `quoted`: it belongs to the quote that is shown; `first`: the quote begins here."""

    text: str
    quoted: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """`received`: the line as it stands in the file, where letters of it had to be restored, else ""."""

    runs: tuple[Run, ...]
    received: str = ""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def quoted(self) -> bool:
        return any(run.quoted for run in self.runs)


@dataclass(frozen=True, slots=True)
class Block:
    """A run of a plan's text that belongs to one section.

    `path` is set on the section's first block only, so that it can carry the anchor. `title` is the heading's
    line, None for a clause without one.
    """

    path: str
    level: int
    title: Line | None
    lines: tuple[Line, ...]
    empty: bool = False


def blocks(plan: Plan, shown: Span | None = None) -> Iterator[Block]:
    """The whole of a plan's text in order; nothing is left out but white space. `shown` is the quote to be marked."""
    cuts = sorted({0, len(plan.text), *(p for s in plan.sections for p in (s.start, s.end))})
    for start, end in pairwise(cuts):
        opened = [s for s in plan.sections if s.start == start]
        # Two headings may open at one place ("I. … 1. …" on one line): the outer ones get their anchor alone.
        for outer in opened[:-1]:
            yield Block(outer.path, outer.level, None, (), outer.empty)
        section = opened[-1] if opened else None
        split = min(section.body, end) if section and section.heading else start
        title = _line(plan, start, split, shown)
        lines = tuple(_lines(plan, split, end, shown))
        if section or lines:
            yield Block(
                section.path if section else "",
                section.level if section else 0,
                title,
                lines,
                section.empty if section else False,
            )


def place(start: int, end: int, quote: str) -> str:
    """A quote's place as an address carries it; the sum at its end tells when the plan has changed since."""
    return f"{start}-{end}-{_sum(quote)}"


def placed(plan: Plan, text: str) -> Span | None:
    """The span that `place` told; None where the plan does not say that there (any more)."""
    found = _PLACE.fullmatch(text)
    if found is None:
        return None
    start, end = int(found[1]), int(found[2])
    same = start < end <= len(plan.text) and _sum(plan.text[start:end]) == found[3]
    return Span(plan.id, start, end) if same else None


def letters(text: str) -> list[str]:
    """What is compared where a reader has to be told of a repair: markdown's marks left out are none."""
    return [c for c in text if c.isalnum()]


def _sum(quote: str) -> str:
    return f"{zlib.crc32(quote.encode('utf-8', 'replace')):08x}"


def _lines(plan: Plan, start: int, end: int, shown: Span | None) -> Iterator[Line]:
    here = start
    for text in plan.text[start:end].splitlines(keepends=True):
        line = _line(plan, here, here + len(text), shown)
        here += len(text)
        if line:
            yield line


def _line(plan: Plan, start: int, end: int, shown: Span | None) -> Line | None:
    """The text there as one line; None where there is only white space."""
    text = plan.text[start:end]
    start, end = start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
    if start >= end:
        return None
    lo, hi = plan.map.to_source(start, end)
    source = plan.source[lo:hi]
    received = " ".join(source.split()) if letters(source) != letters(plan.text[start:end]) else ""
    if shown is None or shown.end <= start or shown.start >= end:
        return Line((Run(_flat(plan.text[start:end])),), received)
    a, b = max(start, shown.start), min(end, shown.end)
    begins = not plan.text[shown.start : start].strip()
    runs = (
        Run(_flat(plan.text[start:a])),
        Run(_flat(plan.text[a:b]), quoted=True, first=begins),
        Run(_flat(plan.text[b:end])),
    )
    return Line(tuple(run for run in runs if run.text), received)


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)
