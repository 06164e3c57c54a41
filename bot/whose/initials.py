"""An issuer named by the capitals of its name: "HN", "tỉnh BN", "của GM"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..bodies import is_body
from ..domain import Issuer
from ..lexicon import lexicon
from ..text import fold

_CAPITALS = re.compile(r"(?<![\w/-])[A-ZĐ]{2,4}(?![\w/-])")
_KIND = re.compile(r"(?:^|[^a-z])(?:tinh|thanh pho|tp\.?|xa|phuong)\s+$")
_PLACE = re.compile(r"(?:^|[^a-z])(?:o|tai|ben)\s+$")
_OF = re.compile(r"(?:^|[^a-z])cua\s+$")


def by_initials(text: str, collection: Sequence[Issuer], marked_only: bool) -> list[tuple[tuple[int, int], Issuer]]:
    """Where the capitals stand, and whom they name; those that fit several issuers name none.

    A province's may stand anywhere (not where `marked_only`), all others behind a word of place. What small letters
    mean, too, is meant by the capitals unless it cannot follow such a word: "ở BN" is no "bao nhiêu".
    """
    if text.isupper():
        return []
    known: dict[str, list[Issuer]] = {}
    for issuer in collection:
        if " " in issuer.name:
            known.setdefault("".join(word[0] for word in fold(issuer.name).split()), []).append(issuer)
    found = []
    for match in _CAPITALS.finditer(text):
        named = _spelled(match.group(), known.get(fold(match.group()), []))
        if len(named) == 1 and _meant(match.group(), fold(text[: match.start()]), named[0], marked_only):
            found.append((match.span(), named[0]))
    return found


def _spelled(typed: str, issuers: Sequence[Issuer]) -> Sequence[Issuer]:
    """ "ĐN" is no "Dương Nội"; "DN" may be typed without the stroke."""
    if "Đ" not in typed:
        return issuers
    return [i for i in issuers if "".join(w[0] for w in i.name.upper().split()) == typed]


def _meant(typed: str, before: str, issuer: Issuer, marked_only: bool) -> bool:
    known = lexicon()
    meaning = known.abbreviations.get(fold(typed), "")
    if _KIND.search(before):
        return True
    if _PLACE.search(before):
        return not is_body(meaning)
    asks = meaning in known.stop_phrases or meaning in known.stop_folded
    if _OF.search(before):
        return not meaning or asks
    return not meaning and not marked_only and issuer.kind in ("tỉnh", "thành phố")
