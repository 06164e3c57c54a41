"""A section asked for by its number, the way officials say it: "Điều 5 nói gì", "khoản 2 Điều 8", "mục V.2"."""

from __future__ import annotations

import re
from dataclasses import replace

from .. import replies
from ..domain import Plan, Section
from ..findings import Claim, Finding
from ..question import Question
from ..text import fold
from . import lists
from .shared import Context, held, line, span

_ARTICLE = re.compile(r"\bdieu 0*(\d{1,3})\b")
_CLAUSE = re.compile(r"\bkhoan (\d{1,2})\b")
_POINT = re.compile(r"\bdiem ([a-z])\b")
_NAMED = re.compile(r"\b(chuong|phan|phu luc) (?:thu )?([ivxl]+|\d{1,2})\b")
_PATH = re.compile(r"\b(?:muc|phan) ((?:[ivxl]+|\d{1,2})(?:\.\d{1,2})*(?:\.[a-z])?)(?![\w.])")
_WORDS = {"chuong": "Chương", "phu luc": "Phụ lục"}
_ITEM_OF = re.compile(r"\bmuc (\d{1,2}|[a-z])\b.{0,12}\b(?:phan|muc) ([ivxl]+)\b")


def answer(question: Question, plan: Plan, context: Context) -> Finding | None:
    wanted = asked_path(fold(question.said))
    if not wanted:
        return None
    found = [s for s in plan.sections if _bare(s.path) == fold(wanted)]
    if not found:
        return Finding(plan, (), stated=False, missing=replies.MISSING_SECTION.format(section=wanted))
    return told(question, plan, max(found, key=lambda s: (_named(question, plan, s), s.start)))


def _bare(path: str) -> str:
    """Without the document issued with the main one, and "Điều 07" as "Điều 7"."""
    return re.sub(r"\b0+(?=\d)", "", fold(path.rsplit(" – ", 1)[-1]))


def asked_path(said: str) -> str:
    """The path that the folded question names, "" for none: "Điều 9.2.a", "V.2", "Chương II"."""
    clause, point = _CLAUSE.search(said), _POINT.search(said)
    below = [m[1] for m in (clause, point) if m]
    if article := _ARTICLE.search(said):
        return ".".join((f"Điều {article[1]}", *below))
    if item := _ITEM_OF.search(said):
        return f"{item[2].upper()}.{item[1]}"
    if path := _PATH.search(said):
        first, *rest = path[1].split(".")
        return ".".join((first.upper(), *rest, *below))
    if named := _NAMED.search(said):
        return f"{_WORDS.get(named[1], 'Phần')} {named[2].upper()}"
    return ""


def _named(question: Question, plan: Plan, section: Section) -> float:
    """How well the section, or the document it belongs to, is what the question speaks of besides its number."""
    part = section.path.rsplit(" – ", 1)[0] if " – " in section.path else ""
    return held(question.terms, " ".join(plan.headings(section.path))) + (fold(part) in fold(question.said))


def told(question: Question, plan: Plan, section: Section) -> Finding | None:
    """The heading, then all that stands under it."""
    inside = lists.listed(replace(question, wants=()), plan, section)
    if not section.heading:
        where = span(plan, section.start, section.end)
        return Finding(plan, (Claim(line(plan.quote(where), 900), (where,)),), brief=line(plan.quote(where), 260))
    where = span(plan, section.start, max(section.body, section.start + 1))
    head = Claim(f"{line(plan.quote(where), 300).rstrip(' :.')}{':' if inside else '.'}", (where,))
    if inside is None:
        return Finding(plan, (head,), brief=section.heading)
    return replace(inside, claims=(head, *inside.claims), brief=section.heading)
