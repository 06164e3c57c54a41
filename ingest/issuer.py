"""Whose document it is: the People's Committee that its head names, and the province that it lies in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from bot.gazetteer import places, provinces
from bot.text import fold

from .outline import Line

_LETTERHEAD = 60  # characters; a longer line of the head is running text
_COMMITTEE = re.compile(
    r"(?i:ủy ban nhân dân|uỷ ban nhân dân|ubnd|hội đồng nhân dân|hđnd)\s+(?i:xã|phường|đặc khu|thị trấn|tỉnh|thành phố)"
    r"(?:\s+[^\W\d_][\w’'-]*){1,5}"
)
_AGENCY = re.compile(r"(?i:thông tấn )$")  # "Thông tấn xã Việt Nam"
_PROVINCE = re.compile(r"(?:tinh|thanh pho|tp\.?)\s+(?P<name>[a-z]+(?:\s+[a-z]+){0,3})\b")


def issuer(head: list[Line], tail: list[Line], place: str, title: str) -> tuple[str, str]:
    """Kind and name, from the letterhead, else the title, else the place beside the date and the text of the head."""
    # Of running text only what follows "Ủy ban nhân dân" counts: it names other places too.
    joined = "\n".join(line.text for line in head if line.text.isupper() or len(line.text) < _LETTERHEAD)
    told = "\n".join(m.group() for line in head for m in _COMMITTEE.finditer(line.text))
    joined = f"{joined}\n{told}"
    clean = re.sub(r"C[OỘ]NG H[OÒ]A X[AÃ] H[OỘ]I.*|Đ[OỘ]C L[AẬ]P.*", "", joined, flags=re.IGNORECASE)
    flat = re.sub(r"(?i)((?:ủy|uỷ|uy) ban nhân dân)\s*\n", r"\1 ", clean)
    heads = set(_named("\n".join(m.group() for m in _COMMITTEE.finditer(flat))))
    named: Counter[tuple[str, str]] = Counter()
    for text, weight in ((flat, 2), (title, 3), ("\n".join(line.text for line in tail), 1)):
        for kind, name in _named(text):
            # A title speaks of provinces that are no more, too: "tỉnh … (nay là thành phố …)".
            if kind not in ("tỉnh", "thành phố") or fold(name) in provinces() or (kind, name) in heads:
                named[kind, name] += weight
    if place:
        kinds = [(k, n) for (k, n), _ in named.most_common() if fold(n) == fold(place)]
        if kinds:
            return kinds[0][0], place
    communes = [(pair, count) for pair, count in named.items() if pair[0] not in ("tỉnh", "thành phố")]
    best = max(communes or list(named.items()), key=lambda item: item[1], default=None)
    if best:
        return best[0]
    return "", place


_MINISTRY = re.compile(r"\bBỘ (?!TRƯỞNG\b)[^\W\d_](?:[^\W\d_]| |,(?= )|\n(?=[^\W\d_]))*")


def ministry(head: Sequence[Line]) -> tuple[str, tuple[str, ...]]:
    """A ministry's name as its letterhead gives it, and what else it is called: "Bộ GDĐT", "Bộ Giáo dục"."""
    capitals = "\n".join(line.text for line in head if line.text.isupper())
    found = _MINISTRY.search(re.sub(r"CỘNG H[OÒ][AÀ] X[AÃ] HỘI[^\n]*", "", capitals))
    if found is None:
        return "", ()
    fields = [part.capitalize() for part in re.split(r", | VÀ ", " ".join(found.group().split()).removeprefix("BỘ "))]
    name = ", ".join(fields[:-1]) + " và " + fields[-1] if len(fields) > 1 else fields[0]
    initials = "".join(word[0] for field in fields for word in field.upper().split())
    plain = f"Bộ {' '.join((*fields[:-1], 'và', fields[-1]))}" if len(fields) > 2 else ""
    called = (f"Bộ {initials}", f"B{initials}", f"Bộ {fields[0]}" if len(fields) > 1 else "", plain)
    return f"Bộ {name}", tuple(a for a in called if a)


def _named(text: str) -> list[tuple[str, str]]:
    found = []
    for match in re.finditer(
        r"(?i:\b(xã|phường|đặc khu|thị trấn|tỉnh|thành phố)) +((?:[A-ZĐÀ-Ỹ][\w’'-]*[ ]?){1,5})", text
    ):
        # The classes above hold small accented letters too.
        name = " ".join(takewhile(lambda word: word[0].isupper(), match.group(2).split()))
        if not name or _AGENCY.search(text, 0, match.start()):
            continue
        if fold(name).startswith("hoi"):
            continue  # "xã Hội", from CỘNG HÒA XÃ HỘI …
        if name.isupper():
            name = " ".join(word.capitalize() for word in name.split())
        found.append((match.group(1).lower(), name))
    return found


def province_of(lines: Sequence[Line], kind: str, name: str) -> tuple[str, tuple[str, ...]]:
    """The province, and the gazetteer's spelling of the name where it is another one.

    The provinces that the document names are weighed by how often; the gazetteer says which of them has such a place.
    """
    if kind in ("tỉnh", "thành phố"):
        return name, ()
    known = provinces()
    votes: Counter[str] = Counter()
    for line in lines:
        folded = fold(line.text)
        for match in _PROVINCE.finditer(folded):
            words = match["name"].split()
            for count in range(min(4, len(words)), 0, -1):
                if " ".join(words[:count]) in known:
                    votes[known[" ".join(words[:count])]] += 1
                    break
    here = [p for p in places().get(fold(name), ()) if p.kind not in ("tỉnh", "thành phố")]
    same_kind = [p for p in here if p.kind == kind] or here
    for province, _ in votes.most_common():
        if any(p.province == province for p in same_kind):
            return province, _spellings(name, province)
    if votes:
        province = votes.most_common(1)[0][0]
        return province, _near(name, province)
    if len({p.province for p in same_kind}) == 1:
        return same_kind[0].province, _spellings(name, same_kind[0].province)
    return "", ()


def _spellings(name: str, province: str) -> tuple[str, ...]:
    return tuple(p.name for p in places().get(fold(name), ()) if p.province == province and p.name != name)


def _near(name: str, province: str) -> tuple[str, ...]:
    """The one place of the province whose name is a slip of one letter away."""
    from rapidfuzz.distance import Levenshtein

    near = [
        p.name
        for found in places().values()
        for p in found
        if p.province == province and Levenshtein.distance(fold(p.name), fold(name)) == 1
    ]
    return tuple(near) if len(near) == 1 else ()
