"""Reminders of deadlines: per chat, issuer and lead time, once each, in the morning.

That one was sent is written in the transaction that queues it, under the name of the deadline, its day and the lead: a
restart, a second process or a clock set back sends nothing twice. One that the platform would not take is written down
as not sent. A day that was missed is caught up while it helps.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime

from bot.channels.channel import Channel
from bot.channels.chat import commands, sentences
from bot.channels.chat.ahead import Ahead, ahead, reminder
from bot.channels.chat.nouns import Manner, Reply
from bot.state import Reminder, State
from bot.wiring import ZONE, Service, UnknownIssuer

_LOG = logging.getLogger(__name__)
_FROM, _UNTIL = 8, 20  # hours of the day at which a message is welcome
_LATE = 2  # days for which a reminder that was missed is caught up


class Reminders:
    """Safe to run at any time, also twice at once."""

    def __init__(
        self,
        channel: Channel,
        service: Service,
        state: State,
        public_url: str = "",
        queued: Callable[[], None] = lambda: None,
        manner: Manner | None = None,
    ) -> None:
        """`queued` is called when there is something to send."""
        manner = manner or Manner()
        self._channel, self._service, self._state = channel, service, state
        self._public_url, self._queued = public_url, queued
        self._window = manner.window
        self._stop = sentences.REMIND_STOP.format(**commands.shown(manner.slash))

    def send(self) -> int:
        """Queues what is due now; how many. Raises SnapshotError."""
        now = datetime.fromtimestamp(self._state.clock(), ZONE)
        wanted = self._state.chats.reminders(self._channel.name)
        if not wanted or not _FROM <= now.hour < _UNTIL:
            return 0
        leads: defaultdict[tuple[int, str], dict[int, Reminder]] = defaultdict(dict)
        for one in wanted:
            leads[one.chat_id, one.issuer][one.lead] = one
        found = {issuer: self._ahead(issuer, now) for issuer in {one.issuer for one in wanted}}
        sent = 0
        for (_, issuer), asked in leads.items():
            for due in found[issuer]:
                lead = lead_due(asked, (due.last_safe_day - now.date()).days)
                sent += lead is not None and self._remind(asked[lead], due, now)
        if sent:
            self._queued()
        return sent

    def _ahead(self, issuer: str, now: datetime) -> list[Ahead]:
        try:
            return ahead(self._service, issuer, now.date())
        except UnknownIssuer:  # its plans have left the collection
            return []

    def _remind(self, one: Reminder, due: Ahead, now: datetime) -> bool:
        told = Reply(reminder(due, now.date(), self._public_url, self._stop))
        key = f"remind:{one.chat_id}:{due.uid}:{due.day}:{one.lead}"
        messages = [(f"{key}:{n}", one.address, body) for n, body in enumerate(self._channel.bodies(told, None))]
        barred = 0 < self._window < self._state.clock() - one.seen
        with self._state.together():
            outcome = "not sent: outside the window" if barred else "queued"
            first = self._state.chats.mark_reminded(one.chat_id, due.uid, due.day, one.lead, outcome)
            if first and not barred:
                self._state.queues.send(self._channel.name, messages)
        if first and barred:
            _LOG.info("%s: a reminder is not sent: the user's last word is too long ago", self._channel.name)
        return first and not barred


def lead_due(leads: Iterable[int], left: int) -> int | None:
    """Which of the lead times asked for belongs to a day with so many left, None for none.

    Only the shortest that holds: who was away is not told twice on one morning. It is caught up for `_LATE` days.
    """
    lead = min((lead for lead in leads if lead >= left >= 0), default=None)
    return lead if lead is not None and lead - left <= _LATE else None
