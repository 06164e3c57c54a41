"""What is asked: about whom, what kind of answer, with which words, on which day. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .dates import TimeExpression, find_times
from .domain import Issuer
from .english import told
from .gazetteer import Place
from .place import asked_place
from .ranges import Amount, amounts
from .terms import Term, expand, terms
from .text import accented, fold, nfc, squash
from .topics import Topic, topics
from .wants import Want, counted, wants
from .whose.issuers import Named, find_issuers, part_of

_GREETING = re.compile(
    r"(?:(?:(?:xin )?chao|hello|hi|hey|alo|good (?:morning|afternoon)|cam on|thank(?:s| you)?|tks|tam biet|bye"
    r"|buoi (?:sang|trua|chieu|toi)|ban|ad|admin|em|anh|chi|bot|ca nha|moi nguoi|cac ban|nhe|nha|"
    r"a|ah|nhieu|vui|ngay moi"
    r"|tro ly|da|thua|oi|lai gap|co|chu|bac|va|nhung)\b[\s,!./]*)+[\s!.?]*$"
)
_GREETS = re.compile(r"chao|hello|\bhi\b|hey|alo|good|cam on|thank|tks|tam biet|bye")
_ALL = re.compile(
    r"(?:xa|phuong|don vi hanh chinh|dia phuong|uy ban)(?:,? ?(?:phuong|xa|hay phuong|"
    r"va phuong))? nao\b|(?<!nhung )(?<!cho )(?<!ve )(?<!cac )noi nao|nhung (?:xa|phuong|"
    r"dia phuong)|(?:tat ca|toan bo|ca \w+|cac|moi|tung|bao nhieu|may) (?:cac )?(?:xa|phuong|"
    r"dia phuong|noi)(?: phuong| xa)?\b(?! minh| em| ta)|o nhung dau|ca (?:2|3|4|5|hai|ba|bon|"
    r"nam) (?:xa|noi|phuong|ben)|so sanh (?:cac|tat ca)"
)
_SHARE = frozenset(("phan tram", "ty le", "ti le"))  # names the kind of answer, not its subject
_WHICH_ISSUER = re.compile(r"(?:xa|phuong|noi|ben|dia phuong)(?:,? ?(?:phuong|xa))? nao\b")
_COMPARES = re.compile(
    r"so sanh|khac (?:nhau|gi|nao)|giong nhau|(?:som|muon|nhieu|it|cham|cao|thap) hon|ca hai|"
    r"compare|difference|moi noi|noi nao|ben nao (?:som|muon|nhieu|it)"
)
_TODAY = re.compile(
    r"(?:bay gio|gio|hom nay|nay|hien nay|hien tai|sang nay|chieu nay|toi nay|today)\s*(?:la|"
    r"dang la|moi|dang|is)?\s*(?=ngay|thang|\d|nam)"
)
_FOLLOWS = re.compile(
    r"^\s*(?:con|the|vay|the con|vay con|the thi|vay thi|roi|va|nhung|cai do|cai nay|viec do|"
    r"cho do|no\b|what about|and)\b|thi sao|(?:cai|viec|dieu|muc|cho|ke hoach|van ban|ngay|han|"
    r"nghi quyet|quyet dinh) (?:do|nay|ay|kia)\b"
)
# "Còn sơ kết?" speaks of no "con số".
JOINS = re.compile(
    r"^(?:(?:thế|the|vậy|vay|rồi|roi|và|va|nhưng|nhung)\s+)?(?:còn|con(?! (?:toi|em|minh|chau)\b))\s+", re.IGNORECASE
)
_SHORT = 4  # terms; a question with fewer, inside a conversation, may lean on the one before
_LABELS = (
    r"chuong trinh|dot|giai doan|dieu|muc|khoan|nghi quyet|nghi dinh|quyet dinh|cong van|chi thi|"
    r"thong tu|ke hoach|so|de an|quy|phan|cap|muc do|thu|lan|nhom|hang|to|ap|thon|xom|khu|luat"
)


# Labels that name one thing; "mức 2" and "nhóm 3" may be worded otherwise in the plan.
_NAMING = frozenset(
    (
        "chuong trinh",
        "dot",
        "giai doan",
        "dieu",
        "nghi quyet",
        "nghi dinh",
        "quyet dinh",
        "cong van",
        "chi thi",
        "thong tu",
        "ke hoach",
        "de an",
    )
)
_NO_ORDINAL = re.compile(r"\bth(?:u|ú|ù|ủ|ũ|ụ|ư|ừ|ử|ữ|ự)\b", re.IGNORECASE)
_VILLA = re.compile(r"\bbiet thu\b")
_ORDINALS = ("nhat", "hai", "ba", "tu", "nam")
_ORDINAL = re.compile(r"\b(dot|giai doan|lan|quy)((?: [a-z]+){0,4}?) thu (nhat|hai|ba|tu|nam)\b")


# A document named by its number: "QĐ 213/2025", "kế hoạch số 15/KH-UBND".
_DOCUMENT = re.compile(
    r"(?<![a-z])(?:(?P<kind>quyet dinh|ke hoach|chi thi|cong van|nghi quyet|van ban|quy che|quy dinh|qd|kh|ct|cv|nq)"
    r"\s*(?:so\s*)?)0*"
    r"(?P<number>\d{1,5})(?:/20\d\d)?(?:[/-][a-z]{2,6}(?:[-/][a-z]{2,8})*)?(?![\w/%.,-]*\d)"
)
_DOCUMENT_KINDS = {
    "qd": "quyet dinh", "kh": "ke hoach", "ct": "chi thi", "cv": "cong van", "nq": "nghi quyet", "van ban": "",
    "quy che": "", "quy dinh": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    text: str  # NFC, as asked
    said: str  # abbreviations expanded, names of issuers and "hôm nay là …" taken out
    issuers: tuple[Issuer, ...]
    ambiguous: tuple[Issuer, ...]
    elsewhere: str
    everywhere: bool  # asks of all issuers
    compares: bool
    terms: tuple[Term, ...]
    wants: tuple[Want, ...]
    topics: tuple[Topic, ...]
    counted: str  # what is counted, folded
    asserted: tuple[TimeExpression, ...]  # days that the question takes for granted
    figures: tuple[str, ...]  # numbers that it takes for granted
    as_of: date
    greeting: bool
    leans: bool  # says so little that it must be meant with the question before
    document: tuple[str, str] = (
        "",
        "",
    )  # a document named by kind (folded, "" for any) and number: ("quyet dinh", "5")
    placed: str = ""  # the part of the plan asked for, where a thing's place in it is: "noi dung thi dua", "muc"
    amounts: tuple[Amount, ...] = ()  # "12 tầng", "3 ha": what a range of the plan may take in
    plain: Question | None = None  # the same question without that name: what is asked of the document itself


def understand(
    text: str,
    collection: Sequence[Issuer],
    as_of: date,
    rarity: Callable[[str], float],
    within: Callable[[Sequence[Place], Sequence[Topic]], Sequence[Issuer]] = lambda places, about: (),
) -> Question:
    """`collection`: the issuers that have plans. `rarity`: weight of a folded word or pair of words.

    `within`: the issuers whose documents speak of a place that is no issuer, asked about with these topics.
    """
    text = squash(nfc(text))
    named = find_issuers(text, collection)
    day, bare = _today(told(_without(text, named.spans)), as_of)
    question = _heard(text, bare, named, day, rarity)
    if named.away and (holders := within(named.away, question.topics)):
        named = part_of(named, holders)  # the place is no issuer, but something that is asked about
        day, bare = _today(told(_without(text, named.spans)), as_of)
        question = _heard(text, bare, named, day, rarity)
    if place := asked_place(bare):
        what = _heard(text, _without(bare, [place.span]), named, day, rarity)
        if what.terms:
            return replace(what, placed=place.kind)
    found = _DOCUMENT.search(fold(bare))
    if found is None:
        return question
    kind = _DOCUMENT_KINDS.get(found["kind"], found["kind"])
    plain = _heard(text, _without(bare, [found.span()]), named, day, rarity)
    return replace(question, document=(kind, found["number"]), plain=plain if plain.terms or plain.topics else None)


def of_plan(question: Question, kind: str, number: str) -> Question:
    """What is asked of the plan of this kind and number: where the question names it so, the name is no part of it."""
    named, digits = question.document
    own = re.match(r"0*(\d+)", number)
    if question.plain is None or own is None or own[1] != digits or named not in ("", fold(kind)):
        return question
    return question.plain


def as_itself(question: Question, kind: str) -> Question:
    """ "Chỉ thị này số mấy?" asked of a directive is about the document itself, as "kế hoạch" is of a plan."""
    own = fold(kind)
    if own in ("", "ke hoach") or own not in fold(question.text):
        return question
    heard = re.sub(rf"\b{own}\b(?! (?:so )?\d| so \d| nao| gi\b)", "ke hoach", fold(question.said))
    return replace(question, topics=topics(heard)) if heard != fold(question.said) else question


def _heard(text: str, bare: str, named: Named, day: date, rarity: Callable[[str], float]) -> Question:
    """`bare`: the text without the names of issuers and "hôm nay là …"."""
    said = squash(expand(bare))
    asserted = tuple(t for t in find_times(said) if t.date.day and not _labelled(said, t.start))
    spoken = JOINS.sub("", _without(said, [(t.start, t.end) for t in asserted]))
    found = terms(spoken, rarity)
    folded = fold(said)
    heard = topics(said)
    several = len(named.issuers) > 1 or bool(_ALL.search(fold(bare)))
    plain = _without(said, [m.span() for m in _WHICH_ISSUER.finditer(folded)]) if several else said
    kinds = wants(plain)
    short = len(found) <= _SHORT
    return Question(
        text=text,
        said=said,
        issuers=named.issuers,
        ambiguous=named.ambiguous,
        elsewhere=named.elsewhere,
        everywhere=bool(_ALL.search(fold(bare)))
        and len(named.issuers) < 2
        and not named.elsewhere
        and not (named.issuers and not re.search("tat ca|ca nam|cac xa", folded)),
        compares=bool(_COMPARES.search(folded)) or len(named.issuers) > 1,
        terms=_labels(spoken, [t for t in found if not (Want.PERCENT in kinds and t.forms[0] in _SHARE)]),
        wants=kinds,
        topics=heard,
        counted=counted(said),
        asserted=asserted,
        figures=_figures(spoken),
        amounts=amounts(bare),
        as_of=day,
        greeting=bool(_GREETING.match(fold(text)) and _GREETS.search(fold(text))),
        leans=bool(_FOLLOWS.search(folded)) or (short and not heard) or len(found) <= 1,
    )


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with the spans taken out; they may overlap ("xã Quảng Ninh" and the province of that name)."""
    gone = {i for start, end in spans for i in range(start, end)}
    return " ".join("".join(" " if i in gone else char for i, char in enumerate(text)).split())


