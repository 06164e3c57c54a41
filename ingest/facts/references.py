"""Documents that a plan rests on or names, and the terms that it defines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.bodies import body_name
from bot.dates import find_times
from bot.domain import Reference, Term, WrittenDate
from bot.text import fold, sentences, squash

from ..document import Document, to_fill
from ..outline import Line

_KIND = "|".join(
    (
        r"kế hoạch|chương trình|đề án|quyết định|nghị quyết|nghị định|thông tư|chỉ thị|kết luận|quy định",
        r"công văn|công điện|hướng dẫn|thông báo|tờ trình|báo cáo|văn bản",
    )
)
_NUMBER = "|".join(
    (
        r"\d+[\w.]*\s?[-/]\s?[\w/&Đ-]*[\w]",
        r"[\w/&-]+\d[\w/&-]*",
        r"[\s.…_]*/\s?[A-ZĐ][\w&-]+",  # "số    /KH-UBND": the number itself was left blank
    )
)
_NUMBERED = re.compile(
    rf"(?P<kind>{_KIND})(?:\s+(?:liên tịch|hành động))?\s+số\s*:?\s*(?P<number>{_NUMBER})", re.IGNORECASE
)
# "Luật Thi đua, khen thưởng" has a comma in its name; "Luật Đất đai, các đơn vị …" has not.
_NO_NAME = "|".join(
    (
        r"các|những|mọi|từng|và|hoặc|trong|theo|thì|của|để|nhằm|trên|với|cùng|cũng|việc|đồng thời",
        r"xã|phường|thôn|ubnd|ủy ban|đơn vị|cơ quan|phòng(?!\s*,)|ban|cán bộ",
        r"căn cứ|tổ chức|thực hiện|triển khai|hướng dẫn|quy định|ban hành|chủ động|phù hợp|[bđ]ảm bảo|bảo đảm|kịp thời",
    )
)
_LAW = re.compile(
    r"(?P<kind>Luật|Bộ luật|Pháp lệnh|Hiến pháp)\s+"
    rf"(?P<subject>[A-ZĐÀ-Ỹ](?:[^;.,()]|,\s+(?!(?:{_NO_NAME})\b)(?=[a-zà-ỹđ])){{3,110}}?)"
    r"(?=\s+(?:số\s*:?\s*[\d….]|ngày\s|năm\s|và (?:Luật|Bộ luật|Pháp lệnh|Nghị|Thông))"
    rf"|[;.(]|,(?!\s+(?!(?:{_NO_NAME})\b)[a-zà-ỹđ])|$)"
)
_ACTS = r"ban hành|phê duyệt|quy định|triển khai|sửa đổi|hướng dẫn|thực hiện|tổ chức"
_ISSUER = re.compile(
    r"\s*(?:,\s*)?c[uủ]a\s+(?P<issuer>(?!dan\b)[A-ZĐÀ-Ỹ][^;,.()]{2,100}?)"
    rf"(?=\s+(?:về|{_ACTS}|tiếp tục|phát động|công bố)\b|[;,.()]|$)"
)
_SUBJECT = re.compile(rf"\s*(?P<subject>(?:v/v|về|{_ACTS})\b[^;]{{3,260}}?)(?=;|\.\s|\.$|$|, (?:UBND|Ủy ban)|\s\()")
_DATED = re.compile(r"\s*,?\s*(?:ký\s+)?(?=ngày|\()")
_BASIS = re.compile(r"(?:can cu|thuc hien|xet|theo)\b")
_BLANK_DAY = re.compile(
    r"ngày[\s.…_]*(?:tháng[\s.…_]*(?P<month>\d{1,2})?[\s.…_]*(?:năm\s*(?P<year>20\d\d))?"
    r"|/\s*(?P<month2>\d{1,2})\s*/\s*(?P<year2>20\d\d))",
    re.IGNORECASE,
)
_CALLED = r"(?:(?:sau đây|dưới đây)\s*,?\s*(?:gọi|viết)(?:\s+(?:tắt|chung))?|gọi\s+(?:tắt|chung)|viết\s+tắt)"
_TERM = re.compile(
    rf"\(\s*{_CALLED}(?:\s+(?:là|thành))?\s*:?\s*[“\"]?(?P<name>[^)”\"]{{2,80}})[”\"]?\s*\)", re.IGNORECASE
)


def references(document: Document) -> Iterator[Reference]:
    """Each mention in order; those in the preamble's "Căn cứ …", "Thực hiện …" are the legal bases."""
    first = document.sections[0].start if document.sections else 0
    for line in document.lines:
        if line.start > first and to_fill(line.text):
            continue  # a form's; in the head a blank number is the plan's own
        path = document.path(line)
        basis = not path and bool(_BASIS.match(fold(line.text)))
        for found in _NUMBERED.finditer(line.text):
            yield _reference(document, line, path, basis, found, re.sub(r"^[.…_]+|\s", "", found["number"]))
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
    elif (start := _DATED.match(line.text, at)) and (blank := _BLANK_DAY.match(line.text, start.end())):
        when = _blank_day(blank)
        at = blank.end()
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


def _blank_day(found: re.Match[str]) -> WrittenDate:
    month, year = found["month"] or found["month2"], found["year"] or found["year2"]
    return WrittenDate(squash(found.group()), None, int(month) if month else None, int(year) if year else None)


def terms(document: Document) -> Iterator[Term]:
    for line in document.lines:
        floor = document.content(line)[0] - line.start
        for found in _TERM.finditer(line.text):
            name = found["name"].strip()
            start = _members_start(line.text, floor, found.start(), name)
            span = document.span(line.start + start, line.start + found.end())
            yield Term(document.path(line), span, name, line.text[start : found.start()].strip())
            floor = found.end()


def _members_start(text: str, floor: int, end: int, name: str) -> int:
    """Where the words begin that a term stands for: with its own name, else with the clause."""
    floor += len(text[floor:end]) - len(text[floor:end].lstrip(" ;,."))
    start = end
    for first, last in reversed(sentences(text, floor, end)):
        clause = text[first:last].rstrip(" ;")
        # "…, các ban, ngành và các đơn vị; các doanh nghiệp (…)": a list of bodies goes on over its semicolons.
        if start < end and (text[last - 1] != ";" or body_name(part := clause.split(", ")[-1]) != part):
            break
        named = text.rfind(name, first, last)
        if named >= 0 and name[0].isupper():
            return named
        start = first
    colon = text.rfind(": ", start, end)
    return colon + 2 if colon >= 0 else start
