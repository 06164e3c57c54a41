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
from dataclasses import replace
from itertools import pairwise

from .spots import DENIALS, SAID, Spot, joined, spots
from .way import Way

_OWN = re.compile(r"^(?:Xã|Phường|Đặc khu|Kế hoạch(?: này)?) (?=[^\W\d_A-ZĐ])")  # whose plan it is, and the plan itself
_START, _ELSEWHERE = -1, -2  # no word yet; none but some that stand elsewhere
_FREE, _STRAY, _SKIP, _BROKEN = 0.0, 0.4, 0.02, 1.0


def mixed(text: str, sources: Sequence[str], issuer: str = "") -> bool:
    """Whether its words had to be taken from several places to say this. `issuer`: may be named in any sentence."""
    if issuer:
        text = _OWN.sub("", re.sub(rf"\b{re.escape(issuer)}\b", "", text, flags=re.IGNORECASE))
    said, held = spots(text), joined(tuple(sources))
    at: defaultdict[str, list[int]] = defaultdict(list)
    for i, spot in enumerate(held):
        at[spot.word].append(i)
    pairs = {(a.word, b.word) for a, b in pairwise(held) if a.clause == b.clause}
    often = Counter(s.word for s in said)
    way = Way(held, said)
    best: dict[int, float] = {_START: _FREE}
    for before, spot, after in zip((None, *said), said, (*said[1:], None), strict=False):
        places = at[spot.word]
        if not places and "để" in spot.after:
            return True  # a purpose of its own
        anchored = (before and (before.word, spot.word) in pairs) or (after and (spot.word, after.word) in pairs)
        # Said once more than the sources do, it stands for something that they need not name: "Kế hoạch này".
        free = often[spot.word] > len(places)
        stray = _FREE if free else None if anchored or spot.word in SAID or spot.word[-1].isdigit() else _STRAY
        # "không được hỗ trợ": the denial stands before what tells that the order is turned.
        marks = spot.after | after.after if after and spot.word in DENIALS else spot.after
        best = dict(_on(way, best, replace(spot, after=marks), places, stray))
    return min(best.values()) >= _BROKEN


def _on(
    way: Way, best: dict[int, float], spot: Spot, places: Sequence[int], stray: float | None
) -> Iterator[tuple[int, float]]:
    """Where one may be after this word, and what each costs. `stray`: what it costs to pass it over, if one may."""
    passed = dict(best)
    if places and stray != _FREE and _START in passed:  # it began with a word of another place
        passed[_ELSEWHERE] = min(passed.pop(_START), passed.get(_ELSEWHERE, _BROKEN))
    if stray is not None:
        yield from ((p, cost + stray) for p, cost in passed.items() if p not in places)
    for q in places:
        reached = min(cost + _cost(way, p, q, spot) for p, cost in best.items())
        yield q, min(reached, best[q] + stray) if stray is not None and q in best else reached


def _cost(way: Way, p: int, q: int, spot: Spot) -> float:
    if p == _START:
        return _FREE if way.begins(q) else _BROKEN
    if p == _ELSEWHERE:
        return _FREE if way.enters(q) else _BROKEN
    if not way.leads(p, q, spot):
        return _BROKEN
    return _FREE if q == p + 1 else _SKIP
