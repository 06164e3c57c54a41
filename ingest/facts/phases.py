"""Phases: "Giai đoạn 1 (từ năm 2025 đến năm 2027) … sơ kết vào năm 2027"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain import Phase
from bot.text import fold

from ..document import Document
from ..marker import bullet, marker

_YEARS = (
    r"(?:(?:tu\s+)?(?:nam\s+)?(?P<from>20\d\d)\s*(?:-|–|—|den(?:\s+het)?(?:\s+nam)?)\s*(?:nam\s+)?(?P<to>20\d\d)"
    r"|(?:trong\s+)?nam\s+(?P<only>20\d\d))"
)
_PHASE = re.compile(rf"(?:giai doan|dot)\s+(?P<number>\d{{1,2}}(?!\d)|[ivx]{{1,4}}\b|[\[\]|])\s*[:(,]?\s*{_YEARS}?")
# "Đợt 1: từ tháng 1 đến tháng 6 năm 2026", "Giai đoạn 2 (từ ngày 01/7/2026 đến ngày 31/12/2026)".
_SPAN = re.compile(r"(?:thoi gian\s*)?[:(,]?\s*tu\s+(?P<first>[^;.()]{2,40}?)\s+den\s[^;.()]{2,40}?(?P<to>20\d\d)")
_IN_YEAR = re.compile(r"20\d\d")
_WHEN = r"(?:(?:cuoi |dau )?nam\s+|(?:quy\s+[ivx\d]+|thang\s+\d+)\s*/\s*)"
_REVIEW = re.compile(
    rf"(?P<what>so ket|tong ket)(?:[^.;]{{0,120}}?)(?:vao|trong)?\s*{_WHEN}(?P<year>20\d\d)|(?P<what2>so ket|tong ket)"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}


def phases(document: Document) -> Iterator[Phase]:
    """Phases in order; the text of one runs on until the next begins or its section ends."""
    found: list[tuple[int, int, str, re.Match[str]]] = []
    for line, path in document.body_lines():
        start, end = document.content(line)
        head = _PHASE.match(fold(document.text[start:end]))
        if head and (head["from"] or head["only"] or head["number"]):
            found.append((start, end, path, head))
    for index, (start, end, path, head) in enumerate(found):
        stop = (
            found[index + 1][0]
            if index + 1 < len(found) and found[index + 1][2] == path
            else _reach(document, path, end)
        )
        reach = _paragraph_after(document, end, stop)
        folded = fold(document.text[start:reach])
        what, year = _review(folded)
        number = int(head["number"]) if head["number"].isdigit() else _ROMAN.get(head["number"], index + 1)
        first, last = _years(head, folded)
        yield Phase(path, document.span(start, reach), number, first, last, what, year)


def _years(head: re.Match[str], folded: str) -> tuple[int | None, int | None]:
    first, last = head["from"] or head["only"], head["to"] or head["only"]
    span = None if first else _SPAN.match(folded, head.end())
    if span:
        said = _IN_YEAR.search(span["first"])
        first, last = said.group() if said else span["to"], span["to"]
    return int(first) if first else None, int(last) if last else None


def _reach(document: Document, path: str, end: int) -> int:
    section = document.section(path)
    return section.end if section else end


def _paragraph_after(document: Document, end: int, stop: int) -> int:
    """A phase named on a line of its own goes on in the next paragraph, unless that is an item of its own."""
    after = next((p for p in document.lines if p.start > end), None)
    if after and after.end <= stop and not bullet(after.text) and not marker(after.text):
        return after.end
    return end


def _review(folded: str) -> tuple[str, int | None]:
    """What ends the phase: the review dated last, "giai đoạn 2 … trên cơ sở sơ kết … tổng kết vào năm 2030"."""
    dated = [m for m in _REVIEW.finditer(folded) if m["year"]]
    if dated:
        # "sơ kết giai đoạn 1, … và tổng kết vào năm 2030": the year belongs to the word nearest before it.
        nearest = list(re.finditer("so ket|tong ket", folded[: dated[-1].start("year")]))[-1].group()
        return {"so ket": "sơ kết", "tong ket": "tổng kết"}[nearest], int(dated[-1]["year"])
    named = re.findall("so ket|tong ket", folded)
    return ({"so ket": "sơ kết", "tong ket": "tổng kết"}[named[0]], None) if named else ("", None)
