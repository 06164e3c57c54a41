"""The encoder's vocabulary, and the vectors its training starts from.

A Vietnamese word is mostly two syllables, and a syllable without its accents says little: the frequent couples
("khen thưởng", "khen thuong") are pieces of their own beside the syllables.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.text import fold

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SYLLABLES = 19_000
COUPLES = 12_000
DIMENSIONS = 256
SHARED = 0.7  # of a first vector's square that an accented piece shares with its accentless form

_UNKNOWN = "[UNK]"
_GAP = "▁"  # stands before each syllable of a piece, as Metaspace writes it
_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*|\d+")
# At most 16 syllables at a time: finding the longest piece costs the square of the run's length.
_RUN_OF_TOKENIZER = r"\p{L}+(?: \p{L}+){0,15}|\p{N}+"


def train_tokenizer(texts: Iterable[str]) -> Tokenizer:
    """Longest match over couples, syllables, numbers and, for what is none of them, letters; punctuation is dropped."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    syllables: Counter[str] = Counter()
    couples: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for form in (text.lower(), fold(text)):
            for run in _RUN.findall(form):
                found = run.split(" ")
                syllables.update(found)
                couples.update(pairwise(found))
    kept = [syllable for syllable, count in syllables.most_common(SYLLABLES) if count >= 3]
    letters = sorted({letter for syllable in kept for letter in syllable} | {_GAP})
    pairs = _sticking(couples, syllables, kept)
    pieces = [_UNKNOWN, *letters, *(_GAP + syllable for syllable in kept), *(f"{_GAP}{a}{_GAP}{b}" for a, b in pairs)]
    vocabulary = {piece: at for at, piece in enumerate(dict.fromkeys(pieces))}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token=_UNKNOWN, continuing_subword_prefix=""))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Lowercase(), normalizers.Replace(Regex(r"\s+"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_RUN_OF_TOKENIZER), "removed", invert=True),
            pre_tokenizers.Metaspace(prepend_scheme="always", split=False),
        ]
    )
    return tokenizer


def _sticking(couples: Counter[tuple[str, str]], syllables: Counter[str], kept: list[str]) -> list[tuple[str, str]]:
    """Couples that stand together much more often than by chance, those that save most pieces first."""
    known, total = set(kept), syllables.total()
    worth = {}
    for (a, b), count in couples.items():
        if count >= 40 and a in known and b in known:
            bond = math.log(count * total / (syllables[a] * syllables[b]))
            if bond > 2.5:
                worth[a, b] = count * bond
    return sorted(worth, key=worth.__getitem__, reverse=True)[:COUPLES]


def first_vectors(tokenizer: Tokenizer, passages: Iterable[NDArray[np.int64]]) -> NDArray[np.float32]:
    """Random directions as long as a piece is rare: training starts from a search by words that is blind to accents."""
    size = tokenizer.get_vocab_size()
    held = np.zeros(size)
    count = 0
    for ids in passages:
        held[np.unique(ids)] += 1
        count += 1
    draw = np.random.default_rng(1)
    own = draw.standard_normal((size, DIMENSIONS))
    vocabulary = tokenizer.get_vocab()
    plain = [vocabulary.get(fold(piece), at) for piece, at in sorted(vocabulary.items(), key=lambda item: item[1])]
    vectors = math.sqrt(SHARED) * own[plain] + math.sqrt(1 - SHARED) * draw.standard_normal(own.shape)
    rarity = np.log((count + 1) / (held + 1))
    return (vectors * rarity[:, None] / 10).astype(np.float32)
