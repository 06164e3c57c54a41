"""Checks a zip before anything in it is unpacked."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from .extracted import Unreadable

_MOST_UNPACKED = 200 * 1024 * 1024  # bytes; a Word file of 20 MiB with pictures unpacks to little more
_MOST_RATIO = 200  # text packs 1:10, the XML of Word up to 1:60
_RATIO_FROM = 5 * 1024 * 1024
_MOST_FILES = 5_000
_MOST_XML = 60 * 1024 * 1024
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def check_docx(data: bytes) -> None:
    """Raises Unreadable unless this is a Word document without macros that can be unpacked and parsed safely."""
    try:
        with ZipFile(BytesIO(data)) as package:
            _check(package, len(data))
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise Unreadable("tệp Word bị hỏng, không mở được.") from error


def _check(package: ZipFile, packed: int) -> None:
    members = package.infolist()
    names = {m.filename.lower() for m in members}
    if "word/document.xml" not in names and not any(n.startswith("word/") for n in names):
        raise Unreadable("không phải tệp Word (.docx). Hãy lưu lại thành .docx hoặc .pdf.")
    if any(n.endswith(("vbaproject.bin", "vbadata.xml")) for n in names):
        raise Unreadable("tệp Word có macro, không được nhận. Hãy lưu lại thành .docx không có macro.")
    unpacked = sum(m.file_size for m in members)
    packs_too_well = unpacked > _RATIO_FROM and unpacked > _MOST_RATIO * packed
    xml = [m for m in members if m.filename.lower().endswith((".xml", ".rels"))]
    too_big = unpacked > _MOST_UNPACKED or any(m.file_size > _MOST_XML for m in xml)
    if len(members) > _MOST_FILES or packs_too_well or too_big:
        raise Unreadable("tệp nén bung ra quá lớn, không được nhận (có thể là tệp phá hoại).")
    if any(m.flag_bits & 1 for m in members):
        raise Unreadable("tệp Word có mật khẩu. Hãy lưu lại thành tệp không có mật khẩu.")
    for member in xml:
        # Word writes no document type; one brings entities, and entities bring other files and bombs. A size that
        # the header lies about ends in BadZipFile: the reading stops at it.
        if _DECLARES.search(package.read(member).replace(b"\0", b"")):
            raise Unreadable("tệp Word chứa khai báo XML không được phép.")
