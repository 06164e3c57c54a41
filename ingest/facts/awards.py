"""Awards: each form of reward that a plan names where it speaks of rewarding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain import Award
from bot.text import fold

from ..document import Document
from ..marker import bullet

_FORM = re.compile(
    "|".join(
        (
            r"(?:huan|huy|ky niem) chuong(?: [^;,.()]{0,60})?",
            r"co thi dua(?: [^;,.()]{0,60})?",
            r"(?:bang|giay) khen(?: [^;,.()]{0,70})?",
            r"giay chung nhan(?: [^;,.()]{0,60})?",
            r"bieu duong(?: [^;,.()]{0,40})?",
            r"danh hieu “[^”]{2,60}”",
            r"chien si thi dua[^;,.()]{0,40}",
            r"lao dong tien tien|tap the lao dong xuat sac",
            r"tien thuong[^;,.()]{0,60}",
            r"thuong [^;,.()]{0,20}\d[^;,()]{0,40}(?<!hoi )(?<!lao )dong\b",
        )
    )
)
_SPEAKS = re.compile(r"khen thuong|hinh thuc khen|danh hieu|ton vinh|thuong\b")
_OCCASION = re.compile(r"tong ket|so ket|h[a]ng nam|dot xuat|chuyen de|thuong xuyen")
_NAMES = {
    "tong ket": "tổng kết",
    "so ket": "sơ kết",
    "hang nam": "hằng năm",
    "dot xuat": "đột xuất",
    "chuyen de": "chuyên đề",
    "thuong xuyen": "thường xuyên",
}
_AFTER = re.compile(
    r"\s+(?:cho|theo|de|trong|khi|va trinh|va de|tang|doi voi|nham|vao|hoac|va (?:de nghi|trinh|bieu|nhan))\b"
)


def awards(document: Document) -> Iterator[Award]:
    """Forms in the order of the text; only from sections whose headings, or lines above, speak of rewarding."""
    label = ""
    section = ""
    for line, path in document.body_lines():
        headings = " / ".join(fold(s.heading) for s in document.above(path))
        start, end = document.content(line)
        text = document.text[start:end]
        folded = fold(text)
        if path != section:
            section, label = path, ""
        if len(text) < 90 and _OCCASION.search(folded) and not _FORM.match(folded) and bullet(line.text):
            label = folded  # "- Khen thưởng tổng kết" heads the items after it
        if not (_SPEAKS.search(headings) or (_SPEAKS.search(label))):
            continue
        occasion = _occasion(label) or next((o for s in document.above(path) if (o := _occasion(fold(s.heading)))), "")
        for found in _FORM.finditer(folded):
            stop = _AFTER.search(folded, found.start(), found.end())
            last = stop.start() if stop else found.end()
            form = text[found.start() : last].strip(" .;,")
            form = form.strip("“”") if form.count("“") != form.count("”") else form
            if form:
                yield Award(path, document.span(start, end), form, occasion)


def _occasion(folded: str) -> str:
    found = [_NAMES[m] for m in _OCCASION.findall(folded)]
    return ", ".join(dict.fromkeys(found))
