"""A real commune or province that a question names and that has no plan here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..domain import Issuer
from ..gazetteer import Place, places
from ..text import accented, fold, respell

NOT_NAMES = frozenset(
    (
        "nao minh nay ta em toi do kia khac gi hoi luong phuong ban bac dao canh viet anh chung nha dong tren "
        "duoi chi ho may cac nhung nam thang ngay"
    ).split()
)
_KIND = re.compile(r"(?:^|[^a-z])(xa|phuong|dac khu|thi tran|tinh|thanh pho|ubnd|huyen)\s+$")
# What else bears a commune's name: "chợ Tân An", "xóm Tân Tiến", "ông Phú Quốc".
_OTHERS = (
    r"xom|thon|ap|ban|lang|buon|khu pho|to dan pho|khu dan cu|khu|cho|song|suoi|ho|kenh|rach|cau|cang|ben|duong|pho|"
    r"ngo|de|dao|nui|deo|bien|bai|truong|mam non|tieu hoc|thcs|thpt|benh vien|tram|nha may|cong ty|hop tac xa|htx|"
    r"den|chua|dinh|ong|ba|anh|chi|chu|co|bac"
)
_OTHER = re.compile(rf"(?:^|[^a-z])(?:{_OTHERS})\s+$")


@dataclass(frozen=True, slots=True)
class Away:
    """`shown`: how a reply calls it. `places`: those of that name it may be. `at`: where it stands."""

    shown: str
    places: tuple[Place, ...]
    at: tuple[int, int]


def accents_agree(typed: str, issuers: Sequence[Issuer]) -> bool:
    """With accents given they count: a typed name that is another real place is not this one."""
    if not accented(typed):
        return True
    spelled = {respell(name).lower() for i in issuers for name in (i.name, *i.aliases)}
    said = respell(" ".join(typed.split())).lower()
    others = {respell(p.name).lower() for p in places().get(fold(said), ())}
    return said in spelled or said not in others


def away_from(text: str, folded: str, taken: Sequence[tuple[int, int]], collection: Sequence[Issuer]) -> Away | None:
    """A commune that has no plan here: its kind stands before it, or it is written as a name."""
    here = {fold(n) for i in collection for n in (i.name, *i.aliases)}
    said = [(m.start(), m.end()) for m in re.finditer(r"[a-z0-9’']+", folded)]
    for at in range(len(said)):
        for size in (4, 3, 2, 1):
            if at + size > len(said):
                continue
            start, end = said[at][0], said[at + size - 1][1]
            name, typed = folded[start:end], text[start:end]
            known = [p for p in places().get(name, ()) if p.name != p.province]
            if not known or any(a < end and start < b for a, b in taken):
                continue
            if name in here and accents_agree(typed, collection):
                continue
            if accented(typed):
                known = [p for p in known if respell(p.name).lower() == respell(typed).lower()]
            kind = _KIND.search(folded[:start])
            capital = all(w[:1].isupper() for w in typed.split()) and size > 1 and not text.isupper()
            if capital and re.search(r"\w\s[^\W\d_]+\s$", text[:start]):
                capital = not text[:start].split()[-1].istitle()  # "phố Trần Hưng Đạo" names no commune
            named = kind and name.split()[0] not in NOT_NAMES
            if known and (named or (capital and not _OTHER.search(folded[:start]))):
                fitting = tuple(_fitting(known, kind[1] if kind else ""))
                return Away(full_name(known, kind[1] if kind else "", typed), fitting, (start, end))
    return None


def full_name(found: Sequence[Place], kind: str, typed: str) -> str:
    """ "xã Tân Thành (Cà Mau)"; without the province where several places fit."""
    spelled = [p for p in found if respell(p.name).lower() == respell(typed).lower()] or list(found)
    same = _fitting(spelled, kind)
    place = same[0]
    return f"{place.kind} {place.name}" + (f" ({place.province})" if len({p.province for p in same}) == 1 else "")


def _fitting(found: Sequence[Place], kind: str) -> list[Place]:
    """Those of the kind that was said; all where none is of it."""
    return [p for p in found if fold(p.kind) == kind] or list(found)
