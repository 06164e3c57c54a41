"""A question is put to the service; its answer is kept, counted and told."""

from __future__ import annotations

import json
from time import perf_counter
from uuid import uuid4

from bot.channels import intake, logs
from bot.channels.chat import answers, choose, sentences, showing
from bot.channels.chat.desk import TALK, Act, Desk, said
from bot.channels.chat.nouns import Part, Reply, words
from bot.domain import Answer, Status
from bot.state import Chat, Turn
from bot.wants import wants
from bot.wiring import UnknownIssuer

_EARLIER = 3  # questions it may lean on


def ask(desk: Desk, chat: Chat, text: str, more: tuple[Part, ...] = ()) -> Act:
    """`more` is told after the answer."""
    try:
        question = intake.question(text)
    except intake.BadInput as error:
        return said(str(error))
    since = desk.state.clock() - TALK
    earlier = [turn.question for turn in desk.state.chats.turns(chat, since, _EARLIER)]
    logs.REQUEST.set(uuid4().hex[:12])
    started = perf_counter()
    try:
        answer = showing.ask(desk.service, question, issuer=chat.issuer, earlier=earlier)
    except UnknownIssuer:  # chosen when its plan was still there
        answer = showing.ask(desk.service, question, earlier=earlier)
    logs.asked(chat.channel, answer.status.value, answer.issuers, len(answer.citations), perf_counter() - started)
    return lambda here: (_answered(desk, here, question, answer, more),)


def _answered(desk: Desk, chat: Chat, question: str, answer: Answer, more: tuple[Part, ...]) -> Reply:
    if answer.status is Status.GREETING:
        return Reply((*more, words(answer.text)))
    asked_for = next(iter(wants(question)), "other")
    desk.state.reports.count(
        chat.channel, answer.status.value, str(asked_for), ",".join(answer.issuers)[:120], question
    )
    kept = json.dumps(answers.kept(answer), ensure_ascii=False)
    turn = desk.state.chats.add_turn(chat, question, kept)
    parts = answers.told(answer, desk.names["nguon"], desk.public_url, desk.manner.quotes)
    return Reply((*parts, *more), answers.buttons(answer, question, turn, desk.manner.suggestions))


def suggested(desk: Desk, chat: Chat, turn: Turn, number: int) -> Act:
    """What the answer of this turn offered is asked."""
    body = json.loads(turn.answer)
    if number >= len(body["suggestions"]):
        return said(sentences.OLD_BUTTON)
    text = body["suggestions"][number]
    issuer = choose.named(text, desk.service.issuers())
    if body["status"] != Status.NEEDS_ISSUER or issuer is None:
        return ask(desk, chat, text)
    # A name that answers "whose plan?" also answers it for the questions to come.
    first = chat.issuer is None
    noted = (words(desk.told(sentences.NOTED, issuer=issuer.full_name)),) if first else ()
    answered = ask(desk, chat, text, noted)

    def act(here: Chat) -> tuple[Reply, ...]:
        if first:
            desk.state.chats.choose(here, issuer.slug)
        return answered(here)

    return act
