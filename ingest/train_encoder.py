"""Trains the encoder in bot/models/encoder and counts the word frequencies beside it.

    python -m ingest.train_encoder --data DIR [--plans DIR] [--models DIR]

DIR holds the texts named in `encoder_pairs`. Two cores, no GPU, minutes; the same figures on every run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.text import fold, tokens
from ingest import encoder_pairs as source
from ingest.encoder_figures import figures
from ingest.encoder_pairs import Document, Pair
from ingest.encoder_pieces import first_vectors, train_tokenizer

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

BATCH = 1024
RUN = 16  # pairs of one document that stand together in a batch: its other clauses are the hard negatives
EPOCHS = 6
RATE = 0.08
FOLDED_QUERIES = 0.5  # share of accentless copies
FOLDED_PASSAGES = 0.15
DROPPED = 0.15  # share of a query's pieces that are left out, as people leave words out
THINNED = 0.5  # share of a passage's pieces that are left out: half the time, and no word is relied on alone

MOST = 300  # pairs of one document
MOST_OF_ARTICLE = 15
KEPT = 20_000

Row = NDArray[np.int64]


def batches(groups: list[list[int]], queries: Sequence[str], chance: random.Random) -> Iterator[list[int]]:
    """Batches of pairs, without two of the same question in one."""
    runs = []
    for group in groups:
        order = chance.sample(group, len(group))
        runs += [order[at : at + RUN] for at in range(0, len(order), RUN)]
    chance.shuffle(runs)
    here: dict[str, int] = {}
    for run in runs:
        here.update((queries[pair], pair) for pair in run)
        if len(here) >= BATCH:
            yield list(here.values())
            here = {}


def features(rows: Sequence[Row]) -> dict[str, torch.Tensor]:
    import torch

    offsets = np.cumsum([0, *(len(row) for row in rows[:-1])])
    return {"input_ids": torch.from_numpy(np.concatenate(rows)), "offsets": torch.from_numpy(offsets)}


def train(tokenizer: Tokenizer, documents: list[list[Pair]]) -> SentenceTransformer:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    torch.manual_seed(1)
    chance = random.Random(1)
    draw = np.random.default_rng(1)
    pairs = [pair for document in documents for pair in document]
    texts = [pair.query for pair in pairs]

    def ids(lines: Iterable[str]) -> list[Row]:
        return [np.array(e.ids, dtype=np.int64) for e in tokenizer.encode_batch(list(lines), add_special_tokens=False)]

    queries = (ids(texts), ids(map(fold, texts)))
    passages = (ids(p.passage for p in pairs), ids(fold(p.passage) for p in pairs))
    asking = (ids(source.ASKING), ids(map(fold, source.ASKING)))
    groups = [list(range(a, b)) for a, b in pairwise(accumulate(map(len, documents), initial=0))]

    def thin(row: Row, share: float) -> Row:
        kept = row[draw.random(len(row)) >= share]
        return kept if len(kept) > 1 else row

    def ask(pair: int) -> Row:
        folded = chance.random() < FOLDED_QUERIES
        row = queries[folded][pair]
        return np.concatenate([thin(row, DROPPED), chance.choice(asking[folded])])

    start = first_vectors(tokenizer, (row for form in passages for row in form))
    modules = [StaticEmbedding(tokenizer, embedding_weights=start), Normalize()]
    model = SentenceTransformer(modules=modules, device="cpu", similarity_fn_name="cosine")
    loss = MultipleNegativesRankingLoss(model, scale=20.0)
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    steps = EPOCHS * len(pairs) // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=RATE, total_steps=steps + EPOCHS, pct_start=0.1)
    for epoch in range(EPOCHS):
        total = count = 0.0
        for batch in batches(groups, texts, chance):
            rows = [thin(passages[chance.random() < FOLDED_PASSAGES][pair], THINNED) for pair in batch]
            value = loss([features([ask(pair) for pair in batch]), features(rows)], torch.empty(0))
            optimizer.zero_grad()
            value.backward()
            optimizer.step()
            schedule.step()
            total += value.item()
            count += 1
        print(f"epoch {epoch + 1}: loss {total / count:.3f}", flush=True)
    return model


def count_words(documents: Iterable[Document]) -> dict[str, object]:
    """Of how many paragraphs hold each folded syllable and each two in a row; the KEPT most frequent of either."""
    paragraphs = 0
    syllables: Counter[str] = Counter()
    couples: Counter[str] = Counter()
    for document in documents:
        for paragraph in (p for _, below in document.parts for p in below):
            paragraphs += 1
            found = tokens(paragraph)
            syllables.update(set(found))
            couples.update({f"{a} {b}" for a, b in pairwise(found)})
    held: dict[str, list[str]] = {}
    for token, count in syllables.most_common(KEPT) + couples.most_common(KEPT):
        # Two digits are plenty for a logarithm, and equal counts share one entry of the file.
        held.setdefault(f"{float(f'{count:.2g}'):.0f}", []).append(token)
    return {"paragraphs": paragraphs, "held": {count: ",".join(sorted(found)) for count, found in held.items()}}


def save(model: SentenceTransformer, folder: Path) -> None:
    """In half precision: the same rankings in half the room."""
    model.half().save(str(folder), create_model_card=False)
    (folder / "model.safetensors").chmod(0o644)  # safetensors keeps it from other users, who may run the service


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training texts")
    parser.add_argument(
        "--plans",
        type=Path,
        help="folder of plans in clean text; left out, so that the plans served can measure the encoder",
    )
    parser.add_argument("--models", type=Path, default=Path("bot/models"), help="where the results go")
    given = parser.parse_args(arguments)
    missing = [name for name in (source.LAWS, source.OFFICIAL, source.ARTICLES) if not (given.data / name).is_file()]
    if missing:
        print(f"Nothing was trained: {given.data} does not hold {', '.join(missing)}.", file=sys.stderr)
        return 2
    began = time.monotonic()
    chance = random.Random(1)
    laws, kept_back = source.held_back(source.laws(given.data))
    official, articles, plans = (
        source.official(given.data),
        source.articles(given.data),
        source.plans(given.plans) if given.plans else [],
    )
    documents = [source.pairs(d, chance, MOST) for d in (*laws, *official, *plans)]
    documents += [source.pairs(d, chance, MOST_OF_ARTICLE) for d in articles]
    documents = [pairs for pairs in documents if pairs]
    given.models.mkdir(parents=True, exist_ok=True)
    with gzip.GzipFile(given.models / "df.json.gz", "wb", mtime=0) as file:
        file.write(json.dumps(count_words((*laws, *official, *articles))).encode())
    tokenizer = train_tokenizer(text for pairs in documents for p in pairs for text in (p.query, p.passage))
    model = train(tokenizer, documents)
    print(f"{sum(map(len, documents)):,} pairs of {len(documents):,} documents, {time.monotonic() - began:.0f} s")
    for name, figure in figures(model, kept_back).items():
        print(f"{name}: {figure}")
    save(model, given.models / "encoder")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
