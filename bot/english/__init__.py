"""A question in English → the words a Vietnamese would ask it in, in the order in which Vietnamese sets them.

No translation to be read by anybody: it has to hold the words of the plans and the phrases by which questions are
understood ("trước ngày nào", "bao nhiêu hộ", "phòng nào"). Names stay as they are typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..lexicon import lexicon
from ..text import accented
from .tokens import Kind, Token, tokens
from .words import Part, english, is_known, may_be_vietnamese

_ALONE, _BESIDE = 2, 4  # English words that make a question English: alone, beside Vietnamese ones
_TAG = re.compile(
    r"[,\s]+(?:(?:is (?:that|it) )?(?:right|correct|true)|is it|isn't it|aren't they|doesn't it|don't they)\s*\?*$",
    re.IGNORECASE,
)
_BE = frozenset(("is", "are", "was", "were", "be"))
_BEFORE_YEAR = frozenset("in by of until till from since to before after and end late early during for year".split())
_GROWS = frozenset(("giảm", "tăng", "diện tích", "rừng", "nước", "đất"))  # "how much" of these is no money
_MAIN = {"do": "làm", "have": "có"}  # verbs of their own at the end of a clause
_STRANDED = (" on", " to", " under", " by", " for")


def told(text: str) -> str:
    """English in Vietnamese; any other text, mixed ones among it, as it is."""
    if not is_english(text):
        return text
    return " ".join(
        _sentence(each) for each in re.split(r"(?<=[?!.;])(?<!Mr\.)(?<!Ms\.)(?<!Dr\.)(?<!No\.)\s+", text) if each
    )


def is_english(text: str) -> bool:
    """Whether more words are English and cannot be Vietnamese than are Vietnamese; names are neither."""
    said = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text)
    foreign = sum(not may_be_vietnamese(w) and is_known(w) for w in said)
    own = sum(
        accented(w) or w in lexicon().abbreviations or (may_be_vietnamese(w) and not is_known(w))
        for w in said
        if not w[0].isupper() or w is said[0]
    )
    return foreign >= (_BESIDE if own else _ALONE) and foreign > own


def _sentence(text: str) -> str:
    speech = _Speech()
    if tag := _TAG.search(text):
        text, speech.tail = text[: tag.start()] + "?", "đúng không"
    heard = tokens(text)
    for at, token in enumerate(heard):
        speech.hear(heard, at, token)
    return speech.said()


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

    def hear(self, tokens: list[Token], at: int, token: Token) -> None:
        after = next((t for t in tokens[at + 1 :] if not (t.plays(Part.SILENT) or t.kind is Kind.NOISE)), None)
        before = tokens[at - 1] if at else None
        match token.kind:
            case Kind.MARK:
                self.flush()
                self.out.append(token.told)
                self.fresh = True
                return
            case Kind.ORDINAL:
                self.ordinal = token.told
                return
            case Kind.NUMBER:
                self._number(token, before)
            case Kind.DATE:
                self.flush()
                if before and before.word == "by":
                    self.out.append("chậm nhất")
                self.out.append(token.told)
            case Kind.NAME:
                if self.named and self.run:
                    self.run[-1] += f" {token.told}"
                else:
                    self.run.append(token.told)
                self.named = True
            case Kind.NOISE if (self.after or self.out[-1:] == ["bao nhiêu"]) and not (
                after and after.plays(Part.THING)
            ):
                self.run.append(token.word)  # what is counted is unknown: then there is no answer
            case Kind.ENTRY:
                self._word(token, before, after)
        self.fresh = self.fresh and (token.plays(Part.SILENT) or token.kind is Kind.NOISE)

    def _number(self, token: Token, before: Token | None) -> None:
        if self.run and self.run[-1] in english().labels:
            self.run[-1] += f" {token.told}"
            return
        self.flush()
        year = re.fullmatch(r"20\d\d", token.told) and before and set(before.word.split()) & _BEFORE_YEAR
        self.out.append(f"năm {token.told}" if year else token.told)

    def _word(self, token: Token, before: Token | None, after: Token | None) -> None:
        noun_before = before is not None and (before.plays(Part.THING) or before.kind is Kind.NAME)
        asked = after is None or after.kind is Kind.MARK or after.plays(Part.YES_NO, Part.HERE, Part.END)
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
            case Part.HERE | Part.END if token.word in ("when", "where") and not asked:
                self.flush()
                self.out += ["khi"] * (token.word == "when")
            case Part.HERE:
                self.flush()
                self.out.append(token.told)
                self.asks = True
                if token.told == "có phải":
                    self.tail = "không"
            case Part.END if token.told == "là ai" and after is not None and after.plays(Part.WORD):
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
                inverted = self.asks and not noun_before and after is not None and after.plays(Part.THING)
                if token.told and not (self.fresh and token.told == "không"):
                    if inverted:
                        self.modal = token.told
                    else:
                        self.out.append(token.told)
                elif token.word in _MAIN and (after is None or after.kind is Kind.MARK):
                    self.out.append(_MAIN[token.word])
                if token.told and self.tail in ("là gì", "gồm những gì"):
                    self.tail = "những gì"  # "what are schools required to do"
            case Part.WORD:
                self.flush()
                stranded = token.word.endswith(_STRANDED) and (after is None or after.kind is Kind.MARK)
                self.out.insert(
                    0 if stranded and self.asks else len(self.out), token.told
                )  # "which law is it based on"
            case _:
                self._silent(token, before, after, noun_before)

    def _silent(self, token: Token, before: Token | None, after: Token | None, noun_before: bool) -> None:
        if token.word == "which" and noun_before and not (after and after.plays(Part.THING)):
            self.flush()
        elif token.word in ("which", "what", "what's"):
            self.flush()
            self.asks = True
            self.to = {"to": "về", "through": "qua", "via": "qua"}.get(before.word if before else "", "")
            be = token.word == "what's" or (after is not None and after.word in _BE)
            if token.word != "which" and be:
                self.copula = True
                self.many = after is not None and after.word in ("are", "were")
            elif after is not None and after.plays(Part.YES_NO, Part.WORD):
                self._end("những gì")
            else:
                self.after = "nào" if token.word == "which" else "gì"
        elif token.word == "how much":
            self.flush()
            if after is not None and (after.plays(Part.THING) or after.told in _GROWS):
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
            told += " bao nhiêu" if self.after == "gì" and kind == "là bao nhiêu" else " nào"
            if self.to:
                self._end(f"{self.to} {told}")
                told = ""
        self.out += [each for each in (told, self.modal) if each]
        self.run, self.after, self.copula, self.to, self.named, self.modal = [], "", False, "", False, ""

    def said(self) -> str:
        self.flush()
        self.out += [each for each in (self.after, self.modal) if each]
        if self.copula:
            self._end("gì")
        if "bao nhiêu tiền" in self.tail and _GROWS & set(self.out):
            self.tail = "bao nhiêu"
        closing: list[str] = []
        while self.out and self.out[-1] in ("?", ".", "!", ";"):
            closing.insert(0, self.out.pop())
        return re.sub(r" (?=[?.,;:!])", "", " ".join(w for w in (*self.out, self.tail, *closing) if w))
