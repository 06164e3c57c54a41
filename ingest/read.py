"""A file as received → its text. Everything that arrives is hostile until checked."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

MAX_BYTES = 20 * 1024 * 1024
SUFFIXES = (".md", ".txt")


class ReadError(Exception):
    """A file that cannot be read as a plan. The message is Vietnamese and says why."""


class Received(NamedTuple):
    name: str
    source: str
    digest: str  # sha-256 of the bytes


def plan_files(paths: list[Path]) -> list[Path]:
    """The files to read, in order of name; a folder stands for the plans directly or deeper in it."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += [p for p in sorted(path.rglob("*")) if p.is_file() and p.suffix.lower() in SUFFIXES]
        elif path.is_file():
            found.append(path)
        else:
            raise ReadError(f"{path}: không có tệp hoặc thư mục này.")
    return [p for p in dict.fromkeys(found) if p.name.lower() != "readme.md"]


def read(path: Path) -> Received:
    """Raises ReadError for an empty, oversized, binary or non-UTF-8 file."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise ReadError(f"{path.name}: tệp quá lớn ({size / 1048576:.0f} MiB), giới hạn là {MAX_BYTES // 1048576} MiB.")
    data = path.read_bytes()
    if not data.strip():
        raise ReadError(f"{path.name}: tệp trống.")
    if b"\0" in data:
        raise ReadError(f"{path.name}: đây là tệp nhị phân, không phải văn bản.")
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{path.name}: không phải UTF-8 (sai ở byte {error.start}). Hãy lưu lại tệp bằng mã UTF-8."
        ) from error
    return Received(path.name, source, sha256(data).hexdigest())
