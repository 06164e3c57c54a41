"""Cases → rows, through the same front door as the channels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from time import perf_counter
from typing import Literal, Protocol
from uuid import uuid4

from bot.domain import Answer, Passage, Plan, Status
from bot.text import fold, nfc
from eval.cases import Case, CaseError
from eval.judge import judge, within
from eval.metrics import Row

Mode = Literal["both", "words", "meaning"]
MODES: tuple[Mode, ...] = ("both", "words", "meaning")
DEPTH = 10  # passages looked at for MRR


class Front(Protocol):
    """What the evaluation needs of `bot.wiring.Service`."""

    def ask(
        self,
        question: str,
        *,
        issuer: str | None = None,
        conversation_id: str | None = None,
        as_of: date | None = None,
    ) -> Answer: ...

    def search(
        self, question: str, issuers: tuple[str, ...], limit: int = 10, mode: Mode = "both"
    ) -> list[Passage]: ...

    def plans(self) -> list[Plan]: ...


def run(cases: Sequence[Case], front: Front) -> list[Row]:
    """Ask every case. Raises CaseError where a case is about an issuer or a plan that the index does not hold."""
    plans = {plan.id: plan for plan in front.plans()}
    _check(cases, plans)
    return [_row(case, front, plans) for case in cases]


def _row(case: Case, front: Front, plans: Mapping[str, Plan]) -> Row:
    answer, took_ms = _ask(front, case, case.history, case.question)
    folded = None
    if case.status == Status.ANSWERED:
        bare, _ = _ask(front, case, map(_bare, case.history), _bare(case.question))
        folded = judge(case, bare, plans)
    return Row(
        case=case,
        answer=answer,
        verdict=judge(case, answer, plans),
        took_ms=took_ms,
        folded=folded,
        ranks={mode: _rank(case, front, mode) for mode in MODES} if _searchable(case) else {},
    )


def _ask(front: Front, case: Case, history: Iterable[str], question: str) -> tuple[Answer, float]:
    conversation = uuid4().hex
    for earlier in history:
        front.ask(earlier, issuer=case.issuer, conversation_id=conversation, as_of=case.as_of)
    start = perf_counter()
    answer = front.ask(question, issuer=case.issuer, conversation_id=conversation, as_of=case.as_of)
    return answer, (perf_counter() - start) * 1000


def _bare(text: str) -> str:
    return fold(nfc(text))


def _searchable(case: Case) -> bool:
    """A follow-up has no meaning alone, and the head of a plan is read from its fields, not searched."""
    return case.status == Status.ANSWERED and not case.history and any(path for _, path in case.sections)


def _rank(case: Case, front: Front, mode: Mode) -> int | None:
    passages = front.search(case.question, case.issuers, limit=DEPTH, mode=mode)
    places = (n for n, p in enumerate(passages, start=1) if within(p.plan_id, p.section, case.sections))
    return next(places, None)


def _check(cases: Iterable[Case], plans: Mapping[str, Plan]) -> None:
    slugs = {plan.issuer.slug for plan in plans.values()}
    for case in cases:
        named = {*case.issuers, *([case.issuer] if case.issuer else [])}
        missing = sorted((named - slugs) | ({plan_id for plan_id, _ in case.sections} - plans.keys()))
        if missing:
            raise CaseError(f"{case.set}: câu {case.id}: chỉ mục không có {', '.join(missing)}")
