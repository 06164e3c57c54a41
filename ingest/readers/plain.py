"""Bytes → text: UTF-8, UTF-16, or an old Vietnamese encoding."""

from __future__ import annotations

from . import legacy
from .extracted import Unreadable

_ZEROS = 0.2  # share of zero bytes: UTF-16 of mostly Latin letters has a quarter and more
_SAMPLE = 4096


def text_of(data: bytes) -> tuple[str, str]:
    """The text, and the name of the encoding it was converted from ("" for Unicode). Raises Unreadable."""
    encoding = _utf16(data)
    try:
        text = data.decode(encoding or "utf-8-sig")
    except UnicodeDecodeError as error:
        if encoding:
            raise Unreadable("tệp UTF-16 bị hỏng.") from error
        if b"\0" in data:
            raise Unreadable("đây là tệp nhị phân, không phải văn bản.") from error
        text, name = legacy.decode(data)
        if name:
            return text, name
        raise Unreadable(
            f"không rõ bảng mã (không phải UTF-8, sai ở byte {error.start}, cũng không phải TCVN3, VNI, VISCII hay "
            "windows-1258). Hãy lưu lại tệp bằng mã UTF-8."
        ) from error
    if "\0" in text:
        raise Unreadable("đây là tệp nhị phân, không phải văn bản.")
    return legacy.convert(text)


def _utf16(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:_SAMPLE]
    if len(sample) % 2 or sample.count(0) < _ZEROS * len(sample):
        return ""
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
