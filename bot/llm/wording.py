"""Words of a sentence held against the words it rests on: names, denials, opposites, share of support. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ..text import nfc
from .numerals import digits, plain

_WORD = re.compile(r"[^\W_]+")
# The same body, written short and in full; and words that mean the same in these plans.
_FULL = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "mttq": "mặt trận tổ quốc",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "ttđt": "thông tin điện tử",
    "hàng": "hằng",
    "uỷ": "ủy",
}
_HONORIFIC = frozenset("ông bà anh chị đồng chí".split())
_FUNCTION = frozenset(
    (
        "là và của cho với tại trong trên để do thì từ đến này đó các những một mỗi mọi được bị phải cần sẽ đã đang "
        "có cũng còn nữa theo về qua như khi nếu mà hay hoặc bằng vào ra lên xuống ở bởi vì nên nhưng sau trước "
        "việc sự cái con người ngày tháng năm gồm nêu rõ sau đây như cùng nhau hết kể thứ lại vẫn rất hằng hạn "
        "ông bà anh chị"
    ).split()
)
_LEVELS = frozenset("tỉnh huyện phường thành bộ trung".split())
_NOT_DENYING = {"không": frozenset("gian khí quân ngừng dây chỉ quá vượt muộn chậm ít".split()), "chưa": frozenset()}
_DENIES = frozenset("không chưa chẳng đừng cấm miễn phi".split())
_MODAL = frozenset("được phải cần có bị là đang sẽ".split())
_REACH = 7  # words that a denial governs
# What one of them states, the other denies.
_OPPOSED = tuple(
    (re.compile(rf"\b(?:{a})\b"), re.compile(rf"\b(?:{b})\b"))
    for a, b in (
        ("bắt buộc|phải", "khuyến khích|có thể"),
        ("tối đa|không quá|nhiều nhất", "tối thiểu|ít nhất"),
        ("trước khi", "sau khi"),
        ("tăng", "giảm"),
        ("có hiệu lực", "hết hiệu lực"),
        ("sơ kết", "tổng kết"),
        ("được phép|cho phép", "cấm|không được"),
        ("bắt đầu", "kết thúc|hoàn thành"),
        ("(?:tuần|tháng|quý) đầu|đầu (?:năm|tháng|quý)", "(?:tuần|tháng|quý) cuối|cuối (?:năm|tháng|quý)"),
        ("bản giấy|trực tiếp", "bản điện tử|trực tuyến"),
        ("tập thể", "cá nhân"),
        ("chủ trì", "phối hợp"),
    )
)
# What stands before one of these cannot stand after it.
_RELATIONS = re.compile(r"\b(?:chủ trì|thay thế|bãi bỏ|sửa đổi)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\d+(?:/\d{4})?[/-](?=[A-ZĐ])[\w/-]+")
# Words that claim much: they have to be said by the source itself.
_STRONG = re.compile(
    r"\b(?:(?:cao|thấp|lớn|nhỏ|quan trọng|tốt|sớm) nhất|duy nhất|đầu tiên|toàn bộ|tất cả|bất kỳ ai|luôn luôn|"
    r"chỉ(?! đạo| tiêu| số| huy| thị| định| dẫn| đọc| là)|nghiêm cấm|xử phạt|miễn phí)\b"
)


_ALL = ("tất cả", "toàn bộ")  # said of 100%


@dataclass(frozen=True, slots=True)
class Word:
    text: str  # lower case, one spelling
    large: bool  # written with a capital letter
    first: bool  # of a sentence or after a colon
    clause: int  # words of one clause share a number
    apart: bool  # a comma, a bracket or a clause's end stands before it


_STOP = re.compile(r"[.;:!?\n]")
_OPENS = re.compile(r"[.:!?\n]|^\s*[-+•]")
_APART = re.compile(r"[^\s\-–—]")


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text, short forms of bodies in full."""
    text = nfc(text)
    found: list[Word] = []
    last, clause = 0, 0
    for match in _WORD.finditer(text):
        between = text[last : match.start()]
        last = match.end()
        alone = between == " "  # most words; the rest of the line is only for the others
        clause += not alone and bool(_STOP.search(between))
        first = not found or (not alone and bool(_OPENS.search(between)))
        apart = not alone and bool(_APART.search(between))
        large = match.group()[0].isupper()
        raw = plain(match.group())
        for i, part in enumerate(_FULL[raw].split() if raw in _FULL else (raw,)):
            found.append(Word(part, large and i == 0, first and i == 0, clause, apart and i == 0))
    return tuple(found)


