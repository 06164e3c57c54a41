"""The deadlines of plans as iCalendar (RFC 5545), for programs that subscribe to a feed."""

from __future__ import annotations

import re
import textwrap
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from icalendar import TRANSP, Alarm, Calendar, Event, vText

from bot import replies
from bot.channels.chat.nouns import File
from bot.cite import citation
from bot.domain import Issuer, Plan, Rule
from bot.due import Due, Series, days, deadlines, in_force, life, reviews
from bot.render import shows_repair, source_line, visible
from bot.text import fold
from bot.wiring import ZONE, Service, today

MEDIA_TYPE = "text/calendar"
_DANGLING = re.compile(r"[\s,;:(]+(?:gửi|và|về)?$")  # where the clause goes on to whom
ALARMS = (14, 3, 1)  # days before the last safe day
_HOUR = timedelta(hours=8)  # of the morning; an event of a whole day begins at midnight where its reader is
_REFRESH = timedelta(hours=12)
_AHEAD = 8  # years looked at where a plan names no last one; any eight hold a leap year
_LONGEST_QUOTE, _LONGEST_NAME = 1500, 400  # characters; a feed is read on phones


@dataclass(frozen=True, slots=True)
class Feed:
    name: str  # of a file
    body: bytes
    built: datetime  # when the plans were last read


def feed(
    service: Service, issuer: str | None, start: date | None = None, end: date | None = None, public_url: str = ""
) -> Feed:
    """The calendar of an issuer (a slug), of all where none is given. Raises UnknownIssuer, SnapshotError."""
    plans, built = service.plans(issuer), service.built()
    known = plans[0].issuer if issuer else None
    address = public_url.rstrip("/")
    body = write(plans, today(), built, issuer=known, start=start, end=end, address=address)
    return Feed(f"thoi-han-{known.slug}.ics" if known else "thoi-han.ics", body, built)


def for_chats(service: Service, public_url: str) -> Callable[[str | None], File]:
    """What a chat sends as a file. It raises as `feed` does."""

    def file(issuer: str | None) -> File:
        made = feed(service, issuer, public_url=public_url)
        return File(made.name, MEDIA_TYPE, made.body.decode())

    return file


def write(
    plans: Iterable[Plan],
    day: date,
    built: datetime,
    *,
    issuer: Issuer | None = None,
    start: date | None = None,
    end: date | None = None,
    address: str = "",
) -> bytes:
    """What falls due from `start` to `end`, by default in the whole life of each plan; alarms where it lies ahead.

    The same plans give the same bytes: `built` is the only time in them. `address` is the server's, "" where it is
    not known.
    """
    calendar = Calendar.new(
        prodid="-//hoi-ke-hoach//Hoi ke hoach//VI",
        name=replies.CALENDAR_OF.format(issuer=_line(issuer.full_name)) if issuer else replies.CALENDAR,
        description=replies.CALENDAR_ABOUT,
        method="PUBLISH",
        calscale="GREGORIAN",
        refresh_interval=_REFRESH,
    )
    del calendar["UID"]  # a new one each time, and feeds have addresses
    calendar["REFRESH-INTERVAL"].params["VALUE"] = "DURATION"  # RFC 7986 asks for it
    for name in ("X-WR-CALNAME", "X-WR-CALDESC"):
        calendar[name] = vText(str(calendar[name]))  # as text, its commas escaped
    calendar.add("X-PUBLISHED-TTL", "PT12H")
    calendar.add("X-WR-TIMEZONE", ZONE.key)
    for plan in in_force(plans):
        for series in (*deadlines(plan), *reviews(plan)):
            for event in _events(series, day, start, end, address):
                event.DTSTAMP = event.LAST_MODIFIED = built
                calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(series: Series, day: date, start: date | None, end: date | None, address: str) -> Iterator[Event]:
    """One event that recurs where a rule tells its days, else one for each day."""
    born, ends = life(series.plan)
    if series.deadline.rule is Rule.ONCE:
        found = list(days(series, start or date.min, end or date.max))
    else:
        first = start or born or day.replace(month=1, day=1)
        # "Trước ngày 01/01" may fall due on the day after the period.
        last = end or (ends + timedelta(days=1) if ends else None)
        found = list(days(series, first, last or date(first.year + _AHEAD, 12, 31)))
        rule = recurrence([due.last_safe_day for due in found])
        if rule:
            if last is None:
                del rule["UNTIL"]
            ahead = last is None or found[-1].last_safe_day >= day
            yield _event(series.uid, found[0], rule, ahead, address)
            return
    for due in found:
        yield _event(series.uid if len(found) == 1 else due.uid, due, None, due.last_safe_day >= day, address)


