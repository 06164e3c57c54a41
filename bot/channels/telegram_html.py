"""A reply as Telegram's HTML. Pure. Plans and questions are hostile text: everything is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.channels.chat.nouns import Part, Reply
from bot.channels.split import joint, split, utf16

LIMIT = 4096  # UTF-16 code units of a message, markup not counted


def pages(reply: Reply) -> list[str]:
    """The messages of a reply, each whole in itself."""
    return [html(page) for page in split(reply.parts, LIMIT, seen, utf16)]


def html(parts: Sequence[Part]) -> str:
    told = ""
    for before, part in zip((None, *parts), parts, strict=False):
        told += (joint(before, part) if before else "") + _markup(part)
    return told


def seen(part: Part) -> str:
    """What a reader sees of it."""
    return f"{part.mark} {part.text}" if part.mark else part.text


def _markup(part: Part) -> str:
    text = escape(part.text, quote=False)
    match part.kind:
        case "quote":
            mark = f"<b>{escape(part.mark, quote=False)}</b> " if part.mark else ""
            return f"<blockquote expandable>{mark}{text}</blockquote>"
        case "title":
            return f"<b>{text}</b>"
        case "source" if part.url:
            return f'<i><a href="{escape(part.url)}">{text}</a></i>'
        case "source":
            return f"<i>{text}</i>"
    return text
