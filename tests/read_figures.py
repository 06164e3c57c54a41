"""The five plans as Word, PDF and scans, each against its twin: `python tests/read_figures.py [DPI]`.

Syllables are those of the text as it is served; outline and facts are the same or not. In print a dash is as long
and a quotation mark as round as the font has it, so these are not compared. Scans take about 15 s a plan.
"""

from __future__ import annotations

import re
import sys
from dataclasses import fields
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import read_twins as twins

from bot.domain import Issuer, Plan
from ingest.clean import Paragraph
from ingest.mend import mender
from ingest.parse import Repair, draft, plan
from ingest.read import Received, read

_DASHES = str.maketrans("–—“”", '--""')


def planned(received: Received, repair: Repair) -> Plan:
    return plan(draft(received, repair), "plan", Issuer("x", "X", "xã", "", ()))


def printed(path: Path, repair: Repair) -> list[Paragraph]:
    """The paragraphs as the paper has them: of a damaged file, the repaired ones."""
    found = twins.cleaned(path)
    return repair(found)[0] if path.name.endswith(".ocr.txt") else found


def facts(made: Plan) -> dict[str, list[Any]]:
    """All facts but for their place in the text."""
    return {
        kind.name: [
            tuple(str(getattr(fact, f.name)).translate(_DASHES) for f in fields(fact) if f.name != "span")
            for fact in getattr(made.facts, kind.name)
        ]
        for kind in fields(made.facts)
    }


def outline(made: Plan) -> list[tuple[str, str]]:
    return [(s.path, s.heading.translate(_DASHES)) for s in made.sections]


def syllables(wanted: Plan, made: Plan) -> tuple[int, int]:
    true, found = (re.findall(r"\w+", p.text) for p in (wanted, made))
    blocks = SequenceMatcher(None, true, found, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks), len(true)


def as_scan(found: list[Paragraph], dpi: int) -> bytes:
    return twins.scanned_pdf(twins.pdf(found), 0, None, dpi)


def main(dpi: int = 200) -> None:
    repair = mender()
    right = count = 0
    with TemporaryDirectory() as folder:
        for path in twins.PLANS:
            wanted = planned(read(path), repair)
            for form in ("docx", "pdf", "scan"):
                file = Path(folder, "plan.bin")
                plain = form != "scan"
                found = twins.cleaned(path) if plain else printed(path, repair)
                file.write_bytes(getattr(twins, form)(found) if plain else as_scan(found, dpi))
                made = planned(read(file), repair)
                same, all_of_them = syllables(wanted, made)
                if not plain:
                    right, count = right + same, count + all_of_them
                alike = outline(made) == outline(wanted), facts(made) == facts(wanted)
                said = ", ".join(
                    f"{n} {'same' if a else 'DIFFERENT'}" for n, a in zip(("outline", "facts"), alike, strict=True)
                )
                print(f"{path.name} {form}: {same / all_of_them:.4f} of {all_of_them} syllables, {said}", flush=True)
    print(f"scans at {dpi} dpi: {right / count:.4f} of {count} syllables")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
