"""The issuer of questions that name none: offered, looked for, chosen."""

from __future__ import annotations

from dataclasses import replace

from bot.channels.chat import answers, choose, sentences
from bot.channels.chat.desk import Act, Desk, only, said
from bot.channels.chat.nouns import Reply, say
from bot.domain import Issuer
from bot.state import Chat


def pick(desk: Desk, chat: Chat, typed: str) -> Act:
    issuers = desk.service.issuers()
    if not typed:
        return only(_offer(chat, issuers))
    found = choose.matching(typed, issuers)
    if len(found) == 1:
        return picked(desk, found[0])
    name = answers.shortened(typed, 60)
    if not found:
        names = ", ".join(i.full_name for i in issuers[: choose.SHOWN])
        names += "…" if len(issuers) > choose.SHOWN else ""
        return said(sentences.CHOOSE_NONE.format(name=name, names=names))
    text = sentences.CHOOSE_AMONG.format(count=len(found), name=name)
    if len(found) > choose.SHOWN:
        text += "\n" + sentences.CHOOSE_MORE.format(count=len(found) - choose.SHOWN)
    return only(replace(say(text, *choose.rows(found[: choose.SHOWN])), asks="name"))


def _offer(chat: Chat, issuers: tuple[Issuer, ...]) -> Reply:
    now = next((i.full_name for i in issuers if i.slug == chat.issuer), "")
    few = len(issuers) <= choose.SHOWN
    text = sentences.CHOOSE if few else sentences.CHOOSE_TYPED.format(count=len(issuers))
    if now:
        text = f"{sentences.CHOOSE_NOW.format(issuer=now)}\n{text}"
    return replace(say(text, *choose.rows(issuers[: choose.SHOWN])), asks="name")


def picked(desk: Desk, issuer: Issuer) -> Act:
    def act(chat: Chat) -> tuple[Reply, ...]:
        desk.state.chats.choose(chat, issuer.slug)
        return (say(sentences.CHOSEN.format(issuer=issuer.full_name, province=issuer.province)),)

    return act


def meant_issuer(desk: Desk, chat: Chat, typed: str) -> Issuer | None:
    """The one typed, else the chat's."""
    issuers = desk.service.issuers()
    found = choose.matching(typed, issuers) if typed else [i for i in issuers if i.slug == chat.issuer]
    return found[0] if len(found) == 1 else None
