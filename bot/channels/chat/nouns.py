"""What a user says and what is replied, the same on every platform. Frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Who:
    channel: str
    chat: str  # the platform's own id


@dataclass(frozen=True, slots=True)
class Text:
    words: str


@dataclass(frozen=True, slots=True)
class Command:
    name: str  # one of commands.NAMES, or what nobody knows
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button that some reply offered; the data comes from outside and proves nothing."""

    data: str


@dataclass(frozen=True, slots=True)
class Other:
    """What is no text: voice, photo, sticker, file, place."""

    kind: str


@dataclass(frozen=True, slots=True)
class Left:
    """The user has left; `forget`: and wants all that is stored of them deleted."""

    forget: bool = False


Input = Text | Command | Pressed | Other | Left


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a reply. Only `words` may be cut where a message has to end; `source` belongs to the quote before it."""

    kind: Literal["words", "title", "quote", "source"]
    text: str
    url: str = ""  # where a source leads
    mark: str = ""  # "[1]", of a quote


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    data: str  # at most 64 bytes


@dataclass(frozen=True, slots=True)
class File:
    name: str
    type: str  # text/calendar
    content: str


@dataclass(frozen=True, slots=True)
class Reply:
    parts: tuple[Part, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()  # rows
    file: File | None = None
    asks: Literal["", "words", "name"] = ""  # what the next words are taken for


@dataclass(frozen=True, slots=True)
class Manner:
    """What a platform lets a dialogue do."""

    slash: bool = True  # commands are written /xa; elsewhere the plain word “xã”
    files: bool = True  # a file can be sent; elsewhere its address alone
    quotes: int = 3  # below an answer; more would bury it
    suggestions: int = 3
    reminders: str = ""  # said where reminders are switched on
    window: float = 0.0  # seconds after the user's last word in which they can be reached; 0: always


def words(text: str) -> Part:
    return Part("words", text)


def say(text: str, *rows: tuple[Button, ...]) -> Reply:
    """A reply of one sentence."""
    return Reply((words(text),), rows)


def numbered(reply: Reply) -> tuple[Button, ...]:
    """The buttons in the order of their numbers, for platforms without buttons: 1 is the first."""
    return tuple(button for row in reply.buttons for button in row)
