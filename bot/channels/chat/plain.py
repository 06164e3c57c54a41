"""A reply as plain text, for platforms without markup and buttons. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.chat.nouns import Part, Reply, numbered, words
from bot.channels.split import joint, split


def pages(reply: Reply, limit: int) -> list[str]:
    """The messages of a reply, at most `limit` characters each; buttons as numbered lines at the end."""
    offered = "\n".join(f"{n}. {button.label}" for n, button in enumerate(numbered(reply), 1))
    return [text(page) for page in split((*reply.parts, words(offered)), limit, shown)]


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
