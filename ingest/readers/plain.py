"""Bytes → text: UTF-8, UTF-16, or an old Vietnamese encoding."""

from __future__ import annotations

import re

from . import legacy
from .extracted import Unreadable

_ZEROS = 0.2  # share of zero bytes: UTF-16 of mostly Latin letters has a quarter and more
_SAMPLE = 4096
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b]|[\ue000-\uf8ff]")
_MOST_CONTROLS = 0.02  # share of the characters


def text_of(data: bytes) -> tuple[str, str]:
    """The text, and the name of the encoding it was converted from ("" for Unicode). Raises Unreadable."""
    try:
        text = data.decode(_utf16(data) or "utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise _binary() from error
        text, name = legacy.decode(data)
        if name:
            return text, name
        raise Unreadable(
            f"không rõ bảng mã (không phải UTF-8, sai ở byte {error.start}, cũng không phải TCVN3, VNI, VISCII hay "
            "windows-1258). Hãy lưu lại tệp bằng mã UTF-8."
        ) from error
    if "\0" in text or len(_CONTROL.findall(text)) > _MOST_CONTROLS * len(text):
        raise _binary()
    return legacy.convert(text)


def _binary() -> Unreadable:
    return Unreadable("đây là tệp nhị phân, không phải văn bản.")


def _utf16(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:_SAMPLE]
    if len(data) % 2 or sample.count(0) < _ZEROS * len(sample):
        return ""
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
