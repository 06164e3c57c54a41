"""Plans → a snapshot, made aside and swapped in by one rename; a crash leaves the old one serving."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from bot.domain import Passage, Plan
from bot.embed import Encoder
from bot.index import SCHEMA, SnapshotError, current, dump, write_plans
from bot.lexical import Words, write_words
from bot.vectors import drop_vectors, has_vectors, write_vectors

from .passages import passages
from .version import rules

Progress = Callable[[str], None]
_ASIDE = ".dang-dung-"


class Busy(Exception):
    """Another ingest is writing to the same index. The message is Vietnamese."""


@contextmanager
def locked(index: Path) -> Iterator[None]:
    """One writer at a time; the lock dies with its process, the next writer clears up behind it. Raises Busy."""
    index.mkdir(parents=True, exist_ok=True)
    handle = os.open(index / ".lock", os.O_CREAT | os.O_RDWR)
    try:
        _take(handle)
        for left in index.glob(_ASIDE + "*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> None:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise Busy("Một lệnh hoi ingest khác đang ghi vào chỉ mục này; hãy chờ lệnh đó xong.") from error


def known_vectors(index: Path, encoder: Encoder) -> dict[str, tuple[list[str], np.ndarray]]:
    """Passages and vectors of the build that is served, by plan id, so that unchanged ones are not encoded again.

    Empty where there is no such build, or a damaged one, or one by another encoder.
    """
    try:
        build = current(index)
        manifest = json.loads((build / "manifest.json").read_text(encoding="utf-8"))
        if manifest.get("schema") != SCHEMA or manifest.get("encoder") != encoder.fingerprint:
            return {}
        with closing(_opened(build)) as database:
            known = {}
            for plan_id, blob in database.execute("SELECT id, vectors FROM plan"):
                rows = database.execute("SELECT data FROM passage WHERE plan = ? ORDER BY rowid", (plan_id,))
                texts = [row[0] for row in rows]
                known[plan_id] = (texts, np.frombuffer(blob, dtype=np.float32).reshape(len(texts), -1))
            return known
    except (SnapshotError, OSError, ValueError, sqlite3.Error):
        return {}


def _opened(build: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{(build / 'plans.sqlite').resolve()}?mode=ro&immutable=1", uri=True)


def unchanged(index: Path, digests: dict[str, str], encoder: Encoder) -> bool:
    """Whether the build that is served was made from these files (name → digest) by these rules, and is sound."""
    try:
        build = current(index)
        manifest = json.loads((build / "manifest.json").read_text(encoding="utf-8"))
        made_by = (manifest.get("schema"), manifest.get("rules"), manifest.get("encoder"))
        return (
            made_by == (SCHEMA, rules(), encoder.fingerprint)
            and manifest.get("files") == digests
            and _sound(build, manifest)
        )
    except (SnapshotError, OSError, ValueError, KeyError):
        return False


def _sound(build: Path, manifest: dict[str, Any]) -> bool:
    """Whether the parts of a build can be opened: who is told to run `hoi ingest` again must get a new one."""
    try:
        Words(build / "lexical")
        with closing(_opened(build)) as database:
            intact = database.execute("PRAGMA quick_check").fetchone() == ("ok",)
            held = database.execute("SELECT count(*) FROM plan").fetchone() == (len(manifest["plans"]),)
        return intact and held and (bool(manifest["chroma_url"]) or has_vectors(build / "chroma"))
    except (sqlite3.Error, ValueError, OSError):
        return False


def build(
    plans: Sequence[Plan],
    files: dict[str, str],
    index: Path,
    encoder: Encoder,
    chroma_url: str = "",
    progress: Progress = print,
) -> Path:
    """Writes the snapshot and makes it the one that is served; returns its folder. Call it under `locked`."""
    name = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = index / f"{_ASIDE}{name}"
    aside.mkdir()
    known = known_vectors(index, encoder)
    rows: list[tuple[Plan, list[Passage], np.ndarray]] = []
    for plan in plans:
        cut = passages(plan)
        rows.append((plan, cut, _vectors(plan, cut, known, encoder)))
        progress(plan.id)
    write_plans(aside / "plans.sqlite", ((p, cut, v.astype(np.float32).tobytes()) for p, cut, v in rows))
    write_words(aside / "lexical", ((p.issuer.slug, passage) for p, cut, _ in rows for passage in cut))
    flat = [
        (p.issuer.province, p.issuer.slug, passage, v)
        for p, cut, vectors in rows
        for passage, v in zip(cut, vectors.tolist(), strict=True)
    ]
    write_vectors(aside / "chroma", flat, chroma_url, name)
    manifest = {
        "schema": SCHEMA,
        "rules": rules(),
        "encoder": encoder.fingerprint,
        "encoder_name": encoder.name,
        "chroma_url": chroma_url,
        "files": files,
        "plans": {p.id: p.digest for p in plans},
        "passages": sum(len(cut) for _, cut, _ in rows),
    }
    (aside / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2), encoding="utf-8")
    try:
        previous = current(index).name
    except SnapshotError:
        previous = ""
    aside.replace(index / name)
    pointer = index / "CURRENT.moi"
    pointer.write_text(name, encoding="utf-8")
    pointer.replace(index / "CURRENT")
    _clear(index, (name, previous), chroma_url)
    return index / name


def _clear(index: Path, kept: tuple[str, str], chroma_url: str) -> None:
    """The build before stays for a server that has not reopened yet; older ones go, here and on the Chroma server."""
    old = [b for b in index.iterdir() if b.is_dir() and (b / "manifest.json").is_file() and b.name not in kept]
    if chroma_url and old:
        drop_vectors(chroma_url, [build.name for build in old])
    for build in old:
        # Renamed first: a folder half deleted by a crash is then cleared up like one half written.
        shutil.rmtree(build.rename(index / f"{_ASIDE}{build.name}"), ignore_errors=True)


def _vectors(
    plan: Plan, cut: Sequence[Passage], known: dict[str, tuple[list[str], np.ndarray]], encoder: Encoder
) -> np.ndarray:
    """(passages, dimensions). Encoded with the headings above, as they are searched."""
    texts, vectors = known.get(plan.id, ([], np.empty((0, 0))))
    if texts == [dump(p) for p in cut]:
        return vectors
    return encoder.encode([" . ".join((*p.headings[-2:], p.text)) for p in cut])
