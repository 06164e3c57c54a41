"""What a sentence denies, opposes or turns around of the words it rests on. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from .words import FUNCTION, Ground, Word, words

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
        ("nhiều hơn", "ít hơn"),
        ("cao hơn", "thấp hơn"),
        ("lớn hơn", "nhỏ hơn"),
        ("sớm hơn", "muộn hơn"),
    )
)
# What stands before one of these cannot stand after it.
_RELATIONS = re.compile(r"\b(?:chủ trì|thay thế|bãi bỏ|sửa đổi)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\d+(?:/\d{4})?[/-](?=[A-ZĐ])[\w/-]+")
# Words that claim much: they have to be said by the source itself.
_STRONG = re.compile(
    r"\b(?:(?:cao|thấp|lớn|nhỏ|quan trọng|tốt|sớm) nhất|duy nhất|đầu tiên|toàn bộ|tất cả|mọi|bất kỳ|bất cứ|luôn|"
    r"khuyến khích|tự nguyện|bắt buộc|một số|phần lớn|hầu hết|đa số|vẫn|đã|đúng(?= \d)|trước khi|sau khi|"
    r"chỉ(?! đạo| tiêu| số| huy| thị| định| dẫn| đọc| là)|nghiêm cấm|phạt|kỷ luật|thu hồi|bồi thường|miễn phí)\b"
)
_ALL = ("tất cả", "toàn bộ", "mọi")  # one says what the others say
_WHOLE = re.compile(r"\b(?:tất cả|toàn bộ|toàn thể|mọi|100)\b")


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
    if _most(said, mine) > _most(held.words, theirs):
        return True  # "không phải không …" says the opposite with words that are all there
    for _, governed in mine:
        mine_only = set(governed) - FUNCTION
        if not any(mine_only & set(other) or not mine_only for _, other in theirs):
            return True
    flat = [w.text for w in said]
    for _, governed in theirs:
        if len(governed) < 2 or set(governed[:2]) <= FUNCTION:
            continue
        for i, pair in enumerate(pairwise(flat)):
            if pair == governed[:2] and not any(i - _REACH <= at < i for at, _ in mine):
                return not _said_plainly(governed[:2], held, theirs)
    return False


def _most(text: Sequence[Word], found: Sequence[tuple[int, tuple[str, ...]]]) -> int:
    """Denials in the clause that holds most of them."""
    return max(Counter(text[at].clause for at, _ in found).values(), default=0)


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
    return any(not re.search(rf"\b{c}\b", held.text) and not (c in _ALL and _WHOLE.search(held.text)) for c in claims)


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
