"""What the office learns: what could not be answered, what people thought, how many asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.state import Feedback, State, Unanswered
from bot.wiring import ZONE

_DAY = 86400.0


def unanswered(state: State, days: int) -> dict[str, Any]:
    """The questions of the last days that nobody could answer, the latest first."""
    rows = state.reports.unanswered(state.clock() - days * _DAY)
    return {"days": days, "questions": _told(rows, "channel", "status", "kind", "issuer", "question")}


def feedback(state: State, days: int) -> dict[str, Any]:
    """What people thought of answers, the latest first; without who they are."""
    rows = state.reports.feedback(state.clock() - days * _DAY)
    return {"days": days, "feedback": _told(rows, "channel", "liked", "words", "question", "answer")}


def weeks(state: State, count: int) -> dict[str, Any]:
    """Questions of each week, from its Monday on, by how they ended and what was asked for; the latest first."""
    now = datetime.fromtimestamp(state.clock(), ZONE)
    monday = (now - timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    told = []
    for number in range(count):
        start = monday - timedelta(weeks=number)
        counts = state.reports.counts(start.timestamp(), (start + timedelta(weeks=1)).timestamp())
        statuses: dict[str, int] = {}
        kinds: dict[str, int] = {}
        for (status, kind), asked in counts.items():
            statuses[status] = statuses.get(status, 0) + asked
            kinds[kind] = kinds.get(kind, 0) + asked
        told.append(
            {"from": start.date().isoformat(), "asked": sum(counts.values()), "status": statuses, "kind": kinds}
        )
    return {"weeks": told}


def table(told: dict[str, Any]) -> str:
    """The unanswered questions for a terminal."""
    if not told["questions"]:
        return f"Không có câu nào chưa trả lời được trong {told['days']} ngày qua."
    lines = []
    for row in told["questions"]:
        at = row["at"][:16].replace("T", " ")
        lines.append(f"{at}  {row['status']:<17} {row['issuer'] or '-':<16} {_printable(row['question'])}")
    return "\n".join(lines)


def _told(rows: Sequence[Unanswered | Feedback], *fields: str) -> list[dict[str, Any]]:
    """When, and these of each; who asked is no field of a row."""
    return [{"at": _when(row.at)} | {name: getattr(row, name) for name in fields} for row in rows]


def _printable(text: str) -> str:
    """Without what could drive a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def _when(at: float) -> str:
    return datetime.fromtimestamp(at, ZONE).isoformat(timespec="seconds")
