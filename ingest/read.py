"""A file as received → its text. Everything that arrives is hostile until checked."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from .readers.apart import extract
from .readers.extracted import Extracted, Unreadable
from .readers.kind import Kind, kind
from .readers.plain import text_of

MAX_BYTES = 20 * 1024 * 1024
SUFFIXES = (".md", ".txt", ".pdf", ".docx", ".html", ".htm", ".png", ".jpg", ".jpeg", ".tif", ".tiff")


class ReadError(Exception):
    """A file that cannot be read as a plan. The message is Vietnamese and says why."""


class Received(NamedTuple):
    """`source` of a text file is the file's text; of another format, what its reader found."""

    name: str
    source: str
    digest: str  # sha-256 of the bytes
    pages: tuple[int, ...] = ()  # offset in `source` at which each page begins; empty where there are no pages
    confidence: tuple[float, ...] = ()  # of each page, 0..1; below 1 it was recognised from a picture
    warnings: tuple[str, ...] = ()  # Vietnamese


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
    """What the file is, its content says; its name does not count.

    Raises ReadError for an empty, oversized, broken, protected or unknown file.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise ReadError(f"{path.name}: tệp quá lớn ({size / 1048576:.0f} MiB), giới hạn là {MAX_BYTES // 1048576} MiB.")
    data = path.read_bytes()
    if not data.strip():
        raise ReadError(f"{path.name}: tệp trống.")
    try:
        found = _extracted(data)
    except Unreadable as error:
        raise ReadError(f"{path.name}: {error}") from error
    digest = sha256(data).hexdigest()
    return Received(path.name, found.text, digest, found.pages, found.confidence, found.warnings)


def _extracted(data: bytes) -> Extracted:
    form = kind(data)
    if form is not Kind.TEXT:
        return extract(form, data)
    text, encoding = text_of(data)
    return Extracted(text, warnings=(f"chuyển từ bảng mã {encoding} sang Unicode",) if encoding else ())
