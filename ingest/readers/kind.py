"""What a file is, told by its content alone."""

from __future__ import annotations

import re
from enum import StrEnum

from .extracted import Unreadable

_HEAD = 1024
_OPENS_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "tệp Word đời cũ (.doc) hoặc có mật khẩu. Hãy lưu lại thành .docx không có mật khẩu."),
    (b"{\\rtf", "tệp RTF. Hãy lưu lại thành .docx hoặc .pdf."),
    (b"GIF8", "ảnh GIF. Hãy lưu lại thành PNG, JPEG hoặc TIFF."),
    (b"\x1f\x8b", "tệp nén. Hãy giải nén rồi gửi từng tệp."),
    (b"Rar!", "tệp nén. Hãy giải nén rồi gửi từng tệp."),
    (b"7z\xbc\xaf", "tệp nén. Hãy giải nén rồi gửi từng tệp."),
)


class Kind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    IMAGE = "image"
    TEXT = "text"


def kind(data: bytes) -> Kind:
    """Raises Unreadable for what is known and not read; what is not known may be text."""
    head = data[:_HEAD]
    if b"%PDF-" in head:
        return Kind.PDF
    if head.startswith((b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")):
        return Kind.IMAGE
    if head.startswith(b"PK\x03\x04"):
        return Kind.DOCX
    for magic, message in _OTHERS:
        if head.startswith(magic):
            raise Unreadable(message)
    plain = head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"")
    return Kind.HTML if _OPENS_HTML.match(plain) else Kind.TEXT
