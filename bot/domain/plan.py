"""Who issues plans, and a plan with its outline.

Offsets are counted in characters (code points) of the named text, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .facts import Facts, WrittenDate
from .spans import Span, TextMap


@dataclass(frozen=True, slots=True)
class Issuer:
    """The People's Committee that issued a plan; or a ministry, whose kind is "" and part of its name."""

    slug: str
    name: str  # "Kim Liên", without the kind
    kind: str  # xã, phường, đặc khu, tỉnh, thành phố
    province: str  # "Ninh Bình"; its own name for a province
    aliases: tuple[str, ...] = ()  # other spellings, e.g. the gazetteer's

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the outline.

    `start:end` covers the section with all that stands under it; `body` is where the text after the heading
    begins. `heading` is "" for a clause that has none of its own. `empty`: a heading with nothing under it.
    """

    path: str  # "V.2.a", "Điều 2"
    heading: str
    level: int  # 1 for the top
    start: int
    body: int
    end: int
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed: a section's text or a part of it, with the headings above it."""

    id: str
    plan_id: str
    section: str
    headings: tuple[str, ...]  # from the top down, the section's own last
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Plan:
    """One issued document. Blank fields are blank, not guessed."""

    id: str
    issuer: Issuer
    kind: str  # "Kế hoạch", "Quyết định"
    number: str  # "/KH-UBND" where the number was left blank, "" where there is none
    when: WrittenDate
    place: str
    title: str
    movement: tuple[str, ...]  # names of the movements in the title
    period: tuple[int, int] | None  # years
    parent: str  # the superior plan carried out: "Kế hoạch số 02/KH-UBND ngày 09 tháng 7 năm 2025 của …"
    signer: str
    signer_office: str
    recipients: tuple[str, ...]
    text: str
    source: str
    map: TextMap
    sections: tuple[Section, ...]
    facts: Facts
    warnings: tuple[str, ...]
    head: dict[str, Span] = field(default_factory=dict)  # metadata field -> the span that proves it
    source_name: str = ""  # file name as received
    digest: str = ""  # sha-256 of the source file
    pages: tuple[int, ...] = ()  # offset in `source` at which each page begins; empty where there are no pages
    replaces: str = ""  # id of the earlier plan of the same issuer that this one stands in for; "" for none

    def section(self, path: str) -> Section | None:
        return next((s for s in self.sections if s.path == path), None)

    def section_at(self, position: int) -> Section | None:
        """The deepest section that holds the position."""
        found = [s for s in self.sections if s.start <= position < s.end]
        return max(found, key=lambda s: s.level, default=None)

    def headings(self, path: str) -> tuple[str, ...]:
        """Headings from the top down to the section, blanks left out."""
        here = self.section(path)
        if here is None:
            return ()
        above = [s for s in self.sections if s.start <= here.start and s.end >= here.end and s.level <= here.level]
        return tuple(s.heading for s in sorted(above, key=lambda s: s.level) if s.heading)

    @property
    def called(self) -> str:
        """How the document is spoken of: by its kind; a decision that issues a plan, or has no kind, as a plan."""
        return self.kind if self.kind and "kế hoạch" not in self.title.lower() else "Kế hoạch"

    def quote(self, span: Span) -> str:
        return self.text[span.start : span.end]
