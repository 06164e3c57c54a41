"""What is told to whoever asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from .facts import Rule


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
