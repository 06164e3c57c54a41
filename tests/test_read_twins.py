"""The same plan as markdown, Word, PDF and scan says the same."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import fields
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import read_figures as figures
import read_twins as twins

from bot.domain import Issuer, Plan
from ingest.mend import mender
from ingest.parse import draft, plan
from ingest.read import Received, read

pytestmark = pytest.mark.skipif(not twins.has_fonts(), reason="needs the Debian package fonts-dejavu-core")
_languages = (
    shutil.which("tesseract")
    and subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False).stdout.split()
)
needs_tesseract = pytest.mark.skipif(
    "vie" not in (_languages or ()), reason="needs the Debian packages tesseract-ocr and tesseract-ocr-vie"
)
_repair = cache(mender)


def planned(received: Received) -> Plan:
    return plan(draft(received, _repair()), "plan", Issuer("x", "X", "xã", "", ()))


@cache
def original(path: Path) -> Plan:
    return planned(read(path))


def facts(made: Plan) -> dict[str, list[Any]]:
    """All facts but for their place in the text."""
    return {
        kind.name: [
            tuple(getattr(fact, f.name) for f in fields(fact) if f.name != "span")
            for fact in getattr(made.facts, kind.name)
        ]
        for kind in fields(made.facts)
    }


def head(made: Plan) -> tuple[Any, ...]:
    return (
        made.kind, made.number, made.when, made.place, made.title, made.movement, made.period, made.parent,
        made.signer, made.signer_office, made.recipients,
    )  # fmt: skip


@pytest.mark.parametrize("path", twins.PLANS, ids=lambda p: p.name)
@pytest.mark.parametrize("form", [twins.docx, twins.pdf], ids=["docx", "pdf"])
def test_twin_has_the_same_outline_and_facts(path: Path, form: Callable[..., bytes], tmp_path: Path) -> None:
    file = tmp_path / "plan.bin"
    file.write_bytes(form(twins.cleaned(path)))
    made = planned(read(file))
    wanted = original(path)
    assert [(s.path, s.heading) for s in made.sections] == [(s.path, s.heading) for s in wanted.sections]
    assert facts(made) == facts(wanted)
    assert head(made) == head(wanted)


@needs_tesseract
def test_scanned_pages_are_read(tmp_path: Path) -> None:
    path = next(p for p in twins.PLANS if p.suffix == ".md")
    file = tmp_path / "scan.pdf"
    file.write_bytes(twins.scanned_pdf(twins.pdf(twins.cleaned(path)), 1, 3))
    received = read(file)
    whole = tmp_path / "whole.pdf"
    whole.write_bytes(twins.pdf(twins.cleaned(path)))
    clean = read(whole)
    wanted = re.findall(r"\w+", clean.source[clean.pages[1] : clean.pages[3]])
    found = re.findall(r"\w+", received.source)
    same = sum(block.size for block in SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks())
    assert same >= 0.98 * len(wanted)
    assert len(received.pages) == 2
    assert all(0.8 < c < 1 for c in received.confidence)
    assert any("nhận dạng" in w for w in received.warnings)


@needs_tesseract
def test_a_scan_of_a_whole_plan_says_the_same(tmp_path: Path) -> None:
    path = next(p for p in twins.PLANS if p.name.startswith("giao-minh"))
    file = tmp_path / "scan.pdf"
    file.write_bytes(figures.as_scan(twins.cleaned(path), 200))
    made, wanted = planned(read(file)), original(path)
    right, count = figures.syllables(wanted, made)
    assert right >= 0.99 * count
    assert figures.outline(made) == figures.outline(wanted)
    assert figures.facts(made) == figures.facts(wanted)
    assert any("sửa lỗi nhận dạng" in w for w in made.warnings)


@needs_tesseract
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_picture_is_read(form: str, tmp_path: Path) -> None:
    file = tmp_path / "page"
    file.write_bytes(twins.scan(twins.drawn_pdf([(90, 100, "I. MỤC ĐÍCH"), (90, 130, "Phấn đấu 95% hộ dân")]), 0, form))
    received = read(file)
    assert received.source == "I. MỤC ĐÍCH\n\nPhấn đấu 95% hộ dân"
    assert received.pages == (0,)


@pytest.mark.parametrize("form", ["png", "pdf"])
def test_scan_without_tesseract_names_the_packages(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = twins.drawn_pdf([(90, 100, "Kế hoạch")])
    file = tmp_path / "page"
    file.write_bytes(twins.scan(page, 0) if form == "png" else twins.scanned_pdf(page, 0, 1))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Exception, match="tesseract-ocr tesseract-ocr-vie"):
        read(file)


@needs_tesseract
def test_page_on_its_side_is_read_upright(tmp_path: Path) -> None:
    from io import BytesIO

    from PIL import Image

    path = next(p for p in twins.PLANS if p.suffix == ".md")
    out = BytesIO()
    with Image.open(BytesIO(twins.scan(twins.pdf(twins.cleaned(path)), 1, dpi=150))) as image:
        image.rotate(90, expand=True).save(out, "PNG")
    file = tmp_path / "page"
    file.write_bytes(out.getvalue())
    assert read(file).confidence[0] > 0.8


@needs_tesseract
def test_text_layer_of_a_wrong_engine_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "page"
    file.write_bytes(
        twins.layered_pdf("Ké hoach trién khai phong trao thi dua cua xa", "Kế hoạch triển khai phong trào")
    )
    received = read(file)
    assert received.source == "Kế hoạch triển khai phong trào"
    assert received.confidence[0] < 1


def test_text_layer_of_a_wrong_engine_stays_where_none_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "page"
    file.write_bytes(
        twins.layered_pdf("Ké hoach trién khai phong trao thi dua cua xa", "Kế hoạch triển khai phong trào")
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read(file).source == "Ké hoach trién khai phong trao thi dua cua xa"
