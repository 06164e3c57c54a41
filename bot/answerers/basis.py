"""Documents that the plan rests on or names: the one asked for, else the list of legal bases."""

from __future__ import annotations

import re
from dataclasses import replace

from .. import replies
from ..domain import Plan, Reference
from ..findings import Claim, Finding
from ..question import Question
from ..terms import spaced
from ..text import fold
from ..units import above, units
from ..wants import Want
from .shared import Context, line, span

_KINDS = (
    "kế hoạch",
    "quyết định",
    "nghị quyết",
    "chỉ thị",
    "công văn",
    "thông tư",
    "nghị định",
    "luật",
    "chương trình",
    "hướng dẫn",
    "đề án",
    "pháp lệnh",
    "tờ trình",
    "công điện",
)
_FROM = {
    r"\btinh\b|uy ban nhan dan tinh|thanh pho": r"tinh|thanh pho",
    r"thu tuong": "thu tuong",
    r"tinh uy": "tinh uy",
    r"chinh phu(?! so)": "chinh phu",
    r"bo chinh tri|trung uong": "bo chinh tri|trung uong",
    r"bo noi vu": "bo noi vu",
    r"dang bo|dang uy": "dang bo|dang uy",
    r"(?:uy ban nhan dan|ubnd) (?:xa|phuong)": r"\b(?:xa|phuong)\b",
    r"\bbo\b(?! chinh tri| chi so| phan)": r"\bbo\b",
    r"quoc hoi": "quoc hoi",
    r"\bso\b (?:noi vu|khoa hoc|y te|nong nghiep|tai chinh)": r"\bso\b",
}
_IN_SENTENCE = 0.8  # of what its own name proves, what the rest of the sentence does
_WHOLE = re.compile(
    r"liet ke|nhung van ban|cac van ban|tat ca|can cu (?:vao )?(?:nhung|dau|van ban|gi)|"
    r"co so phap ly|dua vao dau|van ban nao|phap ly"
)


def answer(question: Question, plan: Plan, context: Context) -> Finding | None:
    folded = fold(question.said)
    if Want.BODY in question.wants and re.search(
        r"\bai (?:chu tri|thuc hien|lam|kiem tra)|phong nao|don vi nao", folded
    ):
        return None
    numbers = set(
        re.findall(
            r"(?:so |nghi quyet |nghi dinh |quyet dinh |cong van |chi thi |ke hoach |thong tu |nq |luat )(\d+)", folded
        )
    )
    asked_kinds = [k for k in _KINDS if re.search(rf"\b{fold(k)}\b(?! (?:nay|cua (?:xa|phuong|minh)))", folded)]
    references = _unique(plan.facts.references)
    which = re.search(rf"({'|'.join(fold(k) for k in _KINDS)}) (?:nao|gi\\b|so may)", folded)
    if which and numbers:
        # "quyết định nào … để thực hiện Nghị quyết 03": the number belongs to what is carried out.
        asked_kinds, numbers = [which[1]], set()
    if numbers:
        wanted = {n.lstrip("0") for n in numbers}
        named = [r for r in references if _digits(r.number) in wanted]
        named = [r for r in named if not asked_kinds or fold(r.kind) in map(fold, asked_kinds)] or named
        if _STILL.search(folded) and (ended := _ended(question, plan, named)):
            return ended
        if named or Want.YES_NO not in question.wants:
            return _told(plan, named)
        return _instead(plan, [r for r in references if not asked_kinds or fold(r.kind) in map(fold, asked_kinds)])
    if _REPLACES.search(folded):
        gone = [r for r in references if _is_ended(plan, r)]
        return _told(plan, [r for r in gone if fold(r.kind) in map(fold, asked_kinds)] or gone)
    meant = re.sub(r"(?:khong phai|chu khong) (?:la )?(?:cua|do)\b[^,.;)]*", " ", folded)
    issuers = [pattern for cue, pattern in _FROM.items() if re.search(cue, meant)]
    pool = [r for r in references if r.basis] or references
    if not re.search(r"can cu|dua|co so|theo|thuc hien", folded):
        pool = references
    kinds = [
        k
        for k in asked_kinds
        if not (
            k == "kế hoạch"
            and "ke hoach nao" not in folded
            and "ke hoach so" not in folded
            and not re.search(
                r"ke hoach (?:rieng )?(?:rieng|nao|cua tinh|cap tren|cua uy ban|cua thanh pho|gi)", folded
            )
        )
    ]
    found = [
        r
        for r in pool
        if (not kinds or fold(r.kind) in map(fold, kinds))
        and (not issuers or any(re.search(p, fold(r.issuer)) for p in issuers))
    ]
    if not found and (kinds or issuers):
        wider = [
            r
            for r in references
            if (not kinds or fold(r.kind) in map(fold, kinds))
            and (not issuers or any(re.search(p, fold(r.issuer)) for p in issuers))
        ]
        found = wider
    if not found:
        return None
    if not kinds and not issuers and _about_else(question, found, plan):
        return None
    if _WHOLE.search(folded) and not kinds and not issuers:
        return _told(plan, found)
    ranked = sorted(found, key=lambda r: -_overlap(question, plan, r))
    best = _overlap(question, plan, ranked[0])
    chosen = [r for r in ranked if _overlap(question, plan, r) >= best * 0.75 - 1e-9] if best > 0 else found
    return _told(plan, sorted(chosen, key=lambda r: r.span.start))


