"""What a plan states in a form that can be computed with; each fact holds the span that proves it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .spans import Span


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as far as it is written; a blank part is None, never guessed."""

    written: str
    day: int | None = None
    month: int | None = None
    year: int | None = None


class Rule(StrEnum):
    """How often a deadline falls due."""

    ONCE = "once"
    YEARLY = "yearly"
    HALF_YEARLY = "half_yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    WEEKLY = "weekly"
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
