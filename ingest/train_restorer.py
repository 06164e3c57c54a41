"""Trains the restorer: renders clean Vietnamese, reads it with the wrong engine, aligns, learns, saves.

    python -m ingest.train_restorer --data DIR --pages DIR [--plans corpus/plans] [--count 640]

`--data` holds the clean text; `--pages` keeps what was rendered and read, so that a broken run goes on where it
stopped.
"""

from __future__ import annotations

import argparse
import re
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import log
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.text import fold

from . import channel, language
from .align import pairs
from .learned import DEFAULT, Learned, save
from .pages import MissingPackage, Page, check_installed, choose, make_page
from .repair import Restorer, restorer
from .shelf import WEIGHTS, Document, documents
from .syllable import parts

LANGUAGES = ("eng",) * 7 + ("fra",)  # the readers, by turns
KINDS = ("official", "official", "law", "wiki")  # what the pages are made of, by turns
HELD_BACK_FROM = 90_000  # number of the first page made of held-back documents
_HELD_BACK_PAGES = 48
_LEAST = (1, 1, 2, 3)  # weighted sightings with which a gram of one to four syllables is kept
_ACRONYM = re.compile(r"\b[A-ZĐ][A-ZĐ&]{1,9}[a-z]?\b|\b[A-ZĐ]{2,}[a-z][A-ZĐ]*\b")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--plans", type=Path, default=Path("corpus/plans"))
    parser.add_argument("--count", type=int, default=640)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--to", type=Path, default=DEFAULT)
    given = parser.parse_args(arguments)
    try:
        check_installed(set(LANGUAGES))
    except MissingPackage as missing:
        print(missing, file=sys.stderr)
        return 2
    shelf = list(documents(given.data, given.plans))
    made = render(shelf, given.pages, given.count, given.processes)
    learned = learn([d for d in shelf if not d.held_back], [p for p in made if not p.held_back])
    save(learned, given.to)
    print(f"{given.to}: {given.to.stat().st_size / 2**20:.1f} MiB")
    return 0


