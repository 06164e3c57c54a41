"""Drafts → plans of one collection: who issued them, under which slug and id they are known."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.domain import Issuer, Plan
from bot.text import fold, slug

from .parse import Draft, plan, plan_id
from .read import ReadError


def catalogue(files: Sequence[Path]) -> dict[str, dict[str, Any]]:
    """What a header does not say, by file name without suffix, from catalogue.toml beside the plans or above them.

    Raises ReadError for a broken catalogue.
    """
    found: dict[str, dict[str, Any]] = {}
    for folder in dict.fromkeys(f for file in files for f in (file.parent.parent, file.parent)):
        path = folder / "catalogue.toml"
        if path.is_file():
            try:
                found |= tomllib.loads(path.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise ReadError(f"{path}: không đọc được danh mục ({error}).") from error
    return found


def plans(drafts: Sequence[Draft], known: dict[str, dict[str, Any]]) -> list[Plan]:
    """One plan a draft, in the order given; ids are unique."""
    issuers = [_issuer(d, known.get(_stem(d), {})) for d in drafts]
    provinces: dict[str, set[str]] = defaultdict(set)
    for issuer in issuers:
        provinces[issuer.slug].add(issuer.province)
    taken: set[str] = set()
    made = []
    for each, issuer in zip(drafts, issuers, strict=True):
        name_slug = issuer.slug
        if len(provinces[name_slug]) > 1 and issuer.province:
            issuer = replace(issuer, slug=f"{name_slug}-{slug(issuer.province)}")
        year = each.metadata.when.year or (each.metadata.period or (None,))[0]
        wanted = plan_id(each.received.name, issuer.slug, name_slug, year)
        if wanted in taken:
            wanted = f"{wanted}-{each.received.digest[:6]}"
        taken.add(wanted)
        made.append(plan(each, wanted, issuer, bool(known.get(_stem(each), {}).get("known_blank"))))
    return made


def _stem(each: Draft) -> str:
    return each.received.name.split(".")[0]


def _issuer(each: Draft, known: dict[str, Any]) -> Issuer:
    meta = each.metadata
    name = str(known.get("name", meta.issuer_name)) or _stem(each)
    kind = str(known.get("kind", meta.issuer_kind)) or "xã"
    province = str(known.get("province", meta.province))
    aliases = tuple(a for a in (*meta.aliases, *known.get("aliases", ())) if a != name)
    # "Quảng Trách" folds as its gazetteer name does; a damaged header does not choose the slug when an alias is known.
    return Issuer(slug(name), name, kind, province, tuple(dict.fromkeys(a for a in aliases if fold(a) or a)))
