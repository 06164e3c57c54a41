"""An English question → its words, phrases, numbers, days and names, each as Vietnamese has it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from ..lexicon import lexicon
from ..text import accented
from .words import Entry, Part, is_known, longest, may_be_vietnamese

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join(rf"{name[:3].title()}(?:{name[3:]})?" if name[3:] else name.title() for name in _MONTHS)
_DAY = r"\d{1,2}"
_TOKEN = re.compile(
    rf"(?:the )?(?P<day>{_DAY})(?:st|nd|rd|th)? (?:of )?(?P<month>{_MONTH})\b\.?(?:,? (?P<year>20\d\d))?"
    rf"|(?P<month2>{_MONTH})\b\.? (?P<day2>{_DAY})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<year2>20\d\d))?"
    rf"|(?P<month3>{_MONTH})\b\.?,? (?P<year3>20\d\d)"
    rf"|(?<=\bin )(?:early |late )?(?P<month4>{_MONTH})\b"
    r"|(?P<ordinal>\d{1,2})(?:st|nd|rd|th)\b"
    r"|(?P<number>\d[\w.,/:%-]*[\w%]|\d)"
    r"|(?P<word>[^\W\d_]\w*(?:['’][^\W\d_]+)*(?:[&/][^\W\d_]+)*)"
    r"|(?P<mark>[^\w\s'’-])"
)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_NUMERALS = {
    **{word: n for n, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)},
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "hundred": 100,
}
_TITLE_CASE, _FEW = 0.7, 3  # where this share of more words begins with a capital, capitals name nothing
_LONGEST = 12  # words of a phrase, articles among them
_BEFORE_NOUN = frozenset(
    "the a an this that these those its their our your his her my any some each of for in on with which what".split()
)


class Kind(StrEnum):
    ENTRY = "entry"  # stands in the dictionary
    NAME = "name"  # said as typed
    NUMBER = "number"
    ORDINAL = "ordinal"
    DATE = "date"
    MARK = "mark"
    NOISE = "noise"  # a word that is not known, and no name


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    told: str  # in Vietnamese
    word: str = ""  # as typed, lower case
    part: Part | None = None  # of an entry

    def plays(self, *parts: Part) -> bool:
        return self.part in parts


def tokens(text: str) -> list[Token]:
    """Those of one sentence, in order."""
    found = list(_TOKEN.finditer(text))
    typed = [m["word"] or "" for m in found]
    plain = [w for w in typed[1:] if w and not may_be_vietnamese(w) and is_known(w)]
    titled = text.isupper() or (len(plain) > _FEW and sum(w[0].isupper() for w in plain) >= _TITLE_CASE * len(plain))
    heard: list[Token] = []
    begun = False
    at = 0
    while at < len(found):
        match = found[at]
        word = typed[at]
        if not word:
            heard.append(_figure(match))
            at += 1
            continue
        ahead = list(takewhile(bool, typed[at : at + _LONGEST]))
        phrase = longest(ahead, 0)
        within = longest(ahead, 1) if phrase and word.lower() == "the" else None
        if phrase and within and 1 + within[1] > phrase[1]:
            phrase = longest(ahead[:1], 0)  # "the public", but "the public service centre"
        first = not begun or heard[-1].told in tuple('"“(:')
        begun = True
        if phrase and not titled and not first and _names(typed, at, *phrase):
            phrase = None
        if phrase:
            entries, size = phrase
            entry = _part(entries, heard[-1] if heard else None)
            heard.append(Token(Kind.ENTRY, entry.told, " ".join(typed[at : at + size]).lower(), entry.part))
            at += size
            continue
        heard.append(_unknown(word, first, titled))
        at += 1
    return heard


def _part(entries: dict[Part, Entry], before: Token | None) -> Entry:
    """A word that is verb and noun is a noun behind an article, a preposition, an adjective or a number."""
    found = list(entries.values())
    if len(found) == 1:
        return found[0]
    noun = before is not None and (
        before.kind in (Kind.NUMBER, Kind.ORDINAL) or before.plays(Part.THING) or before.word in _BEFORE_NOUN
    )
    return entries[Part.THING] if noun and Part.THING in entries else found[0]


def _names(words: list[str], at: int, entries: dict[Part, Entry], size: int) -> bool:
    """Whether a known word is here part of a name: capitals, beside one that is no English."""
    if size > 1 or not words[at][:1].isupper() or words[at] == "I":
        return False
    if not {Part.WORD, Part.THING} & set(entries):
        return True
    beside = [words[i] for i in (at - 1, at + 1) if 0 <= i < len(words)]
    return may_be_vietnamese(words[at]) or any(w[:1].isupper() and longest([w], 0) is None for w in beside)


def _unknown(word: str, first: bool, titled: bool) -> Token:
    low = word.lower()
    if low in _ORDINALS:
        return Token(Kind.ORDINAL, str(_ORDINALS.index(low) + 1), low)
    if low in _NUMERALS:
        return Token(Kind.NUMBER, str(_NUMERALS[low]), low)
    native = may_be_vietnamese(word) or accented(word) or low in lexicon().abbreviations
    if native or any(map(str.isdigit, word)) or (word[0].isupper() and not first and not titled):
        return Token(Kind.NAME, word, low)
    return Token(Kind.NOISE, "", low)  # a foreign word that is not known tells nothing


def _figure(match: re.Match[str]) -> Token:
    if match["mark"]:
        return Token(Kind.MARK, match["mark"])
    if match["ordinal"]:
        return Token(Kind.ORDINAL, match["ordinal"])
    if match["number"]:
        return Token(Kind.NUMBER, _vietnamese(match["number"]))
    month = match["month"] or match["month2"] or match["month3"] or match["month4"]
    number = next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(month[:3].lower()))
    day, year = match["day"] or match["day2"], match["year"] or match["year2"] or match["year3"]
    if day:
        return Token(Kind.DATE, f"ngày {day}/{number}" + f"/{year}" * bool(year))
    return Token(Kind.DATE, f"tháng {number}" + f" năm {year}" * bool(year))


def _vietnamese(number: str) -> str:
    """ "3,600" → "3.600", "1.6" → "1,6"; what is no plain number stays."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+%?", number):
        return number.replace(",", ".")
    return number.replace(".", ",") if re.fullmatch(r"\d+\.\d{1,2}%?", number) else number
