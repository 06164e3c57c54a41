"""The collection as it is served: its plans, read back from the snapshot without anything heavy."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain import Plan
from bot.index import SCHEMA, SnapshotError, current
from bot.store import from_data

from .version import rules

CATALOGUE = "catalogue"  # the manifest's files: name → digest, and under this name what catalogue.toml said
_OTHER = "Chỉ mục ở {index} thuộc phiên bản khác; hãy nạp lại cả thư mục kế hoạch: hoi ingest THƯ_MỤC --index {index}"


@dataclass(frozen=True, slots=True)
class Served:
    plans: tuple[Plan, ...]
    known: dict[str, dict[str, Any]]  # catalogue.toml at the time of reading, by file name without suffix
    by_todays_rules: bool  # otherwise the plans have to be read again before they go into a new build


def exists(index: Path) -> bool:
    return (index / "CURRENT").exists()


def plan_ids(index: Path) -> list[str]:
    """Ids in the build that is served, of whatever schema; none where nothing is served."""
    try:
        manifest = json.loads((current(index) / "manifest.json").read_text(encoding="utf-8"))
    except (SnapshotError, OSError, ValueError):
        return []
    return sorted(manifest.get("plans", {}))


def served(index: Path) -> Served:
    """Raises SnapshotError where there is no snapshot, a damaged one, or one of another schema."""
    build = current(index)
    try:
        manifest = json.loads((build / "manifest.json").read_text(encoding="utf-8"))
        if manifest.get("schema") != SCHEMA:
            raise SnapshotError(_OTHER.format(index=index))
        database = sqlite3.connect(f"file:{(build / 'plans.sqlite').resolve()}?mode=ro&immutable=1", uri=True)
        try:
            rows = database.execute("SELECT data FROM plan ORDER BY id").fetchall()
        finally:
            database.close()
        plans = tuple(from_data(Plan, json.loads(data)) for (data,) in rows)
        known = json.loads(manifest["files"].get(CATALOGUE, "{}"))
    except (OSError, ValueError, TypeError, KeyError, sqlite3.Error) as error:
        raise SnapshotError(f"Chỉ mục ở {index} bị hỏng ({error}). {_OTHER.format(index=index)}") from error
    return Served(plans, known, manifest.get("rules") == rules())


def files(plans: Sequence[Plan], known: dict[str, dict[str, Any]]) -> dict[str, str]:
    """What the manifest keeps to tell whether a later reading would give anything else."""
    return {p.source_name: p.digest for p in plans} | {CATALOGUE: catalogue_text(known)}


def catalogue_text(known: dict[str, dict[str, Any]]) -> str:
    return json.dumps(known, ensure_ascii=False, sort_keys=True, default=str)
