"""What a Telegram update says, as far as it is for us: commands, words, buttons; in groups only what is meant for us.

Pure. Edited messages, channel posts and other bots are not for us.
"""

from __future__ import annotations

import re
from typing import Any

from telegram import CallbackQuery, Message, MessageEntity, Update, User

from bot.channels.channel import Heard
from bot.channels.chat.nouns import Command, Input, Other, Pressed, Text

ALLOWED = ("message", "callback_query", "inline_query")
_COMMAND = re.compile(r"/\w{1,32}@(\w+)")
_KINDS = (
    ("voice", "voice"), ("audio", "voice"), ("video_note", "voice"), ("photo", "photo"), ("video", "photo"),
    ("animation", "photo"), ("sticker", "sticker"), ("document", "file"), ("location", "other"), ("contact", "other"),
    ("poll", "other"), ("dice", "sticker"), ("venue", "other"),
)  # fmt: skip


def read(body: Any) -> Update | None:
    """None for what is no update."""
    try:
        return Update.de_json(body, None) if isinstance(body, dict) else None
    except (TypeError, KeyError, ValueError, AttributeError, OverflowError):
        return None


def chat_of(update: Update) -> str:
    """The chat that a reply goes to; "" for an update that is not for us."""
    if update.message is not None:
        return str(update.message.chat.id)
    query = update.callback_query
    if query is not None and query.message is not None:
        return str(query.message.chat.id)
    return ""


def heard(update: Update, me: User) -> Heard | None:
    if update.callback_query is not None:
        return _pressed(update.callback_query)
    message = update.message
    if message is None or (message.from_user and message.from_user.is_bot and message.sender_chat is None):
        return None
    group = message.chat.type != "private"
    said = _said(message, me, group)
    if said is None:
        return None
    return Heard(said, message.date.timestamp(), str(message.message_id) if group else "")


def _pressed(query: CallbackQuery) -> Heard | None:
    if query.data is None or query.message is None:
        return None
    return Heard(Pressed(query.data), button=query.id)


def _said(message: Message, me: User, group: bool) -> Input | None:
    if any(user.id == me.id for user in message.new_chat_members):
        return Command("start")
    text = message.text or message.caption or ""
    command = _COMMAND.match(text)
    if command and command[1].casefold() != (me.username or "").casefold():
        return None  # another bot's
    meant, text = _meant(message, text, me)
    if group and not (meant or command or text.startswith("/")):
        return None
    if text.startswith("/"):
        name, _, argument = text[1:].partition(" ")
        if re.fullmatch(r"[A-Za-z0-9_]+(?:@\w+)?", name):
            return Command(name.partition("@")[0].lower(), argument.strip())
    if text.strip():
        return Text(text)
    return next((Other(kind) for field, kind in _KINDS if getattr(message, field)), None)


def _meant(message: Message, text: str, me: User) -> tuple[bool, str]:
    """Whether the message names us or answers us, and its text without our name."""
    answered = message.reply_to_message
    meant = bool(answered and answered.from_user and answered.from_user.id == me.id)
    entities = message.parse_entities() if message.text else message.parse_caption_entities()
    for entity, part in entities.items():
        mention = entity.type == MessageEntity.MENTION and part.casefold() == f"@{me.username}".casefold()
        by_id = entity.type == MessageEntity.TEXT_MENTION and entity.user is not None and entity.user.id == me.id
        if mention or by_id:
            meant, text = True, text.replace(part, " ")
    return meant, text.strip()
