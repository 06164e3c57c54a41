"""Amounts and ranges of amounts in text: "12 tầng" lies in "10< số tầng <=15", "3 năm" in "dưới 5 năm". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .text import fold

_INF = float("inf")
_LONGEST = 2000  # characters of a text that are read
_N = r"(?<![\w/.,-])(\d[\d.,]*\d|\d)(?!/\d)"
# What follows a number is its unit, unless it only leads on.
_LEADS_ON = "den|toi|tro|duoi|va|hoac|so|thi|la|con|xuong|len"
_U = rf"(?:\s*(%|‰|m[23²³](?!\w)|(?!(?:{_LEADS_ON})\b)[a-z]+(?![a-z0-9])(?:\s+(?:dong|vuong|khoi|tram)\b)?))?"
_SIGN = r"\s*(<=|>=|<|>|≤|≥)\s*"
_WITHIN = re.compile(rf"{_N}\s*(<=|<|≤)\s*([a-z][a-z ]{{0,40}}?)?\s*(<=|<|≤)\s*{_N}{_U}")
_SIGNS = re.compile(rf"(>=|>|≥)\s*{_N}{_U}\s*(?:den|toi|va|-|–|;|,)?\s*(<=|<|≤)\s*{_N}{_U}")
# A cell that is a bare range: "Đến 10", "Trên 10 đến 30"; the head of its column says of what.
_CELL = re.compile(r"\s*(den|tren|tu|duoi)\s+(\d[\d.,]*)(?:\s*(den|toi)\s+(duoi\s+)?(\d[\d.,]*))?\s*$")
_SCALE = re.compile(r"\b(1\.000|nghin|ngan|trieu|ty)\s*(?:vnd|dong)")
_FROM_TO = re.compile(
    rf"\b(tu|tren)\s+(?:du\s+)?{_N}{_U}(?:\s+[a-z]+){{0,2}}?\s+(?:den|toi)\s+(duoi\s+|het\s+)?(?:du\s+)?{_N}{_U}"
)
_ONWARDS = re.compile(rf"(?:\b(tu|tren)\s+)?(?:du\s+)?{_N}{_U}(?:\s+[a-z0-9]+){{0,4}}?\s+tro\s+(len|xuong)\b")
_SIGNED = re.compile(rf"([a-z][a-z ]{{0,40}})?{_SIGN}{_N}{_U}")
_DASH = re.compile(rf"{_N}{_U}\s*[-–]\s*(\d[\d.,]*\d|\d)(?![\w/]*/){_U}")
# A limit is what a text demands of all, not a case among others.
_LIMIT = re.compile(
    rf"\b(khong qua|khong vuot qua|toi da|nhieu nhat|khong duoi|toi thieu|it nhat)\s+(?:la\s+)?{_N}{_U}"
)
_BOUND = re.compile(
    rf"\b(tren|hon|qua|vuot|lon hon|duoi|nho hon|it hon|chua du|chua den|tu du|tu|du)\s+{_N}{_U}"
    r"(?!\s+(?:[a-z]+\s+){0,3}?(?:con|xuong|len)\b)"
)
_EXCEPTED = re.compile(r"\((?:tru|ngoai tru)\b[^()]{0,400}(?:\([^()]{0,200}\)[^()]{0,400}){0,4}\)")
_UPWARD = frozenset("tren hon qua vuot".split()) | {
    "lon hon",
    "tu du",
    "tu",
    "du",
    "khong duoi",
    "toi thieu",
    "it nhat",
}
_STRICT = frozenset("tren hon qua vuot duoi".split()) | {"lon hon", "nho hon", "it hon", "chua du", "chua den"}
_SCALES = {"nghin": 1e3, "ngan": 1e3, "trieu": 1e6, "ty": 1e9}
_SAME = {
    "m²": "m2", "met vuong": "m2", "m³": "m3", "met khoi": "m3", "met": "m", "hecta": "ha", "hec": "ha",
    "phan tram": "%", "phan nghin": "‰", "phan ngan": "‰",
    "kilogam": "kg", "ky": "kg", "ki": "kg", "can": "kg", "can nang": "kg", "cay so": "km",
    "lau": "tang",
}  # fmt: skip
_TURN = re.compile(r"\blan (?:thu )?(dau|mot|nhat|1|hai|2|ba|3)\b")
_TURNS = {"dau": 1, "mot": 1, "nhat": 1, "1": 1, "hai": 2, "2": 2, "ba": 3, "3": 3}
_CHANGE = re.compile(r"\btu (\d[\d.,]*)(?: [a-z]+){1,4}? (?:xuong con|con|xuong|len|tang len|thanh) (\d[\d.,]*)")
_PAST = re.compile(r"\b(tren|hon|qua|vuot|duoi|chua du|chua den)\s*$")
_LITTLE = 1e-6
_DIGITS = ("khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin")
_ONES = {**{w: i for i, w in enumerate(_DIGITS)}, "tu": 4, "lam": 5, "mot": 1}
_ONE = "mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin"
_TENS = re.compile(rf"\b(?:({_ONE}) )?muoi(?: ({_ONE})\b(?! (?:\d|20)))?")
_COUNTED = "tang|nam|tuoi|thang|ngay|gio|ha|nguoi|lan|ho|phong|diem|kg|m2|met|trieu|ty|con|san pham"
_ALONE = re.compile(rf"\b(hai|ba|bon|bay|tam|chin)(?= (?:{_COUNTED})\b)")
_LABELLED = re.compile(
    r"(?:\b(?:nam|thang|ngay|so|dieu|khoan|muc|lan|dot|cap|quy|giai doan|nhom|hang|bac)|[<>=≤≥])\s*$"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """`noun`: folded unit or what is counted, "dong" for sums of money; `written`: as in the text, folded."""

    value: float
    noun: str
    written: str


@dataclass(frozen=True, slots=True)
class Range:
    """`noun` "": the text does not say of what. `limit`: what everything must keep to ("không quá 10 ha")."""

    low: float
    high: float
    open_low: bool
    open_high: bool
    noun: str
    limit: bool = False

    def holds(self, value: float) -> bool:
        above = value > self.low if self.open_low else value >= self.low
        return above and (value < self.high if self.open_high else value <= self.high)


def number(written: str) -> float:
    """ "1.000" and "1,5" as Vietnamese writes them; "2.5" where the point can only be a decimal one."""
    whole = written.strip(" .,")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", whole):
        whole = whole.replace(".", "")
    whole = whole.replace(",", ".")
    return float(whole) if re.fullmatch(r"\d+(?:\.\d+)?", whole) else float("nan")


def amounts(text: str) -> tuple[Amount, ...]:
    """The amounts with a unit that a question names; years, dates and labels ("cấp 4") are none."""
    folded = _spelled(fold(text))
    found = []
    for match in re.finditer(rf"{_N}{_U}", folded):
        if not match[2] or _LABELLED.search(folded[: match.start()]) or _dated(match[1], match[2]):
            continue
        scale, noun = _unit(match[2])
        found.append(Amount(number(match[1]) * scale * _beyond(folded[: match.start()]), noun, match[1]))
    return tuple(found)


@lru_cache(maxsize=8192)
def ranges(text: str) -> tuple[Range, ...]:
    """The ranges a text states, in no order; what it excepts ("trừ … từ 1 tỷ đồng trở lên") is left out."""
    found: list[Range] = []
    if cell := _CELL.match(fold(text[:_LONGEST])):
        return tuple(_alone(cell))
    rest = _EXCEPTED.sub(" ", fold(text[:_LONGEST]))
    for pattern, read in (
        (_WITHIN, _within),
        (_SIGNS, _between_signs),
        (_FROM_TO, _from_to),
        (_ONWARDS, _onwards),
        (_LIMIT, _bound),
        (_SIGNED, _signed),
        (_BOUND, _bound),
        (_DASH, _dash),
    ):
        for match in reversed(list(pattern.finditer(rest))):
            if told := list(read(match)):
                found += told
                rest = f"{rest[: match.start()]} ; {rest[match.end() :]}"
    return tuple(found)


def admits(text: str, asked: Sequence[Amount], head: str = "") -> bool | None:
    """Whether the cases a text is about take in the amounts asked: None where it gives no range of their kind.

    `head`: of the cell's column; it says of what a bare "35-45" is.
    """
    over = f" {fold(head)} "
    stated = [r for r in ranges(text) if not r.limit]
    told = []
    for amount in asked:
        kind = [r for r in stated if r.noun == amount.noun]
        if kind:
            told.append(any(r.holds(amount.value) for r in kind))
        elif bare := [r for r in stated if not r.noun] if _names(over, amount.noun) else []:
            told.append(any(r.holds(amount.value / scale(over)) for r in bare))
    return all(told) if told else None


def turns(text: str) -> frozenset[int]:
    """The turns a text names: "lần đầu" and "lần thứ 1" are 1."""
    return frozenset(_TURNS[m[1]] for m in _TURN.finditer(fold(text[:_LONGEST])))


def change(text: str) -> tuple[float, float] | None:
    """From what to what: "từ 10 ngày làm việc xuống còn 09 ngày" is (10, 9)."""
    found = _CHANGE.search(fold(text[:_LONGEST]))
    return (number(found[1]), number(found[2])) if found else None


def limited(text: str, asked: Sequence[Amount]) -> bool:
    """Whether the text sets a limit to amounts of this kind."""
    return any(r.limit and r.noun == amount.noun for r in ranges(text) for amount in asked)


def scale(unit: str) -> float:
    """What a figure is multiplied by where its unit is "triệu đồng", "tỷ đồng", "1.000 đồng"."""
    found = _SCALE.search(fold(unit))
    return 1.0 if found is None else _SCALES.get(found[1], 1e3)


def within_limit(text: str, amount: Amount) -> bool:
    """Whether the text allows the amount by a limit or a range of its kind."""
    return any(r.noun == amount.noun and r.holds(amount.value) for r in ranges(text))


def _beyond(before: str) -> float:
    """ "Trên 60 tuổi" asks of somebody just over sixty."""
    found = _PAST.search(before)
    return 1.0 if not found else 1 + _LITTLE if found[1] in _UPWARD else 1 - _LITTLE


def _names(head: str, noun: str) -> bool:
    if noun == "%":
        return noun in head
    return bool(re.search(rf"(?<![a-z0-9]){re.escape(noun)}(?![a-z0-9])", head))


def _dated(written: str, unit: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", written)) and unit not in _SCALES and unit != "dong"


def _unit(unit: str | None) -> tuple[float, str]:
    if not unit:
        return 1.0, ""
    first = unit.split()[0]
    if unit in _SAME:
        return 1.0, _SAME[unit]
    if first in _SCALES:
        return _SCALES[first], "dong"
    return 1.0, _SAME.get(first, first)


def _spelled(folded: str) -> str:
    """ "muoi lam tang" → "15 tang"."""

    def tens(match: re.Match[str]) -> str:
        return str((_ONES[match[1]] if match[1] else 1) * 10 + (_ONES[match[2]] if match[2] else 0))

    return _ALONE.sub(lambda m: str(_ONES[m[1]]), _TENS.sub(tens, folded))


def _range(low: str, high: str, units: tuple[str | None, str | None], open_low: bool, open_high: bool) -> Range:
    last, noun = _unit(units[1] or units[0])
    first = _unit(units[0])[0] if units[0] and units[1] else last
    return Range(number(low) * first, number(high) * last, open_low, open_high, noun)


def _within(m: re.Match[str]) -> Iterator[Range]:
    noun = m[6] or (m[3] or "").split(" ")[-1]
    yield _range(m[1], m[5], (noun, noun), m[2] == "<", m[4] == "<")


def _from_to(m: re.Match[str]) -> Iterator[Range]:
    if not _dated(m[2], m[3] or ""):
        yield _range(m[2], m[5], (m[3], m[6]), m[1] == "tren", (m[4] or "").strip() == "duoi")


def _onwards(m: re.Match[str]) -> Iterator[Range]:
    scale, noun = _unit(m[3])
    value = number(m[2]) * scale
    yield Range(value, _INF, m[1] == "tren", False, noun) if m[4] == "len" else Range(0, value, False, False, noun)


def _signed(m: re.Match[str]) -> Iterator[Range]:
    scale, noun = _unit(m[4] or (m[1] or "").strip().split(" ")[-1])
    value, strict = number(m[3]) * scale, m[2] in "<>"
    yield Range(value, _INF, strict, False, noun) if m[2][0] in ">≥" else Range(0, value, False, strict, noun)


def _bound(m: re.Match[str]) -> Iterator[Range]:
    scale, noun = _unit(m[3])
    if not noun or _dated(m[2], m[3] or ""):
        return
    value, strict, limit = number(m[2]) * scale, m[1] in _STRICT, m.re is _LIMIT
    yield (
        Range(value, _INF, strict, False, noun, limit)
        if m[1] in _UPWARD
        else Range(0, value, False, strict, noun, limit)
    )


def _alone(m: re.Match[str]) -> Iterator[Range]:
    low, high = (number(m[2]), number(m[5]) if m[5] else None)
    if high is not None:
        yield Range(low, high, m[1] == "tren", bool(m[4]), "")
    elif m[1] in ("den", "duoi"):
        yield Range(0, low, False, m[1] == "duoi", "")
    else:
        yield Range(low, _INF, m[1] == "tren", False, "")


def _between_signs(m: re.Match[str]) -> Iterator[Range]:
    yield _range(m[2], m[5], (m[3], m[6]), m[1] == ">", m[4] == "<")


def _dash(m: re.Match[str]) -> Iterator[Range]:
    if not _dated(m[1], "") and number(m[1]) < number(m[3]):
        yield _range(m[1], m[3], (m[2], m[4]), False, False)
