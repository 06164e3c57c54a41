"""What stands at the end of a document: who signed it in which office, and whom copies go to."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.text import fold

from .marker import bullet
from .outline import Line

_OFFICE = (
    r"(?:tm|kt|tl|tuq|q)\s?\.\s?|(?:pho |tong )*(?:chu tich|truong (?:phong|ban)|giam doc|chanh (?:van phong|thanh tra)"
    r"|thu tuong|bo truong|thu truong|cuc truong|vu truong|chu nhiem|thong doc|thanh tra|kiem toan|bi thu|hieu truong"
    r"|chi huy truong)"
)
SIGNS = re.compile(rf"{_OFFICE}|(?:uy ban nhan dan|ubnd)$")
_OFFICE_LINE = re.compile(_OFFICE)
_NAME = r"(?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]+\s+){1,5}[A-ZĐÀ-Ỹ][a-zà-ỹđ]+"
_PERSON = re.compile(rf"(?!Đã Ký){_NAME}$")
_IN_CAPITALS = re.compile(r"(?:[^\W\d_]{2,}\s+){1,5}[^\W\d_]{2,}$")
# A name in capitals looks like the second line of an office ("THỊ TRƯỜNG TRONG NƯỚC"): its surname tells.
_SURNAMES = frozenset(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh trinh luong mai doan to ha cao thai"
    " lam ta chau kieu chu la phung vuong quach tang truong dao trieu cu luu tong nong be hua giang lo quang sung vang"
    " thao ma khuc diep tu vi hoa bach kim doan thach danh son y mua ban chau luc than tieu ton ung van".split()
)
# Where one line of the end goes over into what stood beside or below it: the next cell, the signature to the right of
# the recipients, the next recipient of the same cell, the name below the office.
_SEAM = re.compile(
    r"\s*\|\s*|\s+(?=(?:TM|KT|TL|TUQ|Q)\s?\.)|(?<=[;:.,])\s+(?=[-+•]\s)|(?<!PHÓ)(?<!^)\s+(?=(?:PHÓ )?CHỦ TỊCH\b)"
    rf"|(?<=CHỦ TỊCH)\s+(?={_NAME}$)|(?<=[.;])\s+(?={_NAME}$)"
)
# "Nơi nhận:" alone or before the first of them; "Nơi nhận kết quả." heads something else.
COPIES = re.compile(r"noi nhan\s*(?:[^\sa-z]|$)")
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
        if (_OFFICE_LINE.match(folded) and not _person(line.text)) or (line.text.isupper() and SIGNS.match(folded)):
            office.append(line.text)
            first = line.start if first is None else first
        elif office and _person(line.text) and not bullet(line.text):
            signer = line.text
            spans["signer"] = (first if first is not None else line.start, line.end)
    offices = [o for o in office if not re.match(r"tm\s?\.", fold(o))] or office
    joined = " ".join(dict.fromkeys(offices))
    merged = re.search(r"(?:KT\..*|(?:PHÓ )?CHỦ TỊCH.*)", joined)
    return signer, (merged.group() if merged else joined) if signer else ""


def _person(text: str) -> bool:
    if _PERSON.match(text) and all(word[0].isupper() for word in text.split()):
        return True
    return text.isupper() and bool(_IN_CAPITALS.match(text)) and fold(text).split()[0] in _SURNAMES


def recipients_of(tail: list[Line], spans: dict[str, tuple[int, int]]) -> tuple[str, ...]:
    names: list[str] = []
    kept: tuple[list[str], tuple[int, int]] = ([], (0, 0))
    inside, start, end = False, 0, 0
    for line in tail:
        folded = fold(line.text)
        if COPIES.match(folded):
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
        elif inside and not (line.cells or SIGNS.match(folded) or _person(line.text)):
            inside = False
    if len(names) < min(_LEAST_RECIPIENTS, len(kept[0])):
        names, (start, end) = kept
    if names:
        spans["recipients"] = (start, end)
    return tuple(names)
