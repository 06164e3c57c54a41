"""Reads a document in a process of its own: what a hostile file can break or fill there is not the service."""

from __future__ import annotations

import json
import subprocess
import sys

from .extracted import Extracted, Unreadable
from .kind import Kind
from .ocr import FILE_SECONDS

MOST_MEMORY = 1536 * 1024 * 1024  # bytes
_SECONDS = {Kind.PDF: FILE_SECONDS + 120, Kind.IMAGE: FILE_SECONDS + 60}
_OTHERWISE = 60


def extract(kind: Kind, data: bytes) -> Extracted:
    """Raises Unreadable."""
    seconds = _SECONDS.get(kind, _OTHERWISE)
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "ingest.readers", kind.value],
            input=data,
            capture_output=True,
            check=True,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(f"đọc quá lâu (hơn {seconds} giây), đã dừng lại.") from error
    except subprocess.CalledProcessError as error:
        raise Unreadable("tệp bị hỏng hoặc đòi quá nhiều bộ nhớ, không đọc được.") from error
    found = json.loads(done.stdout)
    if "error" in found:
        raise Unreadable(found["error"])
    return Extracted(found["text"], tuple(found["pages"]), tuple(found["confidence"]), tuple(found["warnings"]))
