"""Names of people, bodies and places in a sentence, held against the words it rests on. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..text import nfc
from .numerals import plain
from .words import END, FUNCTION, Ground, Word, words

_HONORIFIC = frozenset("ông bà anh chị đồng chí".split())
_LEVELS = frozenset("tỉnh huyện phường thành bộ trung".split())


def strange_name(sentence: str, held: Ground) -> str:
    """A name, office or place in the sentence that the ground does not hold as a whole; "" for none."""
    said = (*words(sentence), END, END)
    for i, word in enumerate(said[:-2]):
        after = said[i + 1]
        if word.text in _HONORIFIC or word.text.isdigit():
            continue
        if word.large and (not word.first or after.large) and not _holds_name(word, after, said[i + 2], held):
            return f"{word.text} {after.text}".strip()
        if word.text in _LEVELS and word.text not in held.single:
            return word.text
        # "Hội đồng … tỉnh" for "… xã": the level that ends a name belongs to it.
        before = said[i - 1] if i else END
        ends = word.text in ("xã", *_LEVELS) and before.text not in FUNCTION and not word.apart and _in_name(said, i)
        if ends and before.text and (before.text, word.text) not in held.pairs:
            return f"{before.text} {word.text}"
    return ""


def _holds_name(word: Word, after: Word, next_but_one: Word, held: Ground) -> bool:
    if after.apart or after.text in FUNCTION or after.text.isdigit():
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
    for word in (*words(text), END):
        if run and (word.apart or not word.large):
            if len(run) > 1:
                found.add(" ".join(run))
            run = []
        if word.large and word.text not in _HONORIFIC:
            run.append(word.text)
    return frozenset(found)


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
