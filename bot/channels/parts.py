"""Parts of a page: what stands in an answer, where its quotes stand, what falls due. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import quote as percent

from bot.dates import last_safe_day
from bot.domain import Answer, Citation, Deadline, Plan
from bot.reading import QUOTE_ID, place
from bot.render import Piece, pieces, section_name, shows_repair, source_line

_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Due:
    """A day on which a duty falls due, as the page tells it."""

    plan: Plan
    deadline: Deadline
    day: date
    last_safe_day: date
    url: str
    stands: str  # the clause's place: "Mục V.1"


def quote_url(citation: Citation) -> str:
    """Where the quote is shown in its plan."""
    return _url(citation.plan_id, citation.start, citation.end, citation.quote)


def paragraphs(answer: Answer) -> list[tuple[bool, list[list[Piece]]]]:
    """The answer's text by lines, those of a list together: whether it is a list, its lines cut at their marks."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces(answer):
        first, *rest = piece.text.split("\n")
        lines[-1].append(Piece(first, piece.mark))
        lines += [[Piece(text)] for text in rest]
    full = [line for line in lines if any(p.text.strip() for p in line)]
    listed = [(line[0].text.startswith("- "), line) for line in full]
    return [
        (is_list, [[Piece(line[0].text.removeprefix("- "), line[0].mark), *line[1:]] for _, line in group])
        for is_list, group in groupby(listed, key=lambda row: row[0])
    ]


def copied(answer: Answer, names: dict[str, str]) -> str:
    """The answer, each quote, and where it stands, as plain text to be pasted into a report."""
    parts = [answer.text]
    for c in answer.citations:
        stands = " – ".join(part for part in (source_line(c), issuer_of(c, names)) if part)
        received = f"\n(Bản nhận được ghi: {c.source_quote})" if shows_repair(c) else ""
        parts.append(f"[{c.mark}] “{c.quote}”{received}\n{stands}")
    return "\n\n".join(parts)


def due_on(plan: Plan, deadline: Deadline, day: date) -> Due:
    span = deadline.span
    url = _url(plan.id, span.start, span.end, plan.quote(span))
    return Due(plan, deadline, day, last_safe_day(deadline, day), url, section_name(deadline.section) or plan.title)


def issuer_of(citation: Citation, names: dict[str, str]) -> str:
    """Whose plan it is, where its title does not say so already."""
    name = names.get(citation.issuer, "")
    return "" if name in citation.plan_title else name


def stands(citation: Citation) -> str:
    """What the link to a quote says: its section, of which the plan's title is told beside it."""
    place = section_name(citation.section)
    return " – ".join(part for part in (place, citation.heading) if part) if place else citation.plan_title


def _url(plan_id: str, start: int, end: int, quote: str) -> str:
    return f"/plans/{percent(plan_id)}?trich={place(start, end, quote)}#{QUOTE_ID}"


def shown(value: Any) -> Any:
    """Text without controls and without what turns its direction: both make a reader see what is not written."""
    if type(value) is not str or value.isprintable():
        return value
    return "".join(c for c in value if c in "\n\t" or (unicodedata.category(c) not in ("Cc", "Cs") and c not in _TURNS))