def recurrence(found: list[date]) -> dict[str, Any] | None:
    """The rule that gives these days; None where there is one day only, or no rule gives just them.

    A day near the end of a month may have to be counted from there: the last of February. Months are counted rather
    than listed, since not every program reads a yearly rule of several months.
    """
    if len(found) > 1 and {after - day for day, after in pairwise(found)} == {timedelta(days=7)}:
        return {"FREQ": "WEEKLY", "UNTIL": found[-1]}
    steps = {(after.year - day.year) * 12 + after.month - day.month for day, after in pairwise(found)}
    counted = ({day.day for day in found}, {day.day - monthrange(day.year, day.month)[1] - 1 for day in found})
    of_month = [min(days_of_month) for days_of_month in counted if len(days_of_month) == 1]
    if len(steps) != 1 or not of_month:
        return None
    step = steps.pop()
    rule = {"BYMONTHDAY": of_month[0], "UNTIL": found[-1]}
    if step == 12:
        return {"FREQ": "YEARLY", "BYMONTH": found[0].month, **rule}
    return {"FREQ": "MONTHLY", "INTERVAL": step, **rule}


def _event(uid: str, due: Due, rule: dict[str, Any] | None, ahead: bool, address: str) -> Event:
    series = due.series
    summary = _summary(series)
    about = citation(series.plan, series.deadline.span, 1)
    event = Event.new(
        uid=f"{uid}@hoi-ke-hoach",
        start=due.last_safe_day,
        end=due.last_safe_day + timedelta(days=1),
        summary=summary,
        description="\n".join(_description(due, rule, f"{address}{about.url}" if address else "")),
        categories=[replies.CALENDAR],
        transparency=TRANSP.TRANSPARENT,  # a deadline keeps nobody busy
        url=f"{address}{about.url}" if address else None,
        subcomponents=[
            Alarm.new_display(replies.DUE_ALARM.format(days=before, summary=summary), _HOUR - timedelta(days=before))
            for before in ALARMS
            if ahead and series.deadline.rule is not Rule.WEEKLY  # what comes every week rings no bell three times
        ],
    )
    if rule:
        event.add("RRULE", rule)
    return event


def _summary(series: Series) -> str:
    """Duty, who owes it, where: what tells two of one day apart."""
    deadline, issuer = series.deadline, _line(series.plan.issuer.full_name)
    duty, actor = _DANGLING.sub("", _line(deadline.duty, 60)), _line(deadline.actor, 40)
    shape = replies.DUE_SUMMARY_OF if actor else replies.DUE_SUMMARY
    return shape.format(duty=duty[:1].lower() + duty[1:] if duty[1:2].islower() else duty, actor=actor, issuer=issuer)


def _description(due: Due, rule: dict[str, Any] | None, url: str) -> Iterator[str]:
    plan, deadline = due.series.plan, due.series.deadline
    yield replies.DUE_DUTY.format(duty=_line(deadline.duty))
    if deadline.actor:
        yield replies.DUE_ACTOR.format(actor=_line(deadline.actor))
    if deadline.recipient:
        via = replies.VIA.format(via=_line(deadline.via)) if deadline.via else ""
        yield replies.DUE_TO.format(recipient=_line(deadline.recipient)) + via
    written, every = _line(deadline.when.written), replies.DUE_EVERY.get(deadline.rule, "")
    if rule and deadline.when.month:
        every = replies.DUE_EVERY[Rule.YEARLY]  # "báo cáo 6 tháng trước ngày 15/6" comes once a year
    if rule and f" {fold(every.split()[-1])}" not in fold(f" {written}"):
        written = f"{written}, {every}"
    yield f"{replies.DUE_WHEN.format(written=written)}. {_safe(due, rule)}"
    quote = citation(plan, deadline.span, 1)
    yield ""
    yield f"“{_line(quote.quote, _LONGEST_QUOTE)}”"
    if shows_repair(quote):
        yield replies.REPAIRED
    yield replies.DUE_SOURCE.format(source=_line(source_line(quote)))
    if url:
        yield url


def _safe(due: Due, rule: dict[str, Any] | None) -> str:
    """How the day of the event follows from what is written."""
    deadline = due.series.deadline
    if deadline.when.written == replies.WITHIN_YEAR.format(year=deadline.when.year):
        return replies.DUE_IN_YEAR
    if rule and (rule["FREQ"] != "YEARLY" or rule["BYMONTHDAY"] < 0):
        return "" if deadline.inclusive else replies.DUE_BEFORE
    shape = "%d/%m" if rule else "%d/%m/%Y"
    safe, day = f"{due.last_safe_day:{shape}}", f"{due.day:{shape}}"
    return (replies.DUE_BY_DAY if deadline.inclusive else replies.DUE_BEFORE_DAY).format(safe=safe, day=day)


def _line(text: str, longest: int = _LONGEST_NAME) -> str:
    """One line of visible characters: what a plan holds opens no property of its own."""
    return visible(re.sub(r"[\s,;:-]*…$", "…", textwrap.shorten(text, longest, placeholder=" …")))
