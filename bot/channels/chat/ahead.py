"""The deadlines ahead as chats tell them: a list of the next ones, and one reminder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot import replies
from bot.channels.chat import sentences
from bot.channels.chat.answers import shortened, squash_lines
from bot.channels.chat.nouns import Part, words
from bot.domain import Deadline, Plan
from bot.due import upcoming
from bot.render import plan_url
from bot.text import squash
from bot.wiring import Service

_YEAR = timedelta(days=365)
_DUTY, _ACTOR = 160, 120  # characters of one line


@dataclass(frozen=True, slots=True)
class Ahead:
    """One day on which a duty falls due. `uid` names the duty, the same when the plan is read again."""

    uid: str
    plan: Plan
    deadline: Deadline
    day: date  # as the plan states it
    last_safe_day: date


def ahead(service: Service, issuer: str | None, today: date) -> list[Ahead]:
    """What can still be met within a year, in order. Raises UnknownIssuer, SnapshotError."""
    found = upcoming(service.plans(issuer), today, today + _YEAR)
    return [Ahead(d.series.uid, d.series.plan, d.series.deadline, d.day, d.last_safe_day) for d in found]


def listed(found: Sequence[Ahead], today: date, many: bool) -> str:
    """A line for each; `many`: of several issuers, so that each says whose it is."""
    lines = []
    for due in found:
        whose = f"{_capital(due.plan.issuer.full_name)}: " if many else ""
        line = sentences.DUE_LINE.format(day=_day(due), left=_left(due.last_safe_day, today), duty=whose + duty(due))
        lines.append(f"• {line}")
    return "\n".join(lines)


def reminder(due: Ahead, today: date, public_url: str, stop: str) -> tuple[Part, ...]:
    """What is due, until when, and the sentence of the plan that says so."""
    deadline = due.deadline
    days = (due.last_safe_day - today).days
    left = sentences.REMIND_LEFT if days else sentences.REMIND_TODAY
    actor = sentences.DUE_BY.format(actor=shortened(deadline.actor, _ACTOR)) if deadline.actor else ""
    said = [
        left.format(days=days, day=_written(due.last_safe_day)),
        f"{_capital(duty(due))}.",
        actor,
    ]
    url = f"{public_url.rstrip('/')}{plan_url(due.plan.id, deadline.section)}" if public_url else ""
    place = f"Mục {deadline.section}" if deadline.section and " " not in deadline.section else deadline.section
    return (
        Part("title", sentences.REMIND_TITLE.format(issuer=due.plan.issuer.full_name)),
        words("\n".join(line for line in said if line)),
        Part("quote", squash_lines(due.plan.quote(deadline.span))),
        Part("source", " – ".join(part for part in (place, due.plan.title) if part), url),
        words(stop),
    )


def duty(due: Ahead) -> str:
    """ "báo cáo kết quả, gửi về Ủy ban nhân dân xã (qua Phòng Văn hóa - Xã hội)", in one line."""
    deadline = due.deadline
    told = shortened(squash(deadline.duty).rstrip(" .;,"), _DUTY)
    told = told[:1].lower() + told[1:] if told[1:2].islower() else told
    if deadline.recipient and deadline.recipient.lower() not in told.lower():
        told += replies.TO.format(recipient=deadline.recipient)
        told += replies.VIA.format(via=deadline.via) if deadline.via else ""
    return told


def _day(due: Ahead) -> str:
    """As the plan means it: "trước 15/12/2026" leaves until the day before."""
    before = sentences.DUE_BEFORE if due.last_safe_day < due.day else sentences.DUE_UNTIL
    return before.format(day=_written(due.day))


def _left(last: date, today: date) -> str:
    days = (last - today).days
    if days > 1:
        return sentences.DUE_DAYS.format(days=days)
    return sentences.DUE_TOMORROW if days else sentences.DUE_TODAY


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
