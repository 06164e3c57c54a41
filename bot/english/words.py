"""The English dictionary: its phrases, and the forms a word may take in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from ..text import fold

_SKIPPED = frozenset("the a an all it them its their this these your our".split())  # may stand inside a phrase
_NOUN = re.compile(r"[a-z]+(?:tion|sion|ment|ance|ence|ship)")
_VERBS = frozenset(("implement", "supplement", "comment", "mention", "question", "petition", "advance"))
_SHORTEST = 3  # letters left when an ending is taken off
# A Vietnamese syllable without its accents; "report" and "who" are none, "the" and "so" may be both.
_SYLLABLE = re.compile(
    r"(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"
    r"(?:a|e|i|o|u|y|ai|ao|au|ay|eo|eu|ia|ie|ieu|iu|oa|oai|oay|oe|oi|oo|ua|uai|uay|ue|ui|uo|uoi|uou|uu|uy|uya|uye|uyu|ye|yeu)"
    r"(?:c|ch|m|n|ng|nh|p|t)?"
)


class Part(StrEnum):
    """What a word does in a question."""

    HERE = "here"  # asks, said where it stands
    END = "end"  # asks, said at the end
    YES_NO = "yes_no"  # an auxiliary; opens a question to be answered by yes or no
    SILENT = "silent"
    WORD = "words"  # a verb, a preposition
    THING = "things"  # a noun, an adjective: Vietnamese turns their order round


@dataclass(frozen=True, slots=True)
class Entry:
    part: Part
    told: str  # in Vietnamese, "" for nothing


@dataclass(slots=True)
class _Node:
    entries: dict[Part, Entry] = field(default_factory=dict)  # "report" is a verb and a noun
    after: dict[str, _Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class English:
    """`phrases`: the root of all. `words`: every word that occurs in one."""

    phrases: _Node
    words: frozenset[str]
    labels: frozenset[str]  # Vietnamese nouns with a number after them
    kinds: dict[str, str]  # Vietnamese noun → how "what is" asks of it, "là gì" where it is not listed
    irregular: dict[str, str]  # "sent" → "send"


@lru_cache(maxsize=1)
def english() -> English:
    data = tomllib.loads((files("bot.english") / "english.toml").read_text(encoding="utf-8"))
    root, known = _Node(), set()
    for part in Part:
        for told, phrases in data[part].items():
            for phrase in phrases.replace("-", " ").replace("\n", " ").split(","):
                node = root
                for word in phrase.split():
                    known.add(word)
                    node = node.after.setdefault(word, _Node())
                # "Protection" is a noun, though it stands with "protect".
                named = part is Part.WORD and _NOUN.fullmatch(phrase.strip()) and phrase.strip() not in _VERBS
                if node is not root:
                    node.entries[Part.THING if named else part] = Entry(Part.THING if named else part, told)
    irregular = {form: word for word, listed in data["irregular"].items() for form in listed.split()}
    kinds = {noun: asked for asked, nouns in data["kinds"].items() for noun in nouns}
    return English(root, frozenset(known), frozenset(data["labels"]["words"]), kinds, irregular)


@lru_cache(maxsize=4096)
def forms(word: str) -> tuple[str, ...]:
    """The word as typed and without its ending, likeliest first: "copies" → "copies", "copy"."""
    typed = word.lower().replace("’", "'")
    bare = typed.removesuffix("'s").removesuffix("'")
    found = [typed, bare]
    if bare.endswith(("ies", "ied")):
        found.append(bare[:-3] + "y")
    if bare.endswith("s") and not bare.endswith("ss"):
        found += [bare[:-1], bare[:-2]] if bare.endswith("es") else [bare[:-1]]
    for ending in ("ing", "ed", "ly"):
        if bare.endswith(ending):
            stem = bare.removesuffix(ending)
            found += [stem + "e", stem] if ending != "ly" else [stem]
            if stem[-2:-1] == stem[-1:]:
                found.append(stem[:-1])
    found += [each for each in (english().irregular.get(bare),) if each]
    british = [re.sub(r"iz(?=[ei]|ation)", "is", each) for each in found]
    return tuple(dict.fromkeys(f for f in (*found, *british) if f == typed or len(f) >= _SHORTEST))


def longest(words: Sequence[str], at: int) -> tuple[dict[Part, Entry], int] | None:
    """The longest phrase that begins at `words[at]`, as each part it may play, and the number of its words."""
    return _longest(english().phrases, words, at, 0)


def _longest(
    node: _Node, words: Sequence[str], at: int, size: int, skipped: bool = False
) -> tuple[dict[Part, Entry], int] | None:
    best = (node.entries, size) if node.entries else None
    if at + size >= len(words):
        return best
    further = [_longest(node.after[f], words, at, size + 1) for f in forms(words[at + size]) if f in node.after]
    if size and not skipped and words[at + size].lower() in _SKIPPED:
        beyond = _longest(node, words, at, size + 1, skipped=True)
        further += [beyond] * (beyond is not None and beyond[0] is not node.entries)
    return max((each for each in (best, *further) if each), key=lambda each: each[1], default=None)


def is_known(word: str) -> bool:
    return any(form in english().words for form in forms(word))


def may_be_vietnamese(word: str) -> bool:
    """Whether the word is written as a Vietnamese syllable is, with or without accents."""
    return bool(_SYLLABLE.fullmatch(fold(word)))
