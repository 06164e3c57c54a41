"""Repairs paragraphs whose letters and accents an OCR engine of the wrong language damaged.

A noisy channel: what a word may have been (`channel`) against what Vietnamese officials write (`language`), the
likeliest path through both (`lattice`). Numbers, dates and document numbers are kept as they are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import exp
from pathlib import Path

from bot.text import respell

from .casing import cased, in_heading
from .choices import Choices
from .language import NUMBER, UNKNOWN
from .lattice import Step, Trust, best_path, settled
from .learned import DEFAULT, Learned, load
from .misread import misnamed, misread
from .names import Names, names_in
from .pieces import Piece
from .slips import SlipFinder
from .syllable import parts
from .words import Kind, Word, clauses, section_marker, words

_DOUBT = 1.5  # nats between a reading and its nearest rival below which it is doubtful
_LOST_DIGIT = 5.0  # nats by which a word must beat the number that was read before it takes its place
_OUT_OF_PLACE = 12.0  # nats from which a number is doubtful where it stands: "nhất 13 cải cách" was "nhất là"
_TWO_NUMBERS = 10.0  # nats against a number right before a document's number
_STRIPPED_FROM = 25  # words: in so many the lack of any accent is no accident
_LONGEST_NAME = 4
_LEVELS = ("xã", "phường", "tỉnh")  # whose body it is, as the document says after the body's name
_BEFORE_LEVEL = 3  # words
# A day or a month that the engine could not read: "ngày /4 tháng 7".
_TORN_DATE = re.compile(r"(?<=\s)(?:[/\\|]\s?\d{1,2}|\d{1,2}\s?[/\\|](?!\d)|[\[\]|~]{1,2})(?=[\s,.;(]|$)")
_ACCENT = re.compile(r"[^\W\d_a-zA-Z]")


class Restorer:
    """Pure: the same paragraph always gives the same pieces."""

    def __init__(
        self,
        learned: Learned,
        choices: Choices,
        slips: SlipFinder,
        names: Names,
        stripped: bool,
        levels: Mapping[tuple[int, ...], int] | None = None,
    ) -> None:
        self._learned = learned
        self._choices = choices
        self._slips = slips
        self._names = names
        self._stripped = stripped
        self._levels = levels or {}
        self._spelled = Names({})  # names as this document itself spells them: one that it never does is its own affair

    def for_document(self, text: str) -> Restorer:
        """One that knows the place names of the provinces that `text`, the whole document, speaks of, and whether the
        document lost nothing but its accents."""
        names, spelled = names_in(text), respell(text)
        known = Restorer(self._learned, self._choices, self._slips, names, _no_accents(text), self._levels_in(text))
        known._spelled = Names({key: name for key, name in names.by_skeleton.items() if name in spelled})
        return known

    def _levels_in(self, text: str) -> dict[tuple[int, ...], int]:
        """The words before "xã", "phường" … in this document: after "Hội đồng Thi đua - Khen thưởng" stands the same
        word everywhere.
        """
        levels = {self._learned.language.ids[level] for level in _LEVELS}
        found: dict[tuple[int, ...], int] = {}
        for clause in clauses(words(text)):
            known = self._ids(clause)
            for at in range(_BEFORE_LEVEL, len(known)):
                if known[at] in levels and clause[at].text.islower():
                    found[tuple(known[at - _BEFORE_LEVEL : at])] = known[at]
        return found

    def damage(self, text: str) -> float:
        """0 clean … 1 damaged: how sure it is that the text is damaged, times the share of its words then altered."""
        odds, altered, count = -2.0, 0.0, 0
        for word in words(text):
            if word.kind is not Kind.WORD:
                continue
            sign = self._learned.signs.get(word.text.lower())
            if sign is None:
                odd = parts(word.text.lower()) is None and not word.text.isalpha()
                sign = (2.0, 1.0) if odd else (0.0, 0.5)
            odds += sign[0]
            altered += sign[1]
            count += 1
        return altered / count / (1 + exp(-max(-50.0, min(50.0, odds)))) if count else 0.0

    def restore(self, paragraph: str) -> list[Piece]:
        """For a damaged paragraph, white space single, any section marker at its head."""
        found = words(paragraph)
        heading = iter(in_heading(found))
        stripped = self._stripped or _no_accents(paragraph)
        pieces: list[Piece] = []
        for clause in clauses(found):
            pieces += self._clause(paragraph, clause, [next(heading) for _ in clause], stripped)
        return _cover(paragraph, self._named(paragraph, pieces))

    def slips(self, paragraph: str, recognised: bool = False) -> list[Piece]:
        """For a clean paragraph: the same cover, with single slips mended where the evidence is overwhelming; less of
        it will do where the paragraph was `recognised` from a picture.
        """
        found = words(paragraph)
        heading = iter(in_heading(found))
        pieces: list[Piece] = []
        for clause in clauses(found):
            capitals = [next(heading) and recognised for _ in clause]
            pieces += self._slips_in(clause, capitals, recognised)
        others = misread(found, self._learned.acronyms) if recognised else iter(())
        taken = {piece.start for piece in pieces}
        pieces += [p for p in (*others, *misnamed(found, self._spelled)) if p.start not in taken]
        return _cover(paragraph, pieces)

    def _slips_in(self, clause: Sequence[Word], heading: Sequence[bool], recognised: bool) -> Iterator[Piece]:
        vocabulary = self._learned.language.words
        known = self._ids(clause)
        # A capital inside a clause begins a name, of which the language model is no judge; one letter is a marker.
        fixed = [
            w.kind is not Kind.WORD or len(w.text) < 2 or (at > 0 and not (w.text.islower() or heading[at]))
            for at, w in enumerate(clause)
        ]
        better = self._slips.find(known, fixed, recognised)
        if recognised and better:
            # What stands beside a slip is judged again once that is mended.
            mended = [better.get(at, one) for at, one in enumerate(known)]
            better |= self._slips.find(mended, [f or at in better for at, f in enumerate(fixed)], recognised)
        for at in range(len(clause)):
            strange = known[at] == UNKNOWN or heading[at]
            if recognised and strange and not fixed[at] and parts(clause[at].text.lower()) is None:
                one = self._slips.unread(known, at, clause[at].text)
                better |= {} if one is None else {at: one}
            own = self._levels.get(tuple(known[max(0, at - _BEFORE_LEVEL) : at]))
            if own is not None and own != known[at] and not fixed[at] and self._slips.level(known, at, own):
                better[at] = own
        for at, one in better.items():
            word = clause[at]
            yield Piece(word.start, word.end, cased(word.text, vocabulary[one], heading=heading[at]))

    def _ids(self, clause: Sequence[Word]) -> list[int]:
        ids = self._learned.language.ids
        return [NUMBER if w.kind is not Kind.WORD else ids.get(respell(w.text.lower()), UNKNOWN) for w in clause]

    def _clause(self, paragraph: str, found: Sequence[Word], heading: Sequence[bool], stripped: bool) -> list[Piece]:
        lattice = [
            [Step(at + 1, one, score) for one, score in self._choices.of(word, heading[at], stripped)]
            for at, word in enumerate(found)
        ]
        for at, (word, other) in enumerate(pairwise(found)):
            lattice[at] += [Step(at + 2, one, score) for one, score in self._choices.joined(word, other)]
            if word.kind is Kind.NUMBER and other.kind is Kind.DOCUMENT:
                # "Kế hoạch 56 356/KH-UBND": no number stands before a document's, "số" does.
                lattice[at] = [replace(s, score=s.score - _TWO_NUMBERS * (s.word == NUMBER)) for s in lattice[at]]
        model = self._learned.language
        path, trusted = settled(model, lattice, best_path(model, lattice))
        return [
            self._piece(paragraph, found[at], found[step.to - 1], step.word, sure, heading[at])
            for (at, step), sure in zip(path, trusted, strict=True)
        ]

    def _piece(self, paragraph: str, first: Word, last: Word, chosen: int, sure: Trust, heading: bool) -> Piece:
        read = paragraph[first.start : last.end]
        text, doubtful = read, sure.margin < _DOUBT
        if first.kind is Kind.MARKER:
            text, doubtful = section_marker(read), False
        elif first.kind is Kind.DOCUMENT:
            text = self._document_number(read)
            doubtful = len(text) != len(read)
        elif first.kind is Kind.NUMBER:
            # That a word would read better than the digits is worth a warning; only far better, their place.
            doubtful = chosen != NUMBER or doubtful or sure.surprise > _OUT_OF_PLACE
            if chosen != NUMBER and sure.margin >= _LOST_DIGIT:
                text = cased(read, self._learned.language.words[chosen], heading)
        elif chosen in (NUMBER, UNKNOWN):
            text = self._choices.abbreviation(read) if read.isupper() else read
            doubtful = not read.isalpha()
        else:
            text = cased(read, self._learned.language.words[chosen], heading)
            if text.isupper() and not heading:
                text = self._choices.abbreviation(text)
        return Piece(first.start, last.end, text, doubtful)

    def _document_number(self, read: str) -> str:
        """Spaces out, the letters' accents in; the digits as they are."""
        bare = re.sub(r"\s*([-–/])\s*", r"\1", read)
        return re.sub(r"[A-ZĐ][A-ZĐa-z&]*(?: [A-ZĐ])?", lambda code: self._code(code.group().replace(" ", "")), bare)

    def _code(self, code: str) -> str:
        known = self._choices.abbreviation(code)
        if known != code or code in self._learned.acronyms.values():
            return known
        # An engine reads a large Đ as B, P or D.
        for at, letter in enumerate(code):
            if letter in "BP" and (other := self._choices.abbreviation(code[:at] + "D" + code[at + 1 :]))[at] == "Đ":
                return other
        return code

    def _named(self, paragraph: str, pieces: list[Piece]) -> list[Piece]:
        """Puts the names of places in, longest first."""
        named: list[Piece] = []
        at = 0
        while at < len(pieces):
            run = 1
            for length in range(min(_LONGEST_NAME, len(pieces) - at), 1, -1):
                read = paragraph[pieces[at].start : pieces[at + length - 1].end]
                kind = pieces[at - 1].text if at else ""
                name = self._names.find(read, kind) if all(word[:1].isupper() for word in read.split()) else None
                if name is not None and len(name.split()) == length and read.count(" ") == length - 1:
                    heads = zip(pieces[at : at + length], name.split(), strict=True)
                    named += [replace(p, text=w.upper() if p.text.isupper() else w, doubtful=False) for p, w in heads]
                    run = length
                    break
            else:
                named.append(pieces[at])
            at += run
        return named


