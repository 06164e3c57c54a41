"""Drafts → plans of one collection: who issued them, under which slug and id they are known."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.domain import Issuer, Plan
from bot.gazetteer import Place, places
from bot.text import fold, slug

from .parse import Draft, plan, plan_id
from .read import ReadError

_KEYS: dict[str, type] = {"province": str, "name": str, "kind": str, "aliases": list, "known_blank": bool}


def catalogue(files: Sequence[Path]) -> dict[str, dict[str, Any]]:
    """What a header does not say, by file name without suffix, from catalogue.toml beside the plans or above them.

    Raises ReadError for a broken catalogue.
    """
    found: dict[str, dict[str, Any]] = {}
    for folder in dict.fromkeys(f for file in files for f in (file.parent.parent, file.parent)):
        path = folder / "catalogue.toml"
        if path.is_file():
            try:
                tables = tomllib.loads(path.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise ReadError(f"{path}: không đọc được danh mục ({error}).") from error
            for file, table in tables.items():
                _check(path, file, table)
            found |= tables
    return found


def _check(path: Path, file: str, table: object) -> None:
    """A slip in the catalogue would change nothing and be noticed by nobody."""
    if not isinstance(table, dict):
        raise ReadError(f"{path}: “{file}” phải nằm trong một bảng, ví dụ [tên-tệp].")
    for key, value in table.items():
        if key not in _KEYS:
            raise ReadError(f"{path}: [{file}] có khóa lạ “{key}”; các khóa: {', '.join(_KEYS)}.")
        if not isinstance(value, _KEYS[key]) or (
            isinstance(value, list) and not all(isinstance(v, str) for v in value)
        ):
            form = {str: "một chuỗi", list: "một danh sách chuỗi", bool: "true hoặc false"}[_KEYS[key]]
            raise ReadError(f"{path}: [{file}] {key} phải là {form}.")


def plans(
    drafts: Sequence[Draft],
    known: dict[str, dict[str, Any]],
    beside: Sequence[Plan] = (),
    ids: Mapping[str, str] = MappingProxyType({}),
) -> list[Plan]:
    """One plan a draft, in the order given, after the plans of the collection they join; ids are unique.

    `beside`: plans read before. Their ids stay, for people have linked to them; one whose file comes anew gives its id
    to the new plan. `ids`: digest → the id that a draft keeps.
    """
    issuers = [_issuer(d, known.get(_stem(d), {})) for d in drafts]
    taken = {p.id: p for p in beside}
    kept = dict(ids)
    for each, issuer in zip(drafts, issuers, strict=True):
        before = next((p for p in taken.values() if _comes_anew(each, issuer, p)), None)
        if before:
            kept[each.received.digest] = before.id
            del taken[before.id]
    provinces: dict[str, set[str]] = defaultdict(set)
    for issuer in (*issuers, *(p.issuer for p in taken.values())):
        provinces[slug(issuer.name)].add(issuer.province)
    made = [replace(p, issuer=_told_apart(p.issuer, provinces)) for p in taken.values()]
    used = {*taken, *kept.values()}
    for each, issuer in zip(drafts, issuers, strict=True):
        name_slug = issuer.slug
        issuer = _told_apart(issuer, provinces)
        year = each.metadata.when.year or (each.metadata.period or (None,))[0]
        wanted = kept.get(each.received.digest) or plan_id(each.received.name, issuer.slug, name_slug, year)
        if wanted in used and each.received.digest not in kept:
            wanted = f"{wanted}-{each.received.digest[:6]}"
        used.add(wanted)
        made.append(plan(each, wanted, issuer, bool(known.get(_stem(each), {}).get("known_blank"))))
    return made


def _comes_anew(each: Draft, issuer: Issuer, before: Plan) -> bool:
    """The same document of the same issuer under the same file name: a corrected copy, not another plan."""
    meta = each.metadata
    numbers = {n for n in (meta.number, before.number) if n[:1].isdigit()}
    return (
        each.received.name == before.source_name
        and (slug(before.issuer.name), before.issuer.province) == (issuer.slug, issuer.province)
        and meta.title != ""
        and fold(before.title).endswith(fold(meta.title))
        and len(numbers) < 2
    )


def _told_apart(issuer: Issuer, provinces: Mapping[str, set[str]]) -> Issuer:
    """The issuer with the province in its slug where another one shares the name."""
    name_slug = slug(issuer.name)
    shared = len(provinces[name_slug]) > 1 and issuer.province
    return replace(issuer, slug=f"{name_slug}-{slug(issuer.province)}" if shared else name_slug)


def _stem(each: Draft) -> str:
    return each.received.name.split(".")[0]


def _issuer(each: Draft, known: dict[str, Any]) -> Issuer:
    meta = each.metadata
    # A head that is cut off names nobody; the file's name, given by who keeps the plans, may: "ha-noi-2025-rac-thai".
    filed = None if meta.issuer_name else _filed_under(_stem(each))
    name = str(known.get("name", filed.name if filed else meta.issuer_name)) or _stem(each)
    ministry = meta.issuer_name.startswith("Bộ ")
    usual = "" if ministry or not meta.issuer_name else "xã"
    kind = str(known.get("kind", filed.kind if filed else meta.issuer_kind or usual))
    province = str(known.get("province", filed.province if filed else meta.province))
    aliases = tuple(a for a in (*meta.aliases, *known.get("aliases", ())) if a != name)
    # Folded: a misread accent in a damaged header does not choose the slug.
    return Issuer(slug(name), name, kind, province, tuple(dict.fromkeys(a for a in aliases if fold(a) or a)))


def _filed_under(stem: str) -> Place | None:
    """The place with whose name the file's begins, where only one bears it; a province goes before its namesakes."""
    words = slug(stem).split("-")
    for count in range(min(5, len(words)), 0, -1):
        found = places().get(" ".join(words[:count]), ())
        upper = [p for p in found if p.kind in ("tỉnh", "thành phố")]
        if len(upper or found) == 1:
            return (upper or list(found))[0]
    return None
