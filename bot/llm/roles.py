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

_JOINS = frozenset("và rồi nhưng hoặc".split())
_ALSO, _ELSE = frozenset({"và", "cả"}), frozenset({"hoặc", "hay"})
_OPENS = frozenset("nếu khi do vì".split())  # their clause belongs to the one after the comma
_PASSIVE = frozenset("được bị do là".split())  # after them one may say first what stands last
_ADDS = frozenset("về qua để vào trước sau từ đến tại ở trong theo bằng".split())  # before when, where, what for
_PARTIES = {"do": 2, "cho": 20}  # before who does it, and for whom; words that tell them
_TOWARDS = frozenset("về do qua".split())  # what stands after one of them stands after it in the source
_MODAL = frozenset("khích buộc phép cấm".split())  # "khuyến khích", "bắt buộc" … speak of what comes next
_DENIALS = frozenset("không chưa chẳng cấm".split())
_SAID = _DENIALS | frozenset("trừ đã vẫn lại".split())  # small words that tell one case from another
_BOUNDS = frozenset("trước sau trên dưới".split())  # "sau 22 giờ" is another time than "trước 22 giờ"
_EVERY = re.compile(r"\b(?:mỗi|hằng|hàng|từng) (năm|quý|tháng|tuần|ngày)\b", re.IGNORECASE)
_OWN = re.compile(r"^(?:Xã|Phường|Đặc khu|Kế hoạch(?: này)?) (?=[^\W\d_A-ZĐ])")  # whose plan it is, and the plan itself
_ONCE = re.compile(r"\bmột (?=lần|lượt|buổi)", re.IGNORECASE)
_SKIPPED = frozenset("riêng mới thời gian".split())  # may be left out at the beginning of a clause
_CONDITION = frozenset("nếu khi thì chỉ".split())  # what is skipped must not hold one
_ORDER = frozenset("xong rồi mới".split())  # what is told with them is told in the order in which it happens
_BODIES = frozenset(  # first words of their names
    "ban bí bộ chánh chi chủ công đoàn đảng hội hợp mặt phó phòng sở tổ trạm trung trường trưởng ủy văn".split()
)
_EXCEPT = "trừ"
_BESIDE = "phối"  # "chủ trì, phối hợp với … tuần tra": who leads may be told without who helps
_START, _ELSEWHERE = -1, -2  # no word yet; none but some that stand elsewhere
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
    text = _ONCE.sub("1 ", _EVERY.sub(r"kỳ\1", digits(text).replace("/", " ")))
    for word in words(text):
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
        if plain.isdigit() and (bound := between & _BOUNDS):
            plain = f"{min(bound)} {plain}"
        elif plain == "dõi":
            between.discard("theo")  # one word
        found.append(Spot(plain, clause, sentence, place, frozenset(between), apart, word.large and not word.first))
        place, apart = place + 1, False
        between.clear()
    return tuple(found)


def mixed(text: str, sources: Sequence[str], issuer: str = "") -> bool:
    """Whether its words had to be taken from several places to say this. `issuer`: may be named in any sentence."""
    if issuer:
        text = re.sub(rf"\b{re.escape(issuer)}\b", "", text, flags=re.IGNORECASE)
        text = _OWN.sub("", text)
    said, held = spots(text), _joined(tuple(sources))
    at: defaultdict[str, list[int]] = defaultdict(list)
    for i, spot in enumerate(held):
        at[spot.word].append(i)
    pairs = {(a.word, b.word) for a, b in pairwise(held) if a.clause == b.clause}
    often = Counter(s.word for s in said)
    way = _Way(held, said)
    best: dict[int, float] = {_START: 0.0}
    for before, spot, after in zip((None, *said), said, (*said[1:], None), strict=False):
        places = at[spot.word]
        if not places and "để" in spot.after:
            return True  # a purpose of its own
        anchored = (before and (before.word, spot.word) in pairs) or (after and (spot.word, after.word) in pairs)
        # Said once more than the sources do, it stands for something that they need not name: "Kế hoạch này".
        free = often[spot.word] > len(places)
        stray = _FREE if free else None if anchored or spot.word in _SAID or spot.word[-1].isdigit() else _STRAY
        # "không được hỗ trợ": the denial stands before what tells that the order is turned.
        marks = spot.after | after.after if after and spot.word in _DENIALS else spot.after
        best = dict(way.on(best, replace(spot, after=marks), places, stray))
    return min(best.values()) >= _JUMP


