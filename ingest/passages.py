"""A plan → the passages that are indexed: each section's own text with the headings above it."""

from __future__ import annotations

from itertools import pairwise

from bot.domain import Passage, Plan
from bot.text import sentences

LONGEST = 900  # characters; about a sixth of a page, so that a passage is about one thing


def passages(plan: Plan) -> list[Passage]:
    """In order of the text. A heading alone is a passage too, so that an empty heading can be found."""
    found: list[Passage] = []
    starts = [s.start for s in plan.sections]
    bounds = sorted({0, len(plan.text), *starts, *(s.end for s in plan.sections)})
    for start, end in pairwise(bounds):
        section = plan.section_at(start)
        path = section.path if section else ""
        for a, b in _pieces(plan.text, start, end):
            found.append(Passage(f"{plan.id}#{len(found)}", plan.id, path, plan.headings(path), plan.text[a:b], a, b))
    return found


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cuts at the ends of sentences; no piece is longer than LONGEST unless one sentence is."""
    pieces: list[tuple[int, int]] = []
    for a, b in sentences(text, start, end):
        if pieces and b - pieces[-1][0] <= LONGEST:
            pieces[-1] = (pieces[-1][0], b)
        else:
            pieces.append((a, b))
    return pieces
