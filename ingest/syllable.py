"""How a Vietnamese syllable is built: onset, vowels with their tone, closing consonant."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.text import fold

_ONSET = "ngh|ng|nh|gh|gi(?=[^c-hj-np-tv-xz])|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx]|"
_CODA = "ng|nh|ch|[cmnpt]|"
_SHAPE = re.compile(rf"({_ONSET})([^\W\d_bcdđfghjklmnpqrstvwxz]+)({_CODA})")
# Vowels that may stand together, folded; the marks decide the rest.
_VOWELS = re.compile(
    r"a[iouy]?|e[ou]?|i(?:a|eu?|o|u)?|o(?:a[ioy]?|eo?|i|o)?|u(?:a[iouy]?|eo?|i|o[iu]?|u|y[aeu]?)?|y(?:eu?)?"
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@lru_cache(maxsize=65536)
def parts(word: str) -> tuple[str, str, str] | None:
    """Onset, vowels, coda of a lower-case NFC syllable; None where Vietnamese has no such syllable."""
    found = _SHAPE.fullmatch(word)
    if found is None:
        return None
    onset, vowels, coda = found.group(1), found.group(2), found.group(3)
    if not _VOWELS.fullmatch(fold(vowels)):
        return None
    tones = [c for c in unicodedata.normalize("NFD", vowels) if c in _TONES]
    # A syllable closed by a stop carries the sharp or the heavy tone, or (in names from abroad) none.
    if len(tones) > 1 or (coda in ("c", "ch", "p", "t") and tones and tones[0] not in "\u0301\u0323"):
        return None
    return onset, vowels, coda
