"""Server-rendered pages. Plans and questions are hostile text: everything is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.channels.intake import QUESTION_LIMIT
from bot.channels.problems import Problem
from bot.domain import Answer, Issuer, Plan, Status
from bot.render import blocks, is_repaired, pieces, shows_repair, source_line

_OFFERED = 24  # choices shown when a question names no issuer; more would bury the question
_EXAMPLES = (
    "{} phải gửi báo cáo hằng năm chậm nhất ngày nào?",
    "Có những hình thức khen thưởng nào ở {}?",
    "Kế hoạch của {} do ai ký?",
)


class Pages:
    def __init__(self) -> None:
        self._env = Environment(
            loader=PackageLoader("bot.channels", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._env.globals.update(limit=QUESTION_LIMIT, source_line=source_line, shows_repair=shows_repair)

    def home(
        self,
        issuers: Sequence[Issuer],
        *,
        question: str = "",
        chosen: str = "",
        conversation: str = "",
        answer: Answer | None = None,
        problem: str = "",
    ) -> str:
        """The question box and, where a question was asked, its answer."""
        return self._page(
            "home.html",
            issuers=sorted(issuers, key=lambda i: (i.province, i.name)),
            question=question,
            chosen=chosen,
            conversation=conversation,
            answer=answer,
            problem=problem,
            pieces=pieces(answer) if answer else (),
            choices=_choices(answer, issuers),
            names={i.slug: i.full_name for i in issuers},
            examples=[text.format(i.full_name) for text, i in zip(_EXAMPLES, issuers, strict=False)],
        )

    def plans(self, plans: Sequence[Plan]) -> str:
        return self._page(
            "plans.html",
            plans=sorted(plans, key=lambda p: (p.issuer.province, p.issuer.name, p.id)),
            repaired=is_repaired,
        )

    def plan(self, plan: Plan) -> str:
        """The whole text, an anchor for each section."""
        return self._page("plan.html", plan=plan, blocks=list(blocks(plan)), repaired=is_repaired(plan))

    def problem(self, problem: Problem) -> str:
        return self._page("problem.html", problem=problem.document())

    def api(self, schema: dict[str, Any]) -> str:
        return self._page("api.html", schema=schema)

    def _page(self, template: str, **values: Any) -> str:
        return self._env.get_template(template).render(**values)


def _choices(answer: Answer | None, issuers: Sequence[Issuer]) -> list[Issuer]:
    """Whom the question could be about: those the answer offers, else all while they are few."""
    if answer is None or answer.status is not Status.NEEDS_ISSUER:
        return []
    return ([i for i in issuers if i.slug in answer.issuers] or list(issuers))[:_OFFERED]
