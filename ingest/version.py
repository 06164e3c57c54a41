"""The version of the rules that read plans: a hash of what they are made of, so that nobody has to remember it."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

import bot

_HERE = Path(__file__).parent
_SHARED = ("text.py", "dates.py", "bodies.py", "gazetteer.py")


@cache
def rules() -> str:
    """Changes when code or a model that has a say in reading a plan changes."""
    files = [
        p for p in _HERE.rglob("*") if p.is_file() and p.suffix in (".py", ".xz") and not p.name.startswith("train_")
    ]
    core = Path(bot.__file__).parent
    files += [*(core / name for name in _SHARED), *(core / "domain").glob("*.py")]
    digest = sha256()
    for path in sorted(files, key=lambda p: (p.parent.name, p.name)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
