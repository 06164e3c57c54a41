"""Cuts a paragraph, as read, into what may be repaired and what must stay: words, numbers, section markers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from .language import BREAKS

_CHUNK = re.compile(r"\S+")
_OPENING = "“”\"'‘’([{-–—+*•<."
_CLOSING = ".,;:!?…”\"'’)]}/-–—>"
_INNER = re.compile(r"[/\-–—,;:.“”\"()]+")
# A document's number, also where the engine set spaces into it: "57- NQ/TW", "274/Q B -UBND", "07 /KH-UBND".
_CODE = r"[A-ZĐ](?: [A-ZĐ](?=\s?-)|[A-ZĐa-z&]*)"
_DOCUMENT = re.compile(
    rf"\d+(?:\s?/\s?\d{{4}})?(?:\s?/|[-–]| [-–](?=\S)|[-–]\s)\s?{_CODE}\d*"
    rf"(?:(?:\s?[-–/]|[-–/]\s){_CODE}\d*)*(?![^\W_])"
)
_NUMBER = re.compile(r"\d+(?:[.,:/\-–x]\d+)*%?")
_ROMAN = re.compile(r"M{0,2}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_HEAD_ROMAN = re.compile(r"\s*([IVXl1|!]{1,6})[.,]\s+(?=[^\W\d_a-z])")
_HEAD_LETTER = re.compile(r"\s*(\S)([).])\s")
_LETTERS = {"¢": "c", "€": "e", "@": "a", "é": "e", "ê": "e", "è": "e", "ä": "a", "á": "a", "ð": "đ"}


class Kind(Enum):
    WORD = auto()
    NUMBER = auto()  # digits: never altered
    DOCUMENT = auto()  # a document's number: spaces and the letters' accents may be put right, digits never
    MARKER = auto()  # of a section, at the head of the paragraph


@dataclass(frozen=True, slots=True)
class Word:
    start: int
    end: int
    text: str
    kind: Kind
    ends: bool  # a clause ends after it


def words(paragraph: str) -> list[Word]:
    """In order, punctuation left out."""
    found: list[Word] = []
    here = 0
    marker = _marker(paragraph)
    if marker is not None:
        found.append(marker)
        here = marker.end
    for document in _DOCUMENT.finditer(paragraph, here):
        if document.start() < here or not _stands_alone(paragraph, document):
            continue
        found += _plain(paragraph, here, document.start())
        stop = document.end()
        found.append(Word(document.start(), stop, document.group(), Kind.DOCUMENT, _ends(paragraph, stop)))
        here = stop
    return found + _plain(paragraph, here, len(paragraph))


def clauses(found: Sequence[Word]) -> Iterator[Sequence[Word]]:
    start = 0
    for at, word in enumerate(found, 1):
        if word.ends or at == len(found):
            yield found[start:at]
            start = at


def roman(text: str) -> bool:
    return bool(text) and _ROMAN.fullmatch(text) is not None


def section_marker(text: str) -> str:
    """The marker as it was printed: "II1" → "III", "¢" → "c"."""
    numeral = re.sub(r"[l1|!]", "I", text)
    if len(text) > 1 or text in "IVX":
        return numeral if roman(numeral) else text
    return _LETTERS.get(text, text)


def _marker(paragraph: str) -> Word | None:
    found = _HEAD_ROMAN.match(paragraph)
    # "1." and "11." are numbers; a Roman numeral shows at least one letter of its own.
    if found is not None and re.search(r"[IVX]", found.group(1)):
        return Word(*found.span(1), found.group(1), Kind.MARKER, True)
    letter = _HEAD_LETTER.match(paragraph)
    if letter is not None and not letter.group(1).isdigit() and letter.group(1) not in _OPENING:
        return Word(*letter.span(1), letter.group(1), Kind.MARKER, True)
    return None


def _stands_alone(paragraph: str, document: re.Match[str]) -> bool:
    before = paragraph[document.start() - 1 : document.start()]
    letters = [c for c in document.group() if c.isalpha()]
    spaced = " " in document.group()
    return (not before or not before.isalnum()) and (not spaced or sum(c.isupper() for c in letters) >= 2)


def _ends(paragraph: str, at: int) -> bool:
    while at < len(paragraph) and not paragraph[at].isspace():
        if paragraph[at] in BREAKS:
            return True
        at += 1
    return False


def _plain(paragraph: str, start: int, end: int) -> list[Word]:
    found: list[Word] = []
    for chunk in _CHUNK.finditer(paragraph, start, end):
        first, last = chunk.span()
        while first < last and paragraph[first] in _OPENING:
            first += 1
        while last > first and paragraph[last - 1] in _CLOSING:
            last -= 1
        if first == last:
            continue
        ends = any(c in BREAKS for c in paragraph[last : chunk.end()])
        if _NUMBER.fullmatch(paragraph, first, last):
            found.append(Word(first, last, paragraph[first:last], Kind.NUMBER, ends))
            continue
        cuts = [(gap.start(), gap.end()) for gap in _INNER.finditer(paragraph, first, last)]
        for a, b in zip([first, *(stop for _, stop in cuts)], [*(at for at, _ in cuts), last], strict=True):
            if a < b:
                number = _NUMBER.fullmatch(paragraph, a, b) is not None
                kind = Kind.NUMBER if number else Kind.WORD
                found.append(Word(a, b, paragraph[a:b], kind, b == last and ends))
    return found
