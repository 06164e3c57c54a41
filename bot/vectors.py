"""The meaning index (owns chromadb): one collection a province, since a filter over one large collection is slow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from langchain_core.embeddings import Embeddings

from .domain import Passage
from .lexical import Hit
from .text import slug

if TYPE_CHECKING:
    from langchain_chroma import Chroma

_BATCH = 2000
_OPENING = Lock()  # of the whole process: Chroma shares half-opened clients of one folder between threads


def _client(folder: Path, url: str) -> Any:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if url:
        return chromadb.HttpClient(host=url, settings=settings)
    return chromadb.PersistentClient(path=str(folder), settings=settings)


def collection_name(province: str, build: str = "") -> str:
    """Chroma takes 3-512 characters of [a-zA-Z0-9._-]. On a shared server the build keeps snapshots apart."""
    return "-".join(part for part in ("p", slug(province) or "khong-ro", build) if part)


def write_vectors(
    folder: Path, rows: Sequence[tuple[str, str, Passage, Sequence[float]]], url: str = "", build: str = ""
) -> None:
    """`rows`: (province, issuer slug, passage, unit vector)."""
    folder.mkdir(parents=True, exist_ok=True)
    client = _client(folder, url)
    by_collection: dict[str, list[tuple[str, str, Passage, Sequence[float]]]] = defaultdict(list)
    for row in rows:
        by_collection[collection_name(row[0], build if url else "")].append(row)
    for name, members in by_collection.items():
        collection = client.create_collection(name, metadata={"hnsw:space": "cosine"}, embedding_function=None)
        for at in range(0, len(members), _BATCH):
            part = members[at : at + _BATCH]
            collection.add(
                ids=[p.id for _, _, p, _ in part],
                embeddings=[list(v) for *_, v in part],
                documents=[p.text for _, _, p, _ in part],
                metadatas=[{"issuer": issuer, "plan": p.plan_id, "section": p.section} for _, issuer, p, _ in part],
            )
    close(client)


def drop_vectors(url: str, builds: Iterable[str]) -> None:
    """Deletes the collections of these builds from a shared server; others there are left alone."""
    endings = tuple(f"-{build}" for build in builds)
    client = _client(Path(), url)
    for collection in client.list_collections():
        if collection.name.endswith(endings):
            client.delete_collection(collection.name)
    close(client)


def has_vectors(folder: Path) -> bool:
    """Whether `write_vectors` filled this folder. Ask before opening it: Chroma makes what it does not find."""
    return (folder / "chroma.sqlite3").is_file()


def close(client: Any) -> None:
    """Lets go of the folder's files, so that it can be moved."""
    client.close()


class Vectors:
    """LangChain's Chroma stores of a snapshot, opened one by one as they are needed."""

    def __init__(self, folder: Path, encoder: Embeddings, url: str = "", build: str = "") -> None:
        self._folder, self._encoder, self._url, self._build = folder, encoder, url, build
        self._stores: dict[str, Chroma] = {}
        self._opened: Any = None

    def store(self, province: str) -> Chroma:
        from langchain_chroma import Chroma

        name = collection_name(province, self._build if self._url else "")
        with _OPENING:
            if name not in self._stores:
                self._opened = self._opened or _client(self._folder, self._url)
                self._stores[name] = Chroma(
                    name, self._encoder, client=self._opened, create_collection_if_not_exists=False
                )
            return self._stores[name]

    def search(self, vector: Sequence[float], scope: Mapping[str, Sequence[str]], limit: int) -> list[Hit]:
        """Nearest passages; `scope`: province → issuer slugs searched in it. Scores are cosine similarities."""
        hits: list[Hit] = []
        for province, issuers in scope.items():
            where: Any = {"issuer": issuers[0]} if len(issuers) == 1 else {"issuer": {"$in": list(issuers)}}
            found = self.store(province).similarity_search_by_vector_with_relevance_scores(
                list(vector), k=limit, filter=where
            )
            hits += [Hit(str(document.id), 1.0 - distance) for document, distance in found]
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    def close(self) -> None:
        with _OPENING:
            self._stores.clear()
            if self._opened is not None:
                close(self._opened)
                self._opened = None
