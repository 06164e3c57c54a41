"""What people type and what plans write: abbreviations, words that ask, words that mean the same."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from .text import fold


@dataclass(frozen=True, slots=True)
class Lexicon:
    abbreviations: dict[str, str]
    stop: frozenset[str]  # accented
    stop_folded: frozenset[str]
    stop_phrases: tuple[str, ...]  # longest first
    synonyms: dict[str, tuple[str, ...]]  # folded phrase → all phrases of its group, itself first
    accents: dict[str, str]  # folded syllable → how it is typed when it means what its group means
    light: frozenset[str]
    bodies: frozenset[str]
    most: tuple[str, ...]  # folded words for the highest of several, "…" standing for words between
    least: tuple[str, ...]
    totals: tuple[str, ...]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    data = tomllib.loads((files("bot") / "lexicon.toml").read_text(encoding="utf-8"))
    words = data["stop"]["words"].split()
    synonyms: dict[str, tuple[str, ...]] = {}
    bodies = data["bodies"]["groups"]
    for group in (*data["synonyms"]["groups"], *bodies):
        for phrase in group:
            others = tuple(p for p in group if p != phrase)
            synonyms[phrase] = tuple(dict.fromkeys((*synonyms.get(phrase, (phrase,)), *others)))
    return Lexicon(
        abbreviations=data["abbreviations"],
        stop=frozenset(words),
        stop_folded=frozenset(fold(w) for w in words),
        stop_phrases=tuple(sorted(data["stop"]["phrases"], key=len, reverse=True)),
        synonyms=synonyms,
        accents=data["accents"],
        light=frozenset(data["light"]["words"]),
        bodies=frozenset(name for group in bodies for name in group),
        most=tuple(data["tables"]["most"]),
        least=tuple(data["tables"]["least"]),
        totals=tuple(data["tables"]["totals"]),
    )
