"""The figures of a text: documents, dates, numbers with what they count. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ..text import fold, nfc
from .numerals import digits

_DOCUMENT = re.compile(r"(?<![\w/])\d+(?:/\d{4})?(?:/|-)(?=[a-z])[a-z&]+\d*(?:[-/][a-z&\d]+)*")
_DAY = (
    r"(?:(?:ngay|mung|mong)\s+)*(?:"
    r"(?P<d>\d{1,2})\s*(?:/|-(?=\d{1,2}-\d{4}))\s*(?P<m>\d{1,2})(?:\s*[/-]\s*(?P<y>\d{4}))?(?![\d/])"
    r"|(?P<d2>\d{1,2})\s+thang\s+(?P<m2>\d{1,2})(?:\s*(?:,?\s*nam|/|-)\s*(?P<y2>\d{4}))?(?![\d/]))"
    r"|(?:(?:ngay|mung|mong)\s+)+(?P<d3>\d{1,2})(?![\d/]|[.,]\d|\s+(?:ngay|gio|nguoi|lan)\b)"
    r"|thang\s+(?P<m4>\d{1,2})(?:\s*(?:,?\s*nam|/|-)\s*(?P<y4>\d{4}))?(?![\d/])"
    r"|quy\s+[1-4]\s*(?:/|,?\s*nam|-)\s*(?P<y6>(?:19|20)\d\d)(?!\d)"
    r"|(?<![\d.,/])(?P<y5>(?:19|20)\d\d)(?![\d/]|[.,]\d|\s+(?:dong|nguoi|ho)\b)"
)
_DATE = re.compile(rf"(?<![\w/.,])(?:{_DAY})")
_NUMBER = re.compile(r"(?<![\w/])(?P<n>\d+(?:[.,]\d+)*)(?:\s*(?P<scale>nghin|ngan|trieu|ty|ti)\b)?(?P<share>\s*%)?")
_FRACTION = re.compile(r"(?<![\w/])\d+/\d+(?:/\d+)?(?![\w/])")
_ROMAN = re.compile(r"(?<!\w)(?:[IVX]+)(?!\w|\.)")
_ROMANS = ("I", "II", "III", "IV")
_QUARTER = re.compile(r"\b(quý\s+)(IV|I{1,3})\b", re.IGNORECASE)
_OWNER = re.compile(
    r"[^;.]{0,45}?\bcua\s+([^;,.()“”\x00]{3,60}?)"
    r"(?=\s+(?:ve|va|la|cung|ban hanh|trien khai|phe duyet)\b|[;,.()“”\x00]|$)"
)
_SHORT = (("ubnd", "uy ban nhan dan"), ("hdnd", "hoi dong nhan dan"))
_WEEKDAY = re.compile(r"\bthứ (?:hai|ba|tư|năm|sáu|bảy)\b|\bchủ nhật\b")
_SCALE = {"nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "ty": 10**9, "ti": 10**9}
# Before a date: whether the day itself is in time is the difference between a report that is late and one that is not.
_LIMITS = (
    (
        "by",
        r"(?:cham|muon|tre) nhat(?: la| vao| den| toi| het| truoc)*|khong (?:qua|muon hon|cham hon)|den het|han cuoi",
    ),
    ("before", r"truoc(?: thoi (?:diem|han))?"),
    ("after", r"sau(?: khi)?|ke tu|bat dau tu|tu"),
    ("until", r"den|toi"),
)
_BEFORE_DATE = [
    (kind, re.compile(rf"\b(?:{words})\s*(?:la\s+|vao\s+)?(?:(?:cuoi|dau|het)\s+)?(?:ngay|mung|thang|nam|quy)?\s*$"))
    for kind, words in _LIMITS
]
# Before or after a number.
_COMPARED = (
    ("most", r"toi da|khong qua|khong vuot qua|nhieu nhat|cao nhat|den"),
    ("least", r"toi thieu|it nhat|thap nhat|tu"),
    ("under", r"duoi|chua den|it hon|thap hon"),
    ("over", r"tren|hon|qua|vuot|nhieu hon|cao hon"),
    ("before", r"truoc"),
    ("after", r"sau"),
)
_BEFORE_NUMBER = [(kind, re.compile(rf"\b(?:{words})\s*(?:la\s+|dat\s+)?$")) for kind, words in _COMPARED]
_AFTER_NUMBER = [("least", re.compile(r"tro len")), ("most", re.compile(r"tro xuong"))]
_EVERY = {
    "year": r"(?:hang|moi|tung) nam|thuong nien|dinh ky nam|/ ?nam\b",
    "quarter": r"(?:hang|moi|tung) quy|/ ?quy\b",
    "month": r"(?:hang|moi|tung) thang|/ ?thang\b",
    "week": r"(?:hang|moi|tung) tuan|/ ?tuan\b",
    "day": r"(?:hang|moi|tung) ngay",
    "half": r"\b0?6 thang",
}
# After these a number names a thing instead of counting: "giai đoạn 1", "Điều 2".
_LABELS = frozenset("doan dieu muc khoan diem dot lan so luc chuong phan cap hang quy xom thon khu ap lop nhom".split())
_PARTICLE = frozenset("la va cua cho voi tai trong tren duoi de do thi tu den nay nua ca cac nhung moi".split())
_NEXT = re.compile(r"\s*[(“\"]?\s*([a-z]+)(?:\s+([a-z]+))?")
_LAST = re.compile(r"([a-z]+)\s*[(“\"]?\s*$")


@dataclass(frozen=True, slots=True)
class Date:
    day: int | None
    month: int | None
    year: int | None
    limit: str  # before, by, after, until; "" for none
    start: int

    def told_by(self, other: Date) -> bool:
        """Whether the other says all that this one says; a day without its limit claims less."""
        parts = ((self.day, other.day), (self.month, other.month), (self.year, other.year))
        return all(mine in (None, its) for mine, its in parts) and self.limit in ("", other.limit)


@dataclass(frozen=True, slots=True)
class Number:
    value: float | str
    share: bool  # a percentage
    compared: str  # most, least, under, over; "" for none
    before: str  # the words beside it: "giai đoạn" 1, 45 "học viên"
    after: str
    start: int

    def told_by(self, other: Number) -> bool:
        if (self.value, self.share) != (other.value, other.share) or self.compared not in ("", other.compared):
            return False
        if self.share:
            return True
        if self.before in _LABELS:
            return self.before == other.before
        return self.after == other.after


@dataclass(frozen=True, slots=True)
class Document:
    """A cited document: its number, folded, the date written after it and whose it is."""

    number: str
    date: Date | None
    owner: frozenset[str]  # words; none where nothing says

    def told_by(self, other: Document) -> bool:
        if self.number != other.number:
            return False
        dated = self.date is None or (other.date is not None and self.date.told_by(other.date))
        return dated and (not self.owner or not other.owner or self.owner <= other.owner)


@dataclass(frozen=True, slots=True)
class Figures:
    documents: tuple[Document, ...]
    dates: tuple[Date, ...]
    numbers: tuple[Number, ...]
    odd: frozenset[str]  # fractions, Roman numerals, weekdays: they have to stand as they are
    every: frozenset[str]  # year, quarter, month …


@lru_cache(maxsize=2048)
def figures(text: str) -> Figures:
    """All figures of one text."""
    plain = _QUARTER.sub(lambda m: m[1] + str(_ROMANS.index(m[2].upper()) + 1), digits(nfc(text)))
    odd = {m.group() for m in _ROMAN.finditer(plain)} | {m.group() for m in _WEEKDAY.finditer(plain.lower())}
    folded = fold(plain)
    every = frozenset(name for name, words in _EVERY.items() if re.search(words, folded))
    written = list(_DOCUMENT.finditer(folded))
    folded = _blank(folded, written)
    dates, spans = [], []
    for match in _DATE.finditer(folded):
        if date := _date(folded, match):
            dates.append(date)
            spans.append(match)
    documents = tuple(Document(m.group(), _dated(folded, m.end(), dates), _owner(folded, m.end())) for m in written)
    folded = _blank(folded, spans)
    fractions = list(_FRACTION.finditer(folded))
    odd |= {m.group() for m in fractions}
    folded = _blank(folded, fractions)
    numbers = tuple(_number(folded, m) for m in _NUMBER.finditer(folded))
    return Figures(documents, tuple(dates), numbers, frozenset(odd), every)


def _blank(text: str, matches: Iterable[re.Match[str]]) -> str:
    """Their places filled with a sign that is no word, so that offsets hold and nothing is read twice."""
    for match in matches:
        text = text[: match.start()] + "\x00" * (match.end() - match.start()) + text[match.end() :]
    return text


def _date(folded: str, match: re.Match[str]) -> Date | None:
    group = {name: int(value) for name, value in match.groupdict().items() if value}
    day = group.get("d", group.get("d2", group.get("d3")))
    month = group.get("m", group.get("m2", group.get("m4")))
    year = group.get("y", group.get("y2", group.get("y4", group.get("y5", group.get("y6")))))
    if (day is not None and not 1 <= day <= 31) or (month is not None and not 1 <= month <= 12):
        return None
    before = folded[max(0, match.start() - 40) : match.start()]
    limit = next((kind for kind, pattern in _BEFORE_DATE if pattern.search(before)), "")
    return Date(day, month, year, limit, match.start())


def _dated(folded: str, end: int, dates: list[Date]) -> Date | None:
    """The date of a document: the first one within a few words after its number."""
    near = next((d for d in dates if end <= d.start <= end + 30 and d.day), None)
    return near if near and "\x00" not in folded[end : near.start] else None


def _amount(written: str, scale: int) -> float | str:
    """ "1.100" groups thousands, "1,5" is one and a half; what is neither stays as it is written."""
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", written):
        return float(re.sub(r"[.,]", "", written)) * scale
    try:
        return float(written.replace(",", ".")) * scale
    except ValueError:
        return written


def _owner(folded: str, end: int) -> frozenset[str]:
    found = _OWNER.match(folded[end : end + 120])
    name = found[1] if found else ""
    for short, full in _SHORT:
        name = name.replace(short, full)
    return frozenset(name.split())


def _number(folded: str, match: re.Match[str]) -> Number:
    written, scale = match["n"], match["scale"]
    value = _amount(written, _SCALE.get(scale or "", 1))
    before, rest = folded[max(0, match.start() - 40) : match.start()], folded[match.end() :]
    compared = next((kind for kind, pattern in _BEFORE_NUMBER if pattern.search(before)), "")
    compared = compared or next((k for k, p in _AFTER_NUMBER if p.match(rest.lstrip()[:30]) or p.search(rest[:20])), "")
    following, leading = _NEXT.match(rest), _LAST.search(before)
    after = following[1] if following and following[1] not in _PARTICLE else ""
    ahead = leading[1] if leading and leading[1] not in _PARTICLE else ""
    return Number(value, bool(match["share"]), compared, ahead, after, match.start())
