"""Which provinces a text names, today's and those of before July 2025, and where their names are other words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from ..gazetteer import Place, places, provinces
from ..text import fold, respell, squash

# Words of place before a name.
_MARKED = re.compile(
    r"(?:^|[^a-z])(?:tinh|thanh pho|tp\.?|ubnd|o|tai|ben|thuoc|cua|dia ban|tu|vung|khu vuc|ve|in|of|at)\s*$"
)
_COMMUNE = re.compile(r"(?:^|[^a-z])(xa|phuong|dac khu|thi tran)\s+$")
_GAP = r"[\s_-]*"


@dataclass(frozen=True, slots=True)
class Region:
    """`name`: the province as it is today. `said`: the name that is used, another one for a former province."""

    name: str
    said: str
    start: int
    end: int

    @property
    def former(self) -> bool:
        return self.said != self.name

    @property
    def place(self) -> Place:
        kind = next((p.kind for p in places().get(fold(self.said), ()) if p.name == p.province), "tỉnh")
        return Place(self.said, "tỉnh" if self.former else kind, self.name)

    @property
    def shown(self) -> str:
        """ "tỉnh Phú Yên (nay thuộc Đắk Lắk)"."""
        return f"{self.place.kind} {self.said}" + (f" (nay thuộc {self.name})" if self.former else "")


@dataclass(frozen=True, slots=True)
class _Names:
    pattern: re.Pattern[str]
    said: dict[str, str]  # folded spelling without spaces → the name
    spelled: dict[str, frozenset[str]]  # the same → its spellings with accents, in small letters
    today: dict[str, str]  # name → today's province
    marked: frozenset[str]
    people: frozenset[str]
    ordinary: re.Pattern[str]


def regions(text: str, expected: frozenset[str] = frozenset()) -> tuple[Region, ...]:
    """In order; `text` is NFC. `expected`: provinces that need no word of place before them, as they have documents."""
    names = _names()
    folded = fold(text)
    ordinary = [m.span() for m in names.ordinary.finditer(folded)]
    found = []
    at = 0
    while match := names.pattern.search(folded, at):
        start, end = match.span()
        at = start + 1
        key = re.sub(r"[\s_-]", "", match.group())
        said = names.said[key]
        before = folded[:start]
        if _is_commune(fold(said), before):
            continue
        marked = said in expected or bool(_MARKED.search(before))
        another = any(a <= start and end <= b for a, b in ordinary)
        if _meant(text[start:end], key, marked, another, text.isupper()):
            found.append(Region(names.today[said], said, start, end))
            at = end
    return tuple(found)


def _is_commune(name: str, before: str) -> bool:
    """ "xã Quảng Ninh" is one; "các xã phường Cần Thơ" names the city."""
    kind = _COMMUNE.search(before)
    return kind is not None and any(fold(p.kind) == kind[1] for p in places().get(name, ()))


def _meant(typed: str, key: str, marked: bool, ordinary: bool, capitals: bool) -> bool:
    """Whether a province is meant by what is typed, not the words or the person of that name."""
    names = _names()
    name = fold(names.said[key])
    if name in names.people and key == name.replace(" ", ""):
        return marked
    capital = not capitals and all(w[:1].isupper() for w in re.split(r"[\s_-]+", typed))
    if not capital and typed[:1].islower() and not typed.islower():
        return False  # "công nghệ An Giang"
    if _toned(typed) and respell(squash(typed)).lower() not in names.spelled[key] and not capital:
        return False  # "diễn biến", "hai phòng"
    if capital or not re.search(r"[\s_-]", typed):
        return True
    if name in names.marked and not marked:
        return False
    return _toned(typed) or not ordinary


def _toned(typed: str) -> bool:
    """Whether a vowel carries an accent; "đak lak" is typed without."""
    return fold(typed) != typed.lower().replace("đ", "d")


@lru_cache(maxsize=1)
def _names() -> _Names:
    data = tomllib.loads((files("bot.whose") / "places.toml").read_text(encoding="utf-8"))
    today = {name: name for name in provinces().values()} | data["former"]
    spellings = {name: name for name in today} | data["spellings"]
    said = {_squeezed(spelling): name for spelling, name in spellings.items()}
    spelled: dict[str, set[str]] = {}
    for spelling in spellings:
        spelled.setdefault(_squeezed(spelling), set()).add(respell(spelling).lower())
    ways = sorted((fold(s) for s in spellings), key=len, reverse=True)
    patterns = (_GAP.join(map(re.escape, re.split(r"[\s-]+", way))) for way in ways)
    ordinary = (phrase.strip() for phrase in data["words"]["ordinary"].replace("\n", ",").split(","))
    return _Names(
        re.compile(rf"(?<![a-z0-9])(?:{'|'.join(patterns)})(?![a-z0-9])"),
        said,
        {key: frozenset(ways) for key, ways in spelled.items()},
        today,
        frozenset(data["words"]["marked"]),
        frozenset(data["words"]["people"]),
        re.compile(rf"\b(?:{'|'.join(p for p in ordinary if p)})\b"),
    )


def _squeezed(name: str) -> str:
    return re.sub(r"[\s-]", "", fold(name))