_END = Word("", False, False, -1, True)


@dataclass(frozen=True, slots=True)
class Ground:
    """The words that a sentence may rest on."""

    words: tuple[Word, ...]
    single: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    near: frozenset[tuple[str, str]]  # pairs of content words, what stands between them left out
    large: frozenset[str]
    ends: frozenset[str]  # words written large with which a name ends
    text: str


@lru_cache(maxsize=512)
def ground(*texts: str) -> Ground:
    found = tuple(w for text in texts for w in words(text))
    closed = [(*words(text), _END) for text in texts]
    pairs = {(a.text, b.text) for said in closed for a, b in pairwise(said)}
    ends = {a.text for said in closed for a, b in pairwise(said) if a.large and (b.apart or b.text in _FUNCTION)}
    return Ground(
        found,
        frozenset(w.text for w in found),
        frozenset(pairs),
        frozenset(pair for text in texts for pair in pairwise(content(text))),
        frozenset(w.text for w in found if w.large),
        frozenset(ends),
        " ".join(w.text for w in found),
    )


def strange_name(sentence: str, held: Ground) -> str:
    """A name, office or place in the sentence that the ground does not hold as a whole; "" for none."""
    said = (*words(sentence), _END, _END)
    for i, word in enumerate(said[:-2]):
        after = said[i + 1]
        if word.text in _HONORIFIC or word.text.isdigit():
            continue
        if word.large and (not word.first or after.large) and not _holds_name(word, after, said[i + 2], held):
            return f"{word.text} {after.text}".strip()
        if word.text in _LEVELS and word.text not in held.single:
            return word.text
        # "Hội đồng … tỉnh" for "… xã": the level that ends a name belongs to it.
        before = said[i - 1] if i else _END
        ends = word.text in ("xã", *_LEVELS) and before.text not in _FUNCTION and not word.apart and _in_name(said, i)
        if ends and before.text and (before.text, word.text) not in held.pairs:
            return f"{before.text} {word.text}"
    return ""


def _holds_name(word: Word, after: Word, next_but_one: Word, held: Ground) -> bool:
    if after.apart or after.text in _FUNCTION or after.text.isdigit():
        return word.text in held.large
    if (word.text, after.text) in held.pairs:
        return True
    # The name is over and the ground knows how the sentence goes on: "Ban Xây dựng Đảng mở các …".
    over = word.text in held.ends or (after.text, next_but_one.text) in held.pairs
    return not after.large and word.text in held.large and over


def _in_name(said: Sequence[Word], i: int) -> bool:
    return any(w.large and not w.first for w in said[max(0, i - 3) : i])


def names(text: str) -> frozenset[str]:
    """Names of people and places: two or more words in a row that are written large."""
    found: set[str] = set()
    run: list[str] = []
    for word in (*words(text), _END):
        if run and (word.apart or not word.large):
            if len(run) > 1:
                found.add(" ".join(run))
            run = []
        if word.large and word.text not in _HONORIFIC:
            run.append(word.text)
    return frozenset(found)


@lru_cache(maxsize=2048)
def content(text: str) -> tuple[str, ...]:
    """Words that say something; numbers are held against numbers elsewhere."""
    return tuple(w.text for w in words(digits(text)) if w.text not in _FUNCTION and not w.text.isdigit())


