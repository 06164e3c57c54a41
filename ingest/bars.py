"""Tables whose bars stand on lines of their own, the way web pages of law libraries are saved as text:

    |
    first cell, on any number of lines
    |
    second cell
    |

Two bars in a row part two rows, or hold an empty cell; the first row tells how many cells a row has.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .readers.table import arranges

Raw = tuple[str, int]  # a line of the source as it stands, and its offset
Cell = tuple[Raw, ...]


def table_at(lines: Sequence[Raw], index: int) -> int:
    """Where the table that begins at this line ends: the index after its last bar; 0 where none begins."""
    if lines[index][0].strip() != "|":
        return 0
    end = index
    while end < len(lines) and lines[end][0].strip():
        end += 1
    return end if end - index > 2 and lines[end - 1][0].strip() == "|" else 0


def rows(lines: Sequence[Raw]) -> list[list[Cell]]:
    """The cells of each row; an empty cell has no lines."""
    bars = [i for i, (text, _) in enumerate(lines) if text.strip() == "|"]
    cells = [tuple(lines[a + 1 : b]) for a, b in pairwise(bars)]
    width = _width(cells)
    if width:
        return [cells[at : at + width] for at in range(0, len(cells), width + 1)]
    # Merged cells: no count holds for all rows, so an empty place is taken for the end of one.
    found: list[list[Cell]] = [[]]
    for cell in cells:
        if cell:
            found[-1].append(cell)
        elif found[-1]:
            found.append([])
    return [row for row in found if row]


def _width(cells: Sequence[Cell]) -> int:
    """Cells in a row, where every row ends in the place that this count names; 0 where none does."""
    empty = [not cell for cell in cells]
    for width in range(1, len(cells) + 1):
        ends = range(width, len(cells), width + 1)
        if (len(cells) + 1) % (width + 1) == 0 and all(empty[i] for i in ends):
            return width if width < len(cells) or not any(empty) else 0
    return 0


def is_layout(found: Sequence[Sequence[Cell]]) -> bool:
    """Whether the table only sets text side by side: a letterhead, the place of the signature, a frame."""
    words = [text for row in found for cell in row for text, _ in cell]
    return arranges(words, max(len(row) for row in found) < 2 or len(found) < 2)
