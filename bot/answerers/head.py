"""What the head and the end of the document say: signer, number, date, title, recipients."""

from __future__ import annotations

import re

from .. import replies
from ..domain import Plan, Span
from ..findings import Claim, Finding
from ..question import Question
from ..text import fold
from ..topics import Topic
from ..wants import Want
from .shared import Context, held, in_words, says

_OFFICES = {
    "kt. chu tich pho chu tich": "Phó Chủ tịch, ký thay Chủ tịch",
    "chu tich": "Chủ tịch",
    "pho chu tich": "Phó Chủ tịch",
}


def signer(question: Question, plan: Plan, context: Context) -> Finding | None:
    if not plan.signer:
        return _silent(plan, replies.NO_SIGNER)
    folded = " ".join(fold(plan.signer_office).split())
    office = _OFFICES.get(
        folded, plan.signer_office.capitalize() if plan.signer_office.isupper() else plan.signer_office
    )
    text = f"{plan.signer} ({office})" if office else plan.signer
    verdict = _verdict(question, plan)
    claim = Claim(f"{verdict}Người ký: {text}.", (plan.head["signer"],))
    return Finding(plan, (claim,), brief=text, affirms=verdict.strip() != replies.NO)


_CLAIMED = re.compile(
    r"(?:ông|bà|đồng chí|anh|chị)\s+((?:[^\W\d_]+\s+){0,4}[^\W\d_]+?)\s+(?:ký|kí|phải|đúng)\b", re.IGNORECASE
)


def _verdict(question: Question, plan: Plan) -> str:
    """Yes or no to "do ông … ký, đúng không?"."""
    claimed = _CLAIMED.search(question.said)
    if claimed is None or Want.YES_NO not in question.wants:
        return ""
    return f"{replies.RIGHT if fold(claimed[1]) in fold(plan.signer) else replies.NO} "


def number(question: Question, plan: Plan, context: Context) -> Finding | None:
    wants_date = says(question, r"\bngay\b")
    claims: list[Claim] = []
    missing = ""
    if plan.number[:1].isdigit():
        claims.append(Claim(f"Số văn bản: {plan.number}.", (plan.head["number"],)))
    else:
        missing = replies.BLANK_NUMBER.format(written=plan.number) if plan.number else "số văn bản"
    if wants_date:
        dated = _issued(question, plan)
        if dated and dated.stated:
            claims += dated.claims
        elif dated:
            missing = f"{missing} và {dated.missing}" if missing else dated.missing
    if not missing:
        return Finding(plan, tuple(claims), brief=plan.number)
    spans = tuple(s for name in ("number", "date") if (s := plan.head.get(name)))
    near = (Claim("; ".join(plan.quote(s) for s in spans), spans),) if spans else ()
    return Finding(plan, tuple(claims) or near, stated=bool(claims), missing=missing)


def issued(question: Question, plan: Plan, context: Context) -> Finding | None:
    return number(question, plan, context) if Topic.NUMBER in question.topics else _issued(question, plan)


def _issued(question: Question, plan: Plan) -> Finding | None:
    span = plan.head.get("date")
    if span is None:
        return _silent(plan, "ngày ban hành")
    when = plan.when
    asks_day = says(question, r"ngay (?:nao|may|bao nhieu|ban hanh|ky|ki)|(?:ky|ki) ngay|hom nao|\bso\b.*\bngay\b")
    if when.day is None and (asks_day or (when.month is None and not says(question, r"nam nao|nam may"))):
        missing = replies.BLANK_DATE.format(written=when.written)
        return Finding(plan, (Claim(_dated(plan, span), (span,)),), stated=False, missing=missing)
    written = when.written if when.day else f"tháng {when.month} năm {when.year}" if when.month else f"năm {when.year}"
    quoted = plan.quote(span)
    claimed = written if fold(written) in fold(quoted) else _month_as_written(quoted)
    return Finding(plan, (Claim(f"Ban hành {claimed}.", (span,)),), brief=claimed)


def _month_as_written(quoted: str) -> str:
    at = fold(quoted).find("thang")
    return quoted[at:].strip(" .,") if at >= 0 else quoted


def _dated(plan: Plan, span: Span) -> str:
    return plan.quote(span)


def title(question: Question, plan: Plan, context: Context) -> Finding | None:
    span = plan.head.get("title")
    if span is None:
        return None
    text = plan.title
    if plan.movement and says(question, "phong trao"):
        names = " và ".join(f"“{name}”" for name in plan.movement)
        count = f"{in_words(len(plan.movement)).capitalize()} phong trào: " if len(plan.movement) > 1 else "Phong trào "
        quoted = re.findall(r"[“\"]([^”\"]+)[”\"]", question.text)
        wrong = Want.YES_NO in question.wants and bool(quoted) and not any(fold(q) in fold(names) for q in quoted)
        right = Want.YES_NO in question.wants and bool(quoted) and not wrong
        verdict = f"{replies.NO} " if wrong else f"{replies.RIGHT} " if right else ""
        return Finding(plan, (Claim(f"{verdict}{count}{names}.", (span,)),), brief=names, affirms=not wrong)
    return Finding(plan, (Claim(f"{text}.", (span,)),), brief=text)


def recipients(question: Question, plan: Plan, context: Context) -> Finding | None:
    span = plan.head.get("recipients")
    if span is None:
        return _silent(plan, "nơi nhận")
    if Want.YES_NO in question.wants:
        asked = [
            t
            for t in question.terms
            if not any(f in ("van ban", "ke hoach", "gui", "noi nhan", "quyet dinh") for f in t.forms)
        ]
        named = [name for name in plan.recipients if asked and held(asked, name) >= 0.3]
        if named:
            return Finding(
                plan, (Claim(f"{replies.YES} Nơi nhận có: {'; '.join(named)}.", (span,)),), brief="; ".join(named)
            )
    text = "; ".join(plan.recipients)
    return Finding(plan, (Claim(f"Nơi nhận: {text}.", (span,)),), brief=text)


def _silent(plan: Plan, missing: str) -> Finding:
    return Finding(plan, (), stated=False, missing=missing)