# "Bãi bỏ Quyết định 41 và thay thế bằng Quyết định 52": what follows "bằng" is what stands in its place.
_ENDS = re.compile(
    r"(?:thay the|thay cho|bai bo|huy bo|het hieu luc)\b(?! bang)(?!.*\b(?:thay the )?bang\b)(?!.*\bcan cu\b)"
)
_ENDED = re.compile(r"(?:(?!\bso \d)[^.;]){0,250}?\b(?:het hieu luc|(?:bi|duoc) (?:bai bo|thay the|huy bo))")
_REPLACES = re.compile(
    r"thay (?:the|cho)|bai bo|het hieu luc|"
    r"\b(?:bo|huy|thay|dep) (?:cai |ban |di )?(?:nghi quyet|quyet dinh|van ban|quy dinh|quy che|ke hoach) (?:nao|cu)\b"
)
_STILL = re.compile(
    r"\bcon (?:hieu luc|xai|dung|su dung|ap dung|gia tri|thi hanh|duoc)|(?:bi|da) (?:bai bo|thay the|huy|het)"
    r"|het hieu luc"
)


def _ended(question: Question, plan: Plan, named: list[Reference]) -> Finding | None:
    """The sentence that ends a document which is asked about: "còn áp dụng Quyết định 29 không?"."""
    numbers = {r.number for r in named if r.number}
    lasts = (
        re.search(r"\bcon (?:hieu luc|xai|dung|su dung|ap dung|gia tri|thi hanh|duoc)", fold(question.said)) is not None
    )
    verdict = "" if Want.YES_NO not in question.wants else f"{replies.NO if lasts else replies.RIGHT} "
    # The grounds of a document announce what its articles do.
    for unit in sorted(units(plan), key=lambda u: not u.section):
        here = [r for r in plan.facts.references if r.number in numbers and unit.start <= r.span.start < unit.end]
        if any(_is_ended(plan, r) for r in here):
            where = span(plan, unit.start, unit.end)
            told = line(plan.quote(where), 500)
            return Finding(plan, (Claim(verdict + told, (where,)),), brief=told, affirms=not lasts)
    return None


def _is_ended(plan: Plan, reference: Reference) -> bool:
    """Whether the words before it, in its paragraph or the heads above, or right behind it end it."""
    stop = plan.text.find("\n", reference.span.end)
    after = plan.text[reference.span.end : stop if stop > 0 else len(plan.text)]
    return bool(_ENDS.search(_announced(plan, reference)) or _ENDED.match(fold(after)))


