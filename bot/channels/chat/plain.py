"""A reply as plain text, for platforms without markup and buttons. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from bot.channels.chat import sentences
from bot.channels.chat.nouns import Part, Reply, words
from bot.channels.split import joint, split


def pages(reply: Reply, limit: int) -> list[str]:
    """The messages of a reply, at most `limit` characters each; buttons as numbers at the end, each row a line."""
    parts = (*_addresses_once(reply.parts), words(_offered(reply)))
    return [text(page) for page in split(parts, limit, shown)]


def _addresses_once(parts: Sequence[Part]) -> Iterator[Part]:
    """An address takes a line or two here; once is enough."""
    told: set[str] = set()
    for part in parts:
        yield replace(part, url="") if part.url in told else part
        told.add(part.url)


def _offered(reply: Reply) -> str:
    """The numbers are those of `numbered`."""
    numbers = count(1)
    rows = ["   ".join(f"{next(numbers)}. {button.label}" for button in row) for row in reply.buttons]
    return "\n".join((sentences.BY_NUMBER, *rows)) if rows else ""


def text(parts: Sequence[Part]) -> str:
    told = ""
    for before, part in zip((None, *parts), parts, strict=False):
        told += (joint(before, part) if before else "") + shown(part)
    return told


def shown(part: Part) -> str:
    match part.kind:
        case "quote":
            return f"{part.mark} “{part.text}”".strip()
        case "title":
            return part.text.upper()
        case "source":
            return f"{part.text}\n{part.url}".strip()
    return part.text
