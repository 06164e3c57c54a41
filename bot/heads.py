"""The head of a table that takes up two rows: "Năm" above "2025" and "2026"."""

from __future__ import annotations

from collections.abc import Sequence


def folded(head: Sequence[str], row: Sequence[str]) -> list[str] | None:
    """Both rows as one, "Năm: 2025", where the second one parts what the first one says of several columns; else None.

    Merged cells are written once and left empty beside and below: so the second row is empty where the first one
    says all, and begins below a cell that the first one leaves open to the right.
    """
    width = max(len(head), len(row))
    upper = [*head, *[""] * (width - len(head))]
    lower = [*row, *[""] * (width - len(row))]
    filled = [at for at, cell in enumerate(lower) if cell]
    over = [_over(upper, at) for at in filled]
    parted = {at for at in over if over.count(at) > 1}
    if len(filled) < 2 or not filled[0] or not parted or any(at not in parted for at in over):
        return None
    names = dict(zip(filled, over, strict=True))
    return [f"{upper[names[at]]}: {cell}" if at in names else upper[at] for at, cell in enumerate(lower)]


def _over(upper: Sequence[str], at: int) -> int:
    """The place of the cell that reaches over this one."""
    while at and not upper[at]:
        at -= 1
    return at
