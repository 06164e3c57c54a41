"""What a channel does by the clock: reminders, and dropping what is no longer needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.channels.channel import Channel
from bot.channels.chat.nouns import Manner
from bot.channels.reminders import Reminders
from bot.settings import Settings
from bot.state import State
from bot.wiring import Service

_DAY = 86400.0
_TURNS = 30 * _DAY  # what was said in a chat
_SETTLED = 7 * _DAY  # keys of updates: no platform repeats one after two days
REPORTS = 400 * _DAY  # a year of counts, and the month that is compared with it

Job = tuple[Callable[[], object], float]  # blocks; every so many seconds


def jobs(
    channel: Channel,
    service: Service,
    state: State,
    settings: Settings,
    queued: Callable[[], None],
    manner: Manner | None = None,
) -> Sequence[Job]:
    """Each may run at any time and as often as one likes: what was done is known from the state."""
    reminders = Reminders(channel, service, state, settings.public_url, queued, manner)

    def purge() -> None:
        now = state.clock()
        state.chats.purge(now - _TURNS)
        state.queues.purge(now - _SETTLED)
        state.reports.purge(now - REPORTS)

    return (reminders.send, 60.0), (purge, 3600.0)
