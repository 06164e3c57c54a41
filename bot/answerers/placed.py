"""In which part of the plan a thing stands: "nằm ở mục nào", "thuộc nhóm nhiệm vụ nào", "điều mấy"."""

from __future__ import annotations

import re
from dataclasses import replace

from .. import replies
from ..domain import Plan, Section, Span
from ..findings import Claim, Finding
from ..text import fold, sentences, squash
from .shared import span

_KINDS = re.compile(r"noi dung|nhiem vu|giai phap|muc tieu|chi tieu|tieu chi|yeu cau|muc dich")
_NUMBER = re.compile(r"(?:[\s*#-]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\))*")
_TITLE = 30  # words of a clause at most, where its first sentence tells what it is about: "5. Thi đua phát triển …."


def with_place(found: Finding, kind: str) -> Finding:
    """What was found, each after the number and the title of the section that says it and of the one above it.

    `kind`: the part asked for, folded; what stands under headings that name it goes before all else.
    """
    if not found.stated:
        return found
    plan = found.plan
    at = {c: plan.section_at(c.spans[0].start) for c in found.claims if c.spans}
    meant = set(_KINDS.findall(kind))
    under = [c for c, s in at.items() if s and meant & set(_KINDS.findall(fold(" / ".join(plan.headings(s.path)))))]
    claims: list[Claim] = []
    for claim in under or found.claims:
        place = told(plan, section) if (section := at.get(claim)) else None
        claims += [place, claim] if place and place not in claims else [claim]
    return replace(found, claims=tuple(claims), brief=claims[0].text.rstrip(":"))


def told(plan: Plan, section: Section) -> Claim:
    """ "Mục II.5 “Thi đua phát triển xã hội số”, thuộc mục II “NỘI DUNG PHONG TRÀO THI ĐUA”." """
    chain = sorted(_above(plan, section), key=lambda s: -s.level)
    titled = [(s, title) for s in chain if (title := _title(plan, s))]
    named = titled if titled and titled[0][0] is section else [(section, None), *titled]
    parts = [_named(plan, s, title) for s, title in named[:2]]
    text = replies.PLACED.format(place=replies.PLACED_UNDER.join(parts))
    proof = [title for _, title in named[:2] if title] or [span(plan, section.start, section.end)]
    return Claim(text[:1].upper() + text[1:], tuple(proof), tuple(s.path for s, _ in named[:2]))


def _above(plan: Plan, section: Section) -> list[Section]:
    """The section and those that it stands under."""
    return [s for s in plan.sections if s.start <= section.start and s.end >= section.end and s.level <= section.level]


def _title(plan: Plan, section: Section) -> Span | None:
    """Its heading; the first sentence of a clause that is short enough to be one."""
    if section.heading:
        at = plan.text.find(section.heading, section.start)
        exact = 0 <= at < max(section.body, section.start + 1)
        return Span(plan.id, at, at + len(section.heading)) if exact else span(plan, section.start, section.body)
    first = sentences(plan.text, section.start, section.end, clauses=False)
    said = [(_NUMBER.match(plan.text, a, b).end(), b) for a, b in first]  # type: ignore[union-attr]
    said = [(a, b) for a, b in said if a < b]
    if len(said) < 2:
        return None
    title = span(plan, *said[0])
    return title if len(plan.quote(title).split()) <= _TITLE else None


def _named(plan: Plan, section: Section, title: Span | None) -> str:
    called = section.path if section.path[:1].isalpha() and " " in section.path else f"mục {section.path}"
    return f"{called} “{squash(plan.quote(title)).rstrip(' .:;')}”" if title else called
