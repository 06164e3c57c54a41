"""A question → the terms it is about, each with the other words it may be written in and a weight."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from .lexicon import Lexicon, lexicon
from .text import accented, fold, respell, words

_LONGEST_PHRASE = 8  # words
_COLLOCATION = 0.7  # idf units by which two words together are commoner than chance: "máy tính", "kinh phí"
_NEVER_SEEN = "\0"
_LIGHT = 0.3  # of its weight is left to a word like "phụ trách", which says little of the subject
_HALF_WORD = 0.3  # of its weight is left to a syllable that is one half of a word


_NUMBERED = frozenset("cap phan chuong muc quy doan dot khu nhom hang loai dieu so".split())
_VOWEL = re.compile("[aeiouy]")
_UNIT = re.compile(r"(\d)([a-z])")


@dataclass(frozen=True, slots=True)
class Term:
    """`forms`: folded phrases that mean it, the asker's own first. `exact`: as typed with accents, "" without."""

    forms: tuple[str, ...]
    weight: float
    exact: str = ""
    solid: bool = False  # names one thing: a body, "đợt 2", "Nghị quyết 57"; without it there is no answer


def spaced(text: str) -> str:
    """Folded words parted and framed by single spaces, so that ` term ` finds whole words."""
    return " " + " ".join(words(_UNIT.sub(r"\1 \2", fold(text)))) + " "


def spaced_exact(text: str) -> str:
    return " " + " ".join(words(respell(text.lower()))) + " "


def stands_in(term: Term, text: str) -> bool:
    """With accents given they count: "bản" is no "ban"."""
    words = spaced(text)
    if term.exact and f" {term.forms[0]} " in words:
        return f" {term.exact} " in spaced_exact(text)
    return any(f" {form} " in words for form in term.forms)


def expand(text: str) -> str:
    """Chat abbreviations written out, the rest as typed."""
    known = lexicon()
    out, last, before = [], 0, ""
    for match in re.finditer(r"[^\W_]+(?:&[^\W_]+)?", text):
        word = match.group()
        folded, label, before = fold(word), before, fold(word)
        if label in _NUMBERED and re.fullmatch(r"[IVX]+|[ivx]+", word):
            continue  # "cấp V" is a numeral, not "vậy"
        # With an accent on a vowel it is a word; "đc", "tđkt" and "cđs" have none.
        if folded == word.lower().replace("đ", "d") or not _VOWEL.search(folded):
            told = known.abbreviations.get(folded)
            if told is not None:
                out += [text[last : match.start()], told]
                last = match.end()
    return "".join([*out, text[last:]])


def terms(text: str, rarity: Callable[[str], float]) -> tuple[Term, ...]:
    """Terms of expanded text in order; `rarity` gives the weight of a folded word or pair of words in idf units."""
    known = lexicon()
    # "43kg" and "100mm" are a number and its unit.
    typed = words(re.sub(r"(\d)([^\W\d_])", r"\1 \2", respell(text.lower())))
    folded = [fold(w) for w in typed]
    marked = accented(text)
    silent = _silent(typed, folded, marked, rarity)
    found: list[Term] = []
    at = 0
    while at < len(folded):
        size = next(
            (
                n
                for n in range(min(_LONGEST_PHRASE, len(folded) - at), 0, -1)
                if _means(known, typed[at : at + n], folded[at : at + n], marked)
            ),
            0,
        )
        if size > 1 or (size == 1 and not silent[at]):
            phrase = " ".join(folded[at : at + size])
            weight = _weight(folded[at : at + size], rarity) * (_LIGHT if phrase in known.light else 1.0)
            found.append(Term(known.synonyms[phrase], weight, _exact(typed[at : at + size]), phrase in known.bodies))
            at += size
            continue
        if not silent[at]:
            paired = any(i >= 0 and i + 1 < len(folded) and _word(folded, silent, i, rarity) for i in (at - 1, at))
            found.append(
                Term((folded[at],), rarity(folded[at]) * (_HALF_WORD if paired else 1.0), _exact(typed[at : at + 1]))
            )
            if _word(folded, silent, at, rarity):
                pair = " ".join(folded[at : at + 2])
                found.append(Term((pair,), rarity(pair), _exact(typed[at : at + 2])))
        at += 1
    unique: dict[tuple[str, ...], Term] = {}
    for term in map(_respelt, found):
        unique.setdefault(term.forms, term)
    return tuple(unique.values())


_I_OR_Y = re.compile(r"\b([hklmst])([iy])\b")  # "nghệ sĩ" and "nghệ sỹ", "kỹ thuật" and "kĩ thuật" are one word


def _respelt(term: Term) -> Term:
    """The term with its other spelling among its forms."""
    others = (_I_OR_Y.sub(lambda m: m[1] + ("y" if m[2] == "i" else "i"), form) for form in term.forms if " " in form)
    return (
        replace(term, forms=tuple(dict.fromkeys((*term.forms, *others))))
        if _I_OR_Y.search(" ".join(term.forms))
        else term
    )


def _means(known: Lexicon, typed: list[str], folded: list[str], marked: bool) -> bool:
    """Whether the phrase is one of a group of like meaning; a syllable typed with other accents is another word."""
    phrase = " ".join(folded)
    if phrase not in known.synonyms:
        return False
    return not (marked and len(typed) == 1 and known.accents.get(phrase, typed[0]) != typed[0])


def _word(folded: list[str], silent: list[bool], at: int, rarity: Callable[[str], float]) -> bool:
    return at + 1 < len(folded) and not silent[at] and not silent[at + 1] and _together(folded[at : at + 2], rarity)


def _weight(phrase: list[str], rarity: Callable[[str], float]) -> float:
    """Of its rarest pair; of its rarest word where no pair was ever seen."""
    known = [r for pair in pairwise(phrase) if (r := rarity(" ".join(pair))) < rarity(_NEVER_SEEN)]
    return max(known or [rarity(word) for word in phrase])


def _exact(typed: list[str]) -> str:
    phrase = " ".join(typed)
    return phrase if accented(phrase) else ""


def _together(pair: list[str], rarity: Callable[[str], float]) -> bool:
    """Whether two words make one: seen together far more often than chance would have it."""
    seen = rarity(" ".join(pair))
    return seen < rarity(_NEVER_SEEN) and rarity(pair[0]) + rarity(pair[1]) - seen >= _COLLOCATION


def _silent(typed: list[str], folded: list[str], marked: bool, rarity: Callable[[str], float]) -> list[bool]:
    """Which words only ask. Without accents a word that makes a collocation with its neighbour is kept: "may tinh"."""
    known = lexicon()
    silent = []
    for i, word in enumerate(typed):
        stop = word in known.stop if marked and accented(word) else folded[i] in known.stop_folded
        if stop and not (marked and accented(word)):
            for pair in (folded[max(0, i - 1) : i + 1], folded[i : i + 2]):
                if len(pair) == 2 and not all(w in known.stop_folded for w in pair) and _together(pair, rarity):
                    stop = False
        silent.append(stop)
    framed = " ".join(folded)
    for phrase in known.stop_phrases:
        for match in re.finditer(rf"\b{re.escape(phrase)}\b", framed):
            first = framed[: match.start()].count(" ")
            for i in range(first, first + phrase.count(" ") + 1):
                silent[i] = True
    return silent
