"""Documents that a plan rests on or names, and the terms that it defines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.dates import find_times
from bot.domain import Reference, Term, WrittenDate
from bot.text import fold

from ..document import Document
from ..outline import Line

_KIND = r"kế hoạch|quyết định|nghị quyết|chỉ thị|công văn|thông tư|nghị định|chương trình|đề án|hướng dẫn|kết luận|thông báo|công điện|tờ trình|quy định|văn bản|báo cáo"
_NUMBERED = re.compile(
    rf"(?P<kind>{_KIND})(?:\s+(?:liên tịch|hành động))?\s+số\s*:?\s*(?P<number>\d+[\w.]*\s?[-/]\s?[\w/&Đ-]*[\w]|[\w/&-]+\d[\w/&-]*)",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"(?P<kind>Luật|Bộ luật|Pháp lệnh|Hiến pháp)\s+(?P<subject>[A-ZĐÀ-Ỹ][^;.,()]{3,110}?)(?=\s+(?:số\s|ngày\s|năm\s)|[;,.(]|$)"
)
_ISSUER = re.compile(
    r"\s*(?:,\s*)?c[uủ]a\s+(?P<issuer>(?!dan\b)[A-ZĐÀ-Ỹ][^;,.()]{2,100}?)(?=\s+(?:về|ban hành|phê duyệt|quy định|triển khai|sửa đổi|hướng dẫn|thực hiện|tổ chức|tiếp tục|phát động|công bố)\b|[;,.()]|$)"
)
_SUBJECT = re.compile(
    r"\s*(?P<subject>(?:v/v|về|ban hành|phê duyệt|quy định|triển khai|sửa đổi|hướng dẫn|thực hiện|tổ chức)\b[^;]{3,260}?)(?=;|\.\s|\.$|$|, (?:UBND|Ủy ban)|\s\()"
)
_DATED = re.compile(r"\s*,?\s*(?:ký\s+)?(?=ngày|\()")
_BASIS = re.compile(r"(?:can cu|thuc hien|xet|theo)\b")
_TERM = re.compile(
    r"\(\s*(?:sau đây|dưới đây)?\s*,?\s*(?:gọi (?:tắt|chung)|viết tắt)(?:\s+(?:là|thành))?\s*:?\s*[“\"]?(?P<name>[^)”\"]{2,80})[”\"]?\s*\)",
    re.IGNORECASE,
)


def references(document: Document) -> Iterator[Reference]:
    """Each mention in order; those in the preamble's "Căn cứ …", "Thực hiện …" are the legal bases."""
    for line in document.lines:
        path = document.path(line)
        basis = not path and bool(_BASIS.match(fold(line.text)))
        for found in _NUMBERED.finditer(line.text):
            yield _reference(document, line, path, basis, found, found["number"].replace(" ", ""))
        for found in _LAW.finditer(line.text):
            times = find_times(line.text[found.end() : found.end() + 60])
            when = times[0].date if times else None
            end = found.end() + (times[0].end if times else 0)
            span = document.span(line.start + found.start(), line.start + end)
            yield Reference(
                path,
                span,
                found["kind"],
                "",
                when,
                "Quốc hội" if "Quốc hội" in line.text else "",
                found["subject"],
                basis,
            )


def _reference(document: Document, line: Line, path: str, basis: bool, found: re.Match[str], number: str) -> Reference:
    at = found.end()
    when: WrittenDate | None = None
    times = find_times(line.text[at : at + 50])
    if times and _DATED.match(line.text, at) and times[0].date.day:
        when = times[0].date
        at += times[0].end
    issuer = _ISSUER.match(line.text, at)
    at = issuer.end() if issuer else at
    subject = _SUBJECT.match(line.text, at)
    at = subject.end() if subject else at
    span = document.span(line.start + found.start(), line.start + at)
    return Reference(
        path,
        span,
        found["kind"].capitalize(),
        number,
        when,
        issuer["issuer"].strip() if issuer else "",
        subject["subject"].strip() if subject else "",
        basis,
    )


def terms(document: Document) -> Iterator[Term]:
    for line in document.lines:
        for found in _TERM.finditer(line.text):
            before = line.text[: found.start()]
            start = max((before.rfind(stop) + len(stop) for stop in (". ", ": ") if stop in before), default=0)
            span = document.span(line.start + start, line.start + found.end())
            yield Term(document.path(line), span, found["name"].strip(), before[start:].strip())
