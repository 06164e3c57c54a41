"""A language model of administrative Vietnamese: four-grams of lower-case syllables, compact, answered from arrays.

Interpolated Kneser-Ney with one discount (Chen and Goodman, 1999), cut to the n-grams seen often enough; the mass of
those cut goes to the shorter context. A gram is one 64-bit number, 16 bits a syllable, so a table is a sorted array.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Grams = NDArray[np.uint64]
Floats = NDArray[np.float32]

UNKNOWN, BREAK, NUMBER = 0, 1, 2  # the first ids; words follow
RESERVED = ("<unknown>", "<break>", "<number>")
ORDER = 4
STEP = 0.06  # nats for one unit of a stored byte; 255 units reach 15.3
_BITS = np.uint64(16)
_DISCOUNT = 0.75
_CHUNK = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
BREAKS = ".;:!?"


def stream(text: str) -> Iterator[str]:
    """Syllables in lower case, `<number>` for what holds a digit, `<break>` where a clause ends; the rest is silent."""
    for chunk in _CHUNK.findall(text):
        core = chunk.rstrip("”\"')]…,.;:!?/")
        if any(c.isdigit() for c in core):
            yield RESERVED[NUMBER]
        else:
            yield from (word.lower() for word in _WORD.findall(core))
        if any(c in BREAKS for c in chunk[len(core) :]):
            yield RESERVED[BREAK]


@dataclass(frozen=True, slots=True)
class Table:
    """Grams of one length, sorted, with log probability and log back-off weight in steps below zero."""

    grams: Grams
    cost: NDArray[np.uint8]
    backoff: NDArray[np.uint8]

    def find(self, grams: Grams) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        at = np.searchsorted(self.grams, grams)
        np.minimum(at, len(self.grams) - 1, out=at)
        return at, self.grams[at] == grams


class LanguageModel:
    """`tables[0]` holds single syllables by id; a history is a gram of the last three ids, 0 where there are fewer."""

    def __init__(self, words: Sequence[str], tables: Sequence[Table]) -> None:
        self.words = tuple(words)
        self.ids = {word: at for at, word in enumerate(self.words)}
        self.tables = tuple(tables)
        self._single = self.tables[0].cost.astype(np.float32) * -STEP

    def score(self, histories: Grams, words: Grams) -> Floats:
        """Log probability of each word after its history. The shapes are broadcast: histories as a column and words
        as a row give every word after every history."""
        result: Floats = self._single[words]
        for order in range(2, ORDER + 1):
            context = histories & _mask(order - 1)
            above, known = self.tables[order - 2].find(context)
            weight = np.where(known, self.tables[order - 2].backoff[above] * np.float32(-STEP), np.float32(0))
            at, hit = self.tables[order - 1].find((context << _BITS) | words)
            result = np.where(hit, self.tables[order - 1].cost[at] * np.float32(-STEP), result + weight)
        return result

    def seen(self, gram: Sequence[int]) -> bool:
        """Whether the gram (two to four ids) was kept."""
        packed = np.array([pack(gram)], dtype=np.uint64)
        return bool(self.tables[len(gram) - 1].find(packed)[1][0])


def pack(ids: Iterable[int]) -> int:
    packed = 0
    for one in ids:
        packed = packed << 16 | one
    return packed


def extend(histories: Grams, words: Grams) -> Grams:
    """Histories after the words: the oldest syllable falls out."""
    return ((histories << _BITS) | words) & _mask(ORDER - 1)


def _mask(length: int) -> np.uint64:
    return np.uint64((1 << 16 * length) - 1)


def learn(words: Sequence[str], text: NDArray[np.uint16], weight: Floats, least: Sequence[float]) -> LanguageModel:
    """`text` is the ids of all documents end to end, `weight` how much each position counts; `least[n-1]` is the
    smallest weighted count with which a gram of length n is kept."""
    counts = [_count(text, weight, order) for order in range(1, ORDER + 1)]
    for order in range(ORDER - 1, 0, -1):
        counts[order - 1] = _continued(counts[order - 1], counts[order], order)
    grams, count = counts[0]
    single = np.full(len(words), 0.02)
    single[grams.astype(np.intp)] += count
    single[UNKNOWN] = 1.0
    chance = single / single.sum()
    all_grams = np.arange(len(words), dtype=np.uint64)
    tables: list[Table] = []
    kept_grams, kept_chance = all_grams, chance
    for order in range(2, ORDER + 1):
        grams, count = counts[order - 1]
        context = grams >> _BITS
        starts = np.flatnonzero(np.r_[True, context[1:] != context[:-1]])
        group = np.cumsum(np.r_[True, context[1:] != context[:-1]]) - 1
        total = np.add.reduceat(count, starts)
        kinds = np.add.reduceat(np.ones_like(count), starts)
        lower = _chance_of_shorter(tables, kept_grams, kept_chance, chance, grams, order)
        own = np.maximum(count - _DISCOUNT, 0) / total[group]
        full = own + (_DISCOUNT * kinds / total)[group] * lower
        keep = count >= least[order - 1]
        used = np.zeros(len(starts))
        np.add.at(used, group[keep], full[keep])
        used_lower = np.zeros(len(starts))
        np.add.at(used_lower, group[keep], lower[keep])
        left = np.clip(1 - used, 1e-6, 1) / np.clip(1 - used_lower, 1e-6, 1)
        tables.append(_table(kept_grams, kept_chance, context[starts], left))
        kept_grams, kept_chance = grams[keep], full[keep]
    tables.append(_table(kept_grams, kept_chance, np.zeros(0, np.uint64), np.zeros(0)))
    return LanguageModel(words, tables)


def _table(grams: Grams, chance: NDArray[np.float64], contexts: Grams, left: NDArray[np.float64]) -> Table:
    backoff = np.ones(len(grams))
    if len(contexts):
        at = np.minimum(np.searchsorted(contexts, grams), len(contexts) - 1)
        backoff = np.where(contexts[at] == grams, left[at], 1.0)
    return Table(grams, _bytes(chance), _bytes(np.minimum(backoff, 1.0)))


def _bytes(chance: NDArray[np.float64]) -> NDArray[np.uint8]:
    return np.clip(np.rint(-np.log(chance) / STEP), 0, 255).astype(np.uint8)


def _count(text: NDArray[np.uint16], weight: Floats, order: int) -> tuple[Grams, NDArray[np.float64]]:
    """Grams of the text with their weighted counts; none goes over a break, none longer than one holds the unknown."""
    length = len(text) - order + 1
    grams = np.zeros(length, dtype=np.uint64)
    good = np.ones(length, dtype=bool)
    for offset in range(order):
        part = text[offset : offset + length]
        grams = (grams << _BITS) | part
        if 0 < offset < order - 1:
            good &= part != BREAK
        if order > 1:
            good &= part != UNKNOWN
    if order == 2:
        good &= ~((text[:length] == BREAK) & (text[1 : 1 + length] == BREAK))
    grams, weights = grams[good], weight[order - 1 :][good]
    by = np.argsort(grams, kind="stable")
    grams, weights = grams[by], weights[by]
    starts = np.flatnonzero(np.r_[True, grams[1:] != grams[:-1]])
    return grams[starts], np.add.reduceat(weights.astype(np.float64), starts)


def _continued(
    own: tuple[Grams, NDArray[np.float64]], longer: tuple[Grams, NDArray[np.float64]], order: int
) -> tuple[Grams, NDArray[np.float64]]:
    """Kneser-Ney: a shorter gram counts once for each word it was seen after; one that opens a clause, as often
    as it was seen."""
    grams, count = own
    tail = longer[0] & _mask(order)
    result = np.zeros(len(grams))
    # A gram of a weighty document counts for more, up to a bound: it is nearer to what is to be repaired.
    np.add.at(result, np.searchsorted(grams, tail), np.minimum(longer[1], 4.0))
    first = grams >> np.uint64(16 * (order - 1))
    return grams, np.where((first == BREAK) | (result == 0), np.maximum(count, 1.0), result)


def _chance_of_shorter(
    tables: list[Table],
    grams: Grams,
    chance: NDArray[np.float64],
    single: NDArray[np.float64],
    asked: Grams,
    order: int,
) -> NDArray[np.float64]:
    """Probability of the last word of each asked gram after the context without its first word."""
    suffix = asked & _mask(order - 1)
    if order == 2:
        return single[suffix.astype(np.intp)]
    at = np.minimum(np.searchsorted(grams, suffix), len(grams) - 1)
    hit = grams[at] == suffix
    if hit.all():
        return chance[at]
    # Backed off through the tables made so far; rare, and the bytes' rounding does no harm here.
    result = np.where(hit, chance[at], 0.0)
    missing = suffix[~hit]
    result[~hit] = _backed_off(tables, single, missing, order - 1)
    return result


def _backed_off(tables: list[Table], single: NDArray[np.float64], grams: Grams, order: int) -> NDArray[np.float64]:
    if order == 1:
        return single[grams.astype(np.intp)]
    context_table = tables[order - 2]
    at, seen = context_table.find(grams >> _BITS)
    weight = np.where(seen, np.exp(context_table.backoff[at].astype(np.float64) * -STEP), 1.0)
    shorter = grams & _mask(order - 1)
    if order == 2:
        return weight * single[shorter.astype(np.intp)]
    table = tables[order - 2]
    at, hit = table.find(shorter)
    result = np.exp(table.cost[at].astype(np.float64) * -STEP)
    if not hit.all():
        result[~hit] = _backed_off(tables, single, shorter[~hit], order - 1)
    return weight * result
