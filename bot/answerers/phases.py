"""Phases, reviews and how long the plan runs."""

from __future__ import annotations

import re
from dataclasses import replace

from .. import replies
from ..dates import find_times
from ..domain import Phase, Plan
from ..findings import Claim, Finding
from ..question import Question
from ..text import fold
from ..units import paragraphs
from ..wants import Want
from .shared import Context, line, says, span
from .verdict import claimed

_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín")

_CHOICE = {Want.YES_NO, Want.DAYS_LEFT}  # "đã đến lúc tổng kết chưa, hay mới sơ kết?" is about one of the two
_BEGINS = re.compile("bat dau|tu (?:nam )?20")
_OTHER_SUBJECT = re.compile(r"tham muu|phoi hop|chu tri|lam gi|nhiem vu|trach nhiem|huong dan cua|theo huong dan")


def answer(question: Question, plan: Plan, context: Context) -> Finding | None:
    phases = plan.facts.phases
    folded = fold(question.said)
    if (
        not phases
        or (Want.BODY in question.wants and Want.DATE not in question.wants)
        or not any(p.from_year for p in phases)
    ):
        return None
    if _OTHER_SUBJECT.search(folded) and Want.DATE not in question.wants:
        return None
    numbered = re.search(r"giai doan\s+(\d|i{1,3})\b", folded)
    reviews = (("tổng kết", "tong ket"), ("sơ kết", "so ket"))
    if re.search(r"(?:may|bao nhieu) (?:giai doan|chang)\b(?! (?:roi|vay))", folded) and "dang" not in folded:
        return _listed(question, plan, phases)
    if says(question, r"thang (?:may|nao)|ngay (?:may|nao)") and not any(
        t.date.month or t.quarter for p in phases for t in find_times(plan.quote(p.span))
    ):
        near = Claim(line(plan.quote(phases[0].span)), (phases[0].span,))
        return Finding(plan, (near,), stated=False, missing="ngày, tháng cụ thể")
    review = min(((folded.find(f), w) for w, f in reviews if f in folded), default=(0, ""))[1]
    if says(
        question,
        r"dang (?:o|la|thuoc|trong)?\s*giai doan|giai doan (?:may|nao|bao nhieu)(?! (?:giai|"
        r"la tu))\b.*(?:roi|vay|$)|buoc sang giai doan|hien (?:nay|gio)?.*giai doan|nam nay.*giai doan",
    ) and not re.search(r"(?:may|bao nhieu) giai doan", folded):
        return _now(question, plan, phases)
    if all(f in folded for _, f in reviews) and not _CHOICE & set(question.wants) and not numbered:
        both = [f for word, _ in reversed(reviews) if (f := _review(question, plan, phases, word)) and f.stated]
        if len(both) == len(reviews):
            return replace(
                both[0], claims=tuple(c for f in both for c in f.claims), brief="; ".join(f.brief for f in both)
            )
    if review and "giai doan" not in folded.replace("giai doan " + (numbered[1] if numbered else ""), ""):
        return _review(question, plan, phases, review)
    if numbered:
        order = {"i": 1, "ii": 2, "iii": 3}.get(numbered[1]) or int(numbered[1])
        asked = [p for p in phases if p.number == order]
        if not asked:
            return None
        return _listed(question, plan, tuple(asked))
    if review:
        return _review(question, plan, phases, review)
    if "giai doan" not in folded:
        return _whole(question, plan, phases)
    return _listed(question, plan, phases)


def _now(question: Question, plan: Plan, phases: tuple[Phase, ...]) -> Finding | None:
    named = re.search(r"\b(20\d\d)\b", question.said)
    year = int(named[1]) if named else question.as_of.year
    here = [p for p in phases if p.from_year and p.to_year and p.from_year <= year <= p.to_year]
    if not here:
        return _whole(question, plan, phases)
    today = "năm được hỏi" if named else question.as_of.strftime("ngày %d/%m/%Y")
    # A year that ends one phase and begins the next still belongs to the one whose review is due in it.
    numbers = [f"{_named(plan, p)} ({_years(p)})" for p in here]
    text = replies.PHASE_NOW.format(today=today, number=f"{numbers[0]}")
    if len(here) > 1:
        text = replies.PHASE_NOW.format(today=today, number=" hoặc ".join(numbers))
    text = (text[:1].upper() + text[1:]).replace("giai đoạn", "Giai đoạn", 1)
    return Finding(
        plan, (Claim(text, tuple(p.span for p in here), (today, str(year))),), brief=f"Giai đoạn {numbers[0]}"
    )


def _named(plan: Plan, phase: Phase) -> str:
    """Its number as written; in words, by its place, where the file's own is unreadable."""
    written = f"giai doan {phase.number}" in fold(plan.quote(phase.span))
    return str(phase.number) if written else f"thứ {_ORDINALS[phase.number - 1]}"


def _years(phase: Phase) -> str:
    return f"{phase.from_year} - {phase.to_year}"


