"""What a repair says of a paragraph."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """`paragraph[start:end]` is to be read as `text`; pieces are in order and cover the paragraph."""

    start: int
    end: int
    text: str
    doubtful: bool = False
