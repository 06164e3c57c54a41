"""Place names of the provinces that a document speaks of: what is certain about capitals no language model knows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.gazetteer import places, provinces
from bot.text import fold

_KINDS = frozenset({"xa", "phuong", "tinh", "huyen", "tran", "khu", "pho"})
_PROVINCES = ("tinh", "thanh pho", "tp")
_LOOKALIKES = str.maketrans("0164", "oloa")
_FAR = 7  # letters from which one wrong letter still shows which name it is


def skeleton(text: str) -> str:
    """Letters only, without accents, digits as the letters they are taken for."""
    return re.sub(r"[^a-z]", "", fold(text).translate(_LOOKALIKES))


@dataclass(frozen=True, slots=True)
class Names:
    by_skeleton: dict[str, str]  # "kimlien" → "Kim Liên"; names that share one are left out

    def find(self, read: str, kind: str) -> str | None:
        """The name read as `read`; after a word for its kind ("xã") one letter may differ."""
        key = skeleton(read)
        if key in self.by_skeleton:
            return self.by_skeleton[key]
        if fold(kind) not in _KINDS or len(key) < _FAR:
            return None
        near = {name for other, name in self.by_skeleton.items() if _one_off(key, other)}
        return near.pop() if len(near) == 1 else None


def names_in(text: str) -> Names:
    """Names of the communes of each province that the (damaged) text names, and of the provinces themselves."""
    letters = f" {_spaced(text)} "
    found: dict[str, set[str]] = {}
    here = {
        name for key, name in provinces().items() if any(f" {kind} {_spaced(key)} " in letters for kind in _PROVINCES)
    }
    for options in places().values():
        for place in options:
            if place.province in here and " " in place.name:
                found.setdefault(skeleton(place.name), set()).add(place.name)
    return Names({key: options.pop() for key, options in found.items() if len(options) == 1})


def _spaced(text: str) -> str:
    return " ".join(filter(None, (skeleton(word) for word in re.split(r"[\s-]+", text))))


def _one_off(one: str, other: str) -> bool:
    """Whether the two differ by exactly one letter put in, left out or changed."""
    if abs(len(one) - len(other)) > 1:
        return False
    shorter, longer = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return shorter[at + (len(one) == len(other)) :] == longer[at + 1 :]
