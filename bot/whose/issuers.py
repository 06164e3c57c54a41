"""Which issuer a question names: by name, whatever the accents, case, spaces or a slip, with and without its kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..domain import Issuer
from ..gazetteer import Place, places
from ..text import fold
from .away import NOT_NAMES, accents_agree, away_from, full_name
from .initials import by_initials
from .regions import Region, regions

_KIND = r"(?:xa|phuong|dac khu|thi tran|tinh|thanh pho|tp|ubnd|p|x)"
_SHORTEST_SLIP = 6  # letters; in a shorter name one changed letter makes another name


@dataclass(frozen=True, slots=True)
class Named:
    """`issuers`: those of the collection, in the order named. `ambiguous`: several that share one name.

    `elsewhere`: a real place that has no plan here, "" for none; `away`: which places it may be, `away_at`: where it
    stands. `spans`: where the names stand.
    """

    issuers: tuple[Issuer, ...]
    ambiguous: tuple[Issuer, ...]
    elsewhere: str
    spans: tuple[tuple[int, int], ...]
    away: tuple[Place, ...] = ()
    away_at: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    issuers: tuple[Issuer, ...]


def find_issuers(text: str, collection: Sequence[Issuer]) -> Named:
    """`text` is NFC. Names in the collection win over the gazetteer's, unless the accents typed say otherwise."""
    folded = fold(text)
    found = _by_name(text, folded, collection)
    taken = [(f.start, f.end) for f in found]
    own_names = frozenset(i.name for i in collection if _is_province(i))
    said = [r for r in regions(text, own_names) if not any(a < r.end and r.start < b for a, b in taken)]
    names = {r.name for r in said}
    spans = list(taken)
    chosen: list[Issuer] = []
    ambiguous: tuple[Issuer, ...] = ()
    elsewhere = ""
    away: tuple[Place, ...] = ()
    away_at = (0, 0)
    for each in found:
        inside = [i for i in each.issuers if i.province in names]
        region = _region_after(folded, each, said)
        if region and not any(i.province == region.name for i in each.issuers):
            elsewhere = elsewhere or _shown(folded, each, region.name)
        elif (kinds := _of_kind(folded, each)) is not None:
            if len(kinds) == 1:
                chosen += kinds
            elif kinds:
                ambiguous = kinds
            else:
                elsewhere = elsewhere or full_name(places()[_name(folded, each)], _kind_before(folded, each), "")
        elif len(each.issuers) > 1 and inside:
            chosen += inside
        elif len(each.issuers) == 1:
            chosen += each.issuers
        else:
            ambiguous = each.issuers
    beside = {region.name for each in found if (region := _region_after(folded, each, said))}
    own = [i for i in collection if _is_province(i) and i.name in {r.name for r in said if not r.former}]
    chosen += [i for i in own if chosen and i.name not in beside and i.province not in {c.province for c in chosen}]
    if not chosen and not ambiguous and not elsewhere and not own:
        short = by_initials(text, collection, marked_only=bool(said))
        chosen += [issuer for _, issuer in short]
        spans += [at for at, _ in short]
    if not chosen and not ambiguous and not elsewhere:
        place = away_from(text, folded, [*taken, *((r.start, r.end) for r in said)], collection)
        local = [i for i in collection if i.province in {r.name for r in said if not r.former}]
        lone = next((r for r in said if r.former or r.name not in {i.province for i in collection}), None)
        chosen += own
        if place:
            elsewhere, away, away_at = place.shown, place.places, place.at
            spans.append(place.at)
        elif not own and len(local) == 1:
            chosen += local
        elif not own and local:
            ambiguous = tuple(local)
        elif not own and lone:
            elsewhere, away, away_at = lone.shown, (lone.place,), (lone.start, lone.end)
    # A province's name goes, its "tỉnh" stays: "kế hoạch của tỉnh" is what is asked about.
    provinces_at = [(r.start, r.end) for r in said]
    unique = tuple({i.slug: i for i in chosen}.values())
    return Named(
        unique,
        () if unique else ambiguous,
        elsewhere if not unique else "",
        (*(_with_kind(folded, s) for s in spans), *provinces_at),
        away if not unique else (),
        away_at,
    )


def part_of(named: Named, holders: Sequence[Issuer]) -> Named:
    """The place that has no documents of its own is spoken of in those of `holders`: its name is one of the words."""
    spans = tuple(s for s in named.spans if not (s[0] <= named.away_at[0] and named.away_at[1] <= s[1]))
    one = tuple(holders) if len(holders) == 1 else ()
    return Named(one, () if one else tuple(holders), "", spans)


