"""What a reply is made with, and the act of making it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot import wiring
from bot.channels.chat import commands
from bot.channels.chat.nouns import File, Manner, Reply, say
from bot.state import Chat, State, Turn
from bot.wiring import Service

TALK = 2 * 3600.0  # seconds in which what is said may lean on what was said before
KEPT = 30 * 86400.0  # seconds for which turns are kept; a button of one that is gone is old

Act = Callable[[Chat], tuple[Reply, ...]]  # writes down what a reply needs, and gives it
Calendar = Callable[[str | None], File]
Simplify = Callable[[str, str | None], str | None]  # question, issuer → the answer in plain words; None where it cannot


@dataclass(frozen=True, slots=True)
class Helpers:
    """What some places have and others have not."""

    calendar: Calendar | None = None
    simplify: Simplify | None = None  # needs a language model
    waiting: int = 0  # answers that may wait for a language model at the same time
    today: Callable[[], date] = wiring.today


@dataclass(frozen=True, slots=True)
class Desk:
    """The same for all chats of a platform. Safe to share between threads."""

    service: Service
    state: State
    manner: Manner
    public_url: str
    helpers: Helpers

    @property
    def names(self) -> dict[str, str]:
        """How each command is written here."""
        return commands.shown(self.manner.slash)

    def told(self, sentence: str, **values: object) -> str:
        return sentence.format(**self.names, **values)

    def last(self, chat: Chat, within: float) -> Turn | None:
        """The latest question of so many seconds, with its answer."""
        found = self.state.chats.turns(chat, self.state.clock() - within, 1)
        return found[-1] if found else None


def said(text: str) -> Act:
    return only(say(text))


def only(reply: Reply) -> Act:
    """Nothing is written."""
    return lambda _: (reply,)
