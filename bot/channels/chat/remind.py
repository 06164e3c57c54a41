"""Reminders of an issuer's deadlines, switched on and off."""

from __future__ import annotations

from bot.channels.chat import choose, commands, sentences
from bot.channels.chat.desk import Act, Desk, only
from bot.channels.chat.nouns import Button, Reply, Who, say
from bot.channels.chat.pick import meant_issuer
from bot.domain import Issuer
from bot.state import Chat
from bot.text import fold

LEADS = (14, 3, 1)  # days before the last safe day
_LEADS = ", ".join(map(str, LEADS[:-1])) + f" và {LEADS[-1]}"


def remind(desk: Desk, who: Who, chat: Chat, argument: str) -> Act:
    asked = fold(argument)
    issuer = meant_issuer(desk, chat, "" if asked in commands.ON | commands.OFF else argument)
    if asked in commands.OFF:
        return silence(desk, who)
    if issuer and (asked in commands.ON or argument):
        return reminded(desk, who, issuer)
    issuers = {i.slug: i.full_name for i in desk.service.issuers()}
    on = dict.fromkeys(issuers.get(r.issuer, r.issuer) for r in desk.state.chats.reminders(chat=chat))
    if on:
        text = sentences.REMIND_NOW.format(issuers=", ".join(on), leads=_LEADS)
        return only(say(text, (Button(sentences.TURN_OFF, "n0"),)))
    if issuer:
        text = sentences.REMIND_NOT.format(issuer=issuer.full_name, leads=_LEADS)
        return only(say(text, (Button(sentences.TURN_ON, f"n{choose.token(issuer.slug)}"),)))
    return only(say(sentences.REMIND_WHOM, *choose.rows(desk.service.issuers()[: choose.SHOWN], "n")))


def reminded(desk: Desk, who: Who, issuer: Issuer) -> Act:
    def act(chat: Chat) -> tuple[Reply, ...]:
        desk.state.chats.remind(chat, who.chat, issuer.slug, LEADS)
        text = desk.told(sentences.REMIND_ON, issuer=issuer.full_name, leads=_LEADS)
        return (say("\n".join(part for part in (text, desk.told(desk.manner.reminders)) if part)),)

    return act


def silence(desk: Desk, who: Who) -> Act:
    def act(chat: Chat) -> tuple[Reply, ...]:
        for issuer in {r.issuer for r in desk.state.chats.reminders(chat=chat)}:
            desk.state.chats.remind(chat, who.chat, issuer, ())
        return (say(sentences.REMIND_OFF),)

    return act
