"""The word index (owns tantivy): folded words, and words as accented."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import tantivy

from .domain import Passage
from .text import accented, fold, respell

_WRITER_HEAP = 64 * 1024 * 1024
_EXACT_BOOST = 0.5  # an accented match adds to the folded one, it does not replace it


class Hit(NamedTuple):
    passage: str  # id
    score: float


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("issuer", tokenizer_name="raw")
    builder.add_text_field("plan", tokenizer_name="raw")
    builder.add_text_field("folded", tokenizer_name="default")
    builder.add_text_field("exact", tokenizer_name="default")
    return builder.build()


def write_words(folder: Path, passages: Iterable[tuple[str, Passage]]) -> None:
    """`passages`: (issuer slug, passage). A passage is found by its own words and by those of the headings above it."""
    folder.mkdir(parents=True)
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(_WRITER_HEAP, 1)
    for issuer, passage in passages:
        words = respell(" ".join((*passage.headings, passage.text)).lower())
        writer.add_document(
            tantivy.Document(
                id=[passage.id], issuer=[issuer], plan=[passage.plan_id], folded=[fold(words)], exact=[words]
            )
        )
    writer.commit()
    writer.wait_merging_threads()


class Words:
    """Raises ValueError when the folder holds no index."""

    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def search(self, terms: Sequence[str], issuers: Sequence[str], limit: int) -> list[Hit]:
        """Best passages of these issuers that hold any of the terms (as typed; accents count where given)."""
        if not terms:
            return []
        words = [self._term("folded", word) for term in terms for word in fold(term).split()]
        marked = [
            self._term("exact", word) for term in terms for word in respell(term.lower()).split() if accented(word)
        ]
        should = [(tantivy.Occur.Should, q) for q in words]
        should += [(tantivy.Occur.Should, tantivy.Query.boost_query(q, _EXACT_BOOST)) for q in marked]
        query = tantivy.Query.boolean_query(should)
        if issuers:
            scope = tantivy.Query.boolean_query(
                [(tantivy.Occur.Should, self._term("issuer", slug)) for slug in issuers]
            )
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, tantivy.Query.const_score_query(scope, 0.0)), (tantivy.Occur.Must, query)]
            )
        found = self._searcher.search(query, limit).hits
        return [Hit(self._searcher.doc(address)["id"][0], float(score)) for score, address in found]

    def holds(self, phrase: str, issuers: Sequence[str], but: Sequence[str] = ()) -> bool:
        """Whether a passage of these issuers (all where none is given), not of those in `but`, holds the phrase.

        Words side by side; accents count where given.
        """
        field, said = ("exact", respell(phrase.lower())) if accented(phrase) else ("folded", fold(phrase))
        words = said.split()
        if not words:
            return False
        found = (
            self._term(field, words[0])
            if len(words) == 1
            else tantivy.Query.phrase_query(self._schema, field, [(n, word) for n, word in enumerate(words)])
        )
        parts = [(tantivy.Occur.Must, found)]
        if issuers:
            scope = tantivy.Query.boolean_query([(tantivy.Occur.Should, self._term("issuer", s)) for s in issuers])
            parts.append((tantivy.Occur.Must, scope))
        parts += [(tantivy.Occur.MustNot, self._term("issuer", slug)) for slug in but]
        return bool(self._searcher.search(tantivy.Query.boolean_query(parts), 1).hits)

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value)
