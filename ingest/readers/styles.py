"""What Word's styles say of a paragraph or a run: its rank, its list, its capitals, its font."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from . import legacy

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 20  # styles based on styles; a ring of them ends here
_LOWEST_RANK = 6  # what markdown knows
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)


class Styles:
    def __init__(self, root: Any) -> None:
        """`root`: the element of styles.xml."""
        self._styles = {s.get(_W + "styleId", ""): s for s in root.findall(_W + "style")}
        self._default = next(
            (n for n, s in self._styles.items() if s.get(_W + "default") and s.get(_W + "type") == "paragraph"), ""
        )
        self._defaults = root.find(f"{_W}docDefaults/{_W}rPrDefault")

    def of(self, paragraph: Any) -> str:
        return _value(paragraph.find(f"{_W}pPr/{_W}pStyle")) or self._default

    def heading(self, paragraph: Any, style: str) -> int:
        """1..6; 0 for body text."""
        for owner in (paragraph, *self._chain(style)):
            level = _value(owner.find(f"{_W}pPr/{_W}outlineLvl"))
            if level.isdecimal():
                return min(int(level) + 1, _LOWEST_RANK) if int(level) < 9 else 0
            found = _HEADING.fullmatch(_value(owner.find(_W + "name")))
            if found:
                return min(int(found[1]), _LOWEST_RANK)
        return 0

    def list_item(self, paragraph: Any, style: str) -> tuple[str, int]:
        """The list's number and the depth in it, from 0; "" where the paragraph is in no list."""
        number, depth = "", ""
        for owner in (paragraph, *self._chain(style)):
            found = owner.find(f"{_W}pPr/{_W}numPr")
            if found is not None:
                number = number or _value(found.find(_W + "numId"))
                depth = depth or _value(found.find(_W + "ilvl"))
        return ("" if number == "0" else number), int(depth) if depth.isdecimal() else 0

    def list_of(self, style: str) -> str:
        return next((_value(s.find(f"{_W}pPr/{_W}numPr/{_W}numId")) for s in self._chain(style)), "")

    def shown(self, text: str, run: Any, style: str) -> str:
        """The run's text as the page shows it: nothing where hidden, capitals, letters of an old font."""
        if self._on("vanish", run, style):
            return ""
        font = self._property("rFonts", run, style)
        name = "" if font is None else font.get(_W + "hAnsi") or font.get(_W + "ascii") or ""
        text = legacy.by_font(text, name)
        return text.upper() if self._on("caps", run, style) else text

    def _on(self, name: str, run: Any, style: str) -> bool:
        found = self._property(name, run, style)
        return found is not None and found.get(_W + "val", "1") not in ("0", "false", "off")

    def _property(self, name: str, run: Any, style: str) -> Any | None:
        own = run.find(_W + "rPr")
        character = "" if own is None else _value(own.find(_W + "rStyle"))
        owners = [run, *self._chain(character), *self._chain(style)]
        if self._defaults is not None:
            owners.append(self._defaults)
        return next((p for o in owners if (p := o.find(f"{_W}rPr/{_W}{name}")) is not None), None)

    def _chain(self, style: str) -> Iterator[Any]:
        for _ in range(_DEEPEST):
            found = self._styles.get(style)
            if found is None:
                return
            yield found
            style = _value(found.find(_W + "basedOn"))


def _value(element: Any | None) -> str:
    return "" if element is None else str(element.get(_W + "val", ""))
