"""How well the encoder finds an article of law by its title, against words alone.

The laws are ones that were kept from training.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.text import fold, tokens
from ingest.encoder_pairs import Document

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Scores = NDArray[np.float64]
LONGEST = 1500  # characters of an article
FUSED = 20  # the constant of reciprocal rank fusion


def word_scores(questions: Sequence[str], articles: Sequence[str]) -> Scores:
    """BM25 (k1 1.2, b 0.75) on folded words; shape (questions, articles)."""
    counts = [Counter(tokens(article)) for article in articles]
    held = Counter(word for count in counts for word in count)
    lengths = np.array([count.total() for count in counts])
    damping = 1.2 * (0.25 + 0.75 * lengths / lengths.mean())
    scores = np.zeros((len(questions), len(articles)))
    for row, question in zip(scores, questions, strict=True):
        for word in tokens(question):
            found = np.array([count[word] for count in counts])
            rarity = np.log(1 + (len(articles) - held[word] + 0.5) / (held[word] + 0.5))
            row += rarity * found * 2.2 / (found + damping)
    return scores


def fused(words: Scores, meaning: Scores) -> Scores:
    """Reciprocal rank fusion; of equals, what the words put first."""
    by_words, by_meaning = ((-scores).argsort(axis=1).argsort(axis=1) for scores in (words, meaning))
    return np.asarray(1 / (FUSED + by_words) + 1 / (FUSED + by_meaning) - by_words * 1e-9)


def recall(scores: Scores, right: Sequence[int]) -> str:
    """Share of questions whose article comes first, and among the first five; an equal score counts against it."""
    places = np.array([(row >= row[at]).sum() for row, at in zip(scores, right, strict=True)])
    return f"recall@1 {(places <= 1).mean():.3f}, recall@5 {(places <= 5).mean():.3f}"


def figures(model: SentenceTransformer, laws: Sequence[Document]) -> dict[str, str]:
    """What was searched, and what each way of searching reached. Titles that two articles share are no questions."""
    parts = [(title, " ".join(below)[:LONGEST]) for law in laws for title, below in law.parts if below]
    times = Counter(title.lower() for title, _ in parts)
    right = [at for at, (title, _) in enumerate(parts) if times[title.lower()] == 1]
    articles = [text for _, text in parts]
    titles = [parts[at][0] for at in right]
    found = {"articles": str(len(articles)), "titles": str(len(titles))}
    by_words = word_scores(titles, articles)
    found["words alone (BM25, folded)"] = recall(by_words, right)
    vectors = model.encode(articles)
    forms: dict[str, Callable[[str], str]] = {"accented": str, "accentless": fold}
    for name, form in forms.items():
        by_meaning = model.encode([form(title) for title in titles]) @ vectors.T
        found[f"encoder alone, {name} questions"] = recall(by_meaning, right)
        found[f"both fused, {name} questions"] = recall(fused(by_words, by_meaning), right)
    return found
