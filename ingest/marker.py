"""Markers that open a section or an item: Phần, Chương, Mục, Điều, I., 1., 1.1., a), đ), -, +."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

# The order of letters in Vietnamese lists; f, j, w, z are not used.
LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")

_NAMED = re.compile(
    r"(?P<word>Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Điều|ĐIỀU|Phụ lục|PHỤ LỤC)\s+"
    r"(?:(?:thứ|THỨ)\s+(?P<ordinal>\w+)|(?P<number>[IVXLivxl]+|\d{1,3})\b)\s*[.:\-–]?\s*"
)
_NUMBERED = re.compile(
    r"(?P<roman>[IVXL]{1,6}|[Il1]{2,3}|[Il1]{0,2}[VX][Il1]{0,3})(?P<r>[.)])\s+"
    r"|(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,3})(?P<d>[.)]\s*|\s+)(?=[^\W\d]|[“\"(])"
    r"|(?P<arabic>\d{1,2})(?P<p>[.)](?:\s*(?=[^\W\d]|[“\"(])|\s+(?=\d+[\d.,]*\s?(?:%|[^\W\d])))|/\s+(?=\S))"
    r"|(?P<upper>[A-HĐ])[.]\s+(?=[^\W\d_])"
    r"|(?P<letter>[a-zđ])[.)]\s*(?=[^\W\d_]|[“\"(])"
)
# "Điều 5 Luật …", "Chương II Nghị định …" name another document's parts.
_CITED = re.compile(r"(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp|Nghị|Thông tư|Quyết định|Quy chế|Quy định|Điều lệ)\b")
_SOLE_BULLET = re.compile(r"(?:[-–—+•●○▪*]\s+|[-+•●○▪](?=[^\W\d]))+(?=\S)")


class Kind(IntEnum):
    """Kinds of marker in their usual order of nesting."""

    ANNEX = 0
    PART = 1
    CHAPTER = 2
    GROUP = 3
    UPPER = 4
    ROMAN = 5
    ARTICLE = 6
    ARABIC = 7
    DECIMAL = 8
    PAREN = 9
    LETTER = 10


@dataclass(frozen=True, slots=True)
class Marker:
    kind: Kind
    label: str  # "II", "1", "1.1", "đ", "Điều 2", "Phần thứ nhất"
    order: int  # its place in its list, from 1
    end: int  # where the text after it begins


def marker(text: str) -> Marker | None:
    """The section marker at the head of a paragraph; bullets are not sections."""
    named = _NAMED.match(text)
    if named:
        return _named(named)
    found = _NUMBERED.match(text)
    if found is None:
        return None
    if found["roman"]:
        label = re.sub("[l1]", "I", found["roman"])
        order = _roman(label)
        return Marker(Kind.ROMAN, label, order, found.end()) if order else _letter_or_none(found)
    if found["decimal"]:
        if not found["d"].strip() and text[found.end()].islower():
            return None  # "2.5 triệu đồng"
        return Marker(Kind.DECIMAL, found["decimal"], int(found["decimal"].rsplit(".", 1)[1]), found.end())
    if found["arabic"]:
        kind = Kind.PAREN if found["p"].startswith(")") else Kind.ARABIC
        return Marker(kind, found["arabic"], int(found["arabic"]), found.end())
    if found["upper"]:
        return Marker(Kind.UPPER, found["upper"], "ABCDĐEGH".find(found["upper"]) + 1, found.end())
    return _letter_or_none(found)


def _letter_or_none(found: re.Match[str]) -> Marker | None:
    letter = found["letter"]
    if not letter or letter not in LETTERS:
        return None
    return Marker(Kind.LETTER, letter, LETTERS.index(letter) + 1, found.end())


def _named(found: re.Match[str]) -> Marker | None:
    word = found["word"].capitalize()
    kind = {"Phần": Kind.PART, "Chương": Kind.CHAPTER, "Mục": Kind.GROUP, "Điều": Kind.ARTICLE, "Phụ lục": Kind.ANNEX}[
        word
    ]
    if found["ordinal"]:
        ordinal = found["ordinal"].lower()
        if ordinal not in _ORDINALS:
            return None
        return Marker(kind, f"{word} thứ {ordinal}", _ORDINALS.index(ordinal) + 1, found.end())
    number = found["number"].upper()
    order = int(number) if number.isdigit() else _roman(number)
    # "Điều 2 của Quyết định…" in running text is a reference, not an article's head.
    follows = found.string[found.end() :]
    closed = found.group().rstrip().endswith((".", ":"))
    if not order or (not closed and (follows[:1].islower() or _CITED.match(follows))):
        return None
    return Marker(kind, f"{word} {number}", order, found.end())


def _roman(label: str) -> int:
    total = 0
    for here, after in zip(label, label[1:] + " ", strict=True):
        value = _ROMAN_VALUES[here]
        total += -value if value < _ROMAN_VALUES.get(after, 0) else value
    return total if _write_roman(total) == label else 0


def _write_roman(number: int) -> str:
    out = ""
    for value, sign in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        out += sign * (number // value)
        number %= value
    return out


def bullet(text: str) -> int:
    """Length of the bullet at the head of a paragraph, 0 for none."""
    found = _SOLE_BULLET.match(text)
    return found.end() if found else 0


def starts_item(text: str) -> bool:
    """Whether the paragraph opens a section or a list item."""
    return marker(text) is not None or bullet(text) > 0
