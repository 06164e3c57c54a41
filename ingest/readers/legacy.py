"""Text written for old Vietnamese fonts (TCVN3/ABC, VNI-Windows) or in old code pages (VISCII, windows-1258).

In the first two the letters are those of Western Europe and only the font makes them Vietnamese, so the text of a
Word or PDF file may need it too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bot.text import nfc

from ..syllable import parts

# Bytes A1..FE in order; "?" for what the fonts leave empty.
_TCVN3 = "ĂÂÊÔƠƯĐăâêôơưđ??????àảãáạ?ằẳẵắ???????ặầẩẫấậè?ẻẽéẹềểễếệìỉ???ĩíịò?ỏõóọồổỗốộờởỡớợù?ủũúụừửữứựỳỷỹýỵ"
_VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
# VNI writes a mark as a letter of its own after the vowel.
_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323", "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}
_VNI_MARKS |= {k.upper(): v for k, v in _VNI_MARKS.items()}
_VNI_LETTERS |= {k.upper(): v.upper() for k, v in _VNI_LETTERS.items()}
_VNI = re.compile(f"([aeouyôöAEOUYÔÖ])([{''.join(_VNI_MARKS)}])|([{''.join(_VNI_LETTERS)}])")
_FROM_TCVN3 = {0xA1 + i: c for i, c in enumerate(_TCVN3) if c != "?"} | {0x3BC: "à", 0x2219: "ã"}  # μ for µ, ∙ for ·

# The signs among ¡..¿ are letters in the old fonts.
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f¡-¿])*")
_ALPHABET = frozenset(nfc("".join(f"{v}{t}" for v in "aăâeêioôơuưy" for t in ("", *"\u0300\u0301\u0303\u0309\u0323"))))
_ALPHABET |= frozenset("bcdđghklmnpqrstvx")
_CONVINCING = 0.85  # share of the accented words that are Vietnamese syllables: text read rightly has 0.97 and more
_LEAST_WORDS = 5


def from_tcvn3(text: str) -> str:
    return text.translate(_FROM_TCVN3)


def from_vni(text: str) -> str:
    def letter(match: re.Match[str]) -> str:
        vowel, mark, single = match.groups()
        return nfc(_VNI_LETTERS.get(vowel, vowel) + _VNI_MARKS[mark]) if mark else _VNI_LETTERS[single]

    return _VNI.sub(letter, text)


def by_font(text: str, font: str) -> str:
    """Text as it looks in a font of the old kind; in another font, or when typed in Unicode, as it is."""
    if any(ord(c) > 0xFF and c.isalpha() for c in text):
        return text
    if font.startswith(".Vn"):
        shown = from_tcvn3(text)
        return shown.upper() if font.endswith("H") else shown  # ".VnTimeH" is a font of capitals
    return from_vni(text) if font.upper().startswith("VNI-") else text


def decode(data: bytes) -> tuple[str, str]:
    """Text that is no UTF-8, and the name of its encoding ("" when none makes Vietnamese of it)."""
    western = data.decode("cp1252", "replace") if _fits(data, "cp1252") else data.decode("latin-1")
    readings: list[tuple[str, Callable[[], str]]] = [
        ("TCVN3 (ABC)", lambda: from_tcvn3(western)),
        ("VNI-Windows", lambda: from_vni(western)),
        ("VISCII", lambda: _from_viscii(data)),
        ("windows-1258", lambda: nfc(data.decode("cp1258", "replace"))),
    ]
    return _best(western, readings)


def convert(text: str) -> tuple[str, str]:
    """Text that Unicode files hold in letters of an old font → the text it shows and the encoding's name.

    Text that is Vietnamese already comes back as it is, with "".
    """
    if validity(text) >= _CONVINCING or not any("\x80" <= c <= "\xff" for c in text):
        return text, ""
    found, name = _best(text, [("TCVN3 (ABC)", lambda: from_tcvn3(text)), ("VNI-Windows", lambda: from_vni(text))])
    if not name:
        return text, ""
    # A file may mix fonts: a line that was right before stays.
    pairs = zip(text.split("\n"), found.split("\n"), strict=True)
    return "\n".join(old if _share(old) > _share(new) else new for old, new in pairs), name


def validity(text: str) -> float:
    """Share of the accented words that are Vietnamese syllables; 1 where too few words have accents to tell."""
    return _share(text, _LEAST_WORDS)


def accented(text: str) -> float:
    """Share of the words that are Vietnamese syllables with marks; 1 where there are too few words to tell."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    if len(words) < _LEAST_WORDS:
        return 1.0
    return sum(not w.isascii() and _is_syllable(w) for w in words) / len(words)


def _best(text: str, readings: Iterable[tuple[str, Callable[[], str]]]) -> tuple[str, str]:
    scored = [(_share(reading := read()), reading, name) for name, read in readings]
    score, reading, name = max(scored, key=lambda s: s[0])
    return (reading, name) if score >= _CONVINCING else (text, "")


def _share(text: str, least: int = 1) -> float:
    words = [w for w in _WORD.findall(text) if not w.isascii()]
    if len(words) < least:
        return 1.0
    return sum(_is_syllable(w) for w in words) / len(words)


def _is_syllable(word: str) -> bool:
    low = nfc(word).lower()
    return _ALPHABET.issuperset(low) and parts(low) is not None


def _from_viscii(data: bytes) -> str:
    return data.decode("latin-1").translate({0x80 + i: c for i, c in enumerate(_VISCII)} | _VISCII_LOW)


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
