"""Cells → the lines that `clean` understands as a table, or, where a table only arranges the page, its paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.text import fold, squash

# What stands in the borderless tables that set a letterhead or the place of the signature side by side.
_ARRANGED = ("cong hoa xa hoi chu nghia viet nam", "noi nhan:", "nguoi ky", "tm. uy ban nhan dan")
_MOST_CELLS = 200_000


@dataclass(frozen=True, slots=True)
class Cell:
    """Rows and columns count from 0; `paragraphs` may be empty."""

    row: int
    column: int
    paragraphs: tuple[str, ...]
    rows: int = 1
    columns: int = 1


def paragraphs(cells: Sequence[Cell], *, ruled: bool = False) -> list[str]:
    """The table as one paragraph, a line a row, or the paragraphs that it arranges, column by column.

    A merged cell says its text in each row and column that it covers; a row merged whole says it once. A head of
    several rows becomes one.
    `ruled`: lines are known to be drawn around the cells, so that one row is a table too: what a page's end left of it.
    """
    width = max((c.column + c.columns for c in cells), default=0)
    height = max((c.row + c.rows for c in cells), default=0)
    few = width < 2 or (height < 2 and not ruled)
    if width * height > _MOST_CELLS or arranges([p for c in cells for p in c.paragraphs], few):
        return [p for c in sorted(cells, key=lambda c: (c.column, c.row)) for p in c.paragraphs]
    grid = [[""] * width for _ in range(height)]
    for cell in cells:
        text = squash(" ".join(cell.paragraphs)).replace("|", "/")
        whole = cell.columns == width
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + (1 if whole else cell.columns)):
                grid[row][column] = text
    table = "\n".join(_row(row) for row in _with_one_head(grid, cells) if any(row))
    return [table] if table else []


def _with_one_head(grid: list[list[str]], cells: Sequence[Cell]) -> list[list[str]]:
    """A head whose cells are parted below ("Năm" over "2025" and "2026") as one row: "Năm: 2025 | Năm: 2026"."""
    first = [cell for cell in cells if cell.row == 0]
    height = max((cell.rows for cell in first), default=1)
    spread = any(cell.columns > 1 and cell.rows < height for cell in first)
    if not spread or height >= len(grid):
        return grid
    columns = ([row[at] for row in grid[:height]] for at in range(len(grid[0])))
    return [[": ".join(dict.fromkeys(filter(None, column))) for column in columns], *grid[height:]]


def _row(row: Sequence[str]) -> str:
    filled = row[:1] if not any(row[1:]) and row[0] else row
    return f"| {' | '.join(filled)} |"


def arranges(paragraphs: Sequence[str], few: bool) -> bool:
    """Whether these texts of cells stand side by side for the page's sake; `few`: there is but one row or column."""
    text = fold(" ".join(paragraphs).replace("*", ""))
    return few or any(words in text for words in _ARRANGED)
