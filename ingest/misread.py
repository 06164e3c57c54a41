"""What an engine for Vietnamese misreads in a scan besides accents: capitals, codes of documents, names of places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from bot.gazetteer import places
from bot.text import fold, respell

from .names import Names
from .pieces import Piece
from .syllable import parts
from .words import Kind, Word

# How Decree 30/2020 abbreviates the kinds of documents, and those of the Party and of laws.
_KINDS = frozenset("NQ QĐ CT QC QyĐ TC TB HD CTr KH PA ĐA DA BC BB TTr HĐ CV CĐ BGN BTT GUQ GM GGT KL TT NĐ".split())
_CODE = re.compile(r"[^\W\d_]{2,}")
_LIKE_T = str.maketrans("IFJ", "TTT")  # "57-NQ/IW" was "57-NQ/TW"
_SHORTEST_CODE = 4  # letters; in less, one too many leaves too much choice
_LONGEST_NAME = 4
_BEFORE_NAME = frozenset(("xa", "phuong", "khu", "tinh", "pho", "uy"))
_MIXED = re.compile(r"[A-Z]\d+(?:[.,]\d+)?%?")  # "B5%" was "55%": a digit may be lost


def misread(found: Sequence[Word], acronyms: Mapping[str, str]) -> Iterator[Piece]:
    """Pieces to be read otherwise, and doubtful ones, of a paragraph's words."""
    known = _KINDS.union(acronyms.values())
    for before, word, after in zip((None, *found), found, (*found[1:], None), strict=False):
        if word.kind is Kind.DOCUMENT:
            better = _CODE.sub(lambda code: _code(_upright(code.group(), known), known), word.text)
        elif word.kind is Kind.WORD and word.text.isupper():
            better = _lowered(before, word, after) or _CODE.sub(lambda code: _code(code.group(), known), word.text)
        else:
            better = word.text
        doubtful = _MIXED.fullmatch(word.text) is not None
        if better != word.text or doubtful:
            yield Piece(word.start, word.end, better, doubtful)


def _upright(read: str, known: frozenset[str]) -> str:
    """The code that it is with its strokes as T, where it is none as read."""
    better = read.translate(_LIKE_T)
    return better if read not in known and better in known else read


def _code(read: str, known: frozenset[str]) -> str:
    """The code that it is with a letter too many: "CTIr" is "CTr"; unknown ones stay."""
    if read in known or len(read) < _SHORTEST_CODE or parts(read.lower()) is not None:
        return read
    shorter = {read[:at] + read[at + 1 :] for at in range(len(read))} & known
    return shorter.pop() if len(shorter) == 1 else read


def _lowered(before: Word | None, word: Word, after: Word | None) -> str:
    """The word in small letters, where a lone one with an accent stands in capitals within a sentence; else ""."""
    lone = before is not None and before.text.islower() and not before.ends and not (after and after.text.isupper())
    accented = fold(word.text) != word.text.lower() and parts(word.text.lower()) is not None
    return word.text.lower() if lone and accented and len(word.text) > 1 else ""


def misnamed(found: Sequence[Word], names: Names) -> Iterator[Piece]:
    """Names that follow "xã", "tỉnh" … and are no place, but one of the document's provinces with other accents."""
    at = 1
    while at < len(found):
        step = 1
        kind = fold(found[at - 1].text) in _BEFORE_NAME
        for length in range(min(_LONGEST_NAME, len(found) - at), 1, -1) if kind else ():
            run = found[at : at + length]
            if not all(w.kind is Kind.WORD and w.text.istitle() for w in run) or any(a.ends for a, _ in pairwise(run)):
                continue
            read = respell(" ".join(w.text for w in run))
            name = names.find(read, "")
            if name and fold(name) == fold(read) and all(place.name != read for place in places()[fold(read)]):
                pairs = zip(run, name.split(), strict=True)
                yield from (Piece(w.start, w.end, said) for w, said in pairs if respell(w.text) != said)
                step = length
                break
        at += step