def render(shelf: Sequence[Document], cache: Path, count: int, processes: int) -> list[Page]:
    """`count` pages to learn from, then those of the held-back documents; what the cache holds is not made again."""
    cache.mkdir(parents=True, exist_ok=True)
    jobs = []
    for held_back, first, many in ((False, 0, count), (True, HELD_BACK_FROM, _HELD_BACK_PAGES)):
        by_kind = {
            kind: [
                (d.name, list(d.paragraphs))
                for d in shelf
                if d.kind == kind and d.held_back == held_back and sum(map(len, d.paragraphs)) > 1500
            ]
            for kind in set(KINDS)
        }
        for turn in range(many):
            name, chosen = choose(by_kind[KINDS[turn % len(KINDS)]], first + turn)
            reader = LANGUAGES[turn // len(KINDS) % len(LANGUAGES)]
            jobs.append((cache, first + turn, name, chosen, reader, held_back))
    with Pool(processes) as pool:
        return pool.starmap(make_page, jobs, chunksize=4)


def learn(shelf: Sequence[Document], pages: Iterable[Page]) -> Learned:
    counted = _count_pairs(pages)
    words = _vocabulary(shelf)
    known = set(words)
    sure = {(true, damaged): times for (true, damaged), times in counted.items() if known.issuperset(true.split())}
    rest = (
        channel.learn(sure),
        tuple(word for word in words if parts(word) is not None),
        _signs(shelf, counted),
        _acronyms(shelf),
    )
    plans = [d for d in shelf if d.kind == "plan"]
    others = _encoded((d for d in shelf if d.kind != "plan"), words)

    def learned(chosen: Sequence[Document]) -> Learned:
        ids, counts = _encoded(chosen, words)
        text, weight = np.concatenate([ids, others[0]]), np.concatenate([counts, others[1]])
        return Learned(language.learn(words, text, weight, _LEAST), *rest)

    # The plans carry slips of their own, which a model that had learned them would not find: the rest mend each.
    return learned([_mended(plan, restorer(learned([p for p in plans if p is not plan]))) for plan in plans])


def _mended(document: Document, by: Restorer) -> Document:
    mended = tuple("".join(piece.text for piece in by.slips(p)) for p in document.paragraphs)
    return replace(document, paragraphs=mended)


def _count_pairs(pages: Iterable[Page]) -> Counter[channel.Pair]:
    counted: Counter[channel.Pair] = Counter()
    for page in pages:
        for true, damaged in pairs(" ".join(page.truth), " ".join(page.read)):
            if not any(c.isdigit() for word in true for c in word):
                counted[" ".join(true), " ".join(damaged)] += 1
    return counted


def _vocabulary(shelf: Sequence[Document]) -> list[str]:
    counts: Counter[str] = Counter()
    for document in shelf:
        for paragraph in document.paragraphs:
            for word in language.stream(paragraph):
                counts[word] += WEIGHTS[document.kind]
    for reserved in language.RESERVED:
        del counts[reserved]
    # A Vietnamese syllable of the administration may be rare; a word of an encyclopedia must earn its place.
    common = [w for w, n in counts.most_common() if n >= (4 if parts(w) is not None else 60)]
    return [*language.RESERVED, *common]


def _encoded(shelf: Iterable[Document], words: Sequence[str]) -> tuple[NDArray[np.uint16], NDArray[np.float32]]:
    """All documents end to end as ids, and the weight of each position."""
    ids = {word: at for at, word in enumerate(words)}
    text = array("H")
    weight = array("f")
    for document in shelf:
        for paragraph in document.paragraphs:
            run = [language.BREAK, *(ids.get(w, 0) for w in language.stream(paragraph)), language.BREAK]
            text.extend(run)
            weight.extend([WEIGHTS[document.kind]] * len(run))
    return np.array(text, dtype=np.uint16), np.array(weight, dtype=np.float32)


def _signs(shelf: Sequence[Document], counted: Counter[channel.Pair]) -> dict[str, tuple[float, float]]:
    """What each word tells of the text it stands in: read by the wrong engine, stripped of accents, or clean."""
    clean: Counter[str] = Counter()
    for document in shelf:
        for paragraph in document.paragraphs:
            clean.update(language.stream(paragraph))
    for reserved in language.RESERVED:
        del clean[reserved]
    damaged: Counter[str] = Counter()
    altered: Counter[str] = Counter()
    for (true, seen), times in counted.items():
        damaged[seen] += times
        altered[seen] += times * (true != seen)
    total, clean_total = damaged.total(), clean.total()
    for word, times in clean.items():
        share = 0.1 * times * total / clean_total
        damaged[fold(word)] += share  # type: ignore[assignment]
        altered[fold(word)] += share * (fold(word) != word)  # type: ignore[assignment]
    signs = {}
    for word in damaged.keys() | clean.keys():
        bad, good = damaged[word] / (1.1 * total), clean[word] / clean_total
        if max(bad, good) < 5e-6 or " " in word:
            continue
        odds = log((bad + 1e-6) / (good + 1e-6))
        signs[word] = (round(max(-4.0, min(4.0, odds)), 1), round(altered[word] / max(damaged[word], 1e-9), 2))
    return signs


def _acronyms(shelf: Sequence[Document]) -> dict[str, str]:
    counts: Counter[str] = Counter()
    for document in shelf:
        if document.kind != "wiki":
            for paragraph in document.paragraphs:
                if not paragraph.isupper():
                    counts.update(_ACRONYM.findall(paragraph))
    best: dict[str, str] = {}
    for word, times in counts.most_common():
        if times >= 5 and parts(word.lower()) is None:
            best.setdefault(fold(word).upper(), word)
    return best


if __name__ == "__main__":
    raise SystemExit(main())
