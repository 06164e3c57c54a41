"""The numbers that Word shows before list items and does not write into the text: "II.", "1.", "a)", "-"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_KEPT_BULLETS = ("+", "*")  # a plus is the bullet under a dash


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False  # shows all numbers as 1, 2, 3
    restarts: int | None = None  # the level, from 1, whose step starts this one again; 0: none; None: any above


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]  # levels that this list starts anew


class Numbering:
    """Counts as Word does, so it must be asked for every numbered paragraph once, in order."""

    def __init__(self, root: Any | None, list_of_style: Callable[[str], str]) -> None:
        """`root`: the element of numbering.xml; `list_of_style`: a numbering style's list."""
        self._lists = {} if root is None else _lists(root, list_of_style)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()

    def label(self, number: str, depth: int) -> str:
        """What stands before the paragraph; "" for an unknown list or a level without a sign."""
        found = self._lists.get(number)
        if found is None or not 0 <= depth < _LEVELS:
            return ""
        counts = self._counts[found.abstract]
        level = found.levels.get(depth, Level())
        if depth in found.starts and (number, depth) not in self._begun:
            counts[depth] = found.starts[depth]
        else:
            counts[depth] = counts.get(depth, level.start - 1) + 1
        self._begun.add((number, depth))
        for deeper in range(depth + 1, _LEVELS):
            restarts = found.levels.get(deeper, Level()).restarts
            if restarts is None or depth < restarts:
                counts.pop(deeper, None)
        return _shown(level, found.levels, counts)


def _shown(level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
    if level.form == "bullet":
        return level.text if level.text in _KEPT_BULLETS else "-"

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        one = levels.get(at, Level())
        return _number(counts.get(at, one.start), "decimal" if level.legal else one.form)

    return re.sub(r"%([1-9])", number, level.text).strip()


def _number(value: int, form: str) -> str:
    match form:
        case "lowerLetter" | "upperLetter":
            # The alphabet once over, then "aa", "bb".
            letters = chr(ord("a") + (value - 1) % 26) * min(9, (value - 1) // 26 + 1) if value > 0 else ""
            return letters.upper() if form == "upperLetter" else letters
        case "lowerRoman" | "upperRoman":
            return roman(value).upper() if form == "upperRoman" else roman(value)
        case "decimalZero":
            return f"{value:02d}"
        case "none":
            return ""
    return str(value)


def roman(value: int) -> str:
    """ "iv"; beyond 3999 the Romans' letters end."""
    text, rest = "", min(value, 3999)
    for size, sign in _ROMAN:
        text += sign * (rest // size)
        rest %= size
    return text


def _lists(root: Any, list_of_style: Callable[[str], str]) -> dict[str, _List]:
    abstracts = {a.get(f"{_W}abstractNumId", ""): a for a in root.findall(f"{_W}abstractNum")}
    numbers = {n.get(f"{_W}numId", ""): n for n in root.findall(f"{_W}num")}
    found = {}
    for name, number in numbers.items():
        abstract = _value(number, "abstractNumId")
        element = abstracts.get(abstract)
        if element is not None and (style := _value(element, "numStyleLink")):
            # The levels stand with the list that the style names.
            linked = numbers.get(list_of_style(style))
            element = abstracts.get(_value(linked, "abstractNumId")) if linked is not None else None
        if element is None:
            continue
        levels = {_depth(e): _level(e) for e in element.findall(f"{_W}lvl")}
        starts = {}
        for override in number.findall(f"{_W}lvlOverride"):
            if own := override.find(f"{_W}lvl"):
                levels[_depth(override)] = _level(own)
            if start := _value(override, "startOverride"):
                starts[_depth(override)] = _integer(start)
        found[name] = _List(abstract, levels, starts)
    return found


def _level(element: Any) -> Level:
    legal = element.find(f"{_W}isLgl") is not None
    restart = _value(element, "lvlRestart")
    start = _integer(_value(element, "start") or "1")
    form = _value(element, "numFmt") or "decimal"
    return Level(start, form, _value(element, "lvlText"), legal, _integer(restart) if restart else None)


def _depth(element: Any) -> int:
    return _integer(element.get(f"{_W}ilvl", "0"))


def _value(element: Any, child: str) -> str:
    found = element.find(f"{_W}{child}")
    return "" if found is None else str(found.get(f"{_W}val", ""))


def _integer(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,6}", text) else 0
