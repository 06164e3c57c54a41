"""Real documents that the repository does not hold: a manifest names them by their id in the shared data."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

from eval.cases import CaseError

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "official_docs_2025.jsonl.xz"


class Absent(CaseError):
    """The shared data is not on this machine: what needs it is left out, and nothing is wrong."""


def documents(manifest: Path, folder: Path, data: Path = DATA) -> Path:
    """Writes each document of the manifest (JSONL: `id` in the data, `file` to write) into the folder, as received.

    Raises Absent where the data is not there, CaseError for a document that it does not hold.
    """
    if not data.exists():
        raise Absent(f"{manifest}: bỏ qua, vì không có {data.name} (dữ liệu dùng chung nằm ngoài kho mã)")
    wanted = {entry["id"]: entry["file"] for entry in map(json.loads, manifest.read_text("utf-8").splitlines())}
    folder.mkdir(parents=True, exist_ok=True)
    with lzma.open(data, "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            if name := wanted.pop(entry["id"], None):
                (folder / Path(name).name).write_text(entry["text"], encoding="utf-8")
    if wanted:
        raise CaseError(f"{manifest}: {data.name} không có {', '.join(sorted(wanted))}")
    return folder
