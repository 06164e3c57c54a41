"""Yes, no or a correction, where a question takes the day of a deadline for granted."""

from __future__ import annotations

import re

from .. import replies
from ..domain import Deadline
from ..question import Question
from ..text import fold
from ..wants import Want


def claimed(question: Question) -> tuple[str, ...]:
    return tuple(t.date.written for t in question.asserted)


def judged(question: Question, dated: list[Deadline], sentence: str) -> str:
    """The sentence with yes or no before it, or with the correction of a day that was taken for granted."""
    days = [(t.date.day, t.date.month) for t in question.asserted]
    if not days:
        return sentence
    asked = Want.YES_NO in question.wants
    if agree(days, dated):
        if asked and _too_late(question, dated):
            return f"{replies.NO} {sentence}"
        return f"{replies.RIGHT} {sentence}" if asked else sentence
    wrong = replies.NOT_SO.format(claimed=", ".join(t.date.written for t in question.asserted))
    return (f"{replies.NO} " if asked else "") + sentence.rstrip(".") + wrong + "."


def _too_late(question: Question, dated: list[Deadline]) -> bool:
    """Whether the day asked about is no longer in time: "sau 05/11", "đúng ngày 15/12" of "trước ngày 15/12"."""
    said = fold(question.said)
    for time in question.asserted:
        at = rf"(?:ngay\s+)?{re.escape(re.sub(r'^[^0-9]+', '', fold(time.date.written)))}"
        if re.search(rf"\b(?:sau|qua)\s+{at}", said):
            return True
        if re.search(rf"(?<!truoc )(?<!han )(?:\bdung\s+|\bvao\s+|\b(?:nop|gui|bao cao)\s+){at}", said):
            return not any(d.inclusive for d in dated)
    return False


def agree(days: list[tuple[int | None, int | None]], dated: list[Deadline]) -> bool:
    written = {(d.when.day, d.when.month) for d in dated}
    return all(day in written or (day[1] is None and day[0] in {d for d, _ in written}) for day in days)
