"""Answers and plans in the forms that channels send: JSON, plain text, pieces of a page. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any
from urllib.parse import quote

from bot.domain import Answer, Citation, Deadline, Issuer, Plan, Span, WrittenDate
from bot.reading import letters

REPAIRED = "(đã phục hồi từ bản quét lỗi)"
_MARK = re.compile(r"\[(\d{1,3})\]")
_BOLD, _DIM, _CYAN, _OFF = "\033[1m", "\033[2m", "\033[36m", "\033[0m"


def answer_json(answer: Answer, *, conversation_id: str, took_ms: int) -> dict[str, Any]:
    """The body of `POST /api/v1/ask`; `model` is there only where a language model is configured."""
    told: dict[str, Any] = {
        "status": answer.status.value,
        "answer": answer.text,
        "issuers": list(answer.issuers),
        "conversation_id": conversation_id,
        "as_of": answer.as_of.isoformat(),
        "took_ms": took_ms,
        "citations": [_citation(c) for c in answer.citations],
        "deadlines": _plain(answer.deadlines),
        "suggestions": list(answer.suggestions),
    }
    return told if answer.model is None else told | {"model": _plain(answer.model)}


def plan_json(plan: Plan) -> dict[str, Any]:
    """A plan's metadata; what the document leaves blank is null or empty."""
    return {
        "id": plan.id,
        "url": plan_url(plan.id),
        "issuer": issuer_json(plan.issuer),
        "kind": plan.kind,
        "number": plan.number,
        "date": _iso(plan.when),
        "date_written": plan.when.written,
        "place": plan.place,
        "title": plan.title,
        "movement": list(plan.movement),
        "period": list(plan.period) if plan.period else None,
        "parent": plan.parent,
        "signer": plan.signer,
        "signer_office": plan.signer_office,
        "recipients": list(plan.recipients),
        "source_name": plan.source_name,
        "pages": len(plan.pages),
        "replaces": plan.replaces,
        "repaired": is_repaired(plan),
    }


def full_plan_json(plan: Plan) -> dict[str, Any]:
    return plan_json(plan) | {
        "text": plan.text,
        "outline": [
            {"path": s.path, "heading": s.heading, "start": s.start, "end": s.end, "empty": s.empty}
            for s in plan.sections
        ],
        "facts": {f.name: [_fact(plan, x) for x in getattr(plan.facts, f.name)] for f in fields(plan.facts)},
        "warnings": list(plan.warnings),
    }


def deadline_json(plan: Plan, deadline: Deadline, due: date) -> dict[str, Any]:
    """One day on which a duty falls due."""
    return {
        "plan_id": plan.id,
        "plan_title": plan.title,
        "issuer": plan.issuer.slug,
        **_fact(plan, deadline),
        "date": deadline.when.written,
        "day": due.isoformat(),
        "last_safe_day": (due if deadline.inclusive else due - timedelta(days=1)).isoformat(),
        "url": plan_url(plan.id, deadline.section),
    }


def issuer_json(issuer: Issuer) -> dict[str, str]:
    return {"slug": issuer.slug, "name": issuer.name, "kind": issuer.kind, "province": issuer.province}


def plan_url(plan_id: str, section: str = "") -> str:
    return f"/plans/{plan_id}#{quote(section)}" if section else f"/plans/{plan_id}"


def terminal(answer: Answer, *, colour: bool) -> str:
    """The answer, then each quote with its mark, section and plan."""
    bold, dim, cyan, off = (_BOLD, _DIM, _CYAN, _OFF) if colour else ("", "", "", "")
    parts = [f"{bold}{visible(answer.text)}{off}"]
    for c in answer.citations:
        note = f"\n    {REPAIRED}" if shows_repair(c) else ""
        parts.append(f"{cyan}[{c.mark}]{off} “{visible(c.quote)}”{note}\n    {dim}{visible(source_line(c))}{off}")
    if answer.suggestions:
        parts.append("Gợi ý:\n" + "\n".join(f"  - {visible(s)}" for s in answer.suggestions))
    return "\n\n".join(parts)


def visible(text: str) -> str:
    """Text without the control characters that could drive a terminal."""
    return "".join(c for c in text if c == "\n" or c.isprintable())


def source_line(citation: Citation) -> str:
    """Where a quote stands: "Mục VI.1 – heading – title"."""
    place = section_name(citation.section)
    return " – ".join(part for part in (place, citation.heading, citation.plan_title) if part)


def section_name(path: str) -> str:
    """ "VI.1" → "Mục VI.1"; "Điều 2" and "Chương II" already say what they are."""
    return f"Mục {path}" if path and " " not in path else path


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of an answer's text; `mark` is the citation it stands for, 0 for words."""

    text: str
    mark: int = 0


def pieces(answer: Answer) -> list[Piece]:
    """The answer's text cut at its marks; a mark without a citation stays words."""
    known = {c.mark for c in answer.citations}
    found: list[Piece] = []
    here = 0
    for match in _MARK.finditer(answer.text):
        if int(match[1]) in known:
            found += [Piece(answer.text[here : match.start()]), Piece(match[0], int(match[1]))]
            here = match.end()
    return [p for p in (*found, Piece(answer.text[here:])) if p.text]


def is_repaired(plan: Plan) -> bool:
    """Whether letters of the text as received had to be restored."""
    return any(
        letters(plan.text[e.text_start : e.text_end]) != letters(plan.source[e.source_start : e.source_end])
        for e in plan.map.edits
        if not e.same
    )


def shows_repair(citation: Citation) -> bool:
    """Whether a reader has to be told: markdown's marks left out are no repair."""
    return citation.repaired and letters(citation.quote) != letters(citation.source_quote)


def _citation(citation: Citation) -> dict[str, Any]:
    """`page` only where the file has pages."""
    told: dict[str, Any] = _plain(citation)
    return {name: value for name, value in told.items() if name != "page" or value is not None}


def _fact(plan: Plan, fact: Any) -> dict[str, Any]:
    told: dict[str, Any] = _plain(fact)
    return told | {"start": fact.span.start, "end": fact.span.end, "quote": plan.quote(fact.span)}


def _iso(when: WrittenDate) -> str | None:
    if when.day is None or when.month is None or when.year is None:
        return None
    return f"{when.year:04d}-{when.month:02d}-{when.day:02d}"


def _plain(value: Any) -> Any:
    """Domain values as JSON values. A fact's span is told by its start, end and quote instead."""
    if is_dataclass(value):
        values = {f.name: getattr(value, f.name) for f in fields(value)}
        return {name: _plain(v) for name, v in values.items() if not isinstance(v, Span)}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
