"""The nouns of the product. Frozen data, standard library only.

Offsets are counted in characters (code points) of the named text, end exclusive.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """How an answer ended. Refusing is an answer: the set is closed."""

    ANSWERED = "answered"
    NEEDS_ISSUER = "needs_issuer"
    NOT_STATED = "not_stated"
    NOT_IN_COLLECTION = "not_in_collection"
    OUT_OF_SCOPE = "out_of_scope"
    GREETING = "greeting"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Issuer:
    """The People's Committee that issued a plan."""

    slug: str
    name: str  # "Kim Liên", without the kind
    kind: str  # xã, phường, đặc khu, tỉnh, thành phố
    province: str  # "Ninh Bình"; its own name for a province
    aliases: tuple[str, ...] = ()  # other spellings, e.g. the gazetteer's

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of one plan's `text`."""

    plan_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as far as it is written; a blank part is None, never guessed."""

    written: str
    day: int | None = None
    month: int | None = None
    year: int | None = None


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


class Rule(StrEnum):
    """How often a deadline falls due."""

    ONCE = "once"
    YEARLY = "yearly"
    HALF_YEARLY = "half_yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    UNDATED = "undated"  # "định kỳ", "theo quy định": a duty without a day


@dataclass(frozen=True, slots=True)
class Deadline:
    """Who owes what to whom, by when. `inclusive`: the day written is itself still in time ("chậm nhất", "đến hết")."""

    section: str
    span: Span  # the sentence that proves it
    actor: str
    duty: str
    recipient: str
    via: str  # the office through which it is sent
    rule: Rule
    when: WrittenDate
    inclusive: bool = False


@dataclass(frozen=True, slots=True)
class Phase:
    section: str
    span: Span
    number: int
    from_year: int | None
    to_year: int | None
    ends_with: str  # "sơ kết", "tổng kết" or ""
    end_year: int | None  # the year of that review


@dataclass(frozen=True, slots=True)
class Award:
    """A form of reward. `span` is the line that names it; `occasion` is the heading it stands under."""

    section: str
    span: Span
    form: str  # "Bằng khen của Thủ tướng Chính phủ"
    occasion: str  # "hằng năm", "sơ kết", "tổng kết" or ""


@dataclass(frozen=True, slots=True)
class Duty:
    section: str
    span: Span
    body: str  # who
    task: str  # what, one line


@dataclass(frozen=True, slots=True)
class Criterion:
    section: str
    span: Span
    audience: str
    text: str


@dataclass(frozen=True, slots=True)
class Target:
    section: str
    span: Span
    figure: str  # "95%", "100 %", "15"
    subject: str  # what it measures
    year: int | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A document the plan rests on or names."""

    section: str
    span: Span
    kind: str  # "Kế hoạch", "Nghị quyết"
    number: str  # "02/KH-UBND"; "" when the plan gives none
    when: WrittenDate | None
    issuer: str
    subject: str
    basis: bool  # stands among the legal bases at the head of the plan


@dataclass(frozen=True, slots=True)
class Term:
    """A defined term: "… (sau đây gọi tắt là các cơ quan, đơn vị)"."""

    section: str
    span: Span
    name: str
    members: str  # the words that the term stands for


@dataclass(frozen=True, slots=True)
class Facts:
    deadlines: tuple[Deadline, ...] = ()
    phases: tuple[Phase, ...] = ()
    awards: tuple[Award, ...] = ()
    duties: tuple[Duty, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    targets: tuple[Target, ...] = ()
    references: tuple[Reference, ...] = ()
    terms: tuple[Term, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Citation:
    mark: int
    plan_id: str
    plan_title: str
    issuer: str  # slug
    section: str
    heading: str
    quote: str
    source_quote: str
    repaired: bool  # quote and source_quote differ by more than white space
    start: int
    end: int
    url: str
    page: int | None = None  # of the file as received, from 1; None where it has no pages


@dataclass(frozen=True, slots=True)
class DueDate:
    """A deadline seen from one day, computed by code."""

    actor: str
    duty: str
    recipient: str
    rule: Rule
    date: str  # as written: "15/12"
    next: dt.date | None  # the next day it falls on; None when a one-off day has passed
    last_safe_day: dt.date | None
    days_left: int | None  # to `next`
    past: bool
    citation: int


@dataclass(frozen=True, slots=True)
class ModelUse:
    """Whether a language model worded the answer; `why` not, "" where it did."""

    used: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A refusal is an ordinary Answer."""

    status: Status
    text: str
    as_of: dt.date
    issuers: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    deadlines: tuple[DueDate, ...] = ()
    suggestions: tuple[str, ...] = ()
    model: ModelUse | None = None  # None where no language model is configured
