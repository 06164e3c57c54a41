"""Single slips of a good OCR engine inside clean text: "chuyên đổi số", "Phần đầu đạt".

A word is changed only for one that differs from it in its accents or in one letter, and only where the language model
has overwhelming evidence: what stands there was never seen in this company, the other often.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from bot.text import fold

from .language import BREAK, ORDER, Grams, LanguageModel, extend

# Set where the changes in 360,000 syllables of clean documents held back were all slips of their own authors.
_ACCENTS = 13.2  # nats that a change of accents alone must win
_LETTER = 15.0  # nats that a change of one letter must win
_BOTH = 11.0  # nats that the accents of two neighbours must win together
# In text that was recognised from a picture a slip is no wonder: set on 34,000 syllables of scans, where these mended
# 65 of 220 slips and spoilt none.
_SCANNED = 7.0  # accents, where the change makes a run of four that was seen
_SCANNED_APART = 10.0  # accents, without such a run
_FIRST = 3  # the first id that is a word
_COMPOUND = -4.0  # log probability of the next word from which two words are one: "thường xuyên"

_Gain = tuple[float, tuple[int, ...]]  # nats beyond the least, and the ids that stand there instead


class SlipFinder:
    def __init__(self, model: LanguageModel, syllables: Iterable[str]) -> None:
        self._model = model
        self._bare: defaultdict[str, list[int]] = defaultdict(list)
        self._gaps: defaultdict[str, list[int]] = defaultdict(list)
        for word in syllables:
            one = model.ids[word]
            self._bare[fold(word)].append(one)
            for gap in _gaps(word):
                self._gaps[gap].append(one)
        self._longer: defaultdict[str, set[int]] = defaultdict(set)  # a letter left out → what it was
        for bare, ids in self._bare.items():
            for at in range(len(bare)):
                self._longer[bare[:at] + bare[at + 1 :]].update(ids)
        self._rivals = lru_cache(maxsize=20_000)(self._find_rivals)
        self._singles = lru_cache(maxsize=20_000)(self._single)
        self._doubles = lru_cache(maxsize=20_000)(self._double)

    def find(self, ids: Sequence[int], fixed: Sequence[bool], recognised: bool = False) -> dict[int, int]:
        """Place → better id, for the ids of one clause; a fixed place stays."""
        if len(ids) < 2:
            return {}
        strange = self._strange(ids)
        found: dict[int, int] = {}
        best: list[tuple[float, dict[int, int]]] = []
        for at, one in enumerate(ids):
            if fixed[at] or one < _FIRST:
                continue
            # The model sees no further than this: a clause may be the whole file, and many clauses are alike.
            start = max(0, at - ORDER)
            near = tuple(ids[start : at + 2 + ORDER])
            gains: list[_Gain] = []
            if strange[at] or strange[at + 1]:
                gains += self._singles(near, at - start, recognised)
            if at + 1 < len(ids) and not fixed[at + 1] and ids[at + 1] >= _FIRST and max(strange[at : at + 3]) >= 1:
                gains += self._doubles(near, at - start)
            best += [(gain, dict(enumerate(change, at))) for gain, change in gains]
        for _, change in sorted(best, key=lambda item: -item[0]):
            if not any(near in found for at in change for near in (at - 1, at, at + 1)):
                found.update(change)
        return found

    def _strange(self, ids: Sequence[int]) -> list[int]:
        """For each place and the end: 0 a trigram that was seen ends here, 1 only a pair, 2 not even that."""
        padded = np.array([BREAK, BREAK, *ids, BREAK], dtype=np.uint64)
        pairs = (padded[1:-1] << np.uint64(16)) | padded[2:]
        triples = (padded[:-2] << np.uint64(32)) | pairs
        seen_pair = self._model.tables[1].find(pairs)[1]
        seen_triple = self._model.tables[2].find(triples)[1]
        seen_triple[0] = seen_pair[0]
        return [0 if triple else 1 if pair else 2 for pair, triple in zip(seen_pair, seen_triple, strict=True)]

    def _single(self, ids: Sequence[int], at: int, recognised: bool) -> list[_Gain]:
        found: list[_Gain] = []
        accents, letters = self._rivals(ids[at])
        gains = self._gains(ids, at, [(one,) for one in (*accents, *letters)])
        for place, (one, gain) in enumerate(zip((*accents, *letters), gains, strict=True)):
            least = _LETTER if place >= len(accents) else _SCANNED if recognised else _ACCENTS
            if gain > least and self._at_home(ids, at, (one,)):
                found.append((gain - least, (one,)))
            elif recognised and gain > _SCANNED_APART and place < len(accents):
                found.append((gain - _SCANNED_APART, (one,)))
        return found

    def unread(self, ids: Sequence[int], at: int, word: str) -> int | None:
        """For what is no syllable: one of a letter less or a letter more, in company that was seen."""
        bare = fold(word)
        shorter = {bare[:k] + bare[k + 1 :] for k in range(len(bare))}
        options = [(one,) for text in shorter for one in self._bare.get(text, ())]
        options += [(one,) for one in self._longer.get(bare, ())]
        start = max(0, at - ORDER)
        near = tuple(ids[start : at + 2 + ORDER])
        gains = zip(self._gains(near, at - start, options), options, strict=True)
        likely = ((gain, one) for gain, one in gains if gain > _SCANNED and self._at_home(near, at - start, one))
        home = sorted(likely, reverse=True)
        return home[0][1][0] if home else None

    def level(self, ids: Sequence[int], at: int, own: int) -> bool:
        """Whether the word here is a slip of `own`, which the document writes after the same words elsewhere."""
        accents, letters = self._rivals(ids[at]) if ids[at] >= _FIRST else ((), ())
        if own not in (*accents, *letters):
            return False
        after = np.array([ids[at + 1] if at + 1 < len(ids) else BREAK], dtype=np.uint64)
        return float(self._model.score(np.array([ids[at]], dtype=np.uint64), after)[0]) < _COMPOUND

    def _double(self, ids: Sequence[int], at: int) -> list[_Gain]:
        pairs = [(a, b) for a in self._rivals(ids[at])[0] for b in self._rivals(ids[at + 1])[0]]
        if not pairs:
            return []
        packed = np.array([a << 16 | b for a, b in pairs], dtype=np.uint64)
        pairs = [pair for pair, seen in zip(pairs, self._model.tables[1].find(packed)[1], strict=True) if seen]
        gains = zip(pairs, self._gains(ids, at, pairs), strict=True)
        return [(gain - _BOTH, pair) for pair, gain in gains if gain > _BOTH and self._at_home(ids, at, pair)]

    def _gains(self, ids: Sequence[int], at: int, changes: Sequence[tuple[int, ...]]) -> list[float]:
        """By how many nats each change at the place betters the clause."""
        if not changes:
            return []
        width = len(changes[0])
        before = [BREAK, *ids[:at]][-(ORDER - 1) :]
        after = [*ids[at + width :], BREAK][: ORDER - 1]
        rows = [tuple(ids[at : at + width]), *changes]
        history = 0
        for one in before:
            history = history << 16 | one
        histories: Grams = np.full(len(rows), history, dtype=np.uint64)
        total = np.zeros(len(rows), dtype=np.float32)
        for column in [*zip(*rows, strict=True), *([one] * len(rows) for one in after)]:
            said = np.array(column, dtype=np.uint64)
            total += self._model.score(histories, said)
            histories = extend(histories, said)
        return [float(gain) for gain in total[1:] - total[0]]

    def _at_home(self, ids: Sequence[int], at: int, change: tuple[int, ...]) -> bool:
        """Whether the change makes pairs that were all seen, and a run of four that was."""
        row = [BREAK, *ids[:at], *change, *ids[at + len(change) :], BREAK]
        first, last = at + 1, at + len(change)
        if not all(self._model.seen(row[k : k + 2]) for k in range(first - 1, last + 1)):
            return False
        starts = range(max(0, last - ORDER + 1), min(first, len(row) - ORDER) + 1)
        runs = (row[k : k + ORDER] for k in starts)
        return any(run.count(BREAK) < 2 and self._model.seen(run) for run in runs)

    def _find_rivals(self, one: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        word = self._model.words[one]
        accents = tuple(other for other in self._bare.get(fold(word), ()) if other != one)
        letters = {other for gap in _gaps(word) for other in self._gaps.get(gap, ())} - {one, *accents}
        return accents, tuple(letters)


def _gaps(word: str) -> list[str]:
    """The word with each of its letters blanked in turn: words that share one differ in that letter only."""
    return [f"{word[:at]}?{word[at + 1 :]}" for at in range(len(word))]
