"""Numbers written in Vietnamese words → digits, so that "mười lăm tháng mười một" is read as "15 tháng 11". Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from ..text import nfc, respell

_ONES = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_NUMERAL = _ONES.keys() | _SCALES.keys() | {"mười", "mươi", "trăm", "linh", "lẻ", "không", "rưỡi"}
_WORD = re.compile(r"[^\W\d_]+")
_DAY_OR_MONTH = frozenset({"ngày", "mùng", "mồng", "tháng", "quý"})
_COUNTED = frozenset(
    (
        "giải triệu tỷ nghìn ngày tháng giờ tuần phút lần người hộ thôn xóm tổ đơn bản tập cá nhân nhóm nội hình tiêu "
        "mục giai đợt nhiệm bước loại cấp phường xã trường lớp buổi phần lượt suất thành viên ha kg %"
    ).split()
)
_UNSURE = frozenset({"một", "mốt", "năm", "tư", "không", "linh", "lẻ", "lăm", "nhăm", "rưỡi", "mươi", "trăm", *_SCALES})


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """A word in lower case and one spelling; texts hold the same few thousand words again and again."""
    return respell(word.lower())


@lru_cache(maxsize=2048)
def digits(text: str) -> str:
    """The text with numbers in digits; a word that is a number only sometimes is left where nothing says it is one."""
    text = re.sub(r"(\d|\w)\s+phần\s+trăm\b", r"\1 %", nfc(text), flags=re.IGNORECASE)
    found = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
    said = [plain(word) for word, _, _ in found]
    if _NUMERAL.isdisjoint(said):
        return text
    out, last, at = [], 0, 0
    while at < len(found):
        size = _run(text, found, said, at)
        value = _value(said[at : at + size]) if size else None
        blank = size == 1 and re.match(r"\s+\d", text[found[at][2] :])  # "tháng năm 2025": a year, the month is blank
        if value is None or (size == 1 and (blank or not _sure(said, at))):
            at += 1
            continue
        out += [text[last : found[at][1]], str(value)]
        last = found[at + size - 1][2]
        at += size
    return "".join([*out, text[last:]])


def _run(text: str, found: list[tuple[str, int, int]], said: list[str], at: int) -> int:
    """How many words from here on are numerals with only a space between; the longest that reads as one number."""
    size = 0
    while at + size < len(said) and said[at + size] in _NUMERAL:
        if size and text[found[at + size - 1][2] : found[at + size][1]].strip(" "):
            break
        size += 1
    while size > 1 and _value(said[at : at + size]) is None:
        size -= 1
    return size


def _sure(said: list[str], at: int) -> bool:
    before = said[at - 1] if at else ""
    after = said[at + 1] if at + 1 < len(said) else ""
    if before in ("thứ", "cả"):
        return False  # "thứ hai" is a weekday, "cả hai" counts nothing new
    if said[at] in _UNSURE:
        if said[at] == "năm" and before == "tháng":
            return after not in ("nay", "này", "sau", "trước")
        named = before in ("mùng", "mồng") or (before in _DAY_OR_MONTH and after in ("tháng", ""))
        return said[at] in _ONES and (named or (said[at] == "năm" and after in _COUNTED and before != "hằng"))
    return True


def _value(run: list[str]) -> int | None:
    """ "một trăm hai mươi triệu" → 120000000; None where the words make no number."""
    total, part, last = 0, 0, 10**12
    i = 0
    while i < len(run):
        word = run[i]
        following = run[i + 1] if i + 1 < len(run) else ""
        if word in _SCALES:
            if not part or _SCALES[word] >= last:
                return None
            total, part, last = total + part * _SCALES[word], 0, _SCALES[word]
        elif (word in _ONES or word == "không") and following == "trăm":
            if part:
                return None
            part, i = _ONES.get(word, 0) * 100, i + 1
        elif word in _ONES and following == "mươi":
            if part % 100:
                return None
            part, i = part + _ONES[word] * 10, i + 1
        elif word == "mười":
            if part % 100:
                return None
            part += 10
        elif word in ("linh", "lẻ"):
            if following not in _ONES or part % 100 or not part:
                return None
        elif word in _ONES:
            if part % 10:
                return None
            part += _ONES[word]
        else:
            return None
        i += 1
    return total + part if total + part else None
