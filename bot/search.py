"""Question → ranked passages of the scope: words and meaning, fused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

from .domain import Passage
from .index import Snapshot
from .lexical import Hit
from .question import Question

Mode = Literal["both", "words", "meaning"]
_DEPTH = 40  # passages taken from each side before fusing
_RRF = 60  # the constant of reciprocal rank fusion, as in its paper (Cormack and others, 2009)
_WORDS_COUNT = 3.0  # words count three times as much: see eval/README.md


def search(
    question: Question, snapshot: Snapshot, issuers: Sequence[str], limit: int = 10, mode: Mode = "both"
) -> list[tuple[Passage, float]]:
    """Passages of these issuers, best first, each with its cosine similarity (0 where only words found it)."""
    words: list[Hit] = []
    near: list[Hit] = []
    if mode != "meaning":
        words = snapshot.by_words([t.exact or t.forms[0] for t in question.terms], issuers, _DEPTH)
    if mode != "words":
        near = snapshot.by_meaning(question.said or question.text, issuers, _DEPTH)
    scores: dict[str, float] = defaultdict(float)
    for weight, hits in ((_WORDS_COUNT, words), (1.0, near)):
        for rank, hit in enumerate(hits):
            scores[hit.passage] += weight / (_RRF + rank)
    meaning = {hit.passage: hit.score for hit in near}
    ranked = sorted(scores, key=lambda p: -scores[p])[:limit]
    return [(snapshot.passage(p), meaning.get(p, 0.0)) for p in ranked]
