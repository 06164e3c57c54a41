"""What a syllable may have been before it was damaged: P(damaged | true), learned from aligned pages.

Whole syllables as counted, smoothed by their parts (onset, vowels, coda), which also carry syllables never seen
damaged; behind both stand the bare letters, for text that lost nothing but its accents.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, log

from bot.text import fold

from . import spelling
from .syllable import parts

Pair = tuple[str, str]  # true, damaged
Options = Mapping[str, tuple[tuple[str, float], ...]]  # damaged part -> (true part, log probability)

_SMOOTHING = 2.0  # sightings of a new kind of damage that each syllable is credited with (after Witten and Bell)
_FRESH = 0.2  # least share of damage that its parts explain, not its count: every scan errs in a way of its own
_STRIPPED = 0.03  # share of syllables that lost exactly their accents, whatever the engine
_SPELLED = log(0.1)  # a run of vowels explained vowel by vowel, against one seen damaged in this way
_SPELLED_OPTIONS = 40
_NEAR = log(1e-5)  # one letter more or less than any known way to be damaged
_ROUNDS = 3  # of re-splitting the damaged syllables into parts
_LOOKALIKES = str.maketrans({"0": "o", "6": "o", "1": "l", "5": "s", "&": "e", "¢": "c", "@": "a", "§": "s", "ÿ": "y"})
_PART_LENGTHS = (3, 5, 3)
_LONGEST = 40  # letters; more are no damaged syllable, and each letter left out in turn would be quadratic


@dataclass(frozen=True, slots=True)
class Tables:
    """Learned figures, as saved."""

    whole: Mapping[str, Mapping[str, int]]  # damaged -> true -> times seen
    seen: Mapping[str, int]  # true -> times seen
    parts: tuple[Options, Options, Options]
    vowels: spelling.Emissions


class Channel:
    def __init__(self, tables: Tables, syllables: Iterable[str]) -> None:
        """`syllables`: the true ones that may be proposed, lower case."""
        self._tables = tables
        self._syllables = frozenset(syllables)
        self._kinds = Counter(true for options in tables.whole.values() for true in options)
        self._bare: defaultdict[str, list[str]] = defaultdict(list)
        self._near: defaultdict[str, set[str]] = defaultdict(set)
        for word in self._syllables:
            self._bare[fold(word)].append(word)
        runs = {shape[1] for word in self._syllables if (shape := parts(word)) is not None}
        self._spelling = spelling.Spelling(tables.vowels, runs)
        self._middles: dict[str, tuple[tuple[str, float], ...]] = {}
        for letters in self._bare:
            for shorter in _one_less(letters):
                self._near[shorter].add(letters)

    def candidates(self, damaged: str) -> dict[str, float]:
        """True syllables with log P(damaged | true); `damaged` in lower case, without punctuation at its edges."""
        chance = self._by_parts(damaged)
        for word in self._bare.get(damaged, ()):
            chance[word] = (1 - _STRIPPED) * chance.get(word, 0.0) + _STRIPPED
        whole = self._tables.whole.get(damaged, {})
        found = {}
        for word in chance.keys() | whole.keys():
            times, new = self._tables.seen.get(word, 0), self._kinds[word] + _SMOOTHING
            fresh = max(_FRESH, new / (times + new))
            found[word] = log((1 - fresh) * whole.get(word, 0) / max(times, 1) + fresh * chance.get(word, 1e-9))
        for word in self._relatives(damaged):
            found[word] = max(found.get(word, _NEAR), _NEAR)
        return found

    def accented(self, bare: str) -> list[str]:
        """True syllables that lose their accents to `bare`."""
        return self._bare.get(bare, [])

    def _by_parts(self, damaged: str) -> dict[str, float]:
        chance: dict[str, float] = {}
        onsets, _, codas = self._tables.parts
        length = len(damaged)
        for i in range(min(_PART_LENGTHS[0], length) + 1):
            heads = onsets.get(damaged[:i])
            if heads is None:
                continue
            for j in range(max(i, length - _PART_LENGTHS[2]), length + 1):
                tails = codas.get(damaged[j:])
                if tails is None:
                    continue
                for onset, p in heads:
                    for vowel, q in self._vowels(damaged[i:j]):
                        for coda, r in tails:
                            word = onset + vowel + coda
                            if word in self._syllables:
                                both = exp(p + q + r)
                                if both > chance.get(word, 0.0):
                                    chance[word] = both
        return chance

    def _vowels(self, damaged: str) -> tuple[tuple[str, float], ...]:
        found = self._middles.get(damaged)
        if found is None:
            seen = dict(self._tables.parts[1].get(damaged, ()))
            if len(damaged) <= _PART_LENGTHS[1]:
                for run, score in self._spelling.likely(damaged, _SPELLED_OPTIONS):
                    seen.setdefault(run, score + _SPELLED)
            found = self._middles[damaged] = tuple(seen.items())
        return found

    def _relatives(self, damaged: str) -> set[str]:
        letters = fold(damaged).translate(_LOOKALIKES)
        near = {letters} | self._near.get(letters, set())
        for shorter in _one_less(letters):
            near.add(shorter)
            near |= self._near.get(shorter, set())
        return {word for one in near for word in self._bare.get(one, ())}


def _one_less(letters: str) -> set[str]:
    return {letters[:at] + letters[at + 1 :] for at in range(len(letters))} if 1 < len(letters) <= _LONGEST else set()


def learn(pairs: Mapping[Pair, int]) -> Tables:
    """From (true, damaged) syllables in lower case with how often each was seen."""
    whole: defaultdict[str, dict[str, int]] = defaultdict(dict)
    seen: Counter[str] = Counter()
    for (true, damaged), times in pairs.items():
        whole[damaged][true] = times
        seen[true] += times
    counts, totals = _count_parts(pairs)
    onsets, vowels, codas = (_options(counts[kind], totals[kind]) for kind in range(3))
    return Tables(dict(whole), dict(seen), (onsets, vowels, codas), spelling.learn(counts[1]))


def _count_parts(pairs: Mapping[Pair, int]) -> tuple[list[Counter[Pair]], list[Counter[str]]]:
    """Hard expectation-maximisation: split each damaged syllable where its parts are likeliest, count, again."""
    shapes = {true: shape for true, _ in pairs if (shape := parts(true)) is not None}
    counts: list[Counter[Pair]] = [Counter(), Counter(), Counter()]
    totals: list[Counter[str]] = [Counter(), Counter(), Counter()]
    for turn in range(_ROUNDS + 1):
        fresh: list[Counter[Pair]] = [Counter(), Counter(), Counter()]
        for (true, damaged), times in pairs.items():
            shape = shapes.get(true)
            if shape is None or " " in damaged:
                continue
            split = _first_split(shape, damaged) if turn == 0 else _best_split(shape, damaged, counts, totals)
            for kind, (part, seen) in enumerate(zip(shape, split, strict=True)):
                fresh[kind][part, seen] += times
        counts = fresh
        totals = [Counter(), Counter(), Counter()]
        for kind, table in enumerate(counts):
            for (part, _), times in table.items():
                totals[kind][part] += times
    return counts, totals


def _first_split(shape: tuple[str, str, str], damaged: str) -> tuple[str, str, str]:
    start = min(len(shape[0]), len(damaged))
    stop = max(start, len(damaged) - len(shape[2]))
    return damaged[:start], damaged[start:stop], damaged[stop:]


def _best_split(
    shape: tuple[str, str, str], damaged: str, counts: list[Counter[Pair]], totals: list[Counter[str]]
) -> tuple[str, str, str]:
    def chance(kind: int, seen: str) -> float:
        return (counts[kind][shape[kind], seen] + 0.01) / (totals[kind][shape[kind]] + 1)

    length = len(damaged)
    splits = (
        (damaged[:i], damaged[i:j], damaged[j:])
        for i in range(min(_PART_LENGTHS[0], length) + 1)
        for j in range(max(i, length - _PART_LENGTHS[2]), length + 1)
    )
    return max(splits, key=lambda split: chance(0, split[0]) * chance(1, split[1]) * chance(2, split[2]))


def _options(counts: Counter[Pair], totals: Counter[str]) -> Options:
    found: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for (part, seen), times in counts.items():
        if times / totals[part] > 2e-5 and (times > 1 or len(seen) <= 4):
            found[seen].append((part, round(log(times / (totals[part] + 1)), 2)))
    return {seen: tuple(sorted(options, key=lambda o: -o[1])[:24]) for seen, options in found.items()}
