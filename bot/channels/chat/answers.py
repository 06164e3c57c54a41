"""An answer as a chat shows it: the answer first, then the sentences that prove it, then what may come next. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from bot.channels.chat import sentences
from bot.channels.chat.nouns import Button, Part, words
from bot.domain import Answer, Citation, Status
from bot.render import answer_json, shows_repair
from bot.text import squash, tokens

_HEADING = 90  # characters of a heading that say where a quote stands
_MARKS = re.compile(r"\[(\d{1,3})\](?:\s*\[(\d{1,3})\])+")
_FIELDS = frozenset(f.name for f in fields(Citation))


def kept(answer: Answer) -> dict[str, Any]:
    """What is remembered of an answer: as `POST /api/v1/ask` gives it."""
    return answer_json(answer, conversation_id="", took_ms=0)


def citations(body: dict[str, Any]) -> tuple[Citation, ...]:
    """The citations of a remembered answer."""
    return tuple(Citation(**{n: v for n, v in row.items() if n in _FIELDS}) for row in body.get("citations", ()))


def told(answer: Answer, nguon: str, public_url: str, limit: int) -> tuple[Part, ...]:
    """The parts of an answer, with at most `limit` quotes. Of a quote that the answer repeats anyway only the place is
    told."""
    said = squash(answer.text)
    shown = [c for c in answer.citations if squash(c.quote) not in said]
    repeated = [c for c in answer.citations if squash(c.quote) in said]
    parts = [words(joined_marks(answer.text)), *places(repeated, public_url, answer.citations)]
    parts += quotes(shown[:limit], public_url, answer.citations)
    if len(shown) > limit:
        parts.append(words(sentences.ALSO_QUOTED.format(count=len(shown) - limit, nguon=nguon)))
    return tuple(parts)


def quotes(shown: Sequence[Citation], public_url: str, among: Sequence[Citation] = ()) -> list[Part]:
    """Each quote with its place; the plan is named once where all come from one."""
    among = among or shown
    alone = len({c.plan_id for c in among}) == 1
    parts: list[Part] = []
    for citation in shown:
        url = f"{public_url.rstrip('/')}{citation.url}" if public_url else ""
        parts += [
            Part("quote", squash_lines(citation.quote), mark=f"[{citation.mark}]"),
            Part("source", _place(citation, alone), url),
        ]
    if alone and among:
        parts.append(Part("source", among[0].plan_title))
    return parts


def places(repeated: Sequence[Citation], public_url: str, among: Sequence[Citation]) -> list[Part]:
    """Where quotes stand that need not be shown, each place once: "[1] [2] Mục VI.3"."""
    alone = len({c.plan_id for c in among}) == 1
    marks: dict[tuple[str, str], str] = {}
    for c in repeated:
        place = _place(c, alone), f"{public_url.rstrip('/')}{c.url}" if public_url else ""
        marks[place] = f"{marks.get(place, '')} [{c.mark}]".strip()
    return [
        Part("source", f"{joined_marks(found) if len(among) > 1 else ''} {text}".strip(), url)
        for (text, url), found in marks.items()
    ]


def _place(citation: Citation, alone: bool) -> str:
    section = citation.section
    # "Điều 2", "Chương II" already say what they are.
    place = f"Mục {section}" if section and " " not in section else section
    heading = citation.heading if squash(citation.heading) not in squash(citation.quote) else ""
    found = [place, shortened(heading), "" if alone else citation.plan_title]
    if shows_repair(citation):
        found.append(sentences.REPAIRED)
    return " – ".join(part for part in found if part)


def buttons(answer: Answer, question: str, turn: int, suggestions: int) -> tuple[tuple[Button, ...], ...]:
    """What may come next: at most so many other questions; and whether the answer was right."""
    names = answer.status is Status.NEEDS_ISSUER
    offered = [(n, text) for n, text in enumerate(answer.suggestions) if names or tokens(text) != tokens(question)]
    rows = [
        (Button(text[:1].upper() + text[1:], f"s{turn}.{n}"),) for n, text in offered[: None if names else suggestions]
    ]
    if names or answer.status is Status.GREETING:
        return tuple(rows)
    return (*rows, (Button(sentences.LIKE, f"l{turn}.1"), Button(sentences.DISLIKE, f"l{turn}.0")))


def joined_marks(text: str) -> str:
    """ "[2] [3] [4]" → "[2–4]": a row of brackets reads badly in a chat."""

    def join(match: re.Match[str]) -> str:
        marks = [int(n) for n in re.findall(r"\d+", match[0])]
        in_row = marks == list(range(marks[0], marks[0] + len(marks))) and len(marks) > 2
        return f"[{marks[0]}–{marks[-1]}]" if in_row else f"[{', '.join(map(str, marks))}]"

    return _MARKS.sub(join, text)


def squash_lines(text: str) -> str:
    """Lines stay lines, without white space at their ends and without blank ones."""
    return "\n".join(line for line in map(squash, text.splitlines()) if line)


def shortened(text: str, limit: int = _HEADING) -> str:
    """Cut between two words, with a sign that it was."""
    text = squash(text)
    if len(text) <= limit:
        return text
    return text[:limit].rpartition(" ")[0].rstrip(" ,;:-–") + "…"
