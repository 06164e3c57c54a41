"""What stands at the end of a document: who signed it in which office, and whom copies go to."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.text import fold

from .marker import bullet
from .outline import Line

SIGNS = re.compile(
    r"(?:tm|kt|tl|tuq|q)\s?\.\s?|(?:pho )?(?:chu tich|truong phong|giam doc|chanh van phong)|(?:uy ban nhan dan|ubnd)$"
)
_OFFICE_LINE = re.compile(r"(?:tm|kt|tl|tuq|q)\s?\.\s?|(?:pho )?(?:chu tich|truong phong|giam doc|chanh van phong)")
_NAME = r"(?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]+\s+){1,5}[A-ZĐÀ-Ỹ][a-zà-ỹđ]+"
_PERSON = re.compile(rf"(?!Đã Ký){_NAME}$|(?:[A-ZĐÀ-Ỹ]{{2,}}\s+){{1,5}}[A-ZĐÀ-Ỹ]{{2,}}$")
# Where one line of the end goes over into what stood beside or below it: the next cell, the signature to the right of
# the recipients, the next recipient of the same cell, the name below the office.
_SEAM = re.compile(
    r"\s*\|\s*|\s+(?=(?:TM|KT|TL|TUQ|Q)\s?\.)|(?<=[;:.,])\s+(?=[-+•]\s)|(?<!PHÓ)(?<!^)\s+(?=(?:PHÓ )?CHỦ TỊCH\b)"
    rf"|(?<=CHỦ TỊCH)\s+(?={_NAME}$)|(?<=[.;])\s+(?={_NAME}$)"
)
_LEAST_RECIPIENTS = 3


def seams(line: Line) -> list[Line]:
    """The line cut where it goes over into what stood beside or below it in the original."""
    cuts = [(0, 0), *(m.span() for m in _SEAM.finditer(line.text)), (len(line.text), len(line.text))]
    pieces = [(a, b) for (_, a), (b, _) in pairwise(cuts) if a < b]
    return [Line(line.start + a, line.start + b, line.text[a:b], line.heading, line.cells) for a, b in pieces]


def signer_of(tail: list[Line], spans: dict[str, tuple[int, int]]) -> tuple[str, str]:
    signer, office = "", []
    first = None
    for line in tail:
        folded = fold(line.text)
        if signer:
            break  # a plan attached to a decision follows its signature
        if _OFFICE_LINE.match(folded) or (line.text.isupper() and SIGNS.match(folded)):
            office.append(line.text)
            first = line.start if first is None else first
        elif office and _PERSON.match(line.text) and not bullet(line.text):
            signer = line.text
            spans["signer"] = (first if first is not None else line.start, line.end)
    offices = [o for o in office if not re.match(r"tm\s?\.", fold(o))] or office
    joined = " ".join(dict.fromkeys(offices))
    merged = re.search(r"(?:KT\..*|(?:PHÓ )?CHỦ TỊCH.*)", joined)
    return signer, (merged.group() if merged else joined) if signer else ""


def recipients_of(tail: list[Line], spans: dict[str, tuple[int, int]]) -> tuple[str, ...]:
    names: list[str] = []
    kept: tuple[list[str], tuple[int, int]] = ([], (0, 0))
    inside, start, end = False, 0, 0
    for line in tail:
        folded = fold(line.text)
        if folded.startswith("noi nhan"):
            # The plan's own list stands last; a decision before it has another. A form's is short.
            if len(names) >= _LEAST_RECIPIENTS:
                kept = names, (start, end)
            inside, start, end, names = True, line.start, line.end, []
        elif inside and bullet(line.text):
            name = line.text[bullet(line.text) :].strip(" ;.,")
            if not folded[bullet(line.text) :].startswith("luu"):
                names.append(name)
            end = line.end
        elif inside and names and line.cells and line.text.startswith("("):
            names[-1] += f" {line.text.strip(' ;.,')}"  # "(để b/c)" in a column of its own
            end = line.end
        elif inside and not (line.cells or SIGNS.match(folded) or _PERSON.match(line.text)):
            inside = False
    if len(names) < min(_LEAST_RECIPIENTS, len(kept[0])):
        names, (start, end) = kept
    if names:
        spans["recipients"] = (start, end)
    return tuple(names)
