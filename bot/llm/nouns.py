"""What a model is shown and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain import Span


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered run of text that sentences may rest on.

    Figures and names have to stand in `text`; `around` (headings, the quote behind a computed fact) supports words and
    names only. `spans` or `marks` lead back to the plan and are never shown to the model.
    """

    number: int
    text: str
    around: str = ""
    issuer: str = ""  # full name
    spans: tuple[Span, ...] = ()
    marks: tuple[int, ...] = ()  # citations of the composed answer
    context: str = ""  # shown above it: the section's heading


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    rests_on: tuple[int, ...]
    part: str = ""  # the heading it stands under, where the schema has parts
