"""What is replied to what a chat says. Thinking may take long and writes nothing; what is then written is one step."""

from __future__ import annotations

from collections.abc import Callable

from bot.channels.chat.act import act
from bot.channels.chat.desk import Desk, Helpers
from bot.channels.chat.meant import meant, remember
from bot.channels.chat.nouns import Input, Manner, Reply, Who
from bot.state import Chat, State
from bot.wiring import Service


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
        self._desk = Desk(service, state, manner or Manner(), public_url, helpers or Helpers())
        self.waiting = self._desk.helpers.waiting

    def think(self, who: Who, said: Input) -> Callable[[], tuple[Reply, ...]]:
        """Finds out what to reply. What is returned writes it down and gives the replies: call it once, inside
        `state.together()`, beside what settles the update.

        Raises SnapshotError; nothing is written then.
        """
        desk, chats = self._desk, self._desk.state.chats
        chat = chats.find(who.channel, who.chat) or Chat(0, who.channel, None, 0.0)
        reply = act(desk, who, chat, meant(desk, chat, said))

        def finish() -> tuple[Reply, ...]:
            told = reply(chats.open(who.channel, who.chat))
            remember(desk, who, told)
            return told

        return finish


__all__ = ["Dialogue", "Helpers", "Who"]
