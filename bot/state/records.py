"""Rows as the channels see them, frozen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chat:
    id: int
    channel: str
    issuer: str | None  # slug of the one chosen
    seen: float  # seconds since 1970: the user's last word
    pending: str = ""  # JSON: what the last reply offered or waits for; "" for nothing


@dataclass(frozen=True, slots=True)
class Turn:
    id: int
    at: float
    question: str
    answer: str  # JSON


@dataclass(frozen=True, slots=True)
class Reminder:
    chat_id: int
    channel: str
    address: str
    issuer: str
    lead: int  # days
    seen: float


@dataclass(frozen=True, slots=True)
class Feedback:
    at: float
    channel: str
    liked: bool | None
    words: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    at: float
    channel: str
    status: str
    kind: str
    issuer: str
    question: str


@dataclass(frozen=True, slots=True)
class Token:
    access: str
    refresh: str
    expires: float  # seconds since 1970

    def __repr__(self) -> str:  # a token in a log is a token lost
        return f"Token(expires={self.expires})"