def _today(text: str, as_of: date) -> tuple[date, str]:
    """A day that the asker calls today: "giờ là tháng 3/2028"."""
    folded = fold(text)
    for match in _TODAY.finditer(folded):
        for time in find_times(text):
            if match.end() - 6 <= time.start <= match.end() + 6 and (time.date.month or time.date.year):
                try:
                    when = date(time.date.year or as_of.year, time.date.month or 1, time.date.day or 1)
                except ValueError:
                    continue  # "31/2" is no day
                return when, text[: match.start()] + " " + text[time.end :]
    return as_of, text


def _labelled(text: str, at: int) -> bool:
    """Whether the number at `at` names a thing rather than a day: "Nghị quyết 29-2/…"."""
    return bool(re.search(rf"(?:{_LABELS})\s*$", _labelling(text)[:at]))


def _labelling(text: str) -> str:
    """The text folded, of the same length, without what only looks like a label: "thu 200.000 đồng", "biet thu 60"."""
    shown = _NO_ORDINAL.sub(lambda m: "." * len(m.group()), text) if accented(text) else text
    return _VILLA.sub(lambda m: "." * len(m.group()), fold(shown))


def _labels(text: str, found: Sequence[Term]) -> tuple[Term, ...]:
    """Terms, with "đợt 3" and "nghị quyết 57" as one; a bare number weighs little."""
    heard = _labelling(text)
    folded = _ORDINAL.sub(lambda m: f"{m[1]} {_ORDINALS.index(m[3]) + 1}{m[2]}", heard)
    if folded != heard:
        found = [*found, *(Term((m[2],), 1.5) for m in re.finditer(rf"\b({_LABELS}) (\d)\b", folded))]
    labels = {
        m.group(2): f"{m.group(1)} {m.group(2)}"
        for m in re.finditer(rf"\b({_LABELS})\s+(?:so\s+)?((?!20\d\d\b)\d+|[ivx]+)\b", folded)
    }
    kept = []
    for term in found:
        word = term.forms[0]
        if word in labels:
            label = labels[word].rsplit(" ", 1)[0]
            forms = [f"{label} {n}" for n in _numerals(word)]
            kept.append(Term((*forms, f"{label} so {word}"), 5.0, solid=label in _NAMING))
        elif re.fullmatch(rf"(?:{_LABELS}) (?:\d|[ivx]+)", word):  # "cấp 2" is a school, too, and "cấp II" of a house
            label, number = word.rsplit(" ", 1)
            forms = [f"{label} {n}" for n in _numerals(number)]
            kept.append(replace(term, forms=tuple(dict.fromkeys((*forms, *term.forms)))))
        elif word[:1].isdigit():
            kept.append(Term(term.forms, min(term.weight, 1.5)))
        else:
            kept.append(term)
    return tuple(kept)


_ROMANS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def is_number(word: str) -> bool:
    return word.isdigit() or word in _ROMANS[1:]


def _numerals(word: str) -> tuple[str, ...]:
    """ "3" and "iii" name the same thing."""
    if word in _ROMANS:
        return word, str(_ROMANS.index(word))
    return (word, _ROMANS[int(word)]) if word.isdigit() and 0 < int(word) < len(_ROMANS) else (word,)


def _figures(text: str) -> tuple[str, ...]:
    """Numbers claimed by the question, those that name a thing left out."""
    folded = _labelling(text)
    return tuple(
        m.group()
        for m in re.finditer(r"(?<![\w/.,-])\d+(?:[.,]\d+)*(?:\s*%)?(?![\w/-])", folded)
        if not re.search(rf"(?:{_LABELS}|nam|thang|ngay|so)\s*$", folded[: m.start()])
    )
