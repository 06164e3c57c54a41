"""A question that asks two or three things at once → the parts of it, each a question that can be answered alone. Pure.

A part holds a question word of its own. What it leaves unsaid, it has from the part before it, as a follow-up has from
the question before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from . import replies
from .carry import still_meant
from .findings import Finding
from .kinds import HARD, holds
from .pieces import pieces, spoken
from .question import Question
from .terms import Term, spaced
from .text import fold
from .topics import topics
from .wants import Want

_NOTHING = 4.0  # weight of the terms under which a part only asks: "trước ngày nào"
_LITTLE = 9.0  # the same under which it cannot stand alone: "đặt ở vị trí nào"
_HALF = 0.5  # of the weight of what a part says, where it can stand alone: as much counts what it has from before
_HEARD = 0.7  # share of a part's own terms that an answer must hold to be one to it as well

_ASKING = re.compile(
    r"(?:\b(?:truoc|sau|vao|tu|den|trong|cho|ve|boi|do|o|la|luc|khi|tai)\s+)*"
    r"(?:\b(?:ngay|thang|nam|quy|luc|khi|hom|dip|phong|don vi|co quan|so|ban|ben|noi|cho|nguoi|loai|cap)\s+)?"
    r"\b(?:nao|gi|ai|dau|bao gio|bao lau|bao nhieu(?: \w+)?|may(?: \w+)?|the nao|ra sao)\b"
)
_BODY = re.compile(
    r"\b(?:Phòng|phòng|Sở|Ủy ban|UBND|HĐND|MTTQ|Mặt trận|Hội|Ban|Trung tâm|Công an|Đoàn|Cục|Bộ|Văn phòng|Chủ tịch"
    r"|Thủ tướng|Tổ|Trường|Trạm|Chi cục|Cơ quan|cơ quan|đơn vị|Kho bạc|Trưởng|Văn thư|Người|người)\b"
)
_ASKED_FOR = ("ngay", "thang", "nam", "quy", "gio", "so")  # "ngày nào, tháng nào" speaks of nothing new
_SAME = {Want.DAYS_LEFT: Want.DATE}  # how long to a day asks for the day too


@dataclass(frozen=True, slots=True)
class Part:
    """`said`: as it stands alone; `readings`: as it may be meant beside the other parts, the likeliest first."""

    said: Question
    readings: tuple[Question, ...]


def parted(question: Question, hear: Callable[[str], Question]) -> tuple[Part, ...]:
    """The parts in order; () for what is one question. `hear` understands a text.

    Parts that want the same kind about the same words are one.
    """
    if (question.everywhere and not question.issuers) or question.greeting:
        return ()
    texts: list[str] = []
    parts: list[Part] = []
    for text in pieces(question.text):
        said = _local(hear(spoken(text)))
        if parts and not _other(said, parts[-1].readings[0]):
            parts.pop()
            texts[-1] = f"{texts[-1]}, {text}"
            said = _local(hear(spoken(texts[-1])))
        else:
            texts.append(text)
        meant = joined_to(said, parts[-1].readings[0]) if parts else said
        parts.append(Part(said, (said, meant) if parts and _says_enough(said) else (meant,)))
    return tuple(parts) if len(parts) > 1 else ()


def _local(part: Question) -> Question:
    """Without what only a whole question can ask: of all issuers ("nơi nào"), or of a province beside an issuer."""
    province = part.elsewhere.startswith(("tỉnh ", "thành phố "))
    return replace(part, everywhere=False, elsewhere="" if province else part.elsewhere)


def _other(part: Question, before: Question) -> bool:
    """Whether it asks for another kind than the part before it, or about other words."""
    fresh = _fresh(part, before)
    kinds = {_SAME.get(w, w) for w in part.wants} - {Want.LIST, Want.YES_NO}
    known = {_SAME.get(w, w) for w in before.wants}
    return bool(fresh) or bool(kinds - known)


def _fresh(part: Question, before: Question) -> list[Term]:
    said = {*_ASKED_FOR, *(form for term in before.terms for form in term.forms)}
    return [t for t in part.terms if t.forms[0] not in said]


def _says_enough(part: Question) -> bool:
    return _weight(part.terms) >= _LITTLE


def _weight(terms: Sequence[Term]) -> float:
    return sum(t.weight for t in terms)


def joined_to(part: Question, before: Question) -> Question:
    """The part with what it leaves unsaid: the words, the document and, where it only asks, what is asked about.

    The more it says itself, the less counts what it has from the part before.
    """
    own = {t.forms for t in part.terms}
    old = [t for t in still_meant(part, before) if t.forms not in own]
    weight = _weight(part.terms)
    share = min(1.0, weight / (_weight(old) or 1.0) * (_HALF if _says_enough(part) else 1 / _HALF))
    if weight >= _NOTHING:
        old = [replace(t, weight=t.weight * share) for t in old]
    joined = replace(part, terms=(*part.terms, *old))
    if weight < _NOTHING:
        said = f"{_untold(before.said)} {part.said}"
        joined = replace(
            joined,
            said=said,
            topics=part.topics or topics(said),
            asserted=part.asserted or before.asserted,
            figures=part.figures or before.figures,
        )
    if part.document[1] or before.plain is None:
        return joined
    return replace(joined, document=before.document, plain=joined_to(part, before.plain))


def _untold(said: str) -> str:
    """Without what it asks: "nộp báo cáo cho ai" → "nộp báo cáo"."""
    gone = {i for m in _ASKING.finditer(fold(said)) for i in range(m.start(), m.end())}
    return " ".join("".join(" " if i in gone else char for i, char in enumerate(said)).split())


def named(findings: Sequence[Finding], part: Part) -> list[Finding]:
    """What is not stated called by the part's own words, where nothing else names it: "điều này" could be any part."""
    words = replies.MISSING_TERMS.format(terms=part.said.said)
    return [f if f.stated or f.missing or f.note else replace(f, missing=words) for f in findings]


def cover(findings: Sequence[Finding], parts: Sequence[Part]) -> bool:
    """Whether what was found for the whole question answers each part of it.

    One value answers no two parts that want the same kind of it, nor parts about two issuers.
    """
    kinds = [{_SAME.get(w, w) for w in part.said.wants} & {*HARD, Want.BODY} for part in parts]
    alike = any(a & b for a, b in combinations(kinds, 2)) or len({p.said.issuers for p in parts if p.said.issuers}) > 1
    return not alike and all(tells(findings, part) for part in parts)


def tells(findings: Sequence[Finding], part: Part) -> bool:
    """Whether a value of each kind that the part wants is told, and most of its own words stand there."""
    said = part.said
    claims = [(f.plan, c) for f in findings if f.stated for c in f.claims]
    told = " ".join(c.text for _, c in claims)
    quoted = " ".join(
        " ".join((plan.quote(s), *plan.headings(at.path if (at := plan.section_at(s.start)) else "")))
        for plan, c in claims
        for s in c.spans
    )
    if not told or not all(holds(told, want) for want in said.wants if want in HARD | {Want.PLACE, Want.FORM}):
        return False
    if Want.BODY in said.wants and not _BODY.search(told):
        return False
    words = spaced(f"{told} {quoted}")
    total = sum(t.weight for t in said.terms) or 1.0
    held = sum(t.weight for t in said.terms if any(f" {form} " in words for form in t.forms))
    return not said.terms or held >= _HEARD * total
