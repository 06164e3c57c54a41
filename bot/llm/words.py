"""A text as words, and the words that a sentence may rest on. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ..text import nfc
from .numerals import digits, plain

_WORD = re.compile(r"[^\W_]+")
# The same body, written short and in full; and words that mean the same in these plans.
_FULL = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "mttq": "mặt trận tổ quốc",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "ttđt": "thông tin điện tử",
    "hàng": "hằng",
    "uỷ": "ủy",
}
FUNCTION = frozenset(
    (
        "là và của cho với tại trong trên để do thì từ đến này đó các những một mỗi mọi được bị phải cần sẽ đã đang "
        "có cũng còn nữa theo về qua như khi nếu mà hay hoặc bằng vào ra lên xuống ở bởi vì nên nhưng sau trước "
        "việc sự cái con người ngày tháng năm gồm nêu rõ sau đây như cùng nhau hết kể thứ lại vẫn rất hằng hạn "
        "ông bà anh chị"
    ).split()
)
_STOP = re.compile(r"[.;:!?\n]")
_OPENS = re.compile(r"[.:!?\n]|^\s*[-+•]")
_APART = re.compile(r"[^\s\-–—]")


@dataclass(frozen=True, slots=True)
class Word:
    text: str  # lower case, one spelling
    large: bool  # written with a capital letter
    first: bool  # of a sentence or after a colon
    clause: int  # words of one clause share a number
    apart: bool  # a comma, a bracket or a clause's end stands before it


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text, short forms of bodies in full."""
    text = nfc(text)
    found: list[Word] = []
    last, clause = 0, 0
    for match in _WORD.finditer(text):
        between = text[last : match.start()]
        last = match.end()
        alone = between == " "  # most words; the rest of the line is only for the others
        clause += not alone and bool(_STOP.search(between))
        first = not found or (not alone and bool(_OPENS.search(between)))
        apart = not alone and bool(_APART.search(between))
        large = match.group()[0].isupper()
        raw = plain(match.group())
        for i, part in enumerate(_FULL[raw].split() if raw in _FULL else (raw,)):
            found.append(Word(part, large and i == 0, first and i == 0, clause, apart and i == 0))
    return tuple(found)


END = Word("", False, False, -1, True)


@dataclass(frozen=True, slots=True)
class Ground:
    """The words that a sentence may rest on."""

    words: tuple[Word, ...]
    single: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    near: frozenset[tuple[str, str]]  # pairs of content words, what stands between them left out
    large: frozenset[str]
    ends: frozenset[str]  # words written large with which a name ends
    text: str


@lru_cache(maxsize=512)
def ground(*texts: str) -> Ground:
    found = tuple(w for text in texts for w in words(text))
    closed = [(*words(text), END) for text in texts]
    pairs = {(a.text, b.text) for said in closed for a, b in pairwise(said)}
    ends = {a.text for said in closed for a, b in pairwise(said) if a.large and (b.apart or b.text in FUNCTION)}
    return Ground(
        found,
        frozenset(w.text for w in found),
        frozenset(pairs),
        frozenset(pair for text in texts for pair in pairwise(content(text))),
        frozenset(w.text for w in found if w.large),
        frozenset(ends),
        " ".join(w.text for w in found),
    )


@lru_cache(maxsize=2048)
def content(text: str) -> tuple[str, ...]:
    """Words that say something; numbers are held against numbers elsewhere."""
    return tuple(w.text for w in words(digits(text)) if w.text not in FUNCTION and not w.text.isdigit())


def support(sentence: str, held: Ground) -> float:
    """Share of the sentence's content words that the ground holds, 0-1; half for one that stands among other words."""
    said = ("", *content(sentence), "")
    got = 0.0
    for before, word, after in zip(said, said[1:], said[2:], strict=False):
        beside = (before, word) in held.near or (word, after) in held.near or not (before or after)
        got += (1.0 if beside else 0.5) if word in held.single else 0.0
    return got / (len(said) - 2) if len(said) > 2 else 0.0
