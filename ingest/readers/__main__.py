"""The reading process: a document on standard input, its text as JSON on standard output. Started by `apart`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from .apart import MOST_MEMORY
from .docx import read_docx
from .extracted import Extracted, Unreadable
from .html import read_html
from .image import read_image
from .kind import Kind
from .ocr import Reader
from .pdf import read_pdf
from .plain import text_of


def main(kind: Kind, data: bytes) -> dict[str, object]:
    """What was found, or {"error": …}."""
    try:
        return asdict(_extracted(kind, data))
    except Unreadable as error:
        return {"error": str(error)}


def _extracted(kind: Kind, data: bytes) -> Extracted:
    match kind:
        case Kind.PDF:
            return read_pdf(data, Reader())
        case Kind.DOCX:
            return read_docx(data)
        case Kind.IMAGE:
            return read_image(data, Reader())
        case _:
            return read_html(text_of(data)[0])


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    _limit_memory()
    json.dump(main(Kind(sys.argv[1]), sys.stdin.buffer.read()), sys.stdout)