def load_restorer(path: Path = DEFAULT) -> Restorer:
    """Takes half a second and about 100 MiB: load once. Raises OSError or ValueError for no or an old model file."""
    return restorer(load(path))


def restorer(learned: Learned) -> Restorer:
    slips = SlipFinder(learned.language, learned.syllables)
    return Restorer(learned, Choices(learned), slips, Names({}), stripped=False)


def _no_accents(text: str) -> bool:
    return len(text.split()) >= _STRIPPED_FROM and not _ACCENT.search(text) and not re.search(r"[a-z][0-9&¢@]", text)


def _cover(paragraph: str, pieces: Sequence[Piece]) -> list[Piece]:
    """The altered and the doubtful pieces, what is torn marked, with the untouched runs between them."""
    torn = [Piece(m.start(), m.end(), m.group(), True) for m in _TORN_DATE.finditer(paragraph)]
    telling = [p for p in pieces if p.doubtful or p.text != paragraph[p.start : p.end]]
    telling = [p for p in telling if not any(t.start < p.end and p.start < t.end for t in torn)]
    covered: list[Piece] = []
    here = 0
    for piece in sorted([*telling, *torn], key=lambda p: p.start):
        if piece.start > here:
            covered.append(Piece(here, piece.start, paragraph[here : piece.start]))
        covered.append(piece)
        here = piece.end
    if here < len(paragraph):
        covered.append(Piece(here, len(paragraph), paragraph[here:]))
    return covered
