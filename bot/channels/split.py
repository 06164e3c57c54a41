"""Parts of a reply → messages that fit a platform. Pure.

A message ends between two parts. A part that is longer than a whole message is cut: words at a line, a sentence or a
space; a quote at a sentence, with a sign on both sides. Never inside a syllable, unless it alone is longer than that.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.channels.chat.nouns import Part
from bot.channels.chat.sentences import CUT
from bot.text import nfc, sentences

_JOINED = frozenset("\u200d\ufe0e\ufe0f")  # stand between or after characters that are one sign
_MANY = 40  # parts of one message: Telegram shows at most 100 entities


def utf16(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts."""
    return len(text) + sum(c > "\uffff" for c in text)


def split(
    parts: Sequence[Part], limit: int, show: Callable[[Part], str], measure: Callable[[str], int] = len
) -> list[tuple[Part, ...]]:
    """Each message's parts. `show` gives what of a part a reader sees; `measure` its length, in the limit's units."""
    pages: list[list[Part]] = [[]]
    used = 0
    for group in _groups([piece for part in parts for piece in _fitting(part, limit, show, measure)]):
        # What proves an answer stays beside where it stands, where one message can hold both.
        whole = _size(group, show, measure) <= limit
        for unit in [group] if whole else [[part] for part in group]:
            size = _size(unit, show, measure)
            gap = len(joint(pages[-1][-1], unit[0])) if pages[-1] else 0
            if pages[-1] and (used + gap + size > limit or len(pages[-1]) >= _MANY):
                pages.append([])
                used = gap = 0
            pages[-1] += unit
            used += gap + size
    return [tuple(page) for page in pages if page]


def joint(before: Part, after: Part) -> str:
    """What stands between two parts of one message."""
    return "\n" if after.kind == "source" and before.kind in ("quote", "source") else "\n\n"


def _groups(parts: Sequence[Part]) -> Iterator[list[Part]]:
    group: list[Part] = []
    for part in parts:
        if group and not (part.kind == "source" and group[-1].kind == "quote"):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _size(unit: Sequence[Part], show: Callable[[Part], str], measure: Callable[[str], int]) -> int:
    gaps = sum(len(joint(a, b)) for a, b in pairwise(unit))
    return gaps + sum(measure(show(part)) for part in unit)


def _fitting(part: Part, limit: int, show: Callable[[Part], str], measure: Callable[[str], int]) -> Iterator[Part]:
    """The part, or the pieces it has to be cut into."""
    part = replace(part, text=nfc(part.text).strip())
    if not part.text:
        return
    if measure(show(part)) <= limit:
        yield part
        return
    quoted = part.kind == "quote"
    room = limit - measure(show(replace(part, text=""))) - (2 * (len(CUT) + 1) if quoted else 0)
    pieces = list(cut(part.text, max(1, room), measure))
    for number, piece in enumerate(pieces):
        before = f"{CUT} " if quoted and number else ""
        after = f" {CUT}" if quoted and number < len(pieces) - 1 else ""
        yield replace(part, text=f"{before}{piece}{after}")


def cut(text: str, limit: int, measure: Callable[[str], int] = len) -> Iterator[str]:
    """Pieces of at most `limit`, white space between them left out."""
    while measure(text) > limit:
        longest = _longest(text, limit, measure)
        end = _end(text, longest)
        yield text[:end].rstrip()
        text = text[end:].lstrip()
    if text:
        yield text


def _longest(text: str, limit: int, measure: Callable[[str], int]) -> int:
    """Characters of the longest beginning that fits; at least one."""
    end = min(len(text), limit)
    while end > 1 and measure(text[:end]) > limit:
        end -= max(1, (measure(text[:end]) - limit) // 2)
    return end


def _end(text: str, longest: int) -> int:
    """The best place to end, in the second half of what fits where there is one."""
    line = text.rfind("\n", 0, longest + 1)
    sentence = max((b for _, b in sentences(text[: longest + 1]) if b <= longest), default=0)
    # The last of those sentences may only seem to end, because the text was cut there.
    if sentence == longest and not text[longest : longest + 1].isspace():
        sentence = max((b for _, b in sentences(text[: longest + 1])[:-1]), default=0)
    space = max((text.rfind(c, 0, longest + 1) for c in " \n\u00a0"), default=0)
    for end in (line, sentence, space):
        if end > longest // 2:
            return end
    if space > 0:
        return space
    while longest > 1 and (unicodedata.combining(text[longest]) or {text[longest], text[longest - 1]} & _JOINED):
        longest -= 1
    return longest
