"""A text as the words that say something, each with its clause: what a sentence is laid over. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from .numerals import digits
from .words import FUNCTION, words

DENIALS = frozenset("không chưa chẳng cấm".split())
EXCEPT = "trừ"
SAID = DENIALS | frozenset((EXCEPT, "đã", "vẫn", "lại"))  # small words that tell one case from another
_JOINS = frozenset("và rồi nhưng hoặc".split())
_OPENS = frozenset("nếu khi do vì".split())  # their clause belongs to the one after the comma
_BOUNDS = frozenset("trước sau trên dưới".split())  # "sau 22 giờ" is another time than "trước 22 giờ"
_EVERY = re.compile(r"\b(?:mỗi|hằng|hàng|từng) (năm|quý|tháng|tuần|ngày)\b", re.IGNORECASE)
_ONCE = re.compile(r"\bmột (?=lần|lượt|buổi)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spot:
    """One content word of a text."""

    word: str
    clause: int  # as small as commas and conjunctions make them
    sentence: int
    place: int  # in its clause
    after: frozenset[str]  # function words between it and the word before
    apart: bool  # a comma or more stands before it
    name: bool  # written large where that is no beginning


@lru_cache(maxsize=1024)
def spots(text: str) -> tuple[Spot, ...]:
    """Content words and numbers of a text."""
    found: list[Spot] = []
    clause, sentence, place = -1, -1, 0
    opened = apart = False
    between: set[str] = set()
    text = _ONCE.sub("1 ", _EVERY.sub(r"kỳ\1", digits(text).replace("/", " ")))
    for word in words(text):
        if word.clause != sentence or word.text in _JOINS or (word.apart and not opened):
            clause, place, apart = clause + 1, 0, True
            opened = word.text in _OPENS
        elif word.apart:
            opened, apart = False, True
        sentence = word.clause
        if word.text in FUNCTION and word.text not in SAID:
            between.add(word.text)
            continue
        plain = word.text.lstrip("0") or "0"
        if plain.isdigit() and (bound := between & _BOUNDS):
            plain = f"{min(bound)} {plain}"
        elif plain == "dõi":
            between.discard("theo")  # one word
        found.append(Spot(plain, clause, sentence, place, frozenset(between), apart, word.large and not word.first))
        place, apart = place + 1, False
        between.clear()
    return tuple(found)


@lru_cache(maxsize=256)
def joined(texts: Sequence[str]) -> tuple[Spot, ...]:
    """The words of several texts, one after the other."""
    found: list[Spot] = []
    for text in texts:
        clauses, sentences = (found[-1].clause + 1, found[-1].sentence + 1) if found else (0, 0)
        found += [replace(s, clause=s.clause + clauses, sentence=s.sentence + sentences) for s in spots(text)]
    return tuple(found)
