"""Capitals: which runs of a paragraph are set in them, and how a repaired word takes them over."""

from __future__ import annotations

from collections.abc import Sequence

from bot.text import fold

from .words import Kind, Word

_VOWELS = "aeiouy"
_CONSONANTS = "BCDGHKLMNPRSTVX"
_HEADING = 3  # words in capitals in a row that make a heading; fewer are abbreviations


def capitals(text: str) -> bool:
    """Whether most letters are capitals; at least two letters."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 1 and sum(c.isupper() for c in letters) > len(letters) / 2


def in_heading(found: Sequence[Word]) -> list[bool]:
    """For each word, whether it stands in a run set in capitals. Markers and numbers neither make nor break one."""
    flags = [False] * len(found)
    run: list[int] = []
    mostly = [capitals(w.text) for w in found if w.kind is Kind.WORD and len(w.text) > 1]
    whole = len(mostly) > 1 and sum(mostly) > 0.7 * len(mostly)
    for at, word in enumerate(found):
        if word.kind is not Kind.WORD:
            continue
        letters = [c for c in word.text if c.isalpha()]
        if capitals(word.text) or (len(letters) <= 1 and (not letters or letters[0].isupper())):
            run.append(at)
            continue
        _mark(found, flags, run, whole)
        run = []
    _mark(found, flags, run, whole)
    return flags


def _mark(found: Sequence[Word], flags: list[bool], run: Sequence[int], whole: bool) -> None:
    if whole or sum(capitals(found[at].text) for at in run) >= _HEADING:
        for at in run:
            flags[at] = True


def cased(read: str, word: str, heading: bool) -> str:
    """The lower-case `word` with the capitals of what was read for it."""
    if heading or capitals(read):
        return word.upper()
    # "Iy" was "lý": an engine takes l for I, and a digit in front hides nothing that was large.
    # Nor does a vowel begin as a consonant: "Gmg" was "ứng".
    misread = (read[0] == "I" and word[0] == "l") or (fold(word[0]) in _VOWELS and read[0] in _CONSONANTS)
    if read[0].isupper() and not misread:
        return word[0].upper() + word[1:]
    return word
