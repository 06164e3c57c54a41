"""Which ways lead through the words of the sources, for one sentence that claims to say what they say. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .spots import DENIALS, EXCEPT, Spot

_ALSO, _ELSE = frozenset({"và", "cả"}), frozenset({"hoặc", "hay"})
_PASSIVE = frozenset("được bị do là".split())  # after them one may say first what stands last
_ADDS = frozenset("về qua để vào trước sau từ đến tại ở trong theo bằng".split())  # before when, where, what for
_PARTIES = {"do": 2, "cho": 20}  # before who does it, and for whom; words that tell them
_TOWARDS = frozenset("về do qua".split())  # what stands after one of them stands after it in the source
_MODAL = frozenset("khích buộc phép cấm".split())  # "khuyến khích", "bắt buộc" … speak of what comes next
_SKIPPED = frozenset("riêng mới thời gian".split())  # may be left out at the beginning of a clause
_CONDITION = frozenset("nếu khi thì chỉ".split())  # what is skipped must not hold one
_ORDER = frozenset("xong rồi mới".split())  # what is told with them is told in the order in which it happens
_BODIES = frozenset(  # first words of their names
    "ban bí bộ chánh chi chủ công đoàn đảng hội hợp mặt phó phòng sở tổ trạm trung trường trưởng ủy văn".split()
)
_BESIDE = "phối"  # "chủ trì, phối hợp với … tuần tra": who leads may be told without who helps
_FURTHEST = 14  # words of one clause that may be skipped in one go


class Way:
    """From word to word of the sources, named by their places there."""

    def __init__(self, held: Sequence[Spot], said: Sequence[Spot]) -> None:
        self._held = held
        self._ordered = any(s.word in _ORDER or s.after & _ORDER for s in said)
        self._excepts = any(s.word == EXCEPT for s in said)
        self._towards = {(s.sentence, word) for s in held for word in s.after & _TOWARDS}
        has = _has(held, said)
        self._rest = _with_more(held, has)  # words after which their clause says more than the sentence
        self._headless: set[int] = set()  # sentences that begin with a body that it leaves out
        self._missed: list[int] = []  # of its clause's words before it, how many the sentence does not have
        self._passed: list[bool] = []  # whether its clause begins with a body that the sentence does not have
        self._foreign: set[int] = set()  # clauses with somebody who does it, or for whom, whom it does not have
        party = 0  # words of it to come
        for i, spot in enumerate(held):
            begins = not spot.place
            if (not i or held[i - 1].sentence != spot.sentence) and spot.word in _BODIES and not has[i]:
                self._headless.add(spot.sentence)
            misses = not begins and not has[i - 1]
            self._missed.append(0 if begins else self._missed[-1] + misses)
            subject = spot.place == 1 and misses and held[i - 1].name and held[i - 1].word in _BODIES
            self._passed.append(not begins and (self._passed[-1] or subject))
            party = max((_PARTIES[word] for word in spot.after & _PARTIES.keys()), default=0 if begins else party - 1)
            if party > 0 and not has[i]:
                self._foreign.add(spot.clause)

    def enters(self, q: int) -> bool:
        """Whether one may begin at a word, or come to it from words of another place."""
        return not self._missed[q] and not self._excepted(q)

    def begins(self, q: int) -> bool:
        """Whether a sentence may begin with it: anywhere but in an exception that it does not tell as one."""
        return not self._excepted(q)

    def leads(self, p: int, q: int, spot: Spot) -> bool:
        """Whether one may go on from p to q; `spot` is the sentence's word that stands at q."""
        a, b = self._held[p], self._held[q]
        if self._excepted(q):
            return False
        if q == p + 1:
            return not (spot.after & _ALSO and b.after & _ELSE) and not (spot.after & _ELSE and b.after & _ALSO)
        if any((b.sentence, word) in self._towards and word not in b.after for word in spot.after & _TOWARDS):
            return False
        if a.clause == b.clause:
            return self._onwards(p, q, spot) if q > p else self._back(q, spot)
        return a.word not in _MODAL and (self._across(p, q, spot) or self._adds(a, b, q))

    def _excepted(self, q: int) -> bool:
        return not self._excepts and self._held[q - self._held[q].place].word == EXCEPT

    def _onwards(self, p: int, q: int, spot: Spot) -> bool:
        skipped = self._held[p + 1 : q + 1]
        lost = any(s.after & _CONDITION - spot.after for s in skipped)
        denied = any(s.word in DENIALS or s.word == EXCEPT for s in skipped[:-1])
        return len(skipped) <= _FURTHEST and not lost and not denied

    def _back(self, q: int, spot: Spot) -> bool:
        return bool(spot.after & _PASSIVE) or (bool(spot.apart or spot.after & _ADDS) and not self._missed[q])

    def _across(self, p: int, q: int, spot: Spot) -> bool:
        """To the beginning of another clause."""
        a, b = self._held[p], self._held[q]
        if self._missed[q] or {a.clause, b.clause} & self._foreign or (q < p and self._ordered):
            return False
        if a.sentence == b.sentence:
            return True
        # Only with what a sentence begins with does one go on in another, and back only with an addition.
        turned = spot.apart or spot.after & (_ADDS | _PASSIVE)
        left = self._missed[p] or (q < p and (not turned or p in self._rest))
        return not left and b.sentence not in self._headless

    def _adds(self, a: Spot, b: Spot, q: int) -> bool:
        """Whether the sentence of the source goes on to say when, where or what for, of what it has begun with."""
        if a.sentence != b.sentence or b.clause < a.clause:
            return False
        opening = self._held[q - b.place].word
        shared = b.name and b.clause == a.clause + 1  # "kết quả, tình hình thực hiện Phong trào": both are of it
        return ((bool(b.after & _ADDS) or shared) and not self._passed[q]) or opening == _BESIDE


def _has(held: Sequence[Spot], said: Sequence[Spot]) -> list[bool]:
    """Which words of the sources the sentence has; one that stands beside other words there is another one."""
    mine = {s.word for s in said}
    beside = {(a.word, b.word) for a, b in pairwise(said)}
    near = [(a.word, b.word) in beside for a, b in pairwise(held)]
    return [
        spot.word in _SKIPPED or (spot.word in mine and (before or after))
        for spot, before, after in zip(held, (False, *near), (*near, False), strict=False)
    ]


def _with_more(held: Sequence[Spot], has: Sequence[bool]) -> set[int]:
    found: set[int] = set()
    for i in range(len(held) - 2, -1, -1):
        if held[i].clause == held[i + 1].clause and (not has[i + 1] or i + 1 in found):
            found.add(i)
    return found
