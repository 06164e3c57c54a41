"""Drawn lines → the cells of tables."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from .layout import Line, Word, rows
from .table import Cell

_NEAR = 3.0  # points within which two lines are one, or meet
_MOST_RULES = 2_000  # a page of a drawing, not of a table
_MOST_PLACES = 5_000  # squared paper


@dataclass(frozen=True, slots=True)
class Rule:
    """A level line from `start` to `end` at height `at`, or, `upright`, one down the page at `at` from the left."""

    at: float
    start: float
    end: float
    upright: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its lines' places, and which pairs of neighbouring cells have a line between them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rules: tuple[Rule, ...]

    def holds(self, word: Word) -> bool:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        return self.xs[0] < x < self.xs[-1] and self.ys[0] < y < self.ys[-1]

    def cells(self, lines: Sequence[Line]) -> list[Cell]:
        """The cells with the text of `lines`, which may reach over several cells."""
        words: dict[tuple[int, int], list[Line]] = {}
        owner = self._owners()
        for line in lines:
            for word in line.words:
                row = bisect_right(self.ys, (word.top + word.bottom) / 2) - 1
                column = bisect_right(self.xs, (word.x0 + word.x1) / 2) - 1
                words.setdefault(owner[row, column], []).append(Line((word,), line.size))
        covered: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for place, first in owner.items():
            covered.setdefault(first, []).append(place)
        return [
            Cell(
                first[0],
                first[1],
                tuple(" ".join(line.text for line in row) for row in rows(words.get(first, []))),
                max(r for r, _ in places) - first[0] + 1,
                max(c for _, c in places) - first[1] + 1,
            )
            for first, places in covered.items()
        ]

    def _owners(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Each place of the grid → the first place of the merged cell it belongs to."""
        owner: dict[tuple[int, int], tuple[int, int]] = {}
        for row in range(len(self.ys) - 1):
            y = (self.ys[row] + self.ys[row + 1]) / 2
            for column in range(len(self.xs) - 1):
                x = (self.xs[column] + self.xs[column + 1]) / 2
                if row and not self._between(self.ys[row], x, upright=False):
                    owner[row, column] = owner[row - 1, column]
                elif column and not self._between(self.xs[column], y, upright=True):
                    owner[row, column] = owner[row, column - 1]
                else:
                    owner[row, column] = (row, column)
        return owner

    def _between(self, at: float, across: float, *, upright: bool) -> bool:
        return any(
            r.upright is upright and abs(r.at - at) <= _NEAR and r.start - _NEAR < across < r.end + _NEAR
            for r in self.rules
        )


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """Tables of at least two columns; a box around a text is none."""
    found: list[Grid] = []
    for group in _connected(rules[:_MOST_RULES]):
        xs = _places([r.at for r in group if r.upright])
        ys = _places([r.at for r in group if not r.upright])
        if len(xs) > 2 and len(ys) > 1 and len(xs) * len(ys) < _MOST_PLACES:
            found.append(Grid(xs, ys, tuple(group)))
    return found


def _places(values: list[float]) -> tuple[float, ...]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return tuple(found)


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Groups of lines that meet: swept from the top down, a group being known by the box around it."""
    groups: list[tuple[list[float], list[Rule]]] = []
    for rule in sorted(rules, key=lambda r: r.start if r.upright else r.at):
        box = [rule.at, rule.start, rule.at, rule.end] if rule.upright else [rule.start, rule.at, rule.end, rule.at]
        members = [rule]
        apart = []
        for other, others in groups:
            if _meet(box, other):
                box = [*map(min, box[:2], other[:2]), *map(max, box[2:], other[2:])]
                members = others + members
            else:
                apart.append((other, others))
        groups = [*apart, (box, members)]
    return [members for _, members in groups]


def _meet(a: Sequence[float], b: Sequence[float]) -> bool:
    return all(a[i] - _NEAR <= b[i + 2] and b[i] - _NEAR <= a[i + 2] for i in (0, 1))