def _review(question: Question, plan: Plan, phases: tuple[Phase, ...], review: str) -> Finding | None:
    if says(question, _MONTH_SAID):
        return None
    found = [p for p in phases if p.ends_with == review]
    dated = [p for p in found if p.end_year]
    if not dated:
        if not found:
            return None
        near = Claim(line(plan.quote(found[0].span)), (found[0].span,))
        timed = bool(find_times(plan.quote(found[0].span)))
        return Finding(plan, (near,), stated=timed, missing="" if timed else f"năm {review} (chỉ nêu có {review})")
    phase = dated[0]
    end = (
        f"cuối năm {phase.end_year}"
        if f"cuoi nam {phase.end_year}" in fold(plan.quote(phase.span))
        else f"năm {phase.end_year}"
    )
    years = [int(y) for y in re.findall(r"\b(20\d\d)\b", question.said)]
    verdict = ""
    if years and Want.YES_NO in question.wants:
        verdict = f"{replies.RIGHT} " if phase.end_year in years else f"{replies.NO} "
    text = f"{verdict}{review.capitalize()} vào {end} (giai đoạn {_named(plan, phase)})."
    if (says(question, r"chua|den luc|toi luc|da den|roi") and Want.YES_NO in question.wants) or says(
        question, "den luc|da toi"
    ):
        year = question.as_of.year
        word = (
            "Chưa."
            if year < (phase.end_year or 0)
            else ("Đã đến năm đó." if year == phase.end_year else "Năm đó đã qua.")
        )
        text = f"{word} {text}"
    guidance = re.search(
        r"\(theo [^)]{5,80}\)|theo (?:ke hoach, )?huong dan (?:cua )?[^.;)]{3,80}", fold(plan.quote(phase.span))
    )
    if guidance:
        text = f"{text[:-1]}, {plan.quote(phase.span)[guidance.start() : guidance.end()].strip('()')}."
    return Finding(plan, (Claim(text, (phase.span,)),), brief=end)


def _listed(question: Question, plan: Plan, phases: tuple[Phase, ...]) -> Finding:
    claims = []
    asserted = [int(y) for y in re.findall(r"\b(20\d\d)\b", question.said)]
    prefix = ""
    if Want.YES_NO in question.wants and asserted:
        wanted = fold(question.said)
        both = [y for p in phases for y in (p.from_year, p.to_year)]
        begins = [p.from_year for p in phases] if len(asserted) == 1 and _BEGINS.search(wanted) else both
        prefix = f"{replies.RIGHT} " if all(y in begins for y in asserted) else f"{replies.NO} "
    if len(phases) > 1:
        intro = _intro(plan, phases[0])
        if intro:
            claims.append(intro)
    for phase in phases:
        end = (
            f", {phase.ends_with} {'năm ' + str(phase.end_year) if phase.end_year else ''}".rstrip()
            if phase.ends_with
            else ""
        )
        verdict = "" if claims else prefix
        if any(t.date.month or t.quarter for t in find_times(plan.quote(phase.span))[:2]):
            verdict = "" if claims else _by_month(question, plan, phase, verdict)
            claims.append(Claim(verdict + line(plan.quote(phase.span)), (phase.span,), claimed(question)))
            continue  # from month to month: the plan says it best
        years = f"từ năm {phase.from_year} đến năm {phase.to_year}"
        claims.append(Claim(f"{verdict}Giai đoạn {_named(plan, phase)}: {years}{end}.", (phase.span,)))
    return Finding(plan, tuple(claims), brief="; ".join(f"giai đoạn {_named(plan, p)}: {_years(p)}" for p in phases))


_MONTH_SAID = r"\bthang \d|\bquy (?:\d|i|v)"


def _by_month(question: Question, plan: Plan, phase: Phase, verdict: str) -> str:
    """Yes or no where the question claims a month or a quarter: by that, which of the phase's two it means or none."""
    if not says(question, _MONTH_SAID):
        return verdict
    told = [(t.date.month, t.quarter, t.date.year) for t in find_times(plan.quote(phase.span))]
    asked = [(t.date.month, t.quarter, t.date.year) for t in find_times(question.said) if t.date.month or t.quarter]
    ends = (
        "tu" if _BEGINS.search(fold(question.said)) else "den" if says(question, r"ket thuc|het|den|toi|xong") else ""
    )
    if ends and len(told) > 1:
        told = told[:1] if ends == "tu" else told[1:2]
    if not asked or not told:
        return ""

    def same(claim: tuple[int | None, ...], day: tuple[int | None, ...]) -> bool:
        return all(said is None or said == written for said, written in zip(claim, day, strict=True))

    return f"{replies.RIGHT if all(any(same(a, t) for t in told) for a in asked) else replies.NO} "


def _intro(plan: Plan, phase: Phase) -> Claim | None:
    """The sentence before the first phase: "… từ năm 2025 đến năm 2030, chia thành 02 giai đoạn:"."""
    before = [
        p for p in paragraphs(plan) if p.end <= phase.span.start and "giai doan" in fold(plan.text[p.start : p.end])
    ]
    if not before:
        return None
    at = before[-1]

    return Claim(line(plan.text[at.start : at.end].lstrip("0123456789.-+ ")), (span(plan, at.start, at.end),))


def _whole(question: Question, plan: Plan, phases: tuple[Phase, ...]) -> Finding | None:
    if says(question, rf"thang (?:may|nao)|ngay (?:may|nao)|{_MONTH_SAID}"):
        return None  # phases tell years
    intro = _intro(plan, phases[0])
    first, last = phases[0], phases[-1]
    spans = (*(intro.spans if intro else ()), first.span, last.span)
    years = [int(y) for y in re.findall(r"\b(20\d\d)\b", question.said)]
    right = all(y in (first.from_year, last.to_year) for y in years)
    verdict = (f"{replies.RIGHT} " if right else f"{replies.NO} ") if years and Want.YES_NO in question.wants else ""
    text = f"{verdict}Từ năm {first.from_year} đến năm {last.to_year}."
    return Finding(
        plan, (Claim(text, spans),), brief=f"{first.from_year} - {last.to_year}", affirms=right or not verdict
    )
