"""Finding an issuer by what was typed of its name: accent-blind, with and without its kind. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from bot.channels.chat.nouns import Button
from bot.domain import Issuer
from bot.text import fold, nfc, tokens

_KINDS = re.compile(r"^(?:ubnd|uy ban nhan dan)?\s*(?:xa|phuong|dac khu|tinh|thanh pho|tp)\b\.?\s*")
SHOWN = 8  # choices at once


def matching(typed: str, issuers: Sequence[Issuer]) -> list[Issuer]:
    """Those whose whole name it is; if none, those whose name or province has a word for each one typed."""
    wanted = fold(nfc(typed)).strip()
    name = _KINDS.sub("", wanted)
    exact = [i for i in issuers if wanted in (i.slug, fold(i.full_name)) or name == fold(i.name)]
    kind = [i for i in exact if fold(i.full_name) == wanted or i.slug == wanted]
    if exact or not name:
        return kind or exact
    heads = tokens(name)
    return [
        i
        for i in sorted(issuers, key=lambda i: (fold(i.name), i.slug))
        if heads and all(any(t.startswith(h) for t in tokens(f"{i.name} {i.province}")) for h in heads)
    ]


def named(typed: str, issuers: Sequence[Issuer]) -> Issuer | None:
    """The one issuer whose whole name, with or without its kind, this is."""
    wanted = fold(nfc(typed)).strip(" .?!")
    found = [i for i in issuers if wanted in (i.slug, fold(i.full_name), fold(i.name))]
    return found[0] if len(found) == 1 else None


def rows(issuers: Sequence[Issuer], prefix: str = "x") -> tuple[tuple[Button, ...], ...]:
    """A button for each; the province is told where two share a name."""
    names = [i.full_name for i in issuers]
    labels = [f"{i.full_name} ({i.province})" if names.count(i.full_name) > 1 else i.full_name for i in issuers]
    return tuple(
        (Button(label[:1].upper() + label[1:], prefix + token(issuer.slug)),)
        for label, issuer in zip(labels, issuers, strict=True)
    )


def token(slug: str) -> str:
    """A name for a slug that fits into a button whatever its length."""
    return hashlib.sha256(slug.encode()).hexdigest()[:16]


def of_token(given: str, issuers: Sequence[Issuer]) -> Issuer | None:
    return next((i for i in issuers if token(i.slug) == given), None)
