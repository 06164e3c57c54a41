"""What is meant by what was said: a number may be a button, a word a command, and words may have been waited for."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.channels.chat import choose, commands
from bot.channels.chat.desk import TALK, Desk
from bot.channels.chat.nouns import Command, Input, Pressed, Reply, Text, Who, numbered
from bot.domain import Status
from bot.state import Chat

_WAITS = 3600.0  # seconds for which a reply's numbers and open questions hold
_NUMBER = re.compile(r"\s*(\d{1,2})\s*[.)]?\s*")


def meant(desk: Desk, chat: Chat, said: Input) -> Input:
    if not isinstance(said, Text):
        return said
    waits = _waits(desk, chat)
    number, choices = _NUMBER.fullmatch(said.words), waits.get("choices", [])
    if number and 0 < int(number[1]) <= len(choices):
        return Pressed(choices[int(number[1]) - 1])
    if heard := commands.command(said.words):
        return heard
    if waits.get("for") == "words":
        return Command("gopy", said.words)
    if waits.get("for") == "name" and choose.matching(said.words, desk.service.issuers()):
        return Command("xa", said.words)
    if choose.named(said.words, desk.service.issuers()) and not _asked_which(desk, chat):
        return Command("xa", said.words)
    return said


def remember(desk: Desk, who: Who, told: tuple[Reply, ...]) -> None:
    """What the next word may answer: the numbers of the buttons, and what was asked for."""
    chat = desk.state.chats.find(who.channel, who.chat)
    if chat is None:
        return
    # "Thanks" offers nothing, and does not take away what the answer before it offered.
    choices = [b.data for reply in told for b in numbered(reply)] or _waits(desk, chat).get("choices", [])
    asked = next((reply.asks for reply in told if reply.asks), "")
    waits = {"choices": choices} | ({"for": asked} if asked else {})
    desk.state.chats.expect(chat, json.dumps(waits) if choices or asked else "")


def _waits(desk: Desk, chat: Chat) -> dict[str, Any]:
    fresh = chat.pending and desk.state.clock() - chat.seen < _WAITS
    return dict(json.loads(chat.pending)) if fresh else {}


def _asked_which(desk: Desk, chat: Chat) -> bool:
    """Whether the last answer asked whose plan is meant: a name answers that."""
    last = desk.last(chat, TALK)
    return last is not None and json.loads(last.answer)["status"] == Status.NEEDS_ISSUER
