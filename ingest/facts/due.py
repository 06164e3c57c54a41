"""What falls due on a day, in the plan's words."""

from __future__ import annotations

import re

from bot.dates import TimeExpression
from bot.text import fold

_OWES = re.compile(
    "|".join(
        (
            r"bao cao|gui\b|nop\b|trinh\b|phan anh|dang ky|thong bao|cung cap|cong bo|niem yet|chuyen\b(?! doi)|giao\b",
            r"xay dung|lap\b|ban hanh|tham muu|phe duyet|ra soat|thong ke|tong hop|cap nhat|kiem tra|quyet toan",
            r"to chuc|trien khai|thuc hien|ra quan|phat dong|khai mac|be giang|tap huan|bo tri|kien toan",
            r"(?<!lieu )mo\b|hoan thanh|tong ket|so ket|dat\b|xong\b|ket thuc",
        )
    )
)
# Verbs that other words are written like once accents are folded: "Tuyên giáo", "cài đặt", "chuyên đề".
_ACCENTED = {"giao": "giao", "dat": "đạt", "mo": "mở", "lap": "lập", "chuyen": "chuyển", "nop": "nộp", "trinh": "trình"}
_BODIES = r"(?:ubnd|uy ban|phong|chu tich|so|van phong|hoi dong|ban)"
_STOP = re.compile(
    rf"\s+(?:gui\s+)?(?:ve|cho)\s+{_BODIES}|\s*[(;.]|\s+(?:truoc|cham nhat|muon nhat|xong truoc|de tong hop)\b"
)
_TRAILING = re.compile(r"\s+(?:là|vào|xong)$")
_LABEL = re.compile(r"(?:đợt|giai đoạn|lần|kỳ) \d")
_PERIOD = (
    r"(?:(?:dinh ky|hang|moi)\s+)?"
    r"(?P<period>(?:0?6|sau|0?9|chin) thang(?: (?:dau|cuoi) nam)?|quy [ivx\d]+|(?:ca )?nam|quy|thang)"
)
_BARE_PERIOD = re.compile(rf"(?:dinh ky\s+)?{_PERIOD}")
_NAMED_AFTER = re.compile(
    r"\s*,?\s*(?:\(\s*(?:(?:doi voi|cho)\s+)?|doi voi\s+)"
    rf"(?:(?P<report>bao cao\s[^(),;.]{{1,50}}?)|{_PERIOD})\s*(?:\)|(?=[,;.]|\s+va\b|$))"
)
# "… trước ngày 05/12 đối với khen thưởng hằng năm, trước ngày 20/4 đối với khen thưởng sơ kết", "20/5 (đợt 1)".
_FOR_WHAT = re.compile(
    r"\s*,?\s*(?:(?P<matter>doi voi\s+(?!cac\b|moi\b|tat ca\b)[^(),;.]{3,60}?)(?=[,;.]|\s+va\s+(?:truoc|cham|ngay)\b|$)"
    r"|\((?P<label>(?:dot|giai doan|lan|ky) \d)\))"
)
_BARE_VERB = 2  # words; "hoàn thành" alone does not tell what


def owes(text: str) -> re.Match[str] | None:
    """The first verb of a duty, matched in the folded text: its offsets hold in the text."""
    found = _OWES.finditer(fold(text))
    return next((m for m in found if _is_verb(text[m.start() : m.end()])), None)


def _is_verb(word: str) -> bool:
    own = word.lower()
    return fold(own) == own or own == _ACCENTED.get(fold(own), own)


def duty_of(text: str, time: TimeExpression | None) -> str:
    """The duty in the plan's words: the clause from its verb up to its recipient or limit; "" without a verb."""
    folded = fold(text)
    verb = owes(text)
    if verb is None:
        return ""
    stop = _STOP.search(folded, verb.end())
    end = stop.start() if stop else len(text)
    if time and verb.start() < time.start < end:
        end = time.start
    return _TRAILING.sub("", text[verb.start() : end].strip(" ,:-"))


def duties_of(text: str, times: list[TimeExpression], leans: bool) -> list[str]:
    """What falls due at each time of the sentence. `leans`: the sentence goes on with one before it."""
    leads, after = _leads(text, times)
    periods = [_period(lead) for lead in leads]
    several = len({p for p in periods if p}) > 1
    found: list[str] = []
    for time, lead, period, named in zip(times, leads, periods, after, strict=True):
        first = not found
        if named.startswith("đối với") or _LABEL.fullmatch(named):
            duty = f"{duty_of(text, times[0])} {named if named.startswith('đối với') else f'({named})'}".strip()
        elif named:
            duty = named
        elif period and (several or names_a_period(lead)):
            duty = period
        elif not first and not lead:
            duty = found[-1]  # "trước ngày 15/6 và 15/12"
        elif (leans or not first) and lead and not owes(lead):
            duty = period or f"báo cáo {lead}"  # "…; năm chậm nhất ngày 05/12" is "báo cáo năm"
        else:
            duty = duty_of(text if first else lead, time if first else None)
        if len(duty.split()) <= _BARE_VERB:
            duty = (text[: time.start].strip(" ,;:(") if first else lead) or duty
        found.append(duty)
    return found


def names_a_period(lead: str) -> bool:
    """ "…; năm chậm nhất ngày 05/12": nothing but the period stands before the limit."""
    return bool(_BARE_PERIOD.fullmatch(fold(_tidy(lead))))


def _leads(text: str, times: list[TimeExpression]) -> tuple[list[str], list[str]]:
    """The words before each time since the last one, and the report named in brackets after it."""
    folded = fold(text)
    leads, after = [], []
    told_until = 0
    for time in times:
        leads.append(_tidy(text[told_until : time.start]))
        named = _NAMED_AFTER.match(folded, time.end)
        if named is None and len(times) > 1 and (matter := _FOR_WHAT.match(folded, time.end)):
            part = "matter" if matter["matter"] else "label"
            after.append(text[matter.start(part) : matter.end(part)].lower())
            told_until = matter.end()
            continue
        group = "report" if named and named["report"] else "period"
        words = text[named.start(group) : named.end(group)] if named else ""
        after.append(words if group == "report" or not words else f"báo cáo {words}")
        told_until = named.end() if named else time.end
    return leads, after


def _tidy(lead: str) -> str:
    lead = re.sub(r"^[\s,;:()]*(?:và\b)?|(?:\bvà)?[\s,;:()]*$", "", lead)
    return lead.strip(" ,;:()")


def _period(lead: str) -> str:
    """ "Định kỳ 6 tháng" → "báo cáo 6 tháng"; "" where the last words name no period alone."""
    last = re.split(r"[:,]\s*", lead)[-1]
    found = _BARE_PERIOD.fullmatch(fold(last))
    return f"báo cáo {last[found.start('period') : found.end('period')].lower()}" if found else ""
