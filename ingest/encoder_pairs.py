"""Training pairs (what one might ask, the passage that answers) cut from laws, official papers, articles and plans.

Pairs of one document stay together: passages of the same document are the negatives that teach telling clauses apart.
"""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.text import nfc, respell, sentences, squash

LAWS = "law_title_article_pairs.jsonl.xz"
OFFICIAL = "official_docs_2025.jsonl.xz"
ARTICLES = "viwiki_5k.jsonl.xz"
PASSAGE = 900  # characters: as long as the passages that are indexed
HELD_BACK = 10  # one law in so many is kept from training, for the figures

# What a question adds to the words it is about: training hangs one on each query, so that they come to weigh nothing.
ASKING = (
    "", "", "", "", "là gì?", "là ai?", "khi nào?", "ở đâu?", "bao nhiêu?", "như thế nào?", "thế nào?", "gồm những gì?",
    "có không?", "ra sao?", "vì sao?", "cho hỏi", "bao giờ?", "nào?", "những ai?", "cho biết",
)  # fmt: skip

_MARKER = re.compile(
    r"(?:Điều|Chương|Phần|Mục)\s+[\dIVXLC]+[.:]?|[IVXLC]{1,5}[.)]|\d{1,2}(?:\.\d{1,2})*[.)]?(?=\s)|[a-zđ][.)]"
)
_MARKUP = re.compile(r"[*_#|>]+|\[\d+\]|^\s*[-+•]\s+", re.MULTILINE)
_APPARATUS = re.compile(r"\b(?:Tham khảo|Chú thích|Xem thêm|Liên kết ngoài|Ghi chú|Nguồn|Thư mục)$", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Pair:
    query: str
    passage: str


@dataclass(frozen=True, slots=True)
class Document:
    """Headings with the paragraphs under them, in order. `name` tells documents apart."""

    name: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]


def normal(text: str) -> str:
    return squash(respell(nfc(text)))


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def laws(data: Path) -> list[Document]:
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for row in read_rows(data / LAWS):
        paragraphs = tuple(normal(line) for line in row["text"].splitlines() if _LETTER.search(line))
        found.setdefault(row["law"], []).append((normal(row["title"]), paragraphs))
    return [Document(name, tuple(parts)) for name, parts in found.items()]


def held_back(documents: Iterable[Document]) -> tuple[list[Document], list[Document]]:
    """Documents to train on and documents to measure with; the same split on every run."""
    ranked = sorted(documents, key=lambda document: document.name)
    return [d for i, d in enumerate(ranked) if i % HELD_BACK], ranked[::HELD_BACK]


def official(data: Path) -> list[Document]:
    return [outline(row["id"], "", row["text"]) for row in read_rows(data / OFFICIAL)]


def articles(data: Path) -> list[Document]:
    return [outline(row["id"], row["title"], row["text"]) for row in read_rows(data / ARTICLES)]


def plans(folder: Path) -> list[Document]:
    """The plans in clean text; a damaged one ("*.ocr.txt") would teach its misread words."""
    return [outline(path.stem, "", path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.md"))]


def outline(name: str, title: str, text: str) -> Document:
    """Headings and paragraphs of markdown or crawled text, whose lines are broken at any word."""
    parts: list[tuple[str, list[str]]] = [(normal(title), [])]
    for block in re.split(r"\n\s*\n|\n\|\n|\n(?=[-+•#] )", text):
        paragraph = normal(_MARKUP.sub(" ", block))
        if not _LETTER.search(paragraph):
            continue
        marked = _MARKER.match(paragraph)
        if block.lstrip().startswith("#") or (marked and len(paragraph) < 160 and paragraph[-1] not in ".;,"):
            heading = paragraph[marked.end() :].strip() if marked else paragraph
            parts.append((heading if not title else f"{normal(title)} {heading}", []))
        else:
            parts[-1][1].append(paragraph)
    kept = ((heading, tuple(below)) for heading, below in parts if below and not _APPARATUS.search(heading))
    return Document(name, tuple(kept))


def passages(paragraphs: Iterable[str]) -> Iterator[str]:
    """Paragraphs gathered, and cut at sentences, to at most about PASSAGE characters."""
    here = ""
    for paragraph in paragraphs:
        for start, end in sentences(paragraph):
            if here and len(here) + end - start > PASSAGE:
                yield here
                here = ""
            here = f"{here} {paragraph[start : min(end, start + PASSAGE)]}".strip()
    if here:
        yield here


def pairs(document: Document, chance: random.Random, most: int) -> list[Pair]:
    """At most `most` pairs: heading and passage under it; a sentence and the passage around it."""
    found = []
    for heading, paragraphs in document.parts:
        for passage in passages(paragraphs):
            if _LETTER.search(heading):
                found.append(Pair(heading, passage))
            spans = [(a, b) for a, b in sentences(passage) if b - a > 25]
            if len(spans) > 1:
                a, b = chance.choice(spans)
                # Half of the time the sentence stays in: shared words must keep counting.
                rest = passage if chance.random() < 0.5 else f"{passage[:a]} {passage[b:]}"
                found.append(Pair(passage[a:b], squash(rest)))
    return chance.sample(found, min(most, len(found)))