class _Way:
    """Through the words of the sources."""

    def __init__(self, held: Sequence[Spot], said: Sequence[Spot]) -> None:
        self._held = held
        self._ordered = any(s.word in _ORDER or s.after & _ORDER for s in said)
        self._excepts = any(s.word == _EXCEPT for s in said)
        mine = {s.word for s in said} | _SKIPPED
        beside = {(a.word, b.word) for a, b in pairwise(said)}
        # What the sentence has beside another neighbour than here, it has from elsewhere.
        has = [
            spot.word in mine
            and (
                (i > 0 and (held[i - 1].word, spot.word) in beside)
                or (i + 1 < len(held) and (spot.word, held[i + 1].word) in beside)
                or spot.word in _SKIPPED
            )
            for i, spot in enumerate(held)
        ]
        self._rest: set[int] = set()  # words after which their clause says more than the sentence
        for i in range(len(held) - 2, -1, -1):
            if held[i].clause == held[i + 1].clause and (not has[i + 1] or i + 1 in self._rest):
                self._rest.add(i)
        self._towards = {(s.sentence, word) for s in held for word in s.after & _TOWARDS}
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

    def on(
        self, best: dict[int, float], spot: Spot, places: Sequence[int], stray: float | None
    ) -> Iterator[tuple[int, float]]:
        """Where one may be after this word, and what each costs. `stray`: what it costs to pass it over, if one may."""
        passed = dict(best)
        if places and stray != _FREE and _START in passed:  # it began with a word of another place
            passed[_ELSEWHERE] = min(passed.pop(_START), passed.get(_ELSEWHERE, _JUMP))
        if stray is not None:
            yield from ((p, cost + stray) for p, cost in passed.items() if p not in places)
        for q in places:
            reached = min(cost + self._step(p, q, spot) for p, cost in best.items())
            yield q, min(reached, best[q] + stray) if stray is not None and q in best else reached

    def _step(self, p: int, q: int, spot: Spot) -> float:
        b = self._held[q]
        if not self._excepts and self._held[q - b.place].word == _EXCEPT:
            return _JUMP
        if p == _START:
            return _FREE
        if p == _ELSEWHERE:
            return _JUMP if self._missed[q] else _FREE
        a = self._held[p]
        if q == p + 1:
            exchanged = (spot.after & _ALSO and b.after & _ELSE) or (spot.after & _ELSE and b.after & _ALSO)
            return _JUMP if exchanged else _FREE
        if any((b.sentence, word) in self._towards and word not in b.after for word in spot.after & _TOWARDS):
            return _JUMP
        if a.clause != b.clause and a.word in _MODAL:
            return _JUMP
        if a.clause != b.clause:
            foreign = {a.clause, b.clause} & self._foreign or (q < p and self._ordered)
            if a.sentence != b.sentence:
                # Only with what a sentence begins with does one go on in another.
                left = self._missed[p] or (q < p and not spot.apart and not spot.after & (_ADDS | _PASSIVE))
                left = left or (q < p and p in self._rest)
                foreign = foreign or left or b.sentence in self._headless
            return _SKIP if not (self._missed[q] or foreign) or self._adds(a, b, q) else _JUMP
        if q > p:
            skipped = self._held[p + 1 : q + 1]
            lost = any(s.after & _CONDITION - spot.after for s in skipped)
            denied = any(s.word in _DENIALS or s.word == _EXCEPT for s in skipped[:-1])
            return _JUMP if len(skipped) > _FURTHEST or lost or denied else _SKIP
        turned = spot.after & _PASSIVE or ((spot.apart or spot.after & _ADDS) and not self._missed[q])
        return _SKIP if turned else _JUMP

    def _adds(self, a: Spot, b: Spot, q: int) -> bool:
        """Whether the sentence of the source goes on to say when, where or what for, of what it has begun with."""
        if a.sentence != b.sentence or b.clause < a.clause:
            return False
        opening = self._held[q - b.place].word
        shared = b.name and b.clause == a.clause + 1  # "kết quả, tình hình thực hiện Phong trào": both are of it
        return ((bool(b.after & _ADDS) or shared) and not self._passed[q] and opening != _EXCEPT) or opening == _BESIDE


@lru_cache(maxsize=256)
def _joined(sources: tuple[str, ...]) -> tuple[Spot, ...]:
    found: list[Spot] = []
    for text in sources:
        clauses, sentences = (found[-1].clause + 1, found[-1].sentence + 1) if found else (0, 0)
        found += [replace(s, clause=s.clause + clauses, sentence=s.sentence + sentences) for s in spots(text)]
    return tuple(found)
