"""The restorer's one model file: written by training, read at use."""

from __future__ import annotations

import json
import lzma
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np

from .channel import Tables
from .language import LanguageModel, Table

DEFAULT = Path(__file__).parent / "models" / "restorer.npz.xz"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Learned:
    language: LanguageModel
    channel: Tables
    syllables: tuple[str, ...]  # Vietnamese ones that may be proposed
    signs: Mapping[str, tuple[float, float]]  # word as read -> (log odds that the text is damaged, share then altered)
    acronyms: Mapping[str, str]  # folded capitals -> as officials write them: "QD" -> "QĐ"


def save(learned: Learned, path: Path) -> None:
    arrays: dict[str, np.ndarray] = {}
    for order, table in enumerate(learned.language.tables, 1):
        arrays[f"gap{order}"] = np.diff(table.grams, prepend=np.uint64(0)).view(np.uint8).reshape(-1, 8).T.copy()
        arrays[f"cost{order}"] = table.cost
        arrays[f"backoff{order}"] = table.backoff
    rest = {
        "format": _FORMAT,
        "words": learned.language.words,
        "whole": learned.channel.whole,
        "seen": learned.channel.seen,
        "parts": learned.channel.parts,
        "vowels": learned.channel.vowels,
        "syllables": learned.syllables,
        "signs": learned.signs,
        "acronyms": learned.acronyms,
    }
    arrays["rest"] = np.frombuffer(json.dumps(rest, ensure_ascii=False).encode(), dtype=np.uint8)
    out = BytesIO()
    np.savez(out, allow_pickle=False, **arrays)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lzma.compress(out.getvalue(), preset=6))


def load(path: Path) -> Learned:
    """Raises ValueError for a file of another format."""
    with np.load(BytesIO(lzma.decompress(path.read_bytes())), allow_pickle=False) as arrays:
        rest = json.loads(arrays["rest"].tobytes())
        if rest["format"] != _FORMAT:
            raise ValueError(f"{path}: model format {rest['format']}, wanted {_FORMAT}: train it again")
        tables = []
        order = 1
        while f"gap{order}" in arrays:
            gaps = np.ascontiguousarray(arrays[f"gap{order}"].T).view(np.uint64).reshape(-1)
            tables.append(Table(np.cumsum(gaps, dtype=np.uint64), arrays[f"cost{order}"], arrays[f"backoff{order}"]))
            order += 1
    language = LanguageModel(rest["words"], tables)
    channel = Tables(rest["whole"], rest["seen"], rest["parts"], rest["vowels"])
    return Learned(language, channel, tuple(rest["syllables"]), rest["signs"], rest["acronyms"])