def _is_province(issuer: Issuer) -> bool:
    return issuer.kind in ("tỉnh", "thành phố")


def _by_name(text: str, folded: str, collection: Sequence[Issuer]) -> list[_Found]:
    found: list[_Found] = []
    names: dict[str, list[Issuer]] = {}
    for issuer in collection:
        if _is_province(issuer):
            continue
        for name in (issuer.name, *issuer.aliases):
            names.setdefault(fold(name), []).append(issuer)
    for name, issuers in names.items():
        own = tuple({i.slug: i for i in issuers}.values())
        # "kimlien", "kim-lien" and "KIM LIÊN" are one name.
        pattern = r"[\s_-]*".join(map(re.escape, name.split()))
        for match in re.finditer(rf"(?<![a-z0-9]){pattern}(?![a-z0-9])", folded):
            if accents_agree(text[match.start() : match.end()], own):
                found.append(_Found(match.start(), match.end(), own))  # noqa: PERF401 - plainer as a loop
    if not found:
        found = _by_slip(folded, names)
    found.sort(key=lambda f: (f.start, -(f.end - f.start)))
    kept: list[_Found] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _by_slip(folded: str, names: dict[str, list[Issuer]]) -> list[_Found]:
    """A name with one letter wrong, missing or too many, unless what is typed is itself a place."""
    from rapidfuzz.distance import OSA

    said = [(m.start(), m.end()) for m in re.finditer(r"[a-z0-9]+", folded)]
    found = []
    for name, issuers in names.items():
        count = len(name.split())
        if len(name.replace(" ", "")) < _SHORTEST_SLIP:
            continue
        for size in {count, count - 1, count + 1} - {0}:
            for window in zip(*(said[k:] for k in range(size)), strict=False):
                start, end = window[0][0], window[-1][1]
                typed = " ".join(folded[a:b] for a, b in window)
                if typed in places() or any(folded[a:b] in NOT_NAMES for a, b in window):
                    continue
                joined, wanted = typed.replace(" ", ""), name.replace(" ", "")
                if OSA.distance(joined, wanted, score_cutoff=1) <= 1 and (size == count or joined == wanted):
                    found.append(_Found(start, end, tuple({i.slug: i for i in issuers}.values())))
    return found


def _region_after(folded: str, found: _Found, said: Sequence[Region]) -> Region | None:
    """The province that stands right behind the name."""
    behind = r"[\s,(]*(?:(?:cua|thuoc|o)\s+)?(?:tinh|thanh pho|tp)?\.?\s*"
    return next(
        (r for r in said if r.start >= found.end and re.fullmatch(behind, folded[found.end : r.start])),
        None,
    )


def _shown(folded: str, found: _Found, region: str) -> str:
    """The place of that name in the province named; where there is none, as it was typed."""
    there = next((p for p in places().get(_name(folded, found), ()) if p.province == region), None)
    return f"{there.kind} {there.name} ({region})" if there else f"{found.issuers[0].full_name} ({region})"


def _name(folded: str, found: _Found) -> str:
    return " ".join(re.split(r"[\s_-]+", folded[found.start : found.end]))


def _kind_before(folded: str, found: _Found) -> str:
    before = re.search(r"(?<![a-z])(xa|phuong|dac khu)\s+$", folded[: found.start])
    return before[1] if before else ""


def _of_kind(folded: str, found: _Found) -> tuple[Issuer, ...] | None:
    """Those of the kind before the name, none where that is another real place; None: it tells nothing.

    "Xã" is said of any commune, so it does not choose among several.
    """
    kind = _kind_before(folded, found)
    same = tuple(i for i in found.issuers if fold(i.kind) == kind)
    if not kind or len(same) == len(found.issuers) or (same and kind == "xa"):
        return None
    away = (p for p in places().get(_name(folded, found), ()) if p.province not in {i.province for i in found.issuers})
    if not same and not any(fold(p.kind) == kind for p in away):
        return None  # no such place elsewhere: the kind is a slip
    return same


def _with_kind(folded: str, span: tuple[int, int]) -> tuple[int, int]:
    """The name with "xã", "UBND xã" before it, so that neither is searched for."""
    before = re.search(rf"(?:(?:ubnd|uy ban nhan dan)\s+)?(?:{_KIND}\.?\s+)?$", folded[: span[0]])
    return (before.start() if before else span[0], span[1])