def support(sentence: str, held: Ground) -> float:
    """Share of the sentence's content words that the ground holds, 0-1; half for one that stands among other words."""
    said = ("", *content(sentence), "")
    got = 0.0
    for before, word, after in zip(said, said[1:], said[2:], strict=False):
        beside = (before, word) in held.near or (word, after) in held.near or not (before or after)
        got += (1.0 if beside else 0.5) if word in held.single else 0.0
    return got / (len(said) - 2) if len(said) > 2 else 0.0


def denials(text: Sequence[Word]) -> list[tuple[int, tuple[str, ...]]]:
    """Where something is denied, and the content words that follow in its clause."""
    found = []
    for i, word in enumerate(text):
        after = text[i + 1].text if i + 1 < len(text) else ""
        if word.text not in _DENIES or after in _NOT_DENYING.get(word.text, frozenset()):
            continue
        if word.text == "miễn" and after in ("là", "sao"):
            continue
        reach = [w.text for w in text[i + 1 : i + 1 + _REACH] if w.clause == word.clause]
        while reach and reach[0] in _MODAL:
            del reach[0]
        found.append((i, tuple(reach)))
    return found


def flips(sentence: str, held: Ground) -> bool:
    """Whether the sentence denies what the ground does not, or leaves a denial out."""
    said = words(sentence)
    mine, theirs = denials(said), denials(held.words)
    for _, governed in mine:
        mine_only = set(governed) - _FUNCTION
        if not any(mine_only & set(other) or not mine_only for _, other in theirs):
            return True
    flat = [w.text for w in said]
    for _, governed in theirs:
        if len(governed) < 2 or set(governed[:2]) <= _FUNCTION:
            continue
        for i, pair in enumerate(pairwise(flat)):
            if pair == governed[:2] and not any(i - _REACH <= at < i for at, _ in mine):
                return not _said_plainly(governed[:2], held, theirs)
    return False


def _said_plainly(pair: tuple[str, ...], held: Ground, theirs: Iterable[tuple[int, tuple[str, ...]]]) -> bool:
    """Whether the ground says the pair somewhere without denying it."""
    denied = [at for at, _ in theirs]
    flat = [w.text for w in held.words]
    return any(here == pair and not any(i - _REACH <= at < i for at in denied) for i, here in enumerate(pairwise(flat)))


def opposes(sentence: str, held: Ground, *, strong: bool = True) -> bool:
    """Whether it uses one of two opposites where the ground has only the other, or (`strong`) claims more than it."""
    flat = " ".join(w.text for w in words(sentence))
    for one, other in _OPPOSED:
        for mine, its in ((one, other), (other, one)):
            if mine.search(flat) and not mine.search(held.text) and its.search(held.text) and not its.search(flat):
                return True
    claims = (m.group() for m in _STRONG.finditer(flat)) if strong else ()
    return any(c not in held.text and not (c in _ALL and "100" in held.single) for c in claims)


def exchanged(part: str, clauses: Sequence[str], above: str) -> bool:
    """Whether somebody stands before "chủ trì", or a document before "thay thế", who does not in any of the clauses.

    `above`: headings and the issuer, of whom a clause without a subject speaks.
    """
    for relation in _RELATIONS.finditer(part):
        wanted = {w.text for w in words(part[: relation.start()]) if w.large} | set(
            _NUMBERED.findall(part[: relation.start()])
        )
        before = [
            c[: m.start()]
            for c in clauses
            for m in _RELATIONS.finditer(c)
            if m.group().lower() == relation.group().lower()
        ]
        held = [{w.text for w in words(f"{above} {b}")} | set(_NUMBERED.findall(b)) for b in before]
        if held and not any(wanted <= h for h in held):
            return True
    return False


def says(name: str, text: str) -> bool:
    """Whether a name stands in the text, written large or after its kind ("xã …")."""
    flat = " ".join(plain(w) for w in nfc(text).split(" "))
    wanted = " ".join(plain(w) for w in nfc(name).split(" "))
    if wanted not in flat:
        return False
    for match in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", flat):
        kind = re.search(r"(?:xã|phường|đặc khu|thị trấn|tỉnh|phố)\s+$", flat[: match.start()])
        if kind or text[match.start()].isupper():
            return True
    return False
