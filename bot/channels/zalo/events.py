"""What Zalo tells us, read from JSON of any shape. Pure; what is not for us to answer is None."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

_ID_LIMIT = 100  # characters
_TEXT = ("user_send_text", "anonymous_send_text", "message.text.received")
# What is no text → what it is called in chat/sentences.py; "" where that has no word for it.
_OTHER = {
    "image": "photo", "gif": "sticker", "sticker": "sticker", "audio": "voice", "voice": "voice", "file": "file",
    "video": "", "link": "", "location": "", "business_card": "", "unsupported": "",
}  # fmt: skip


class Kind(StrEnum):
    TEXT = "text"
    OTHER = "other"  # a picture, a voice: nothing we can read
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    WITHDRAW = "withdraw"  # wants all that is stored of them deleted


@dataclass(frozen=True, slots=True)
class Event:
    key: str  # the same in every delivery of the same thing
    chat: str  # where an answer goes
    kind: Kind
    text: str = ""  # of OTHER: voice, photo, sticker, file or ""
    group: bool = False
    at: float = 0.0  # seconds since 1970 at which it was written; 0 where that is not told


def kept(event: Event) -> dict[str, Any]:
    """What waits in the state until it is answered."""
    return asdict(event)


def read_kept(body: dict[str, Any]) -> Event:
    return Event(**(body | {"kind": Kind(body["kind"])}))


def read_json(body: bytes) -> dict[str, Any] | None:
    """None for what is no JSON object."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
        return None
    return told if isinstance(told, dict) else None


def oa_event(told: dict[str, Any]) -> Event | None:
    """An event of the Official Account. Our own messages come back as oa_send_…: not for us, like all else."""
    name, message = _text(told.get("event_name")), _object(told.get("message"))
    user = _id(_object(told.get("sender")).get("id")) or _id(_object(told.get("follower")).get("id"))
    if name == "user_withdraw":  # only its name is known, not its shape
        user = user or _id(told.get("user_id"))
        kind = Kind.WITHDRAW
    elif name in ("follow", "unfollow"):
        kind = Kind(name)
    elif name in _TEXT:
        kind = Kind.TEXT
    elif name.startswith("user_send_") and name.removeprefix("user_send_") in _OTHER:
        kind = Kind.OTHER
    else:
        return None
    if not user:
        return None
    number = _id(message.get("msg_id")) if kind in (Kind.TEXT, Kind.OTHER) else ""
    # An event without a number of its own is told apart by its time; its key outlives it and must not name the user.
    key = number or hashlib.sha256(f"{name}\n{user}\n{told.get('timestamp')}".encode("utf-8", "replace")).hexdigest()
    words = _words(kind, name.removeprefix("user_send_"), message)
    return Event(key, user, kind, words, at=_seconds(told.get("timestamp")))


def bot_event(told: dict[str, Any]) -> Event | None:
    """An update of the Zalo Bot, in its wrapper or without."""
    inner = _object(told.get("result")) or told
    message = _object(inner.get("message"))
    sender, place = _object(message.get("from")), _object(message.get("chat"))
    number, chat, name = _id(message.get("message_id")), _id(place.get("id")), _text(inner.get("event_name"))
    if not number or not chat or sender.get("is_bot") is True:
        return None
    if not name.startswith("message.") or not name.endswith(".received"):
        return None
    kind = Kind.TEXT if name in _TEXT else Kind.OTHER
    words, group = _words(kind, name.split(".")[1], message), place.get("chat_type") == "GROUP"
    return Event(number, chat, kind, words, group, _seconds(message.get("date")))


def _words(kind: Kind, form: str, message: dict[str, Any]) -> str:
    match kind:
        case Kind.TEXT:
            return _text(message.get("text"))
        case Kind.OTHER:
            return _OTHER.get(form, "")
    return ""


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _id(value: Any) -> str:
    """ "" for what cannot be one."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = str(value) if isinstance(value, str) or abs(value) < 1 << 128 else ""
    return text if len(text) <= _ID_LIMIT and text.isprintable() and " " not in text else ""


def _seconds(told: Any) -> float:
    """Both platforms tell milliseconds; what cannot be a moment of theirs is 0."""
    text = _id(told)
    return int(text) / 1000 if text.isascii() and text.isdigit() and len(text) == 13 else 0.0


def _text(value: Any) -> str:
    """Half a character (a lone surrogate) cannot be stored."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
