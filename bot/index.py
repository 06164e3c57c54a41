"""Opens a snapshot: one immutable build of the index from a corpus.

index/<build>/manifest.json, plans.sqlite, chroma/, lexical/
index/CURRENT   the name of the build that is served
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import cached_property
from pathlib import Path

from langchain_core.embeddings import Embeddings

from .domain import Issuer, Passage, Plan
from .lexical import Hit, Words
from .store import from_data, to_data
from .vectors import Vectors, has_vectors

SCHEMA = 3
_REBUILD = "Hãy chạy: hoi ingest THƯ_MỤC_KẾ_HOẠCH --index {index}"


class SnapshotError(Exception):
    """No snapshot that can be served. The message is Vietnamese and names the command that builds one."""


class UnknownPlan(KeyError):
    """No plan of this id in the snapshot."""


def current(index: Path) -> Path:
    """The folder of the build that is served. Raises SnapshotError."""
    pointer = index / "CURRENT"
    try:
        build = index / pointer.read_text(encoding="utf-8").strip()
        complete = build.parent == index and (build / "manifest.json").is_file()
    except FileNotFoundError as error:
        raise SnapshotError(f"Chưa có chỉ mục ở {index}. {_REBUILD.format(index=index)}") from error
    except (OSError, ValueError) as error:
        raise SnapshotError(f"Không đọc được {pointer}. {_REBUILD.format(index=index)}") from error
    if not complete:
        raise SnapshotError(f"Chỉ mục ở {index} không đầy đủ. {_REBUILD.format(index=index)}")
    return build


def write_plans(path: Path, plans: Iterable[tuple[Plan, Sequence[Passage], bytes]]) -> None:
    """`plans`: plan, its passages, their vectors (float32, one row a passage) as bytes."""
    with sqlite3.connect(path) as database:
        database.executescript(
            "PRAGMA journal_mode=DELETE;"
            "CREATE TABLE plan"
            " (id TEXT PRIMARY KEY, issuer TEXT, digest TEXT, issuer_data TEXT, data TEXT, vectors BLOB);"
            "CREATE TABLE passage (id TEXT PRIMARY KEY, plan TEXT, data TEXT);"
            "CREATE INDEX passage_plan ON passage (plan);"
        )
        for plan, passages, vectors in plans:
            row = (plan.id, plan.issuer.slug, plan.digest, dump(plan.issuer), dump(plan), vectors)
            database.execute("INSERT INTO plan VALUES (?, ?, ?, ?, ?, ?)", row)
            database.executemany("INSERT INTO passage VALUES (?, ?, ?)", [(p.id, plan.id, dump(p)) for p in passages])
    database.close()


def dump(value: object) -> str:
    return json.dumps(to_data(value), ensure_ascii=False, separators=(",", ":"))


class Snapshot:
    """Read-only and safe to share between threads. Raises SnapshotError when the build cannot be used."""

    def __init__(self, build: Path, encoder: Embeddings, fingerprint: str, chroma_url: str = "") -> None:
        self.build = build
        index = build.parent
        try:
            self.manifest = json.loads((build / "manifest.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise SnapshotError(f"Không đọc được {build.name}/manifest.json. {_REBUILD.format(index=index)}") from error
        if self.manifest.get("schema") != SCHEMA:
            other = f"Chỉ mục thuộc phiên bản khác ({self.manifest.get('schema')}, cần {SCHEMA})."
            raise SnapshotError(f"{other} {_REBUILD.format(index=index)}")
        if self.manifest.get("encoder") != fingerprint:
            raise SnapshotError(f"Chỉ mục được dựng bằng bộ mã hóa câu khác. {_REBUILD.format(index=index)}")
        self.encoder = encoder
        self._lock = threading.Lock()
        uri = f"file:{(build / 'plans.sqlite').resolve()}?mode=ro&immutable=1"
        try:
            self._database = sqlite3.connect(uri, uri=True, check_same_thread=False)
            rows = self._rows("SELECT id, issuer_data FROM plan ORDER BY id")
            self._words = Words(build / "lexical")
            if not chroma_url and not has_vectors(build / "chroma"):
                raise ValueError("no vectors")
        except (sqlite3.Error, ValueError, OSError) as error:
            raise SnapshotError(f"Chỉ mục ở {index} bị hỏng. {_REBUILD.format(index=index)}") from error
        issuers = {plan: from_data(Issuer, json.loads(data)) for plan, data in rows}
        self._plans_of: dict[str, list[str]] = defaultdict(list)
        for plan, issuer in issuers.items():
            self._plans_of[issuer.slug].append(plan)
        self.issuers: tuple[Issuer, ...] = tuple({i.slug: i for i in issuers.values()}.values())
        self._by_slug = {i.slug: i for i in self.issuers}
        self._vectors = Vectors(build / "chroma", encoder, chroma_url, build.name)
        self._plans: dict[str, Plan] = {}
        self._passages: dict[str, Passage] = {}

    def _rows(self, query: str, *values: str) -> list[tuple[str, ...]]:
        with self._lock:
            return self._database.execute(query, values).fetchall()

    def issuer(self, slug: str) -> Issuer | None:
        return self._by_slug.get(slug)

    @cached_property
    def plan_ids(self) -> tuple[str, ...]:
        return tuple(sorted(p for plans in self._plans_of.values() for p in plans))

    @cached_property
    def titles(self) -> tuple[tuple[str, Issuer], ...]:
        """Of each plan its title and who issued it, without the plans being read."""
        place = next(n for n, f in enumerate(fields(Plan)) if f.name == "title")
        rows = self._rows("SELECT json_extract(data, ?), issuer FROM plan ORDER BY id", f"$[{place}]")
        return tuple((title, self._by_slug[issuer]) for title, issuer in rows)

    def plans_of(self, slug: str) -> list[Plan]:
        """Plans of an issuer, the newest first."""
        plans = [self.plan(i) for i in self._plans_of.get(slug, [])]
        return sorted(plans, key=lambda p: (p.when.year or 0, p.when.month or 0, p.when.day or 0), reverse=True)

    def plan(self, plan_id: str) -> Plan:
        """Raises UnknownPlan."""
        if plan_id not in self._plans:
            rows = self._rows("SELECT data FROM plan WHERE id = ?", plan_id)
            if not rows:
                raise UnknownPlan(plan_id)
            self._plans[plan_id] = from_data(Plan, json.loads(rows[0][0]))
        return self._plans[plan_id]

    def passage(self, passage_id: str) -> Passage:
        if passage_id not in self._passages:
            rows = self._rows("SELECT data FROM passage WHERE id = ?", passage_id)
            self._passages[passage_id] = from_data(Passage, json.loads(rows[0][0]))
        return self._passages[passage_id]

    def by_words(self, terms: Sequence[str], issuers: Sequence[str], limit: int) -> list[Hit]:
        return self._words.search(terms, issuers, limit)

    def holds(self, phrase: str, issuers: Sequence[str] = (), but: Sequence[str] = ()) -> bool:
        """Whether documents of these issuers (all where none is given), not of those in `but`, hold the phrase."""
        return self._words.holds(phrase, issuers, but)

    def by_meaning(self, text: str, issuers: Sequence[str], limit: int) -> list[Hit]:
        scope: dict[str, list[str]] = defaultdict(list)
        for issuer in self.issuers:
            if not issuers or issuer.slug in issuers:
                scope[issuer.province].append(issuer.slug)
        return self._vectors.search(self.encoder.embed_query(text), scope, limit)

    def close(self) -> None:
        self._vectors.close()
        self._database.close()
