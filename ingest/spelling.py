"""How single vowels are damaged: the back-off for a run of vowels that was never seen damaged in this way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

Emissions = Mapping[str, Mapping[str, float]]  # vowel -> what was read for it -> log probability

_LONGEST = 3  # letters read for one vowel
_UNSEEN = (-7.0, -8.5, -11.0, -14.0)  # log probability of anything else of that length
_SPECK = -5.0
_TWIN = -3.0  # a sign much like the one that was seen
_TWINS = str.maketrans({"b": "6", "8": "6", "¢": "é", "€": "é", "0": "o", "1": "i", "l": "i", "&": "é"})
_ROUNDS = 4


class Spelling:
    """All runs of vowels at once against one damaged run."""

    def __init__(self, emissions: Emissions, runs: Iterable[str]) -> None:
        self._runs = sorted(runs)
        self._letters = sorted({letter for run in self._runs for letter in run})
        self._emissions = emissions
        self._chances = lru_cache(maxsize=20_000)(self._chances_of)
        place = {letter: at for at, letter in enumerate(self._letters)}
        longest = max(map(len, self._runs))
        self._places = np.array([[place[c] for c in run] + [-1] * (longest - len(run)) for run in self._runs])
        self._lengths = np.array([len(run) for run in self._runs])

    def likely(self, damaged: str, most: int) -> list[tuple[str, float]]:
        """The runs that most probably were read as `damaged`, with log P(damaged | run)."""
        length = len(damaged)
        # reached[position]: for each run, the best way in which its first vowels give damaged[:position].
        reached = np.full((length + 1, len(self._runs)), -np.inf)
        reached[0] = 0
        done = np.where(self._lengths == 0, reached[length], -np.inf)
        for turn in range(self._places.shape[1]):
            step = np.full_like(reached, -np.inf)
            place = self._places[:, turn]
            for start in range(length + 1):
                for stop in range(start, min(start + _LONGEST, length) + 1):
                    step[stop] = np.maximum(step[stop], reached[start] + self._chances(damaged[start:stop])[place])
            reached = step
            done = np.where(self._lengths == turn + 1, reached[length], done)
        best = np.argsort(-done)[:most]
        return [(self._runs[at], float(done[at])) for at in best if done[at] > -18]

    def _chances_of(self, seen: str) -> NDArray[np.float64]:
        return np.array([self._chance_of(self._emissions.get(letter, {}), seen) for letter in self._letters])

    def _chance_of(self, known: Mapping[str, float], seen: str) -> float:
        if seen in known:
            return known[seen]
        chance = _UNSEEN[len(seen)]
        # A speck beside a letter: "xa&" was "xã".
        if len(seen) > 1 and not seen[-1].isalnum():
            chance = max(chance, known.get(seen[:-1], chance) + _SPECK)
        twin = seen.translate(_TWINS)
        return max(chance, known[twin] + _TWIN) if twin in known else chance


def learn(counts: Mapping[tuple[str, str], int]) -> dict[str, dict[str, float]]:
    """From (run of vowels, what was read for it) with how often; hard expectation-maximisation from even shares."""
    chance: dict[str, dict[str, float]] = {}
    for _ in range(_ROUNDS):
        found: dict[str, Counter[str]] = {}
        for (run, damaged), times in counts.items():
            for letter, seen in zip(run, _split(run, damaged, chance), strict=True):
                found.setdefault(letter, Counter())[seen] += times
        chance = {
            letter: {s: round(log(n / (seen.total() + 2)), 2) for s, n in seen.items() if len(s) <= _LONGEST}
            for letter, seen in found.items()
        }
    return chance


def _split(run: str, damaged: str, chance: Mapping[str, Mapping[str, float]]) -> list[str]:
    """The likeliest share of `damaged` for each vowel; at first, when nothing is known, the evenest."""
    best: dict[int, tuple[float, list[str]]] = {0: (0.0, [])}
    for letter in run:
        known = chance.get(letter, {})
        following: dict[int, tuple[float, list[str]]] = {}
        for start, (score, shares) in best.items():
            for stop in range(start, len(damaged) + 1):
                seen = damaged[start:stop]
                unknown = -8.0 - 3 * abs(len(seen) - 1) if chance else -float((len(seen) - 1) ** 2)
                total = score + known.get(seen, unknown)
                if stop not in following or total > following[stop][0]:
                    following[stop] = (total, [*shares, seen])
        best = following
    return best[len(damaged)][1]
