"""Which issuer a question names: by name, whatever the accents, case, spaces or a slip, with and without its kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .domain import Issuer
from .gazetteer import Place, places, provinces
from .lexicon import lexicon
from .text import accented, fold, respell

_KIND = r"(?:xa|phuong|dac khu|thi tran|tinh|thanh pho|tp|ubnd|p|x)"
_SHORTEST_SLIP = 6  # letters; in a shorter name one changed letter makes another name
_NOT_NAMES = frozenset(
    (
        "nao minh nay ta em toi do kia khac gi hoi luong phuong ban bac dao canh viet anh chung nha dong tren "
        "duoi chi ho may cac nhung nam thang ngay"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Named:
    """`issuers`: those of the collection, in the order named. `ambiguous`: several that share one name.

    `elsewhere`: a real place that has no plan here, "" for none. `spans`: where the names stand.
    """

    issuers: tuple[Issuer, ...]
    ambiguous: tuple[Issuer, ...]
    elsewhere: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    issuers: tuple[Issuer, ...]


def find_issuers(text: str, collection: Sequence[Issuer]) -> Named:
    """`text` is NFC. Names in the collection win over the gazetteer's, unless the accents typed say otherwise."""
    folded = fold(text)
    regions = _provinces(folded)
    found = _by_name(text, folded, collection)
    taken = [(f.start, f.end) for f in found]
    spans = list(taken)
    chosen: list[Issuer] = []
    ambiguous: tuple[Issuer, ...] = ()
    elsewhere = ""
    for each in found:
        inside = [i for i in each.issuers if i.province in regions.values()] if regions else []
        here = _beside(folded, each, each.issuers, regions)
        if here is not None and not here:
            elsewhere = elsewhere or _shown(folded, each, _region_after(folded, each, regions))
        elif (kinds := _of_kind(folded, each)) is not None:
            if len(kinds) == 1:
                chosen += kinds
            elif kinds:
                ambiguous = kinds
            else:
                elsewhere = elsewhere or _full(places()[_name(folded, each)], _kind_before(folded, each), "")
        elif len(each.issuers) > 1 and inside:
            chosen += inside
        elif len(each.issuers) == 1:
            chosen += each.issuers
        else:
            ambiguous = each.issuers
    beside = {_region_after(folded, each, regions) for each in found}
    chosen += [
        i
        for i in collection
        if chosen
        and i.kind in ("tỉnh", "thành phố")
        and fold(i.name) in regions
        and i.name not in beside
        and i.province not in {c.province for c in chosen}
    ]
    if not chosen and not ambiguous and not elsewhere and not regions:
        short = _by_initials(text, collection)
        chosen += [issuer for _, issuer in short]
        spans += [at for at, _ in short]
    if not chosen and not ambiguous and not elsewhere:
        named = [i for i in collection if i.kind in ("tỉnh", "thành phố") and fold(i.name) in regions]
        chosen += named
        place = _elsewhere(text, folded, taken, collection)
        local = [i for i in collection if i.province in regions.values()]
        if place and not (local and place[2]):
            elsewhere = place[0]
            spans.append(place[1])
        elif not named and len(local) == 1:
            chosen += local
        elif not named:
            ambiguous = tuple(local)
    # A province's name goes, its "tỉnh" stays: "kế hoạch của tỉnh" is what is asked about.
    provinces_at = [m.span() for name in regions for m in re.finditer(rf"\b{name}\b", folded)]
    unique = tuple({i.slug: i for i in chosen}.values())
    return Named(
        unique,
        () if unique else ambiguous,
        elsewhere if not unique else "",
        (*(_with_kind(folded, s) for s in spans), *provinces_at),
    )


def _by_name(text: str, folded: str, collection: Sequence[Issuer]) -> list[_Found]:
    found: list[_Found] = []
    names: dict[str, list[Issuer]] = {}
    for issuer in collection:
        if issuer.kind in ("tỉnh", "thành phố"):
            continue
        for name in (issuer.name, *issuer.aliases):
            names.setdefault(fold(name), []).append(issuer)
    for name, issuers in names.items():
        own = tuple({i.slug: i for i in issuers}.values())
        # "kimlien", "kim-lien" and "KIM LIÊN" are one name.
        pattern = r"[\s_-]*".join(map(re.escape, name.split()))
        for match in re.finditer(rf"(?<![a-z0-9]){pattern}(?![a-z0-9])", folded):
            if _accents_agree(text[match.start() : match.end()], own):
                found.append(_Found(match.start(), match.end(), own))  # noqa: PERF401 - plainer as a loop
    if not found:
        found = _by_slip(folded, names)
    found.sort(key=lambda f: (f.start, -(f.end - f.start)))
    kept: list[_Found] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _accents_agree(typed: str, issuers: Sequence[Issuer]) -> bool:
    """With accents given they count: a typed name that is another real place is not this one."""
    if not accented(typed):
        return True
    spelled = {respell(name).lower() for i in issuers for name in (i.name, *i.aliases)}
    said = respell(" ".join(typed.split())).lower()
    others = {respell(p.name).lower() for p in places().get(fold(said), ())}
    return said in spelled or said not in others


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
                if typed in places() or any(folded[a:b] in _NOT_NAMES for a, b in window):
                    continue
                joined, wanted = typed.replace(" ", ""), name.replace(" ", "")
                if OSA.distance(joined, wanted, score_cutoff=1) <= 1 and (size == count or joined == wanted):
                    found.append(_Found(start, end, tuple({i.slug: i for i in issuers}.values())))
    return found


