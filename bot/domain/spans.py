"""Where something stands in the two texts of a plan.

Offsets are counted in characters (code points) of the named text, end exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A run of one plan's `text`."""

    plan_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """One piece of the map between the two texts.

    `text[text_start:text_end]` was made from `source[source_start:source_end]`; where `same`, character by character.
    """

    text_start: int
    text_end: int
    source_start: int
    source_end: int
    same: bool


@dataclass(frozen=True, slots=True)
class TextMap:
    """Leads every span of `text` back to `source`. Edits are in order and cover the whole of `text`."""

    edits: tuple[Edit, ...]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The shortest run of the source that holds all that `text[start:end]` was made from."""
        if not self.edits or start >= end:
            return (0, 0)
        first = self._at(start)
        last = self._at(end - 1)
        lo = first.source_start + (start - first.text_start if first.same else 0)
        hi = last.source_start + (end - last.text_start) if last.same else last.source_end
        return (lo, hi)

    def _at(self, position: int) -> Edit:
        return self.edits[max(0, bisect_right(self.edits, position, key=lambda e: e.text_start) - 1)]
