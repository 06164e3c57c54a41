"""Server-rendered pages. Plans and questions are hostile text: everything is escaped, what hides in it is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.channels import parts
from bot.channels.intake import QUESTION_LIMIT
from bot.channels.problems import Problem
from bot.domain import Answer, Deadline, Issuer, Plan, Span, Status
from bot.reading import blocks
from bot.render import is_repaired, shows_repair
from bot.text import fold

_OFFERED = 24  # choices shown when a question names no issuer; more would bury the question
_LISTED = 200  # deadlines on one page
_BOXED = 150  # issuers in a box to choose from: a province has as many, and a box of the country weighs 200 KiB
_FOUND = 100  # issuers found on one page
_EXAMPLES = (
    "{} phải gửi báo cáo hằng năm chậm nhất ngày nào?",
    "Có những hình thức khen thưởng nào ở {}?",
    "Kế hoạch của {} do ai ký?",
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the answers that are compared."""

    issuer: Issuer
    answer: Answer


class Pages:
    def __init__(self) -> None:
        self._files: dict[str, str] = {}
        self._env = Environment(
            loader=PackageLoader("bot.channels", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=parts.shown,
        )
        self._env.globals.update(
            limit=QUESTION_LIMIT,
            files=self._files,
            stands=parts.stands,
            issuer_of=parts.issuer_of,
            shows_repair=shows_repair,
            quote_url=parts.quote_url,
            paragraphs=parts.paragraphs,
            copied=parts.copied,
        )

    def name_file(self, name: str, address: str) -> None:
        """Where pages find a file of ours."""
        self._files[name] = address

    def home(
        self,
        issuers: Sequence[Issuer],
        *,
        question: str = "",
        chosen: str = "",
        conversation: str = "",
        answer: Answer | None = None,
        problem: str = "",
        embed: bool = False,
    ) -> str:
        """The question box and, where a question was asked, its answer."""
        known = {i.slug: i for i in issuers}
        offered = [known[chosen]] if chosen in known else issuers
        return self._page(
            "home.html",
            **_boxed(issuers, chosen),
            question=question,
            chosen=chosen,
            issuer=known.get(chosen),
            conversation=conversation,
            answer=answer,
            problem=problem,
            choices=_choices(answer, issuers),
            names=_names(issuers),
            examples=[text.format(offered[n % len(offered)].full_name) for n, text in enumerate(_EXAMPLES) if offered],
            embed=embed,
        )

    def compare(
        self,
        issuers: Sequence[Issuer],
        *,
        question: str,
        first: str,
        second: str,
        sides: Sequence[Side],
        problem: str,
    ) -> str:
        """One question, two issuers, the answers side by side."""
        return self._page(
            "compare.html",
            **_boxed(issuers, first, second),
            question=question,
            first=first,
            second=second,
            sides=sides,
            problem=problem,
            names=_names(issuers),
        )

    def deadlines(
        self, issuers: Sequence[Issuer], chosen: Issuer | None, found: Sequence[tuple[Plan, Deadline, date]], day: date
    ) -> str:
        """What falls due in the year from `day`, by month."""
        dues = [parts.due_on(*row) for row in found[:_LISTED]]
        months = [(month, list(rows)) for month, rows in groupby(dues, key=lambda due: due.day.replace(day=1))]
        return self._page(
            "deadlines.html",
            **_boxed(issuers, chosen.slug if chosen else ""),
            chosen=chosen,
            months=months,
            today=day,
            cut=len(found) > _LISTED,
        )

    def issuers(self, issuers: Sequence[Issuer], wanted: str) -> str:
        """Issuers to choose from, those whose name or province holds each syllable of `wanted`, accents or not."""
        syllables = fold(wanted).split()
        held = [(i, fold(f"{i.full_name} {i.province}").split()) for i in issuers]
        found = [i for i, words in held if all(any(w.startswith(s) for w in words) for s in syllables)]
        return self._page(
            "issuers.html", issuers=_sorted(found)[:_FOUND], wanted=wanted, cut=len(found) > _FOUND, total=len(issuers)
        )

    def plans(self, plans: Sequence[Plan]) -> str:
        return self._page(
            "plans.html",
            plans=sorted(plans, key=lambda p: (p.issuer.province, p.issuer.name, p.id)),
            repaired=is_repaired,
        )

    def plan(self, plan: Plan, shown: Span | None = None, *, stale: bool = False, panel: bool = False) -> str:
        """The whole text, an anchor for each section, the quote at `shown` marked.

        `stale`: a quote was asked for that does not stand there any more. `panel`: the text alone, to be shown beside
        an answer.
        """
        return self._page(
            "document.html" if panel else "plan.html",
            plan=plan,
            blocks=list(blocks(plan, shown)),
            repaired=is_repaired(plan),
            stale=stale,
            panel=panel,
        )

    def problem(self, problem: Problem) -> str:
        return self._page("problem.html", problem=problem.document())

    def api(self, schema: dict[str, Any]) -> str:
        return self._page("api.html", schema=schema)

    def _page(self, template: str, **values: Any) -> str:
        return self._env.get_template(template).render(**{"embed": False} | values)


def _boxed(issuers: Sequence[Issuer], *chosen: str) -> dict[str, Any]:
    """Whom a box offers: all while they are few, else those chosen and their provinces; the others are searched for."""
    if len(issuers) <= _BOXED:
        return {"issuers": _sorted(issuers), "others": False}
    provinces = {i.province for i in issuers if i.slug in chosen}
    return {"issuers": _sorted([i for i in issuers if i.province in provinces]), "others": True}


def _sorted(issuers: Sequence[Issuer]) -> list[Issuer]:
    return sorted(issuers, key=lambda i: (i.province, i.name))


def _names(issuers: Sequence[Issuer]) -> dict[str, str]:
    return {i.slug: i.full_name for i in issuers}


def _choices(answer: Answer | None, issuers: Sequence[Issuer]) -> list[Issuer]:
    """Whom the question could be about: those the answer offers, else all while they are few."""
    if answer is None or answer.status is not Status.NEEDS_ISSUER:
        return []
    return ([i for i in issuers if i.slug in answer.issuers] or list(issuers))[:_OFFERED]
