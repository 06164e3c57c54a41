"""The clean Vietnamese that the restorer learns from: documents as lists of paragraphs, some held back for testing."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from bot.text import nfc, respell, squash

# How often a document of each kind is counted: the plans to be repaired are papers of communes, not encyclopedias.
WEIGHTS = {"plan": 8, "official": 4, "law": 1, "wiki": 1}
_FILES = {"official": "official_docs_2025.jsonl.xz", "law": "laws_raw.jsonl.xz", "wiki": "viwiki_5k.jsonl.xz"}
_HELD_BACK_ONE_IN = {"official": 10, "law": 12, "wiki": 25}

_MARKUP = re.compile(r"\*+|^#+\s*|\[\d+\]|\|", re.MULTILINE)
_BREAK = re.compile(r"\n\s*\n")
# A line that opens a paragraph of its own, though no blank line stands before it.
_OPENING = re.compile(r"\n(?=\s*(?:[-+•–]\s|\d+(?:\.\d+)*[.)]\s|[a-zđ]\)\s|[IVX]+\.\s|Điều \d|Chương [IVX]|Căn cứ ))")
_STRANGE = re.compile(r"[^\w\s.,;:!?()“”\"'’‘/%&…\-–—+=<>@§°²³]")


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    kind: str
    paragraphs: tuple[str, ...]

    @property
    def held_back(self) -> bool:
        """Never learned from. Decided by the name alone, so that every run holds back the same documents."""
        each = _HELD_BACK_ONE_IN.get(self.kind)
        return each is not None and crc32(self.name.encode()) % each == 0


def documents(data: Path, plans: Path) -> Iterator[Document]:
    """The plans (damaged ones, `*.ocr.*`, left out), then the data files that exist under `data`."""
    for path in sorted(plans.glob("*.md")):
        yield Document(path.stem, "plan", paragraphs(path.read_text("utf-8")))
    for kind, name in _FILES.items():
        with lzma.open(data / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield Document(f"{kind}-{row['id']}", kind, paragraphs(row["text"]))


def paragraphs(text: str) -> tuple[str, ...]:
    """Paragraphs of at least one word, hard line breaks joined, markup and lines of a foreign script left out."""
    clean = _OPENING.sub("\n\n", _MARKUP.sub("", nfc(text)))
    found = (squash(part) for part in _BREAK.split(clean))
    return tuple(respell(p) for p in found if re.search(r"[^\W\d_]{2}", p) and len(_STRANGE.findall(p)) <= len(p) / 100)
