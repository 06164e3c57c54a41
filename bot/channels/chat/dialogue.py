"""What is replied to what a chat says. Thinking may take long and writes nothing; what is then written is one step."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter
from typing import Any
from uuid import uuid4

from bot import wiring
from bot.channels import intake, logs
from bot.channels.chat import answers, choose, commands, sentences
from bot.channels.chat.ahead import ahead, listed
from bot.channels.chat.nouns import (
    Button,
    Command,
    File,
    Input,
    Left,
    Manner,
    Other,
    Part,
    Pressed,
    Reply,
    Text,
    numbered,
    say,
    words,
)
from bot.domain import Answer, Issuer, Status
from bot.state import Chat, State, Turn
from bot.text import fold
from bot.wants import wants
from bot.wiring import Service, UnknownIssuer

LEADS = (14, 3, 1)  # days before the last safe day
_TALK = 2 * 3600.0  # seconds in which a question may lean on the ones before it
_EARLIER = 3  # questions it may lean on
_WAITS = 3600.0  # seconds for which a reply's numbers and open questions hold
_KEPT = 30 * 86400.0  # seconds for which turns are kept; a button of one that is gone is old
_LISTED = 8  # deadlines
_NUMBER = re.compile(r"\s*(\d{1,2})\s*[.)]?\s*")
_BUTTON = re.compile(r"([sl])(\d{1,12})\.(\d{1,3})", re.ASCII)

Act = Callable[[Chat], tuple[Reply, ...]]
Calendar = Callable[[str | None], File]
Simplify = Callable[[str, str | None], str | None]  # question, issuer → the answer in plain words; None where it cannot


@dataclass(frozen=True, slots=True)
class Who:
    channel: str
    chat: str  # the platform's own id


@dataclass(frozen=True, slots=True)
class Helpers:
    """What some places have and others have not."""

    calendar: Calendar | None = None
    simplify: Simplify | None = None  # needs a language model
    today: Callable[[], date] = wiring.today


class Dialogue:
    """Safe to share between threads; one chat at a time."""

    def __init__(
        self,
        service: Service,
        state: State,
        manner: Manner | None = None,
        public_url: str = "",
        helpers: Helpers | None = None,
    ) -> None:
        self._service, self._state = service, state
        self._manner = manner or Manner()
        self._public_url = public_url
        self._helpers = helpers or Helpers()
        self._names = commands.shown(self._manner.slash)

    def think(self, who: Who, said: Input) -> Callable[[], tuple[Reply, ...]]:
        """Finds out what to reply. What is returned writes it down and gives the replies: call it once, inside
        `state.together()`, beside what settles the update.

        Raises SnapshotError; nothing is written then.
        """
        chat = self._state.chats.find(who.channel, who.chat) or Chat(0, who.channel, None, 0.0)
        act = self._act(who, chat, self._meant(chat, said))

        def finish() -> tuple[Reply, ...]:
            here = self._state.chats.open(who.channel, who.chat)
            told = act(here)
            self._remember(who, told)
            return told

        return finish

    # ---- what is meant

    def _meant(self, chat: Chat, said: Input) -> Input:
        """A number that stands for a button, a word that stands for a command, words that were waited for."""
        if not isinstance(said, Text):
            return said
        waits = self._waits(chat)
        number, choices = _NUMBER.fullmatch(said.words), waits.get("choices", [])
        if number and 0 < int(number[1]) <= len(choices):
            return Pressed(choices[int(number[1]) - 1])
        if heard := commands.command(said.words):
            return heard
        if waits.get("for") == "words":
            return Command("gopy", said.words)
        if waits.get("for") == "name" and choose.matching(said.words, self._service.issuers()):
            return Command("xa", said.words)
        if choose.named(said.words, self._service.issuers()) and not self._asked_which(chat):
            return Command("xa", said.words)
        return said

    def _waits(self, chat: Chat) -> dict[str, Any]:
        fresh = chat.pending and self._state.clock() - chat.seen < _WAITS
        return dict(json.loads(chat.pending)) if fresh else {}

    def _asked_which(self, chat: Chat) -> bool:
        """Whether the last answer asked whose plan is meant: a name answers that."""
        last = self._last(chat, _TALK)
        return last is not None and json.loads(last.answer)["status"] == Status.NEEDS_ISSUER

    def _last(self, chat: Chat, within: float) -> Turn | None:
        found = self._state.chats.turns(chat, self._state.clock() - within, 1)
        return found[-1] if found else None

    def _remember(self, who: Who, told: tuple[Reply, ...]) -> None:
        """What the next word may answer: the numbers of the buttons, and what was asked for."""
        chat = self._state.chats.find(who.channel, who.chat)
        if chat is None:
            return
        # "Thanks" offers nothing, and does not take away what the answer before it offered.
        choices = [b.data for reply in told for b in numbered(reply)] or self._waits(chat).get("choices", [])
        asked = next((reply.asks for reply in told if reply.asks), "")
        waits = {"choices": choices} | ({"for": asked} if asked else {})
        self._state.chats.expect(chat, json.dumps(waits) if choices or asked else "")

    # ---- what is done

    def _act(self, who: Who, chat: Chat, meant: Input) -> Act:
        match meant:
            case Text(words=text):
                return self._ask(chat, text)
            case Command(name=name, argument=argument):
                return self._command(who, chat, name, argument)
            case Pressed(data=data):
                return self._pressed(who, chat, data)
            case Other(kind=kind):
                return _said(sentences.OTHERS.get(kind, sentences.OTHER))
            case Left(forget=forget):
                return self._left(who, forget)

    def _command(self, who: Who, chat: Chat, name: str, argument: str) -> Act:
        match name:
            case "start":
                return self._start(argument)
            case "xa":
                return self._choose(chat, argument)
            case "han":
                return self._deadlines(chat, argument)
            case "nhac":
                return self._remind(who, chat, argument)
            case "nguon":
                return self._quotes
            case "lich":
                return self._calendar(chat, argument)
            case "dongian":
                return self._simplify(chat)
            case "gopy":
                return self._feedback(argument)
            case "xoa":
                yes, no = Button(sentences.FORGET_YES, "f1"), Button(sentences.FORGET_NO, "f0")
                return lambda _: (say(sentences.FORGET_ASK, (yes, no)),)
            case "trogiup":
                return _said(self._help())
        return _said(self._told(sentences.UNKNOWN_COMMAND))

    def _pressed(self, who: Who, chat: Chat, data: str) -> Act:
        if data in ("f0", "f1"):
            return self._forget(who, data == "f1")
        if data == "n0":
            return self._remind(who, chat, "tat")
        if data[:1] in ("x", "n"):
            issuer = choose.of_token(data[1:], self._service.issuers())
            if issuer is None:
                return _said(self._told(sentences.CHOOSE_GONE))
            return self._chosen(issuer) if data[0] == "x" else self._reminded(who, issuer)
        found = _BUTTON.fullmatch(data)
        turn = self._state.chats.turn(chat, int(found[2])) if found else None
        if found is None or turn is None:
            return _said(sentences.OLD_BUTTON)
        return self._judge(turn, found[3] != "0") if found[1] == "l" else self._suggested(chat, turn, int(found[3]))

    # ---- questions

    def _ask(self, chat: Chat, text: str, more: tuple[Part, ...] = ()) -> Act:
        try:
            question = intake.question(text)
        except intake.BadInput as error:
            return _said(str(error))
        since = self._state.clock() - _TALK
        earlier = [turn.question for turn in self._state.chats.turns(chat, since, _EARLIER)]
        logs.REQUEST.set(uuid4().hex[:12])
        started = perf_counter()
        try:
            answer = self._service.ask(question, issuer=chat.issuer, earlier=earlier)
        except UnknownIssuer:  # chosen when its plan was still there
            answer = self._service.ask(question, earlier=earlier)
        logs.asked(chat.channel, answer.status.value, answer.issuers, len(answer.citations), perf_counter() - started)
        return lambda here: (self._answered(here, question, answer, more),)

    def _answered(self, chat: Chat, question: str, answer: Answer, more: tuple[Part, ...]) -> Reply:
        if answer.status is Status.GREETING:
            return Reply((*more, words(answer.text)))
        asked_for = next(iter(wants(question)), "other")
        self._state.reports.count(
            chat.channel, answer.status.value, str(asked_for), ",".join(answer.issuers)[:120], question
        )
        kept = json.dumps(answers.kept(answer), ensure_ascii=False)
        turn = self._state.chats.add_turn(chat, question, kept)
        parts = answers.told(answer, self._names["nguon"], self._public_url, self._manner.quotes)
        return Reply((*parts, *more), answers.buttons(answer, question, turn, self._manner.suggestions))

    def _suggested(self, chat: Chat, turn: Turn, number: int) -> Act:
        body = json.loads(turn.answer)
        if number >= len(body["suggestions"]):
            return _said(sentences.OLD_BUTTON)
        text = body["suggestions"][number]
        issuer = choose.named(text, self._service.issuers())
        if body["status"] != Status.NEEDS_ISSUER or issuer is None:
            return self._ask(chat, text)
        # A name that answers "whose plan?" also answers it for the questions to come.
        first = chat.issuer is None
        noted = (words(self._told(sentences.NOTED, issuer=issuer.full_name)),) if first else ()
        ask = self._ask(chat, text, noted)

        def act(here: Chat) -> tuple[Reply, ...]:
            if first:
                self._state.chats.choose(here, issuer.slug)
            return ask(here)

        return act

    def _judge(self, turn: Turn, liked: bool) -> Act:
        def act(chat: Chat) -> tuple[Reply, ...]:
            if not self._state.chats.judge(turn.id, liked):
                return (say(sentences.JUDGED),)
            answer = json.loads(turn.answer)["answer"]
            self._state.reports.add_feedback(chat, chat.channel, liked, "", turn.question, answer)
            return (say(sentences.LIKED if liked else self._told(sentences.DISLIKED)),)

        return act

    def _quotes(self, chat: Chat) -> tuple[Reply, ...]:
        turn = self._last(chat, _KEPT)
        found = answers.citations(json.loads(turn.answer)) if turn else ()
        if turn is None or not found:
            return (say(self._told(sentences.NO_QUOTES)),)
        head = sentences.QUOTES.format(question=answers.shortened(turn.question, 200))
        return (Reply((words(head), *answers.quotes(found, self._public_url))),)

    def _simplify(self, chat: Chat) -> Act:
        if self._helpers.simplify is None:
            return _said(sentences.NO_MODEL)
        turn = self._last(chat, _TALK)
        if turn is None:
            return _said(sentences.NOTHING_TO_SIMPLIFY)
        text = self._helpers.simplify(turn.question, chat.issuer)
        return _said(text or sentences.NOT_SIMPLER)

    # ---- the issuer

    def _start(self, argument: str) -> Act:
        issuer = choose.named(argument, self._service.issuers()) if argument else None

        def act(chat: Chat) -> tuple[Reply, ...]:
            if issuer:
                self._state.chats.choose(chat, issuer.slug)
            slug = issuer.slug if issuer else chat.issuer
            name = next((i.full_name for i in self._service.issuers() if i.slug == slug), "")
            chosen = sentences.HELLO_CHOSEN if name else sentences.HELLO_CHOOSE
            about = (sentences.HELLO, self._told(chosen, issuer=name), self._told(sentences.HELLO_MORE))
            few = () if name else choose.rows(self._service.issuers()[: choose.SHOWN])
            return (say("\n\n".join(about), *few),)

        return act

    def _choose(self, chat: Chat, typed: str) -> Act:
        issuers = self._service.issuers()
        if not typed:
            return _only(self._offer(chat, issuers))
        found = choose.matching(typed, issuers)
        if len(found) == 1:
            return self._chosen(found[0])
        name = answers.shortened(typed, 60)
        if not found:
            names = ", ".join(i.full_name for i in issuers[: choose.SHOWN])
            names += "…" if len(issuers) > choose.SHOWN else ""
            return _said(sentences.CHOOSE_NONE.format(name=name, names=names))
        text = sentences.CHOOSE_AMONG.format(count=len(found), name=name)
        if len(found) > choose.SHOWN:
            text += "\n" + sentences.CHOOSE_MORE.format(count=len(found) - choose.SHOWN)
        return _only(replace(say(text, *choose.rows(found[: choose.SHOWN])), asks="name"))

    def _offer(self, chat: Chat, issuers: tuple[Issuer, ...]) -> Reply:
        now = next((i.full_name for i in issuers if i.slug == chat.issuer), "")
        few = len(issuers) <= choose.SHOWN
        text = sentences.CHOOSE if few else sentences.CHOOSE_TYPED.format(count=len(issuers))
        if now:
            text = f"{sentences.CHOOSE_NOW.format(issuer=now)}\n{text}"
        return replace(say(text, *choose.rows(issuers[: choose.SHOWN])), asks="name")

    def _chosen(self, issuer: Issuer) -> Act:
        def act(chat: Chat) -> tuple[Reply, ...]:
            self._state.chats.choose(chat, issuer.slug)
            return (say(sentences.CHOSEN.format(issuer=issuer.full_name, province=issuer.province)),)

        return act

    def _meant_issuer(self, chat: Chat, typed: str) -> Issuer | None:
        """The one typed, else the chat's."""
        issuers = self._service.issuers()
        found = choose.matching(typed, issuers) if typed else [i for i in issuers if i.slug == chat.issuer]
        return found[0] if len(found) == 1 else None

    # ---- deadlines

    def _deadlines(self, chat: Chat, typed: str) -> Act:
        issuer = self._meant_issuer(chat, typed)
        if typed and issuer is None:
            return self._choose(chat, typed)
        today = self._helpers.today()
        found = ahead(self._service, issuer.slug if issuer else None, today)
        name = issuer.full_name if issuer else ""
        if not found:
            return _said(sentences.DUE_NONE.format(issuer=name) if issuer else sentences.DUE_NONE_ALL)
        parts = [words(sentences.DUE_OF.format(issuer=name) if issuer else sentences.DUE_ALL)]
        parts.append(words(listed(found[:_LISTED], today, issuer is None)))
        if len(found) > _LISTED:
            parts.append(words(self._told(sentences.DUE_MORE, count=len(found) - _LISTED)))
        return _only(Reply(tuple(parts)))

    def _remind(self, who: Who, chat: Chat, argument: str) -> Act:
        asked = fold(argument)
        issuer = self._meant_issuer(chat, "" if asked in commands.ON | commands.OFF else argument)
        if asked in commands.OFF:
            return self._silence(who)
        if issuer and (asked in commands.ON or argument):
            return self._reminded(who, issuer)
        issuers = {i.slug: i.full_name for i in self._service.issuers()}
        on = dict.fromkeys(issuers.get(r.issuer, r.issuer) for r in self._state.chats.reminders(chat=chat))
        if on:
            text = sentences.REMIND_NOW.format(issuers=", ".join(on), leads=_LEADS)
            return _only(say(text, (Button(sentences.TURN_OFF, "n0"),)))
        if issuer:
            text = sentences.REMIND_NOT.format(issuer=issuer.full_name, leads=_LEADS)
            return _only(say(text, (Button(sentences.TURN_ON, f"n{choose.token(issuer.slug)}"),)))
        offered = choose.rows(self._service.issuers()[: choose.SHOWN], "n")
        return _only(say(sentences.REMIND_WHOM, *offered))

    def _reminded(self, who: Who, issuer: Issuer) -> Act:
        def act(chat: Chat) -> tuple[Reply, ...]:
            self._state.chats.remind(chat, who.chat, issuer.slug, LEADS)
            text = self._told(sentences.REMIND_ON, issuer=issuer.full_name, leads=_LEADS)
            return (say("\n".join(part for part in (text, self._told(self._manner.reminders)) if part)),)

        return act

    def _silence(self, who: Who) -> Act:
        def act(chat: Chat) -> tuple[Reply, ...]:
            for issuer in {r.issuer for r in self._state.chats.reminders(chat=chat)}:
                self._state.chats.remind(chat, who.chat, issuer, ())
            return (say(sentences.REMIND_OFF),)

        return act

    def _calendar(self, chat: Chat, typed: str) -> Act:
        issuer = self._meant_issuer(chat, typed)
        if typed and issuer is None:
            return self._choose(chat, typed)
        name = issuer.full_name if issuer else sentences.CALENDAR_EVERY
        slug = issuer.slug if issuer else None
        parts, file = [], None
        if self._public_url:
            url = f"{self._public_url.rstrip('/')}/api/v1/deadlines.ics" + (f"?issuer={slug}" if slug else "")
            parts.append(words(sentences.CALENDAR_LINK.format(issuer=name, url=url)))
        if self._manner.files and self._helpers.calendar:
            file = self._helpers.calendar(slug)
            parts.append(words(sentences.CALENDAR_FILE.format(issuer=name)))
        return _only(Reply(tuple(parts), file=file)) if parts else _said(self._told(sentences.CALENDAR_NONE))

    # ---- the rest

    def _feedback(self, said: str) -> Act:
        text = intake.cleaned(said)
        if not text:
            return _only(replace(say(sentences.FEEDBACK_ASK), asks="words"))

        def act(chat: Chat) -> tuple[Reply, ...]:
            turn = self._last(chat, _TALK)
            answer = json.loads(turn.answer)["answer"] if turn else ""
            self._state.reports.add_feedback(chat, chat.channel, None, text, turn.question if turn else "", answer)
            return (say(sentences.FEEDBACK_DONE),)

        return act

    def _forget(self, who: Who, sure: bool) -> Act:
        def act(_: Chat) -> tuple[Reply, ...]:
            if sure:
                self._state.chats.forget(who.channel, who.chat)
            return (say(sentences.FORGOTTEN if sure else sentences.KEPT),)

        return act

    def _left(self, who: Who, forget: bool) -> Act:
        """Nobody is there to be told."""

        def act(chat: Chat) -> tuple[Reply, ...]:
            if forget:
                self._state.chats.forget(who.channel, who.chat)
                self._state.queues.forget(who.channel, who.chat)
            else:
                self._silence(who)(chat)
            return ()

        return act

    def _help(self) -> str:
        offered = {n: about for n, about in sentences.COMMANDS.items() if n != "dongian" or self._helpers.simplify}
        lines = [f"{self._names[name]} – {about}" for name, about in offered.items()]
        return "\n".join((sentences.HELP, "", *lines))

    def _told(self, sentence: str, **values: object) -> str:
        return sentence.format(**self._names, **values)


_LEADS = ", ".join(map(str, LEADS[:-1])) + f" và {LEADS[-1]}"


def _said(text: str) -> Act:
    return _only(say(text))


def _only(reply: Reply) -> Act:
    return lambda _: (reply,)
