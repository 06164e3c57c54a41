"""The communes, wards, special zones and provinces of Viet Nam since July 2025.

Source: the package vietnam-provinces, which follows the General Statistics Office.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from .text import fold, respell

_KINDS = ("Xã", "Phường", "Đặc khu", "Tỉnh", "Thành phố", "Thủ đô")


@dataclass(frozen=True, slots=True)
class Place:
    name: str  # without the kind
    kind: str  # xã, phường, đặc khu, tỉnh, thành phố
    province: str


@lru_cache(maxsize=1)
def places() -> dict[str, tuple[Place, ...]]:
    """Folded name → the places that bear it: 3,321 communes and 34 provinces."""
    from vietnam_provinces import Province, Ward

    provinces = {p.code: _bare(p.name)[1] for p in Province.iter_all()}
    found: dict[str, list[Place]] = defaultdict(list)
    for province in Province.iter_all():
        kind, name = _bare(province.name)
        found[fold(name)].append(Place(name, kind or "tỉnh", name))
    for ward in Ward.iter_all():
        kind, name = _bare(ward.name)
        found[fold(name)].append(Place(name, kind, provinces[ward.province_code]))
    return {key: tuple(value) for key, value in found.items()}


def _bare(full: str) -> tuple[str, str]:
    for kind in _KINDS:
        if full.startswith(kind + " "):
            return ("thành phố" if kind == "Thủ đô" else kind.lower()), respell(full[len(kind) + 1 :])
    return "", respell(full)


@lru_cache(maxsize=1)
def provinces() -> dict[str, str]:
    """Folded name → name of each province."""
    return {key: p.name for key, found in places().items() for p in found if p.kind in ("tỉnh", "thành phố")}
