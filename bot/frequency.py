"""How rare a word is in Vietnamese administrative and general writing.

The table holds folded syllables ("bao") and pairs of them ("bao cao"), counted over paragraphs.
"""

from __future__ import annotations

import gzip
import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "models" / "df.json.gz"


@dataclass(frozen=True, slots=True)
class Frequencies:
    """`held[token]` of `paragraphs` paragraphs hold the token."""

    paragraphs: int
    held: dict[str, int]

    def rarity(self, token: str) -> float:
        """log((N + 1) / (df + 1)): 0 for what stands in every paragraph, log(N + 1) for what was never seen."""
        return math.log((self.paragraphs + 1) / (self.held.get(token, 0) + 1))


def read(path: Path) -> Frequencies:
    """The table as `ingest.train_encoder` writes it. Raises OSError where there is none."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        raw = json.load(file)
    return Frequencies(raw["paragraphs"], {t: int(n) for n, line in raw["held"].items() for t in line.split(",")})


@cache
def _shipped() -> Frequencies:
    return read(TABLE)


def rarity(token: str) -> float:
    """Rarity of a folded syllable, or of two with a space between, in idf units; 0 to about 12, unknown is highest."""
    return _shipped().rarity(token)
