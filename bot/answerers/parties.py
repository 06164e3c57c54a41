"""Who owes something to whom, as the question says it, against each deadline of the plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..domain import Deadline
from ..question import Question
from ..terms import Term, spaced, stands_in
from ..text import fold

_RECEIVER = (
    r"phong(?! chong| trao| ngua)|so(?! sanh| lieu| ket| luong)|ubnd|uy ban|tinh(?! hinh)"
    r"|cap (?:tren|tinh|xa|huyen)|trung uong|bo|chi cuc|cuc|xa|phuong"
    r"|dac khu|thanh pho|huyen|cong an|tram|hoi dong|doan|to(?! chuc)|mat tran|van phong|lanh dao|chu tich|ban"
)
# "Gửi báo cáo lên tỉnh", "nộp phòng kinh tế", "báo cáo 6 tháng cho Ủy ban"; "báo cáo của phòng" is no address.
_TO = re.compile(
    rf"\b(?:bao cao|nop|gui|trinh|chuyen)\b(?:(?: \w+){{0,10}}? (?:cho|ve|len|toi|den|voi|sang)(?: cac| nhung)?)?"
    rf" (?P<to>(?:{_RECEIVER})\b(?: \w+){{0,5}})"
)
_STOPS = re.compile(r" (?:truoc|cham|muon|han|ngay|luc|khi|vao|thi|la|bao|hang|moi|nam|thang|quy|co|phai|trong)\b.*")
_UPWARD = re.compile(r"\btinh\b|\bso\b|\bcap (?:tren|tinh)|trung uong|\bbo\b|chi cuc|\bcuc\b|\bthanh pho\b|\bhuyen\b")
_WITHIN = re.compile(r"\bxa\b|\bphuong\b|\bdac khu\b|\bphong\b|\btram\b|\bcong an\b|\bban\b|\bto\b")
_GENERAL = frozenset("cac va cua xa phuong tren dia ban thuoc cap moi nhung".split())
_PARTS = re.compile(r"\s*(?:,|/|;| va )\s*(?:cac |moi )?|^(?:cac|moi) ")  # "các cơ quan, đơn vị và các xóm"
_NOUN = re.compile(r"[a-z]{3,}|[a-z]{2,} [a-z]{2,}")  # "cơ quan", "xóm"; a longer name is known by its words
_TELLING = 3.0  # weight from which a word names a body; a lone syllable does not


@dataclass(frozen=True, slots=True)
class Parties:
    """`to`: the addressee as folded text, "" for none; `owing`: the terms that name who owes it."""

    to: str
    addressed: tuple[Term, ...]
    owing: tuple[Term, ...]


def parties(question: Question, deadlines: Sequence[Deadline]) -> Parties:
    said = f" {' '.join(fold(question.said).replace('?', ' ').split())} "
    found = _TO.search(said)
    to = _STOPS.sub("", found["to"]) if found else ""
    rest = spaced(said.replace(to, " ") if to else said)
    actors = [d.actor for d in deadlines if d.actor]
    addressed = [t for t in question.terms if to and f" {t.forms[0]} " in f" {to} " and t.forms[0] not in _GENERAL]
    owing = [
        t
        for t in question.terms
        if t.weight >= _TELLING and f" {t.forms[0]} " in rest and any(stands_in(t, actor) for actor in actors)
    ]
    known = {form for t in owing for form in t.forms}
    parts = {part for actor in actors for part in _PARTS.split(fold(actor))}
    owing += [Term((p,), _TELLING) for p in sorted(parts) if _NOUN.fullmatch(p) and f" {p} " in rest and p not in known]
    return Parties(to, tuple(addressed), tuple(owing))


def fit(asked: Parties, deadline: Deadline) -> tuple[float, float]:
    """(whose it is, whom it goes to): 1 as asked, -1 another's, 0 where the question or the plan does not say."""
    return _owed(asked, deadline), _received(asked, deadline)


def _owed(asked: Parties, deadline: Deadline) -> float:
    if not asked.owing or not deadline.actor:
        return 0.0
    total = sum(t.weight for t in asked.owing)
    held = sum(t.weight for t in asked.owing if stands_in(t, deadline.actor))
    return 2 * held / total - 1


def _received(asked: Parties, deadline: Deadline) -> float:
    if not asked.to or not deadline.recipient:
        return 0.0
    goes = f"{deadline.recipient} {deadline.via}"
    if asked.addressed and all(stands_in(t, goes) for t in asked.addressed):
        return 1.0
    up, within = bool(_UPWARD.search(asked.to)), bool(_WITHIN.search(asked.to))
    if up and not within:
        return 1.0 if _UPWARD.search(fold(goes)) else -1.0
    named = [t for t in asked.addressed if t.solid]
    if named:
        return -1.0
    return (1.0 if not _UPWARD.search(fold(goes)) else -1.0) if within and not up else 0.0
