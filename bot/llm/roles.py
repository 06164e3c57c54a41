"""Whether a sentence leaves to each its own part: who does what, to whom, when, on which condition. Pure.

The words of a sentence are laid over the words they come from. What is false with words that all stand there has taken
them from two places: "Bảo vệ ký giấy mời" takes its beginning from one clause and then goes on inside another one, past
the words with which that one begins ("Chánh Văn phòng"), or it runs through a clause backwards. A sentence that says
what the text says goes on where it is, skips something, or goes on at the beginning of another clause.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from .numerals import digits
from .words import FUNCTION, words

_JOINS = frozenset("và rồi còn nhưng hoặc".split())
_OPENS = frozenset("nếu khi do vì".split())  # their clause belongs to the one after the comma
_PASSIVE = frozenset("được bị do là".split())  # after them one may say first what stands last
_ADDS = frozenset("về qua để vào trước sau từ đến tại ở trong theo bằng".split())  # before when, where, what for
_SAID = frozenset("không chưa chẳng cấm trừ".split())
_SKIPPED = frozenset("riêng mới thời gian".split())  # may be left out at the beginning of a clause
_CONDITION = frozenset("nếu khi thì chỉ".split())  # what is skipped must not hold one
_ORDER = frozenset("xong rồi mới".split())  # what is told with them is told in the order in which it happens
_BODIES = frozenset(  # first words of their names
    "ban bí bộ chánh chi chủ công đoàn đảng hội hợp mặt phó phòng sở tổ trạm trung trường trưởng ủy văn".split()
)
_EXCEPT = "trừ"
_BESIDE = "phối"  # "chủ trì, phối hợp với … tuần tra": who leads may be told without who helps
_FREE, _STRAY, _SKIP, _JUMP = 0.0, 0.4, 0.02, 1.0
_FURTHEST = 14  # words of one clause that may be skipped in one go


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
    for word in words(digits(text).replace("/", " ")):
        if word.clause != sentence or word.text in _JOINS or (word.apart and not opened):
            clause, place, apart = clause + 1, 0, True
            opened = word.text in _OPENS
        elif word.apart:
            opened, apart = False, True
        sentence = word.clause
        if word.text in FUNCTION and word.text not in _SAID:
            between.add(word.text)
            continue
        plain = word.text.lstrip("0") or "0"
        found.append(Spot(plain, clause, sentence, place, frozenset(between), apart, word.large and not word.first))
        place, apart = place + 1, False
        between.clear()
    return tuple(found)


def mixed(text: str, sources: Sequence[str], issuer: str = "") -> bool:
    """Whether its words had to be taken from several places to say this. `issuer`: may be named in any sentence."""
    if issuer:
        text = re.sub(rf"\b{re.escape(issuer)}\b", "", text, flags=re.IGNORECASE)
    said, held = spots(text), _joined(tuple(sources))
    at: defaultdict[str, list[int]] = defaultdict(list)
    for i, spot in enumerate(held):
        at[spot.word].append(i)
    pairs = {(a.word, b.word) for a, b in pairwise(held) if a.clause == b.clause}
    often = Counter(s.word for s in said)
    way = _Way(held, frozenset(often).union(*(s.after for s in said)))
    best: dict[int, float] = {-1: 0.0}
    for before, spot, after in zip((None, *said), said, (*said[1:], None), strict=False):
        places = at[spot.word]
        anchored = (before and (before.word, spot.word) in pairs) or (after and (spot.word, after.word) in pairs)
        # Said once more than the sources do, it stands for something that they need not name: "Kế hoạch này".
        stray = _FREE if often[spot.word] > len(places) else None if anchored else _STRAY
        # "không được hỗ trợ": the denial stands before what tells that the order is turned.
        marks = spot.after | after.after if after and spot.word in _SAID else spot.after
        best = dict(way.on(best, replace(spot, after=marks), places, stray))
    return min(best.values()) >= _JUMP


class _Way:
    """Through the words of the sources."""

    def __init__(self, held: Sequence[Spot], mine: frozenset[str]) -> None:
        self._held = held
        self._ordered = bool(mine & _ORDER)
        self._missed: list[int] = []  # of its clause's words before it, how many the sentence does not have
        self._passed: list[bool] = []  # whether its clause begins with a body that the sentence does not have
        for i, spot in enumerate(held):
            last = held[i - 1]
            misses = bool(spot.place) and last.word not in mine | _SKIPPED
            self._missed.append(self._missed[-1] + misses if spot.place else 0)
            begins = spot.place == 1 and misses and last.name and last.word in _BODIES
            self._passed.append(bool(spot.place) and (self._passed[-1] or begins))

    def on(
        self, best: dict[int, float], spot: Spot, places: Sequence[int], stray: float | None
    ) -> Iterator[tuple[int, float]]:
        """Where one may be after this word, and what each costs. `stray`: what it costs to pass it over, if one may."""
        if stray is not None:
            yield from ((p, cost + stray) for p, cost in best.items() if p not in places)
        for q in places:
            reached = min(cost + self._step(p, q, spot) for p, cost in best.items())
            yield q, min(reached, best[q] + stray) if stray is not None and q in best else reached

    def _step(self, p: int, q: int, spot: Spot) -> float:
        if p < 0 or q == p + 1:
            return _FREE
        a, b = self._held[p], self._held[q]
        if a.clause != b.clause:
            turned = q < p and self._ordered
            return _SKIP if not (self._missed[q] or turned) or self._adds(a, b, q) else _JUMP
        if q > p:
            skipped = self._held[p + 1 : q + 1]
            lost = any(s.after & _CONDITION - spot.after or s.word == _EXCEPT for s in skipped)
            return _JUMP if len(skipped) > _FURTHEST or lost else _SKIP
        return _SKIP if spot.after & _PASSIVE or (spot.apart and not self._missed[q]) else _JUMP

    def _adds(self, a: Spot, b: Spot, q: int) -> bool:
        """Whether the sentence of the source goes on to say when, where or what for, of what it has begun with."""
        if a.sentence != b.sentence or b.clause < a.clause:
            return False
        opening = self._held[q - b.place].word
        return (bool(b.after & _ADDS) and not self._passed[q] and opening != _EXCEPT) or opening == _BESIDE


@lru_cache(maxsize=256)
def _joined(sources: tuple[str, ...]) -> tuple[Spot, ...]:
    found: list[Spot] = []
    for text in sources:
        clauses, sentences = (found[-1].clause + 1, found[-1].sentence + 1) if found else (0, 0)
        found += [replace(s, clause=s.clause + clauses, sentence=s.sentence + sentences) for s in spots(text)]
    return tuple(found)
