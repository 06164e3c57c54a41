"""A question that asks in which part of a document a thing stands: "nằm ở mục nào", "điều mấy". Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .text import accented, fold

_PART = r"muc|phan|dieu|khoan|chuong|tieu muc|dieu khoan"
_NAMED = (
    r"(?:(?:noi dung|nhom|nhiem vu|giai phap|muc tieu|chi tieu|thi dua|tieu chi|yeu cau|muc dich)(?:,? (?:va )?)?){1,4}"
)
_SAYS = r"nam|ghi|neu|quy dinh|noi|nhac|de cap|dua|xep|thuoc|trinh bay|dat"
_WHICH = r"(?:nao|may|so may|thu may|so bao nhieu)\b"
_PUTS = re.compile(r"\b(?:dua|xep|ghi|neu|nam|nhac|quy dinh|de cap)\b")
# An article of the law that the document follows is no place in it.
_OF_ITS_OWN = r"(?! (?:cua |o |trong |theo )?(?:nghi dinh|luat|bo luat|thong tu|hien phap))"
_PLACE = re.compile(
    rf"(?P<says>(?:,? \b(?:thi|la|duoc|dang|no|cho|{_SAYS}))*)"
    rf" (?:(?:o|trong|vao|tai|thuoc)(?: ve)? (?P<part>{_PART}) {_WHICH}"
    rf"|(?:(?:{_SAYS})(?: o| trong| vao| ve| tai)?) (?P<named>{_NAMED}) ?{_WHICH}"
    rf"|(?:vao|trong|o) (?P<under>{_NAMED}) ?{_WHICH}"
    rf"|(?P<numbered>{_PART}) (?:may|so may|thu may)\b){_OF_ITS_OWN}"
    r"(?: (?:trong|cua|o) (?:ban )?(?:van ban|quy che|ke hoach|quyet dinh|quy dinh|noi quy)(?: nay)?)?"
)


@dataclass(frozen=True, slots=True)
class AskedPlace:
    """`kind`: the part asked for, folded; `span`: where the question asks for it."""

    kind: str
    span: tuple[int, int]


def asked_place(text: str) -> AskedPlace | None:
    """`text`: without the names of issuers. None for a question that asks for no place."""
    folded = fold(text)
    found = _PLACE.search(folded)
    if found is None or re.search(r"\bcan cu\b", folded):
        return None
    kind = found["part"] or found["named"] or found["under"] or found["numbered"]
    # "Đưa … vào nội dung nào" asks for a place, "tập trung vào nội dung nào" does not.
    if found["under"] and not _PUTS.search(folded, 0, found.start("under")):
        return None
    # "Ở mức nào" asks how much; without accents only a verb tells the two apart.
    typed = text[found.start() : found.end()]
    bare = not re.search(rf"\b(?:{_SAYS})\b", folded)
    if kind == "muc" and (re.search(r"mức", typed, re.IGNORECASE) or (bare and not accented(text) and found["part"])):
        return None
    return AskedPlace(kind.strip(" ,"), found.span())