def _announced(plan: Plan, reference: Reference) -> str:
    """What stands before a document's name in its paragraph and in the heads above: "… bãi bỏ các Quyết định sau"."""
    start = plan.text.rfind("\n", 0, reference.span.start) + 1
    section = plan.section_at(reference.span.start)
    heads = [plan.text[s.start : s.body] or s.heading for s in above(plan, section.path)[:2]] if section else []
    return fold(" / ".join((*heads, plan.text[start : reference.span.start])))


def _digits(number: str) -> str:
    """ "02/KH-UBND" → "2"; "" for a number left blank."""
    found = re.match(r"0*(\d+)", number)
    return found[1] if found else ""


def _instead(plan: Plan, references: list[Reference]) -> Finding | None:
    """ "… theo Kế hoạch 172 phải không?" of a plan that names no such document: the one in its place corrects it."""
    right = _told(plan, [r for r in references if r.basis][:3])
    if right is None:
        return None
    first = replace(right.claims[0], text=f"{replies.NO} {right.claims[0].text.removeprefix('- ')}")
    return replace(right, claims=(first, *right.claims[1:]), affirms=False)


# Words that ask for a basis, not for what it is the basis of.
_ASKING = frozenset("can cu phap ly van ban dua theo thuc hien ke hoach quyet dinh trien khai co so ngay may".split())


def _about_else(question: Question, found: list[Reference], plan: Plan) -> bool:
    """Whether most of what is asked about stands in none of the documents: "tiêu chuẩn khen thưởng dựa vào đâu"."""
    words = spaced(" ".join((*(plan.quote(r.span) for r in found), plan.title)))
    asked = [t for t in question.terms if not set(t.forms[0].split()) <= _ASKING]
    total = sum(t.weight for t in asked)
    return total > 0 and sum(t.weight for t in asked if any(f" {f} " in words for f in t.forms)) / total < 0.5


def _overlap(question: Question, plan: Plan, reference: Reference) -> float:
    """By the words of its name, or of a sentence that names it: "… bảo vệ Tổ quốc trên không gian mạng theo …"."""
    named = [r.span for r in plan.facts.references if r.number and r.number == reference.number]
    around = [u for u in units(plan) for s in named if s.start < u.end and u.start < s.end and u.section]
    return max(
        _held(question, plan, plan.quote(reference.span)),
        *(_IN_SENTENCE * _held(question, plan, plan.text[u.start : u.end]) for u in around),
        0.0,
    )


def _held(question: Question, plan: Plan, text: str) -> float:
    words = spaced(text)
    title = spaced(plan.title)
    held = [t for t in question.terms if any(f" {f} " in words for f in t.forms)]
    weight = sum(t.weight * (0.25 if any(f" {f} " in title for f in t.forms) else 1.0) for t in held)
    # A long title holds many words by chance.
    return weight / (1 + 0.01 * len(words.split()))


def _unique(references: tuple[Reference, ...]) -> list[Reference]:
    """One mention of each document: the fullest among the legal bases, else the first that gives its date."""
    kept: dict[tuple[str, str], Reference] = {}
    for reference in references:
        key = (fold(reference.kind), reference.number or fold(reference.subject))
        old = kept.get(key)
        if (
            old is None
            or (reference.when and not old.when)
            or (not old.subject and reference.subject and bool(reference.when) >= bool(old.when))
        ):
            kept[key] = reference
    return list(kept.values())


def _told(plan: Plan, references: list[Reference]) -> Finding | None:
    if not references:
        return None
    dash = "- " if len(references) > 1 else ""
    claims = tuple(Claim(f"{dash}{line(plan.quote(r.span), 300).rstrip(' .;,')}.", (r.span,)) for r in references)
    return Finding(
        plan, claims, brief="; ".join(f"{r.kind} {'số ' + r.number if r.number else r.subject}" for r in references)
    )