def _by_initials(text: str, collection: Sequence[Issuer]) -> list[tuple[tuple[int, int], Issuer]]:
    """ "HN" for a province or city of two names or more; no abbreviation with a meaning of its own."""
    if text.isupper():
        return []
    known: dict[str, list[Issuer]] = {}
    for issuer in collection:
        if issuer.kind in ("tỉnh", "thành phố") and " " in issuer.name:
            known.setdefault("".join(word[0] for word in fold(issuer.name).split()), []).append(issuer)
    said = [(m.span(), fold(m.group())) for m in re.finditer(r"(?<!\w)[A-ZĐ]{2,4}(?!\w)", text)]
    return [
        (at, known[short][0])
        for at, short in said
        if len(known.get(short, ())) == 1 and short not in lexicon().abbreviations
    ]


def _provinces(folded: str) -> dict[str, str]:
    """Folded name → province, for those named."""
    return {key: name for key, name in provinces().items() if re.search(rf"(?<![a-z]){key}(?![a-z])", folded)}


def _region_after(folded: str, found: _Found, regions: dict[str, str]) -> str:
    after = folded[found.end : found.end + 40]
    return next(
        (
            name
            for key, name in regions.items()
            if re.match(rf"[\s,(]*(?:(?:cua|thuoc|o)\s+)?(?:tinh|thanh pho|tp)?\.?\s*{key}\b", after)
        ),
        "",
    )


def _beside(folded: str, found: _Found, issuers: Sequence[Issuer], regions: dict[str, str]) -> list[Issuer] | None:
    """Those of the province that stands right behind the name; None when none does."""
    region = _region_after(folded, found, regions)
    return [i for i in issuers if i.province == region] if region else None


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


def _elsewhere(
    text: str, folded: str, taken: Sequence[tuple[int, int]], collection: Sequence[Issuer]
) -> tuple[str, tuple[int, int], bool] | None:
    """A real commune or province that has no plan here: its kind stands before it, or it is written as a name.

    The last part: whether it is a province.
    """
    known = places()
    here = {fold(n) for i in collection for n in (i.name, *i.aliases)}
    said = [(m.start(), m.end()) for m in re.finditer(r"[a-z0-9’']+", folded)]
    for at in range(len(said)):
        for size in (4, 3, 2, 1):
            if at + size > len(said):
                continue
            start, end = said[at][0], said[at + size - 1][1]
            name = folded[start:end]
            if name not in known or any(a < end and start < b for a, b in taken):
                continue
            if name in here and _accents_agree(text[start:end], collection):
                continue
            kind = re.search(r"(?:^|[^a-z])(xa|phuong|dac khu|thi tran|tinh|thanh pho|ubnd|huyen)\s+$", folded[:start])
            capital = all(w[:1].isupper() for w in text[start:end].split()) and size > 1 and not text.isupper()
            if capital and accented(text[start:end]):
                capital = any(respell(p.name).lower() == respell(text[start:end]).lower() for p in known[name])
            typed = text[start:end]
            agrees = not accented(typed) or any(respell(p.name).lower() == respell(typed).lower() for p in known[name])
            if agrees and ((kind and folded[start:end].split()[0] not in _NOT_NAMES) or capital):
                full = _full(known[name], kind.group(1) if kind else "", text[start:end])
                return full, (start, end), full.startswith(("tỉnh ", "thành phố "))
    return None


def _full(found: Sequence[Place], kind: str, typed: str) -> str:
    spelled = [p for p in found if respell(p.name).lower() == respell(typed).lower()] or list(found)
    same = [p for p in spelled if fold(p.kind) == kind] or spelled
    provinces_of = {p.province for p in same}
    place = same[0]
    if place.kind in ("tỉnh", "thành phố"):
        return f"{place.kind} {place.name}"
    return f"{place.kind} {place.name} ({place.province})" if len(provinces_of) == 1 else f"{place.kind} {place.name}"


def _with_kind(folded: str, span: tuple[int, int]) -> tuple[int, int]:
    """The name with "xã", "UBND xã" before it, so that neither is searched for."""
    before = re.search(rf"(?:(?:ubnd|uy ban nhan dan)\s+)?(?:{_KIND}\.?\s+)?$", folded[: span[0]])
    return (before.start() if before else span[0], span[1])
