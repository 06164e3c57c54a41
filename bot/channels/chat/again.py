"""What comes back to the last answer: all its quotes, plainer words, a thumb, feedback."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.channels import intake
from bot.channels.chat import answers, sentences
from bot.channels.chat.desk import KEPT, TALK, Act, Desk, only, said
from bot.channels.chat.nouns import Reply, say, words
from bot.state import Chat, Turn


def quotes(desk: Desk) -> Act:
    def act(chat: Chat) -> tuple[Reply, ...]:
        turn = desk.last(chat, KEPT)
        found = answers.citations(json.loads(turn.answer)) if turn else ()
        if turn is None or not found:
            return (say(desk.told(sentences.NO_QUOTES)),)
        head = sentences.QUOTES.format(question=answers.shortened(turn.question, 200))
        return (Reply((words(head), *answers.quotes(found, desk.public_url))),)

    return act


def simplify(desk: Desk, chat: Chat) -> Act:
    if desk.helpers.simplify is None:
        return said(sentences.NO_MODEL)
    turn = desk.last(chat, TALK)
    if turn is None:
        return said(sentences.NOTHING_TO_SIMPLIFY)
    return said(desk.helpers.simplify(turn.question, chat.issuer) or sentences.NOT_SIMPLER)


def judge(desk: Desk, turn: Turn, liked: bool) -> Act:
    def act(chat: Chat) -> tuple[Reply, ...]:
        if not desk.state.chats.judge(turn.id, liked):
            return (say(sentences.JUDGED),)
        answer = json.loads(turn.answer)["answer"]
        desk.state.reports.add_feedback(chat, chat.channel, liked, "", turn.question, answer)
        return (say(sentences.LIKED if liked else desk.told(sentences.DISLIKED)),)

    return act


def feedback(desk: Desk, typed: str) -> Act:
    text = intake.cleaned(typed)
    if not text:
        return only(replace(say(sentences.FEEDBACK_ASK), asks="words"))

    def act(chat: Chat) -> tuple[Reply, ...]:
        turn = desk.last(chat, TALK)
        answer = json.loads(turn.answer)["answer"] if turn else ""
        desk.state.reports.add_feedback(chat, chat.channel, None, text, turn.question if turn else "", answer)
        return (say(sentences.FEEDBACK_DONE),)

    return act
