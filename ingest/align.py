"""Finds in a page as read what each syllable of the page as printed became."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from bot.text import fold

EDGE = "“”\"'’‘()[]{}.,;:!?…/*-–—_ "


def pairs(truth: str, read: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """(true words, read words) of the shortest runs whose borders agree; mostly one and one. Lower case, edges bare."""
    borders = [(-1, -1), *_shared_spaces(truth, read), (len(truth), len(read))]
    for (a, b), (c, d) in pairwise(borders):
        true = tuple(w for w in (bare(part) for part in truth[a + 1 : c].split()) if w)
        seen = tuple(w for w in (bare(part) for part in read[b + 1 : d].split()) if w)
        if true and seen and len(true) <= 2 and len(seen) <= 2 and _alike(" ".join(true), " ".join(seen)):
            yield true, seen


def bare(word: str) -> str:
    """The word in lower case without punctuation at its edges; a mark that an engine puts for a letter stays."""
    return word.strip(EDGE).lower()


def _shared_spaces(truth: str, read: str) -> Iterator[tuple[int, int]]:
    skeleton, other = fold(truth), fold(read)
    for block in Levenshtein.editops(skeleton, other).as_matching_blocks():
        for offset in range(block.size):
            if skeleton[block.a + offset] == " ":
                yield block.a + offset, block.b + offset


def _alike(true: str, seen: str) -> bool:
    letters = re.sub(r"\s", "", fold(true)), re.sub(r"\s", "", fold(seen))
    return Levenshtein.distance(*letters) <= max(2, (len(letters[0]) + 1) // 2)
