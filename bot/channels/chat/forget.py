"""What is stored of a chat is deleted: asked for, or because its user has left."""

from __future__ import annotations

from bot.channels.chat import sentences
from bot.channels.chat.desk import Act, Desk, only
from bot.channels.chat.nouns import Button, Reply, Who, say
from bot.channels.chat.remind import silence
from bot.state import Chat


def offer_to_forget() -> Act:
    return only(say(sentences.FORGET_ASK, (Button(sentences.FORGET_YES, "f1"), Button(sentences.FORGET_NO, "f0"))))


def forget(desk: Desk, who: Who, sure: bool) -> Act:
    def act(_: Chat) -> tuple[Reply, ...]:
        if sure:
            desk.state.chats.forget(who.channel, who.chat)
        return (say(sentences.FORGOTTEN if sure else sentences.KEPT),)

    return act


def left(desk: Desk, who: Who, all_of_it: bool) -> Act:
    """Nobody is there to be told."""

    def act(chat: Chat) -> tuple[Reply, ...]:
        if all_of_it:
            desk.state.chats.forget(who.channel, who.chat)
            desk.state.queues.forget(who.channel, who.chat)
        else:
            silence(desk, who)(chat)
        return ()

    return act
