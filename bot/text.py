"""Rules of written Vietnamese: normal form, tone placement, folding, syllables, sentences.

`fold` and `respell` keep the length of NFC text, so that offsets found in the folded text hold in the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Old and new tone placement write the same syllable: "hoà"/"hòa", "uỷ"/"ủy", "thuý"/"thúy".
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_OLD_TONE = re.compile(r"\b([^\W\d_]*?)(o[àáãảạ]|o[èéẽẻẹ]|u[ỳýỹỷỵ])\b", re.IGNORECASE)
_SYLLABLE = re.compile(r"[^\W_]+(?:[./-][^\W_]+)*")
_WORD = re.compile(r"[^\W_]+")


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _fold_char(char: str) -> str:
    if char in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    return _fold_char(char)


def fold(text: str) -> str:
    """Lower case, no accents, đ as d. Same length as `text` when that is NFC."""
    if text.isascii():
        return text.lower()
    return "".join(map(_folded, text))


def _new_tone(match: re.Match[str]) -> str:
    onset, rime = match.groups()
    # "quý", "quỳ": the u belongs to the consonant, so the tone already stands right.
    if rime[0] in "uU" and onset[-1:] in ("q", "Q"):
        return match.group(0)
    decomposed = unicodedata.normalize("NFD", rime[1])
    tone = next((c for c in decomposed if c in _TONES), "")
    plain = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    return onset + unicodedata.normalize("NFC", rime[0] + tone) + plain


def respell(text: str) -> str:
    """One spelling for both tone placements ("hoà" → "hòa", "uỷ" → "ủy"). Keeps the length of NFC text."""
    return _OLD_TONE.sub(_new_tone, text)


def accented(text: str) -> bool:
    """Whether the text carries any Vietnamese accent or đ."""
    return fold(text) != text.lower()


def words(text: str) -> list[str]:
    """Runs of letters and digits, as written."""
    return _WORD.findall(text)


def tokens(text: str) -> list[str]:
    """Folded syllables and numbers; document numbers and dates stay whole ("57-nq/tw", "15/12")."""
    return _SYLLABLE.findall(fold(text))


def squash(text: str) -> str:
    """White space as single spaces, none at the ends."""
    return " ".join(text.split())


def slug(text: str) -> str:
    """ "Kim Liên" → "kim-lien"."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(nfc(text))))


# A full stop ends a sentence only before a space and a capital, a quote mark or the end; "TP. Hồ Chí Minh",
# "TT. Đảng ủy" and single initials do not end one.
_SMALL = "".join(c for c in map(chr, range(0x61, 0x1F00)) if c.islower())
_FULL_STOP = (
    r"(?<![\s.][A-ZĐ])(?<!\bTP)(?<!\bTT)(?<!\bTX)(?<!\bTs)(?<!\bTh)[.!?…]+[”\"')\]]*(?=\s+[^\W\d_"
    + _SMALL
    + r"]|\s*$)|\n"
)
_SENTENCE_END = re.compile(_FULL_STOP)
_CLAUSE_END = re.compile(_FULL_STOP + r"|;(?=\s)")


def sentences(text: str, start: int = 0, end: int | None = None, clauses: bool = True) -> list[tuple[int, int]]:
    """Offsets of the sentences of `text[start:end]`; a line break ends one too, and a semicolon where `clauses`."""
    end = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    here = start
    for match in (_CLAUSE_END if clauses else _SENTENCE_END).finditer(text, start, end):
        spans.append((here, match.end()))
        here = match.end()
    spans.append((here, end))
    return [s for s in (_strip(text, a, b) for a, b in spans) if s[0] < s[1]]


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
