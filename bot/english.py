"""A question in English → the words a Vietnamese would ask it in, in the order in which Vietnamese sets them.

No translation to be read by anybody: it has to hold the words of the plans and the phrases by which questions are
understood ("trước ngày nào", "bao nhiêu hộ", "phòng nào"). Names stay as they are typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .english_words import Entry, Part, english, forms, is_known, longest, may_be_vietnamese
from .lexicon import lexicon
from .text import accented

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = r"(?P<{}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
_DAY = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th)?"
_TOKEN = re.compile(
    rf"(?:the )?{_DAY.format('day')} (?:of )?{_MONTH.format('month')}(?:,? (?P<year>20\d\d))?"
    rf"|{_MONTH.format('month2')} {_DAY.format('day2')}\b(?!\d)(?:,? (?P<year2>20\d\d))?"
    rf"|{_MONTH.format('month3')},? (?P<year3>20\d\d)"
    rf"|(?<=\bin )(?:early |late )?{_MONTH.format('month4')}"
    r"|(?P<ordinal>\d{1,2})(?:st|nd|rd|th)\b"
    r"|(?P<number>\d[\w.,/:%-]*[\w%]|\d)"
    r"|(?P<word>[^\W\d_][\w]*(?:['’][^\W\d_]+)*(?:[&/][^\W\d_]+)*)"
    r"|(?P<mark>[^\w\s'’-])"
)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_NUMERALS = dict(
    zip("two three four five six seven eight nine ten eleven twelve".split(), range(2, 13), strict=True)
) | {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100}
_BEFORE_YEAR = frozenset("in by of until till from since to before after and end late early during for year".split())
_BE = frozenset(("is", "are", "was", "were", "what's", "be"))
_TAG = re.compile(
    r"[,\s]+(?:right|correct|true|is that (?:right|correct|true)|is it|isn't it|aren't they|doesn't it|don't they|yes)\s*\?*$", re.I
)
_GROWS = frozenset(("giảm", "tăng", "diện tích", "rừng", "nước", "đất"))  # "how much" of these is no money
_TITLE_CASE = 0.7  # of the words begin with a capital: then capitals name nothing
_FEWEST = 2
_MAIN = {"do": "làm", "have": "có"}
_STRANDED = (" on", " to", " under", " by", " for")
_NOUN = frozenset("the a an this that these those its their our your his her my any some each of for in on with which what no".split())


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # "entry", "name", "number", "ordinal", "date", "mark", "noise"
    told: str
    word: str = ""  # as typed, lower case
    part: Part | None = None

    def is_(self, *parts: Part) -> bool:
        return self.part in parts


def told(text: str) -> str:
    """English in Vietnamese; any other text, mixed ones among it, as it is."""
    if not is_english(text):
        return text
    return " ".join(_sentence(each) for each in re.split(r"(?<=[?!.;])\s+", text) if each)


def is_english(text: str) -> bool:
    """Whether more words are English and cannot be Vietnamese than are Vietnamese; names are neither."""
    said = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text)
    foreign = sum(not may_be_vietnamese(w) and is_known(w) for w in said)
    own = sum(
        accented(w) or w in lexicon().abbreviations or (may_be_vietnamese(w) and not is_known(w))
        for w in said
        if not w[0].isupper() or w is said[0]
    )
    return foreign >= _FEWEST and foreign > own


def _sentence(text: str) -> str:
    speech = _Speech()
    if tag := _TAG.search(text):
        text, speech.tail = text[: tag.start()] + "?", "đúng không"
    tokens = _tokens(text)
    for at, token in enumerate(tokens):
        speech.hear(tokens, at, token)
    return speech.said()


def _tokens(text: str) -> list[_Token]:
    found = list(_TOKEN.finditer(text))
    typed = [m["word"] or "" for m in found]
    capitals = [w for w in typed if w]
    titled = bool(capitals) and sum(w[0].isupper() for w in capitals) >= _TITLE_CASE * len(capitals) and len(capitals) > 3
    tokens: list[_Token] = []
    at = 0
    while at < len(found):
        match = found[at]
        word = typed[at]
        if not word:
            tokens.append(_figure(match))
            at += 1
            continue
        end = next((i for i in range(at, len(typed)) if not typed[i]), len(typed))
        phrase = longest(typed[:end], at)
        first = not any(t.kind in ("entry", "name") for t in tokens) or tokens[-1].told in tuple('"“(:')
        if phrase and not titled and not first and _names(typed[:end], at, *phrase):
            phrase = None
        if phrase:
            entries, size = phrase
            entry = _part(entries, tokens[-1] if tokens else None)
            tokens.append(_Token("entry", entry.told, " ".join(typed[at : at + size]).lower(), entry.part))
            at += size
            continue
        tokens.append(_unknown(word, first, titled))
        at += 1
    return tokens


def _part(entries: dict[Part, Entry], before: _Token | None) -> Entry:
    """A word that is verb and noun is a noun behind an article, a preposition, an adjective or a number."""
    found = list(entries.values())
    if len(found) == 1:
        return found[0]
    noun = before is not None and (before.kind in ("number", "ordinal") or before.is_(Part.THING) or before.word in _NOUN)
    return entries[Part.THING] if noun and Part.THING in entries else found[0]


def _names(words: list[str], at: int, entries: dict[Part, Entry], size: int) -> bool:
    """Whether a known word is here part of a name: capitals, beside one that is no English."""
    if size > 1 or not words[at][:1].isupper() or words[at] == "I":
        return False
    if not {Part.WORD, Part.THING} & set(entries):
        return True
    beside = [words[i] for i in (at - 1, at + 1) if 0 <= i < len(words)]
    return may_be_vietnamese(words[at]) or any(w[:1].isupper() and longest([w], 0) is None for w in beside)


def _unknown(word: str, first: bool, titled: bool) -> _Token:
    low = word.lower()
    if low in _ORDINALS:
        return _Token("ordinal", str(_ORDINALS.index(low) + 1), low)
    if low in _NUMERALS:
        return _Token("number", str(_NUMERALS[low]), low)
    if (word[0].isupper() and not (first and not may_be_vietnamese(word)) and not titled) or (
        may_be_vietnamese(word) or accented(word) or low in lexicon().abbreviations or any(map(str.isdigit, word))
    ):
        return _Token("name", word, low)
    return _Token("noise", "", low)  # a foreign word that is not known tells nothing


def _figure(match: re.Match[str]) -> _Token:
    if match["mark"]:
        return _Token("mark", match["mark"])
    if match["ordinal"]:
        return _Token("ordinal", match["ordinal"])
    if match["number"]:
        return _Token("number", _vietnamese(match["number"]))
    month = match["month"] or match["month2"] or match["month3"] or match["month4"]
    number = next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(month[:3].lower()))
    day, year = match["day"] or match["day2"], match["year"] or match["year2"] or match["year3"]
    if day:
        return _Token("date", f"ngày {day}/{number}" + f"/{year}" * bool(year))
    return _Token("date", f"tháng {number}" + f" năm {year}" * bool(year))


def _vietnamese(number: str) -> str:
    """ "3,600" → "3.600", "1.6" → "1,6"; what is no plain number stays."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+%?", number):
        return number.replace(",", ".")
    return number.replace(".", ",") if re.fullmatch(r"\d+\.\d{1,2}%?", number) else number


