"""Figures of an answer that none of its quotes holds: numbers, dates and document numbers (pure).

The product has a check of its own; this one shares no code with it, so that one slip cannot hide in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from bot.domain import Answer, Rule, Status
from bot.text import fold, nfc

_MARK = re.compile(r"\[\d+\]")
_NUMBERING = re.compile(r"^\s*(?:\d+(?:\.\d+)*[.)]|[-+•*])\s+", re.MULTILINE)
_DENIAL = re.compile(r"\b(?:khong|chua)\b[^.;]*")
_DATE_IN_WORDS = re.compile(r"(\d{1,2}) ?thang ?(\d{1,2})(?:(?: nam |/)(\d{4}))?(?!\d)")
_MONTH_IN_WORDS = re.compile(r"thang ?(\d{1,2}) nam (\d{4})")
_DATE_BY_STROKES = re.compile(r"(?<!\d)(\d{1,2})([.-])(\d{1,2})\2(\d{4})(?!\d)")
_FIGURE = re.compile(
    r"""\d+(?:/\d{4})?[/-](?=[a-z])[a-z0-9]+(?:[/-][a-z0-9]+)*   # document number: 57-nq/tw, 02/kh-ubnd
      | \d{1,2}/\d{1,2}/\d{4}(?!\d) | \d{1,2}/\d{4}(?!\d) | \d{1,2}/\d{1,2}(?!\d)
      | \d+(?:[.,]\d+)*%?""",
    re.VERBOSE,
)

# Only these say something of a plan; a greeting or a question back may count the collection.
_STATING = frozenset({Status.ANSWERED, Status.NOT_STATED})


def unsupported(answer: Answer, asked: Iterable[str]) -> tuple[str, ...]:
    """Figures of the answer's text that stand in none of its quotes, folded, in order, each once.

    Left out: marks, list numbering and the count of the list's lines, the paths of the cited sections, what was
    computed from `as_of` (`as_of` itself and the answer's due dates), and figures of the questions `asked` where the
    answer denies them ("không phải 05/11").
    """
    if answer.status not in _STATING:
        return ()
    quotes = _pool(citation.quote for citation in answer.citations)
    computed = _computed(answer)
    lines = len(_NUMBERING.findall(answer.text))
    if lines > 1:
        computed.add(str(lines))
    questions = _pool(asked)
    found: dict[str, None] = {}
    for line in map(_plain, _without_counts(answer, _without_labels(answer)).split("\n")):
        denials = [match.span() for match in _DENIAL.finditer(line)]
        for match in _FIGURE.finditer(line):
            figure = _normal(match.group())
            denied = figure in questions and any(start < match.start() < end for start, end in denials)
            if figure not in quotes and figure not in computed and not denied:
                found[figure] = None
    return tuple(found)


def _without_labels(answer: Answer) -> str:
    text = _NUMBERING.sub("", _MARK.sub(" ", nfc(answer.text)))
    for path in sorted({c.section for c in answer.citations if c.section}, key=len, reverse=True):
        text = re.sub(rf"(?<![\w.]){re.escape(path)}(?!\w|\.\w)", " ", text)
    return text


def _plain(text: str) -> str:
    """Folded, single spaces, every date as d/m/y, d/m or m/y."""
    text = re.sub(r" ?/ ?", "/", re.sub(r"\s+", " ", fold(nfc(text)))).replace(" %", "%")
    text = _DATE_BY_STROKES.sub(r"\1/\3/\4", text)
    text = _DATE_IN_WORDS.sub(lambda m: "/".join(part for part in m.groups() if part), text)
    return _MONTH_IN_WORDS.sub(r"\1/\2", text)


def _normal(figure: str) -> str:
    """Without leading zeros: "05/11" is "5/11"."""
    return re.sub(r"(?<![\d.,])0+(?=\d)", "", figure)


def _pool(texts: Iterable[str]) -> set[str]:
    """Every figure that the texts support: a whole date supports its parts."""
    pool: set[str] = set()
    for text in texts:
        for match in _FIGURE.finditer(_plain(text)):
            figure = _normal(match.group())
            pool.add(figure)
            pool.update(_normal(run) for run in re.findall(r"\d+", figure))
            pool.add(figure.rstrip("%"))
            parts = figure.split("/")
            if len(parts) == 3 and all(part.isdigit() for part in parts):
                pool.update({"/".join(parts[:2]), "/".join(parts[1:])})
    return pool


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)


_COUNT = re.compile(r"\bcòn (\d+) ngày\b")
_WHOLE_DAY = re.compile(r"\b(\d{1,2})(?:/| tháng )(\d{1,2})(?:/| năm )(\d{4})\b")


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _without_counts(answer: Answer, text: str) -> str:
    """Without the "còn 24 ngày" that leads to a day that is due or written out in a quote; other numbers stay."""
    days = [day for due in answer.deadlines for day in (due.next, due.last_safe_day)]
    days += [_day(*m.groups()) for c in answer.citations for m in _WHOLE_DAY.finditer(c.quote)]
    counts = {(day - answer.as_of).days for day in days if day is not None}
    return _COUNT.sub(lambda m: "" if int(m[1]) in counts else m[0], text)


def _computed(answer: Answer) -> set[str]:
    days: list[date | None] = [answer.as_of]
    figures: set[str] = set()
    for due in answer.deadlines:
        days += [due.next, due.last_safe_day]
        if due.rule is Rule.YEARLY:
            # "Hạn năm 2026 đã qua": the same day a year before and after is worked out too.
            days += [_in_year(day, day.year + off) for day in (due.next, due.last_safe_day) if day for off in (-1, 1)]
    for day in days:
        if day is not None:
            d, m, y = day.day, day.month, day.year
            figures |= {f"{d}/{m}/{y}", f"{d}/{m}", f"{m}/{y}", str(y)}
    return figures
