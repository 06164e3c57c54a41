"""What a plan's head and end say of it: number, date, issuer, title, movement, period, signer, recipients.

What is left blank in the document stays blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain import WrittenDate
from bot.text import fold

from .ending import COPIES, SIGNS, recipients_of, seams, signer_of
from .issuer import issuer, ministry, province_of
from .marker import marker
from .outline import Line, is_title

_KINDS = {
    "ke hoach": "Kế hoạch",
    "quyet dinh": "Quyết định",
    "chi thi": "Chỉ thị",
    "nghi quyet": "Nghị quyết",
    "cong dien": "Công điện",
    "chuong trinh": "Chương trình",
    "phuong an": "Phương án",
    "de an": "Đề án",
    "huong dan": "Hướng dẫn",
    "thong bao": "Thông báo",
    "thong tu": "Thông tư",
    "nghi dinh": "Nghị định",
    "ket luan": "Kết luận",
}
_KIND_LINE = re.compile(rf"({'|'.join(_KINDS)})\b[\s.:]*")
_LETTER = re.compile(r"v\s?/\s?v:?\s+")  # "V/v tăng cường …": a letter has no kind of its own above its subject
_NUMBER = re.compile(
    r"(?:so|s[a-z0-9]{0,2}:)\s*[:.]?\s*(?P<digits>[\d\w.…]{0,8}?(?:/20\d\d)?)\s*(?P<kind>[-/]\s?[a-z]{2,6}(?:\s?[-/]\s?[a-z&]{2,12})*)"
)
# The Government, a ministry, the National Assembly, the Party's centre: no People's Committee.
_CENTRAL = re.compile(r"[-/](?:TTg|CP|VPCP|[A-ZĐ]*TW|QH\d*|UBTVQH\d*|B[A-ZĐ]{1,7}|[A-Z]*NN)$")
_PLACE = r"(?:\|\s*)?(?P<place>[^,\n]{2,60}?)\s*,\s*ngay\s*"
_DATES = (
    re.compile(_PLACE + r"(?P<day>[^\s]{0,4}?)\s*thang\s*(?P<month>[^\s]{0,3}?)\s*nam\s*(?P<year>\d{4}|\s*)"),
    re.compile(_PLACE + r"(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4})"),
)
_PREAMBLE = re.compile(
    r"(?:can cu|thuc hien|theo|xet|de\b|nham|uy ban nhan dan|ubnd|chu tich"
    r"|trien khai thuc hien (?:ke hoach|quyet dinh|nghi quyet|chi thi)"
    r"|(?:i|1|a)\s*\.|phan (?:thu |[ivx\d]+\b)|chuong i\b|dieu 1\b|-{3,}|_{3,})"
)
# Who issues it, on a line of its own below the title.
_AUTHORITY = re.compile(
    r"(?:chu tich|uy ban|bo truong|thu tuong|hoi dong nhan dan|giam doc|truong ban|cuc truong|tong|chanh)\b|chinh phu$"
)
_YEARS = re.compile(r"(?:tu )?(?:giai doan|nam)?\s*(20\d\d)\s*(?:-|–|—|den(?: het)?(?: nam)?)\s*(20\d\d)")


@dataclass(frozen=True)
class Metadata:
    kind: str
    number: str
    when: WrittenDate
    place: str
    title: str
    movement: tuple[str, ...]
    period: tuple[int, int] | None
    issuer_kind: str
    issuer_name: str
    province: str
    aliases: tuple[str, ...]
    signer: str
    signer_office: str
    recipients: tuple[str, ...]
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    # Vietnamese, for the report and the warnings
    blank: tuple[str, ...] = ()  # what the head leaves open: number, day
    missing: tuple[str, ...] = ()  # what is not found at all


def metadata(lines: Sequence[Line]) -> Metadata:
    """Reads the head (all before the first section) and the end (from "Nơi nhận")."""
    head, tail = _parts(lines)
    spans: dict[str, tuple[int, int]] = {}
    number = _number(head, spans)
    place, when = _date(head, spans)
    kind, title = _title(head, spans)
    central = bool(_CENTRAL.search(number))
    first, last = spans.get("title", (0, 0))
    beside = [line for line in head if not first <= line.start < last]
    if central:
        issuer_kind, province = "", ""
        issuer_name, aliases = ministry(beside)
    else:
        issuer_kind, issuer_name = issuer(beside, tail, place, title)
        province, aliases = province_of(lines, issuer_kind, issuer_name)
    signer, office = signer_of(tail, spans)
    recipients = recipients_of(tail, spans)
    movement = tuple(re.findall(r"[“\"]([^”\"]{5,160})[”\"]", title))
    period = _period(title, lines)
    return Metadata(
        kind,
        number,
        when,
        place,
        title,
        movement,
        period,
        issuer_kind,
        issuer_name,
        province,
        aliases,
        signer,
        office,
        recipients,
        spans,
        tuple(_blank(number, when)),
        tuple(_missing(number, when, signer, recipients)),
    )


def _parts(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    first = next(
        (i for i, line in enumerate(lines) if marker(line.text) and not _NUMBER.match(fold(line.text))), len(lines)
    )
    tail: list[Line] = []
    inside = False
    for line in lines[first:]:
        folded = fold(line.text)
        signs = re.match(r"tm\s?\.|kt\s?\.", folded) or (line.text.isupper() and SIGNS.match(folded))
        if COPIES.match(folded) or signs:
            inside = True
        elif is_title(line, folded) or (marker(line.text) and len(line.text) > 30):
            inside = False
        if inside:
            tail += seams(line)
    return list(lines[:first]), tail


def _number(head: list[Line], spans: dict[str, tuple[int, int]]) -> str:
    for line in head:
        found = _NUMBER.match(fold(line.text))
        if found:
            digits = line.text[found.start("digits") : found.end("digits")]
            kind = re.sub(r"\s", "", line.text[found.start("kind") : found.end("kind")])
            spans["number"] = (line.start, line.start + found.end())
            return (digits if digits.replace("/", "").isalnum() else "") + kind
    return ""


def _date(head: list[Line], spans: dict[str, tuple[int, int]]) -> tuple[str, WrittenDate]:
    for line in head:
        folded = fold(line.text)
        number = _NUMBER.match(folded)
        at = number.end() if number else 0
        at += len(folded[at:]) - len(folded[at:].lstrip())
        found = next((m for pattern in _DATES if (m := pattern.match(folded, at))), None)
        if found is None or len(folded) - found.end() > 12:
            continue
        place = line.text[found.start("place") : found.end("place")].strip()
        written = line.text[found.end("place") : found.end()].strip(" ,")
        spans["date"] = (line.start + found.start("place"), line.start + found.end())
        day, month, year = (
            int(found[part]) if found[part].strip().isdigit() else None for part in ("day", "month", "year")
        )
        return place, WrittenDate(written, day, month, year)
    return "", WrittenDate("")


def _title(head: list[Line], spans: dict[str, tuple[int, int]]) -> tuple[str, str]:
    """Kind and title. Of a decision and the plan it issues, the decision's kind and its own title."""
    for index, line in enumerate(head):
        found = _KIND_LINE.match(fold(line.text))
        if not found or not (line.text[: found.end()].strip(" :.").isupper() or line.heading):
            continue
        rest = line.text[found.end() :].strip()
        words = [rest] if rest else []
        last = line.end
        for after in head[index + 1 :]:
            if _PREAMBLE.match(fold(after.text)) and (words or not after.text.startswith(("Thực hiện", "Triển khai"))):
                break
            if len(" ".join(words)) > 400 or (_AUTHORITY.match(fold(after.text)) and _capitals(after.text)):
                break
            if words and _capitals(words[0]) and not _capitals(after.text):
                break
            words.append(after.text)
            last = after.end
        title = " ".join(words)
        subject = _LETTER.match(fold(title))
        title = title[subject.end() if subject else 0 :].strip(" .:")
        if title:
            spans["title"] = (line.start, last)
            return _KINDS[found.group(1)], title
    for line in head:
        subject = _LETTER.match(fold(line.text))
        if subject:
            spans["title"] = (line.start, line.end)
            return "Công văn", line.text[subject.end() :].strip(" .:")
    return "", ""