@dataclass(slots=True)
class _Speech:
    """The sentence as far as it is told."""

    out: list[str] = field(default_factory=list)
    run: list[str] = field(default_factory=list)  # a noun and what stands before it, in the English order
    after: str = ""  # the question word to be said behind that noun
    copula: bool = False  # "what is the …": what it asks depends on the noun
    many: bool = False  # "what are the …"
    to: str = ""  # "to which …" is said at the end
    tail: str = ""
    ordinal: str = ""
    modal: str = ""  # "must", said behind the noun that follows: "what must schools do"
    asks: bool = False  # some word has asked
    fresh: bool = True  # nothing of weight was said in this clause
    named: bool = False  # the last of the run is a name

    def hear(self, tokens: list[_Token], at: int, token: _Token) -> None:
        after = next((t for t in tokens[at + 1 :] if not (t.is_(Part.SILENT) or t.kind == "noise")), None)
        before = tokens[at - 1] if at else None
        match token.kind:
            case "mark":
                self.flush()
                self.out.append(token.told)
                self.fresh = True
                return
            case "ordinal":
                self.ordinal = token.told
                return
            case "number":
                self._number(token, before)
            case "date":
                self.flush()
                if before and before.word == "by":
                    self.out.append("chậm nhất")
                self.out.append(token.told)
            case "name":
                if self.named and self.run:
                    self.run[-1] += f" {token.told}"
                else:
                    self.run.append(token.told)
                self.named = True
            case "noise" if (self.after or self.out[-1:] == ["bao nhiêu"]) and not (after and after.is_(Part.THING)):
                self.run.append(token.word)  # what is counted is unknown: then there is no answer
            case "entry":
                self._word(token, before, after)
        self.fresh = self.fresh and (token.is_(Part.SILENT) or token.kind == "noise")

    def _number(self, token: _Token, before: _Token | None) -> None:
        if self.run and self.run[-1] in english().labels:
            self.run[-1] += f" {token.told}"
            return
        self.flush()
        year = re.fullmatch(r"20\d\d", token.told) and before and set(before.word.split()) & _BEFORE_YEAR
        self.out.append(f"năm {token.told}" if year else token.told)

    def _word(self, token: _Token, before: _Token | None, after: _Token | None) -> None:
        noun_before = before is not None and (before.is_(Part.THING) or before.kind == "name")
        auxiliary = after is not None and after.is_(Part.YES_NO)
        match token.part:
            case Part.THING:
                if self.ordinal and token.told in english().labels:
                    self.run.append(f"{token.told} {self.ordinal}")
                else:
                    self.run += ["lần " + ("đầu" if self.ordinal == "1" else self.ordinal)] * bool(self.ordinal)
                    self.run.append(token.told)
                self.ordinal, self.named = "", False
            case Part.HERE | Part.END if token.word.split()[0] in ("who", "whom", "whose") and noun_before:
                self.flush()  # "people who live there"
            case Part.HERE | Part.END if token.word in ("when", "where") and not (self.fresh or auxiliary):
                self.flush()
                self.out += ["khi"] * (token.word == "when")
            case Part.HERE:
                self.flush()
                self.out.append(token.told)
                self.asks = True
                if token.told == "có phải":
                    self.tail = "không"
            case Part.END if token.told == "là ai" and after is not None and after.is_(Part.WORD):
                self.flush()
                self.out.append("ai")  # "who is responsible for"
                self.asks = True
            case Part.END:
                self.flush()
                self._end(token.told)
            case Part.YES_NO:
                self.flush()
                if self.fresh and not self.asks and not self.tail:
                    self.out.append("có")
                    self._end("không")
                inverted = self.asks and not noun_before and after is not None and after.is_(Part.THING)
                if token.told and not (self.fresh and token.told == "không"):
                    if inverted:
                        self.modal = token.told
                    else:
                        self.out.append(token.told)
                elif token.word in _MAIN and (after is None or after.kind == "mark"):
                    self.out.append(_MAIN[token.word])
                if token.told and self.tail in ("là gì", "gồm những gì"):
                    self.tail = "những gì"  # "what are schools required to do"
            case Part.WORD:
                self.flush()
                stranded = token.word.endswith(_STRANDED) and (after is None or after.kind == "mark")
                self.out.insert(0 if stranded and self.asks else len(self.out), token.told)  # "which law is it based on"
            case _:
                self._silent(token, before, after, noun_before)

    def _silent(self, token: _Token, before: _Token | None, after: _Token | None, noun_before: bool) -> None:
        if token.word == "which" and noun_before and not (after and after.is_(Part.THING)):
            self.flush()
        elif token.word in ("which", "what", "what's"):
            self.flush()
            self.asks = True
            self.to = {"to": "về", "through": "qua", "via": "qua"}.get(before.word if before else "", "")
            be = token.word == "what's" or (after is not None and after.word in _BE)
            if token.word != "which" and be:
                self.copula = True
                self.many = after is not None and after.word in ("are", "were")
            elif after is not None and after.is_(Part.YES_NO, Part.WORD):
                self._end("những gì")
            else:
                self.after = "nào"
        elif token.word == "how much":
            self.flush()
            if after is not None and (after.is_(Part.THING) or after.told in _GROWS):
                self.out.append("bao nhiêu")
                self.asks = True
            else:
                self._end("bao nhiêu tiền")
        elif not (token.word in ("of the", "of", "the", "these") and self.after and not self.run):
            self.flush()

    def _end(self, told: str) -> None:
        self.tail = self.tail or told
        self.asks = True

    def flush(self) -> None:
        """Ends a run of nouns: the chief one, said last in English, comes first."""
        if not self.run:
            return
        head = self.run[-1]
        told = " ".join(reversed(self.run))
        kind = english().kinds.get(head, "")
        if self.copula:
            self._end(kind or ("gồm những gì" if self.many else "là gì"))
        elif self.after:
            told += " bao nhiêu" if kind == "là bao nhiêu" else f" {self.after}"
            if self.to:
                self._end(f"{self.to} {told}")
                told = ""
        self.out += [told, self.modal]
        self.run, self.after, self.copula, self.to, self.named, self.modal = [], "", False, "", False, ""

    def said(self) -> str:
        self.flush()
        self.out += [self.after, self.modal]
        if self.copula:
            self._end("gì")
        if "bao nhiêu tiền" in self.tail and _GROWS & set(self.out):
            self.tail = "bao nhiêu"
        closing = []
        while self.out and self.out[-1] in ("?", ".", "!", ";"):
            closing.insert(0, self.out.pop())
        return re.sub(r" (?=[?.,;:!])", "", " ".join(w for w in (*self.out, self.tail, *closing) if w))
