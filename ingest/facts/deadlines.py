"""Deadlines: who owes what to whom, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.bodies import body_name
from bot.dates import Bound, TimeExpression, dates_a_document, find_times, repeats
from bot.domain import Deadline, Rule, WrittenDate
from bot.text import fold

from ..document import Document
from ..outline import Line
from .duties import owner

_OWES = re.compile(
    r"bao cao|gui\b|nop\b|trinh\b|hoan thanh|ban hanh|dang ky|tong hop|phan anh|xay dung|to chuc|ra quan|trien khai|lap\b|thuc hien|cong bo|phe duyet|cap nhat|niem yet|khai mac|be giang|tham muu|tong ket|so ket|kiem tra|dat\b|xong\b|ket thuc|mo\b|ra soat|thong ke|phat dong|tap huan|cung cap|thong bao|giao\b|chuyen\b|quyet toan|bo tri|kien toan"
)
_REPORTS = re.compile(r"\b(?:bao cao|gui|nop)\b")
_PERIODIC = re.compile(r"dinh ky|h[a]ng nam|h[a]ng thang|h[a]ng quy|6 thang|thoi gian quy dinh|thuong xuyen bao cao")
_RECIPIENT = re.compile(
    r"\b(?:gui|bao cao|nop|trinh|phan anh|de xuat)\b[^;.]{0,140}?\b(?:ve|cho|toi|den|voi)\s+(?!viec\b|ket qua|cong tac|ngay\b|truoc\b|tinh hinh|nang cao|thang\b|cuoi\b|het\b)(?P<to>[a-z][^;.,()]{2,90})"
    r"|\b(?:bao cao|trinh)\s+(?P<to2>(?:chu tich|ubnd|uy ban|hoi dong|ban chi dao|so(?! ket)|phong|bo)\b[^;.,()]{0,80})"
)
_STOP = re.compile(
    r"\s+(?:truoc|cham nhat|muon nhat|de|theo|dinh ky|hang nam|xem xet|tong hop|trong|vao|qua|thong qua|xong|khi|ket qua|tinh hinh|den ngay|nham|dung|va bao cao|cac noi dung|nhung|ket qua|quyet dinh|chi dao|khen thuong|kiem tra|theo doi|phe duyet|ban hanh)\b|\s*\d"
)
_VIA = re.compile(
    r"\(?\s*\b(?:thong\s+)?qua\s+(?P<via>(?:phong|van phong|ban|bo phan|trung tam|so|cong an|to|hoi|cong chuc|thuong truc|co quan|email|he thong|dia chi)\b[^);.,]{0,90})"
)


def deadlines(document: Document) -> Iterator[Deadline]:
    """Every duty with a time limit, and reporting duties without a day (rule `undated` or a bare repetition)."""
    for line, path in document.body_lines():
        if line.cells:
            continue
        spoken = document.sentences(line)
        for index, (start, end) in enumerate(spoken):
            yield from _in_sentence(document, line, path, spoken, index, start, end)


def _in_sentence(
    document: Document, line: Line, path: str, spoken: list[tuple[int, int]], index: int, start: int, end: int
) -> Iterator[Deadline]:
    text = document.text[start:end]
    folded = fold(text)
    times = [t for t in find_times(text) if _limits(text, t)]
    if times and _OWES.search(folded):
        # "Thời gian gửi báo cáo chậm nhất …" rests on the sentence before it for who and to whom.
        leans = index > 0 and re.match(r"(?:thoi (?:gian|han)|han\b|viec)", folded) is not None
        first = spoken[index - 1][0] if leans else start
        if not addressee(document.text[first:end])[0]:
            # "…; báo cáo năm chậm nhất ngày 25/11": the clause before it says to whom.
            told = [
                s
                for s, e in spoken[:index]
                if _REPORTS.search(fold(document.text[s:e])) and addressee(document.text[s:e])[0]
            ]
            first = told[-1] if told and _REPORTS.search(folded) else first
        told_until = 0
        for time in times:
            lead = text[told_until : time.start].strip(" ,;:")
            bare = (told_until > 0 or first < start) and bool(lead) and not _OWES.search(fold(lead))
            own = told_until > 0 and bool(_OWES.search(fold(lead)))
            duty = _joined(lead) if bare else duty_of(lead, None) if own else duty_of(text, time)
            if len(duty.split()) <= _BARE_VERB:
                duty = text[: time.start].strip(" ,;:") or duty
            yield _deadline(document, line, path, first, end, duty, time, text)
            told_until = time.end
    elif _REPORTS.search(folded) and _PERIODIC.search(folded) and _RECIPIENT.search(folded):
        followed = index + 1 < len(spoken) and re.match(
            r"(?:thoi (?:gian|han)|han\b)", fold(document.text[spoken[index + 1][0] : spoken[index + 1][1]])
        )
        if not followed:
            yield _deadline(document, line, path, start, end, duty_of(text, None), None)


_BARE_VERB = 2  # words; "hoàn thành" alone does not tell what


def _joined(lead: str) -> str:
    """What falls due where the words before the day have no verb: "…; năm chậm nhất ngày 05/12" is "báo cáo năm"."""
    return f"báo cáo {lead}" if "bao cao" not in fold(lead) else lead


def _limits(text: str, time: TimeExpression) -> bool:
    """Whether the time is a limit: bounded, or a day, month or quarter that does not date a document."""
    if time.from_year or dates_a_document(text, time):
        return False
    if time.date.day is None and time.date.month is None and time.quarter is None:
        return False
    if time.bound is Bound.FROM:
        return False
    if re.search(r"(?:6|sau|9|chin|3|ba)\s*$", fold(text[: time.start])):
        return False
    return True


def _deadline(
    document: Document,
    line: Line,
    path: str,
    start: int,
    end: int,
    duty: str,
    time: TimeExpression | None,
    sentence: str = "",
) -> Deadline:
    """`sentence` holds the time; `start:end` may begin earlier, with the words that it leans on."""
    text = document.text[start:end]
    folded = fold(text)
    recipient, via = addressee(text)
    span = document.span(start, end)
    label = _LABEL.match(text)
    actor = body_name(text[label.end() :] if label else text) or _subject(text) or owner(document, line, path)
    if time is None:
        return Deadline(path, span, actor, duty, recipient, via, repeats(text) or Rule.UNDATED, WrittenDate(""))
    when = time.date
    rule = (
        time.rule
        or _stated_rule(fold(sentence), when)
        or _stated_rule(folded, when)
        or Rule.ONCE
    )
    if time.quarter and when.month is None:
        # A quarter ends with its last month; the words stay as written.
        when = WrittenDate(when.written, None, time.quarter * 3, when.year)
    inclusive = time.bound is not Bound.BEFORE
    return Deadline(path, span, actor, duty, recipient, via, rule, when, inclusive)


def _stated_rule(folded: str, when: WrittenDate) -> Rule | None:
    rule = repeats(folded)
    if rule is Rule.HALF_YEARLY and when.month is not None:
        return Rule.YEARLY
    return rule


def addressee(text: str) -> tuple[str, str]:
    """To whom and through whom: ("Ủy ban nhân dân xã", "Phòng Văn hóa - Xã hội"); blanks where not said."""
    folded = fold(text)
    found = next((m for m in _RECIPIENT.finditer(folded) if _speaks_to(text, m)), None)
    recipient = via = ""
    if found:
        name = "to" if found["to"] else "to2"
        recipient = _cut(text, folded, *found.span(name))
    passing = _VIA.search(folded)
    if passing:
        via = _cut(text, folded, *passing.span("via"))
    return recipient, via


def _speaks_to(text: str, found: re.Match[str]) -> bool:
    """Folded, "vệ sinh" begins like "về": the accents tell."""
    return found["to"] is None or text[: found.start("to")].split()[-1].lower() in ("về", "cho", "tới", "đến", "với", "ve", "den")


def _cut(text: str, folded: str, start: int, end: int) -> str:
    stop = _STOP.search(folded, start, end)
    return text[start : stop.start() if stop else end].strip(" ,.;:-()")


_LABEL = re.compile(r"[^:;.]{3,70}:\s+")
_SUBJECT = re.compile(
    r"(?:^|,\s*|;\s*)(?P<who>(?:cac|moi)\s+(?:co quan|don vi|phong|thon|xom|dia phuong|to chuc|truong)[^.;()]{0,120}?)\s+(?:bao cao|gui|nop|phan anh|xay dung|hoan thanh)\b"
)


def _subject(text: str) -> str:
    found = _SUBJECT.search(fold(text))
    return text[found.start("who") : found.end("who")].strip() if found else ""


def duty_of(text: str, time: TimeExpression | None) -> str:
    """The duty in the plan's words: the clause from its verb up to its recipient or limit."""
    folded = fold(text)
    verb = _OWES.search(folded)
    if verb is None:
        return ""
    stop = re.compile(
        r"\s+(?:ve|cho|gui ve)\s+(?:ubnd|uy ban|phong|chu tich|so|van phong|hoi dong|ban)|\s*[(;.]|\s+(?:truoc|cham nhat|muon nhat|xong truoc|de tong hop)\b"
    ).search(folded, verb.end())
    end = stop.start() if stop else len(text)
    if time and verb.start() < time.start < end:
        end = time.start
    return text[verb.start() : end].strip(" ,:-")