def _capitals(text: str) -> bool:
    """Whether the first words are set in capitals."""
    return " ".join(text.split()[:3]).isupper()


def _period(title: str, lines: Sequence[Line]) -> tuple[int, int] | None:
    """Years covered: those of the title, else those of the clause on the time of execution."""
    years = _YEARS.search(fold(title))
    if years:
        return int(years[1]), int(years[2])
    one = re.findall(r"nam (20\d\d)", fold(title))
    if one:
        return int(one[0]), int(one[0])
    for line in lines:
        folded = fold(line.text)
        if re.search(r"trien khai thuc hien|thuc hien|thoi gian", folded):
            span = re.search(r"tu nam (20\d\d) den (?:het )?nam (20\d\d)", folded)
            if span:
                return int(span[1]), int(span[2])
    return None


def _blank(number: str, when: WrittenDate) -> Iterator[str]:
    if number and not number[0].isdigit():
        yield f"số văn bản để trống ({number})"
    parts = (("ngày", when.day), ("tháng", when.month), ("năm", when.year))
    blanks = [name for name, part in parts if part is None]
    if when.written and blanks:
        yield f"{' và '.join(blanks)} ban hành để trống hoặc không đọc được ({when.written})"


def _missing(number: str, when: WrittenDate, signer: str, recipients: tuple[str, ...]) -> Iterator[str]:
    if not number:
        yield "không thấy số văn bản"
    if not when.written:
        yield "không thấy ngày ban hành"
    if not signer:
        yield "không thấy người ký"
    if not recipients:
        yield "không thấy nơi nhận"
