"""Which act replies to what is meant."""

from __future__ import annotations

import re

from bot.channels.chat import choose, sentences
from bot.channels.chat.again import feedback, judge, quotes, simplify
from bot.channels.chat.ask import ask, suggested
from bot.channels.chat.deadlines import calendar, deadlines
from bot.channels.chat.desk import Act, Desk, said
from bot.channels.chat.forget import forget, left, offer_to_forget
from bot.channels.chat.greet import guide, start
from bot.channels.chat.nouns import Command, Input, Left, Other, Pressed, Text, Who
from bot.channels.chat.pick import pick, picked
from bot.channels.chat.remind import remind, reminded
from bot.state import Chat

_BUTTON = re.compile(r"([sl])(\d{1,12})\.(\d{1,3})", re.ASCII)


def act(desk: Desk, who: Who, chat: Chat, meant: Input) -> Act:
    match meant:
        case Text(words=text):
            return ask(desk, chat, text)
        case Command(name=name, argument=argument):
            return _command(desk, who, chat, name, argument)
        case Pressed(data=data):
            return _pressed(desk, who, chat, data)
        case Other(kind=kind):
            return said(sentences.OTHERS.get(kind, sentences.OTHER))
        case Left(forget=all_of_it):
            return left(desk, who, all_of_it)


def _command(desk: Desk, who: Who, chat: Chat, name: str, argument: str) -> Act:
    match name:
        case "start":
            return start(desk, argument)
        case "xa":
            return pick(desk, chat, argument)
        case "han":
            return deadlines(desk, chat, argument)
        case "nhac":
            return remind(desk, who, chat, argument)
        case "nguon":
            return quotes(desk)
        case "lich":
            return calendar(desk, chat, argument)
        case "dongian":
            return simplify(desk, chat)
        case "gopy":
            return feedback(desk, argument)
        case "xoa":
            return offer_to_forget()
        case "trogiup":
            return guide(desk)
    return said(desk.told(sentences.UNKNOWN_COMMAND))


def _pressed(desk: Desk, who: Who, chat: Chat, data: str) -> Act:
    if data in ("f0", "f1"):
        return forget(desk, who, data == "f1")
    if data == "n0":
        return remind(desk, who, chat, "tat")
    if data[:1] in ("x", "n"):
        issuer = choose.of_token(data[1:], desk.service.issuers())
        if issuer is None:
            return said(desk.told(sentences.CHOOSE_GONE))
        return picked(desk, issuer) if data[0] == "x" else reminded(desk, who, issuer)
    found = _BUTTON.fullmatch(data)
    turn = desk.state.chats.turn(chat, int(found[2])) if found else None
    if found is None or turn is None:
        return said(sentences.OLD_BUTTON)
    return judge(desk, turn, found[3] != "0") if found[1] == "l" else suggested(desk, chat, turn, int(found[3]))
