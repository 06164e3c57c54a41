"""Forms of reward: the whole list for the occasion asked, yes or no for one form, an empty heading said to be empty."""

from __future__ import annotations

import re

from .. import replies
from ..domain import Award, Plan
from ..findings import Claim, Finding
from ..question import Question
from ..text import fold
from ..wants import Want
from . import lists
from .shared import Context, empty_heading, held, span

# What else is asked about rewarding: answered by the sentences on it.
_NOT_FORMS = re.compile(
    r"ho so|giay to|dua vao|truong hop|uu tien|tieu chuan|dieu kien|xet the nao|quy dinh|can cu|"
    r"nguyen tac|thu tuc"
)
_NEARER = 0.2  # by how much more of the question another sentence holds that answers instead
_TELLING, _ABOUT = 3.0, 0.5  # weight of a word that tells the subject; share of them that the rewards must hold
_OCCASIONS = {
    "tong ket": "tổng kết",
    "so ket": "sơ kết",
    "hang nam": "hằng năm",
    "dot xuat": "đột xuất",
    "chuyen de": "chuyên đề",
    "moi nam": "hằng năm",
    "tung nam": "hằng năm",
    "nam nao cung": "hằng năm",
}
_FORM = re.compile(
    r"huan chuong(?: lao dong)?|bang khen(?: (?:cua )?(?:thu tuong|chu tich|tinh|bo))?|"
    r"giay khen(?: (?:cua )?(?:xa|phuong|uy ban|chu tich))?|co thi dua(?: (?:cua )?(?:chinh phu|"
    r"tinh|uy ban))?|ky niem chuong|danh hieu|huy chuong"
)


def answer(question: Question, plan: Plan, context: Context) -> Finding | None:
    if {Want.COUNT, Want.DATE, Want.MONEY, Want.WHY, Want.FORM, Want.DURATION} & set(question.wants) - (
        {Want.COUNT} if re.search("may hinh thuc|bao nhieu hinh thuc", fold(question.said)) else set()
    ):
        return None
    folded = fold(question.said)
    if question.figures and re.search(r"\d[\d.,]* (?:nghin|ngan|trieu|ty|dong)\b", folded):
        return None  # a sum is claimed
    if _NOT_FORMS.search(folded):
        return None
    if Want.BODY in question.wants and not re.search(
        r"hinh thuc|khen (?:gi|nhung gi|bang gi)|tang gi|thuong gi|xa nao|noi nao", folded
    ):
        return None
    occasion = min(((folded.find(k), name) for k, name in _OCCASIONS.items() if k in folded), default=(0, ""))[1]
    asks_list = bool(
        re.search(
            r"hinh thuc|kieu|danh hieu|gom|nhung gi|gi\b|nao\b|the nao|ra sao|sao\b|liet ke|khac nhau|so sanh", folded
        )
    )
    form = _FORM.search(folded)
    awards = [a for a in plan.facts.awards if not occasion or not a.occasion or occasion in a.occasion]
    if occasion and any(occasion in a.occasion for a in awards):
        awards = [a for a in awards if occasion in a.occasion]
    elif occasion and awards and not any(not a.occasion for a in awards):
        awards = []
    # "Lần đầu mua bảo hiểm được tặng gì?": what is asked for stands elsewhere than among the rewards.
    about = " ".join((*(plan.quote(a.span) for a in awards), *(" ".join(plan.headings(a.section)) for a in awards)))
    asked = [t for t in question.terms if t.weight >= _TELLING]
    if awards and asked and context.best:
        told = held(asked, f"{about} {plan.title}")
        best = context.best.unit
        beside = not any(a.span.start < best.end and best.start < a.span.end for a in plan.facts.awards)
        nearer = beside and not occasion and told < context.best.core - _NEARER
        if nearer or told < min(_ABOUT, context.best.coverage):
            return None
    if not awards and occasion and (headed := _headed(question, plan, occasion)):
        return headed
    if not awards:
        empty = empty_heading(question, plan, 0.3)
        if empty:
            note = replies.EMPTY_HEADING.format(
                document=plan.called, issuer=plan.issuer.full_name, section=empty.path, heading=empty.heading
            )
            start, end = empty.start, max(empty.body, empty.start + 1)
            claim = Claim(note, (span(plan, start, end),), (empty.path,))
            return Finding(
                plan, (), stated=False, missing=replies.MISSING_TERMS.format(terms=empty.heading.lower()), note=claim
            )
        return None
    if form and (Want.YES_NO in question.wants or re.search(r"\bxet\b|duoc|co\b", folded)) and not asks_list:
        return _membership(question, plan, awards, form.group())
    if not asks_list and not occasion:
        return None
    return _listed(plan, awards)


def _headed(question: Question, plan: Plan, occasion: str) -> Finding | None:
    """What stands under "Khen thưởng sơ kết" where no form of reward does."""
    for section in plan.sections:
        heading = fold(section.heading)
        if (
            "khen" in heading
            and fold(occasion).replace("hang", "") in heading.replace("hang", "")
            and not section.empty
        ):
            return lists.listed(question, plan, section)
    return None


def _membership(question: Question, plan: Plan, awards: list[Award], form: str) -> Finding | None:
    said = form.split()
    held = [a for a in awards if all(w in fold(a.form).split() or _same(w, fold(a.form)) for w in said if w != "cua")]
    if held:
        prefix = f"{replies.YES} " if Want.YES_NO in question.wants else ""
        names = "; ".join(dict.fromkeys(a.form for a in held))
        where = f" khi {held[0].occasion}" if held[0].occasion in ("tổng kết", "sơ kết") else ""
        return Finding(
            plan,
            (Claim(f"{prefix}Kế hoạch nêu{where}: {names}.", tuple(dict.fromkeys(a.span for a in held))),),
            brief=names,
        )
    listed = _listed(plan, awards)
    prefix = f"{replies.NO} " if Want.YES_NO in question.wants else ""
    first = Claim(f"{prefix}Kế hoạch chỉ nêu:", listed.claims[0].spans)
    return Finding(plan, (first, *listed.claims), brief=listed.brief, affirms=False)


def _same(word: str, form: str) -> bool:
    return (word in ("xa", "phuong") and any(w in form for w in ("xa", "phuong", "uy ban nhan dan", "ubnd"))) or (
        word in ("ubnd", "uy", "ban") and "ubnd" in form
    )


def _listed(plan: Plan, awards: list[Award]) -> Finding:
    seen: dict[str, Award] = {}
    for award in awards:
        seen.setdefault(fold(award.form), award)
    groups: dict[str, list[Award]] = {}
    for award in seen.values():
        groups.setdefault(award.occasion, []).append(award)
    claims = []
    for occasion, members in groups.items():
        for member in members:
            label = f" ({occasion})" if len(groups) > 1 and occasion else ""
            claims.append(Claim(f"- {member.form}{label}", (member.span,)))
    return Finding(plan, tuple(claims), brief="; ".join(a.form for a in seen.values()))
