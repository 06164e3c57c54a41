"""The deadlines of an issuer: the next ones as a list, all of them as a calendar."""

from __future__ import annotations

from bot.channels.chat import sentences
from bot.channels.chat.ahead import ahead, listed
from bot.channels.chat.desk import Act, Desk, only, said
from bot.channels.chat.nouns import Reply, words
from bot.channels.chat.pick import meant_issuer, pick
from bot.state import Chat

_LISTED = 8


def deadlines(desk: Desk, chat: Chat, typed: str) -> Act:
    issuer = meant_issuer(desk, chat, typed)
    if typed and issuer is None:
        return pick(desk, chat, typed)
    today = desk.helpers.today()
    found = ahead(desk.service, issuer.slug if issuer else None, today)
    name = issuer.full_name if issuer else ""
    if not found:
        return said(sentences.DUE_NONE.format(issuer=name) if issuer else sentences.DUE_NONE_ALL)
    parts = [words(sentences.DUE_OF.format(issuer=name) if issuer else sentences.DUE_ALL)]
    parts.append(words(listed(found[:_LISTED], today, issuer is None)))
    if len(found) > _LISTED:
        parts.append(words(desk.told(sentences.DUE_MORE, count=len(found) - _LISTED)))
    return only(Reply(tuple(parts)))


def calendar(desk: Desk, chat: Chat, typed: str) -> Act:
    issuer = meant_issuer(desk, chat, typed)
    if typed and issuer is None:
        return pick(desk, chat, typed)
    name = issuer.full_name if issuer else sentences.CALENDAR_EVERY
    slug = issuer.slug if issuer else None
    parts, file = [], None
    if desk.public_url:
        url = f"{desk.public_url.rstrip('/')}/api/v1/deadlines.ics" + (f"?issuer={slug}" if slug else "")
        parts.append(words(sentences.CALENDAR_LINK.format(issuer=name, url=url)))
    if desk.manner.files and desk.helpers.calendar:
        file = desk.helpers.calendar(slug)
        parts.append(words(sentences.CALENDAR_FILE.format(issuer=name)))
    return only(Reply(tuple(parts), file=file)) if parts else said(desk.told(sentences.CALENDAR_NONE))
