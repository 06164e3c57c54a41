"""What each word of a damaged paragraph may stand for, with the price of each reading in nats."""

from __future__ import annotations

from functools import lru_cache
from math import log

from bot.text import fold

from .casing import capitals
from .channel import Channel
from .language import NUMBER, STEP, UNKNOWN
from .learned import Learned
from .syllable import parts
from .words import Kind, Word, roman

_MOST = 28  # readings that the search looks at
_RANGE = 14.0  # nats below the best, before the language model has spoken, at which a reading is given up
_KEEP = log(0.2)  # a known word of another language, or a name, that no damage explains better
_KEEP_UNKNOWN = log(0.01)  # the same in small letters, and unknown
_KEEP_MIXED = log(1e-4)  # capitals mixed with digits or signs, kept as they are: "QH15"
_KEEP_GARBLED = log(1e-7)  # the same with small letters: "d61"
_NO_ABBREVIATION = log(1e-3)  # one or two words in capitals that stand for anything but themselves
_KEEP_NUMBER = log(0.02)  # this very number, out of all numbers of its length
_LONGEST_MISREAD = 2  # digits that an engine puts for a word: "s6 57" has two numbers to look at, "2025" none
_JOIN = log(2e-4)  # two words as read that were one
_LONGEST_JOINED = 8
_LONGEST_VOWELLED = 3  # letters of an abbreviation that could be said as a syllable ("TU"); "HOACH" is none

Options = tuple[tuple[int, float], ...]


class Choices:
    def __init__(self, learned: Learned) -> None:
        self._learned = learned
        self._ids = learned.language.ids
        self._rarity = learned.language.tables[0].cost.astype(float) * STEP
        self._channel = Channel(learned.channel, learned.syllables)
        self._read = lru_cache(maxsize=50_000)(self._as_read)
        self._number = lru_cache(maxsize=1000)(self._as_number)
        self._stripped = lru_cache(maxsize=20_000)(self._as_stripped)

    def of(self, word: Word, heading: bool, stripped: bool) -> Options:
        """Ids of the language model with log P(as read | id); NUMBER stands for anything kept as it is."""
        if word.kind is Kind.NUMBER:
            return self._number(word.text)
        if word.kind is not Kind.WORD or (roman(word.text) and len(word.text) > 1):
            return ((NUMBER, 0.0),)
        options = (self._stripped if stripped else self._read)(word.text)
        a_word = len(word.text) > _LONGEST_VOWELLED and parts(word.text.lower()) is not None
        if heading or a_word or not capitals(word.text):
            return options
        own = self._ids.get(self.abbreviation(word.text).lower(), NUMBER)
        return ((own, 0.0), *((one, score + _NO_ABBREVIATION) for one, score in options if one != own))

    def joined(self, word: Word, other: Word) -> Options:
        """Of two words that may be the halves of one."""
        text = word.text + other.text.lower()
        both_words = word.kind is other.kind is Kind.WORD
        if not both_words or len(text) > _LONGEST_JOINED or text.lower() not in self._learned.channel.whole:
            return ()
        return tuple((one, score + _JOIN) for one, score in self._read(text) if one > NUMBER)

    def abbreviation(self, text: str) -> str:
        """As officials write it: "QD" → "QĐ"; unknown ones as they are."""
        return self._learned.acronyms.get(fold(text).upper(), text)

    def _as_read(self, text: str) -> Options:
        lower = text.lower()
        found = {self._ids[word]: score for word, score in self._channel.candidates(lower).items() if word in self._ids}
        if not lower.isalpha() or (not text.islower() and not text[1:].islower() and not text.isupper()):
            found[NUMBER if any(c.isdigit() for c in text) else UNKNOWN] = (
                _KEEP_MIXED if text.isupper() and text.isalnum() else _KEEP_GARBLED
            )
        else:
            self._add_foreign(found, text)
        return self._ranked(found)

    def _as_stripped(self, text: str) -> Options:
        found = {self._ids[word]: 0.0 for word in self._channel.accented(text.lower()) if word in self._ids}
        if not found:
            self._add_foreign(found, text)
        return self._ranked(found)

    def _add_foreign(self, found: dict[int, float], text: str) -> None:
        if parts(text.lower()) is None or not found:
            own = self._ids.get(text.lower(), UNKNOWN)
            price = _KEEP_UNKNOWN if own == UNKNOWN and text.islower() else _KEEP
            found[own] = max(found.get(own, price), price)

    def _as_number(self, text: str) -> Options:
        if not text.isdigit() or len(text) > _LONGEST_MISREAD:
            return ((NUMBER, 0.0),)
        scores = self._channel.candidates(text)
        words = {self._ids[w]: score for w, score in scores.items() if w in self._ids and parts(w) is not None}
        return ((NUMBER, _KEEP_NUMBER), *(self._ranked(words) if words else ()))

    def _ranked(self, found: dict[int, float]) -> Options:
        ranked = sorted(((score - 0.7 * self._rarity[one], one) for one, score in found.items()), reverse=True)
        least = ranked[0][0] - _RANGE
        return tuple((one, found[one]) for rank, one in ranked[:_MOST] if rank > least)
