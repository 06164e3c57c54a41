"""A sentence of a model and the sources it names → what is wrong with it, if anything. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..bodies import body_name
from ..text import fold, nfc
from .denials import exchanged, flips, opposes
from .figures import Figures, figures
from .names import names, says, strange_name
from .nouns import Sentence, Source
from .roles import mixed
from .words import content, ground, support, words


class Fault(StrEnum):
    CITATION = "citation"  # rests on nothing, or on a number that was not shown
    FORM = "form"  # a link, a mark, markup, another language, too long
    ISSUER = "issuer"  # another issuer's name, or two issuers in one sentence
    DOCUMENT = "document"
    DATE = "date"
    NUMBER = "number"
    NAME = "name"
    NEGATION = "negation"
    POLARITY = "polarity"
    ROLE = "role"  # who does what, to whom or when is exchanged
    SUPPORT = "support"  # too many words of its own


@dataclass(frozen=True, slots=True)
class Strictness:
    """`own`: the share of content words that need not stand in the sources."""

    own: float


WORDING = Strictness(own=0.34)
PLAIN = Strictness(own=0.4)  # plain words for a resident are other words

_LONGEST = 700  # characters
_FORM = re.compile(
    r"https?:|www\.|\w\.(?:com|vn|net|org|gov)\b|\[\d+\]|[<>{}`|*#\\]|\n|[\u0000-\u001f\u200b-\u200f\u2028-\u202e\ufeff]"
)
_VERDICT = re.compile(r"(Có|Không|Đúng|Sai|Phải|Vâng|Chưa|Đã)\b(?=[.,!])")
_CLAUSE = re.compile(r"[;\n]|[.:](?=\s)")
_PART = re.compile(r"[;\n,]|[.:](?=\s)|\svà\s")


def check(
    sentence: Sentence, sources: Mapping[int, Source], strangers: Sequence[str] = (), strictness: Strictness = WORDING
) -> Fault | None:
    """`strangers`: full names of every issuer in the collection. None: the sentence may be shown."""
    text = nfc(sentence.text)
    if not sentence.rests_on or any(n not in sources for n in sentence.rests_on):
        return Fault.CITATION
    if _FORM.search(text) or len(text) > _LONGEST or not _vietnamese(text):
        return Fault.FORM
    named = [sources[n] for n in dict.fromkeys(sentence.rests_on)]
    if len({s.issuer for s in named if s.issuer}) > 1 or _stranger(text, named, strangers):
        return Fault.ISSUER
    opening = _VERDICT.match(text)
    if opening and not any(s.text.startswith(opening[1]) for s in named):
        return Fault.POLARITY
    return unsaid(text, named, strictness) or _rival(text, named) or _mixed(text, named)


def unsaid(text: str, named: Sequence[Source], strictness: Strictness = WORDING) -> Fault | None:
    """What the text says that these sources together do not."""
    if fault := _figures(figures(text), [figures(s.text) for s in named]):
        return fault
    said = ground(*(s.text for s in named))
    around = ground(*(x for s in named for x in (s.text, s.around, s.context, s.issuer) if x))
    if strange_name(text, around):
        return Fault.NAME
    if flips(text, said):
        return Fault.NEGATION
    if opposes(text, around):
        return Fault.POLARITY
    if not content(text):
        bare = all(text not in s.text for s in named) and not re.search(r"\d", text)
        return Fault.SUPPORT if bare else None
    return Fault.SUPPORT if support(text, around) < 1 - strictness.own else None


def _vietnamese(text: str) -> bool:
    """Most words of a Vietnamese sentence of some length carry an accent; a rule of four leaves short ones alone."""
    said = re.findall(r"[^\W\d_]+", text)
    marked = sum(fold(w) != w.lower() for w in said)
    return len(said) < 4 or marked * 3 >= len(said)


def _stranger(text: str, named: Sequence[Source], strangers: Sequence[str]) -> bool:
    own = {fold(s.issuer) for s in named}
    held = " ".join((*(s.text for s in named), *(s.issuer for s in named)))
    for stranger in strangers:
        if fold(stranger) in own:
            continue
        bare = stranger.split(" ", 1)[-1] if stranger[:1].islower() else stranger
        if says(bare, text) and not says(bare, held):
            return True
    return False


def _mixed(text: str, named: Sequence[Source]) -> Fault | None:
    told = [x for s in named for x in (*s.context.split(" / "), s.around, s.text) if x]
    return Fault.ROLE if mixed(text, told, named[0].issuer) else None


def _figures(told: Figures, held: Sequence[Figures]) -> Fault | None:
    if any(not any(document.told_by(other) for h in held for other in h.documents) for document in told.documents):
        return Fault.DOCUMENT
    if any(not any(date.told_by(other) for h in held for other in h.dates) for date in told.dates):
        return Fault.DATE
    if told.every - {every for h in held for every in h.every}:
        return Fault.DATE
    if any(not any(number.told_by(other) for h in held for other in h.numbers) for number in told.numbers):
        return Fault.NUMBER
    odd = {o for h in held for o in h.odd}
    return Fault.NUMBER if told.odd - odd else None


def _rival(text: str, named: Sequence[Source]) -> Fault | None:
    """Each figure or name has to stand in the clause that the words around it come from, not in a neighbouring one.

    "Hộ cận nghèo được hỗ trợ 30 triệu đồng" has all its words in "hộ nghèo … 30 triệu đồng; hộ cận nghèo … 15 triệu
    đồng", and is false: the clause that holds most of its words holds another sum.
    """
    clauses = [c for s in named for c in _clauses(s.text)]
    for part in _clauses(text):
        if _opposed_there(part, clauses):
            return Fault.POLARITY
        if exchanged(part, clauses, " ".join(f"{s.context} {s.issuer}" for s in named)):
            return Fault.NAME
        keys = _keys(part)
        spoken = _spoken(part) - {word for kind, key in keys if kind in ("name", "body") for word in key.split()}
        for kind, key in keys:
            having = [c for c in clauses if any(k == kind and _same(key, its) for k, its in _keys(c))]
            rivals = [c for c in clauses if c not in having and any(k == kind for k, _ in _keys(c))]
            if not having or not rivals:
                continue
            best = max(_shared(spoken, c) for c in having)
            against = max(_shared(spoken, c) for c in rivals)
            # Bodies are named in passing too: only one that has next to nothing to do with it was exchanged.
            if against > best and (kind != "body" or against >= 2 * best + 2):
                return {"date": Fault.DATE, "name": Fault.SUPPORT, "body": Fault.SUPPORT}.get(kind, Fault.NUMBER)
    return None


def _same(key: str, other: str) -> bool:
    """Whether the other says all that the key says: "15/12" is said by "15/12/2027", and so is the year alone."""
    mine, its = key.split("/"), other.split("/")
    return key == other or (len(mine) == len(its) == 3 and all(m in ("", i) for m, i in zip(mine, its, strict=True)))


def _opposed_there(part: str, clauses: Sequence[str]) -> bool:
    """Whether it says the opposite of the clause that its words come from, whatever other clauses say."""
    spoken = _spoken(part)
    shares = [(len(spoken & _spoken(c)), c) for c in clauses]
    best = max((share for share, _ in shares), default=0)
    return best > 1 and all(opposes(part, ground(c), strong=False) for share, c in shares if share == best)


def _shared(spoken: set[str], clause: str) -> int:
    return len(spoken & (_spoken(clause) | {w.text for w in words(clause)}))


def _spoken(clause: str) -> set[str]:
    """Its content words, all words where it has none, and how often ("6 tháng", "hằng quý") as one word each."""
    own = content(clause) or [w.text for w in words(clause) if not w.text.isdigit()]
    return {*own, *(f"@{every}" for every in figures(clause).every)}


def _clauses(text: str) -> list[str]:
    """Clauses, cut at commas and "và" too where one holds several figures."""
    found = []
    for clause in _CLAUSE.split(text):
        kinds = [kind for kind, _ in _keys(clause)]
        several = any(kinds.count(kind) > 1 for kind in set(kinds) - {"name", "body"})
        found += [p for p in _PART.split(clause) if p.strip()] if several else [clause]
    return [c for c in found if c.strip()]


def _keys(clause: str) -> frozenset[tuple[str, str]]:
    """What the clause is about that could be exchanged for another: (kind, value)."""
    told = figures(clause)
    dates = {("date", f"{d.day or ''}/{d.month or ''}/{d.year or ''}") for d in told.dates}
    # Only what counts the same can be exchanged: sums of money, shares, days.
    numbers = {(f"number of {'%' if n.share else n.after}", str(n.value)) for n in told.numbers if n.share or n.after}
    body = " ".join(w.text for w in words(body_name(clause.strip())))
    return frozenset(dates | numbers | {("name", n) for n in names(clause)} | ({("body", body)} if body else set()))
