"""One answer against one case (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain import Answer, Citation, Plan
from bot.text import fold, nfc, squash
from eval.cases import Case
from eval.figures import unsupported


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reasons`: why the case failed, in Vietnamese; none where it passed. The rest counts whether it passed or not."""

    reasons: tuple[str, ...]
    wrong_issuer: int  # citations of an issuer that the case does not name
    false_quotes: tuple[int, ...]  # marks of the citations whose words do not stand in the plan
    unsupported: tuple[str, ...]  # figures that no quote holds

    @property
    def passed(self) -> bool:
        return not self.reasons

    @property
    def sound(self) -> bool:
        return not (self.wrong_issuer or self.false_quotes or self.unsupported)


def judge(case: Case, answer: Answer, plans: Mapping[str, Plan]) -> Verdict:
    """`plans`: every plan of the index, by id."""
    strangers = [c for c in answer.citations if case.issuers and c.issuer not in case.issuers]
    return Verdict(
        reasons=tuple(_reasons(case, answer, plans, strangers)),
        wrong_issuer=len(strangers),
        false_quotes=tuple(c.mark for c in answer.citations if not _stands(c, plans.get(c.plan_id))),
        unsupported=unsupported(answer, (case.question, *case.history)),
    )


def _reasons(case: Case, answer: Answer, plans: Mapping[str, Plan], strangers: Iterable[Citation]) -> Iterable[str]:
    if answer.status != case.status:
        # The rest would only repeat that another kind of answer was given.
        yield f"trạng thái: chờ {case.status}, nhận {answer.status}"
        return
    told = [answer.text, *(c.quote for c in answer.citations)]
    for spellings in case.must:
        if not any(holds(text, spelling) for text in told for spelling in spellings):
            yield f"thiếu: {' | '.join(spellings)}"
    for wrong in case.must_not:
        if holds(answer.text, wrong):
            yield f"có điều không được có: {wrong}"
    proven = [c for c in answer.citations if proves(c, case.words, plans.get(c.plan_id))]
    for proofs in _demanded(case, plans):
        named = {plan for plan, _ in proofs}
        if not any(within(c.plan_id, c.section, proofs) for c in answer.citations) and not any(
            c.plan_id in named for c in proven
        ):
            cited = ", ".join(f"{c.plan_id} {c.section or 'phần đầu'}" for c in answer.citations)
            wanted = ", ".join(f"{plan} {path or 'phần đầu'}" for plan, path in proofs)
            yield f"không dẫn mục nào trong: {wanted} (đã dẫn: {cited or 'không có'})"
    if names := sorted({c.issuer for c in strangers}):
        yield f"dẫn kế hoạch của nơi khác: {', '.join(names)}"


def holds(text: str, needle: str) -> bool:
    """Whether `needle` occurs, without regard to accents, case and white space; "5%" does not occur in "95%"."""
    wanted = squash(fold(nfc(needle)))
    head = r"(?<!\d)" if wanted[0].isdigit() else ""
    tail = r"(?!\d)" if wanted[-1].isdigit() else ""
    return re.search(head + re.escape(wanted) + tail, squash(fold(nfc(text)))) is not None


def within(plan_id: str, section: str, proofs: Iterable[tuple[str, str]]) -> bool:
    """Whether the section is one of the proofs or stands under one. The head of a plan ("") has nothing under it.

    A proof may leave out the document issued with the main one: "Điều 1" for "Quy chế – Điều 1".
    """
    names = {section, section.rsplit(" – ", 1)[-1]}
    return any(
        plan_id == plan and any(name == path or (path != "" and name.startswith(f"{path}.")) for name in names)
        for plan, path in proofs
    )


def proves(citation: Citation, words: str, plan: Plan | None) -> bool:
    """Whether the quote takes in part of the words that prove the answer, whatever their section is called."""
    if plan is None or not words:
        return False
    wanted = r"\s+".join(re.escape(word) for word in fold(nfc(words)).split())
    return any(
        found.start() < citation.end and citation.start < found.end() for found in re.finditer(wanted, fold(plan.text))
    )


def _demanded(case: Case, plans: Mapping[str, Plan]) -> list[list[tuple[str, str]]]:
    """Groups of proofs; of each one has to be cited. A comparison has a group for each issuer."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for plan_id, path in case.sections:
        group = plans[plan_id].issuer.slug if case.kind == "comparison" else ""
        groups.setdefault(group, []).append((plan_id, path))
    return list(groups.values())


def _stands(citation: Citation, plan: Plan | None) -> bool:
    return (
        plan is not None
        and citation.quote != ""
        and plan.text[citation.start : citation.end] == citation.quote
        and citation.source_quote != ""
        and citation.source_quote in plan.source
    )
