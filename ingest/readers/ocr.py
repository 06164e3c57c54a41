"""Pictures of pages → lines of words, through Debian's tesseract and its Vietnamese model."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING

from .book import Page
from .extracted import Unreadable
from .layout import Line, Word

if TYPE_CHECKING:
    from PIL.Image import Image

PAGE_SECONDS = 60
FILE_SECONDS = 900
_DOUBTFUL = 0.85  # clean scans read at 0.93 and more
_NOISE = 0.3  # a stamp, a signature, a stain
_SMALL = 1400  # pixels: a page so narrow was scanned below 170 dpi, where the engine loses accents
_WORD_ROW = "5"  # the level of words in tesseract's table


class MissingEngine(Exception):
    """tesseract or its Vietnamese model is not installed. The message is Vietnamese and names the packages."""


class Reader:
    """Reads the pages of one file; the time it may take is the file's."""

    def __init__(self) -> None:
        self._until = time.monotonic() + FILE_SECONDS

    def __call__(self, picture: Callable[[], Image], number: int, count: int) -> Page:
        """`picture` is asked for only where an engine is installed.

        Raises MissingEngine; Unreadable when out of time.
        """
        if not self._installed:
            raise MissingEngine(
                "đây là bản quét; cần bộ nhận dạng chữ. Hãy cài: apt-get install tesseract-ocr tesseract-ocr-vie"
            )
        left = self._until - time.monotonic()
        if left <= 0:
            raise Unreadable(
                f"nhận dạng bản quét quá lâu (dừng ở trang {number}/{count} sau {FILE_SECONDS // 60} phút). "
                "Hãy chia tệp thành các phần nhỏ hơn."
            )
        return _page(_table(_prepared(picture()), min(left, PAGE_SECONDS), number))

    def warnings(self, pages: Sequence[Page]) -> Iterator[str]:
        """What a reader has to know of pages that were recognised."""
        read = [(number, p.confidence) for number, p in enumerate(pages, 1) if p.confidence < 1]
        if not read:
            return
        mean = sum(confidence for _, confidence in read) / len(read)
        yield (
            f"{len(read)} trang là ảnh quét, đọc bằng nhận dạng chữ (độ tin cậy trung bình {mean:.0%}); "
            "nên đối chiếu với bản giấy"
        )
        yield from (f"trang {n}: bản quét khó đọc (độ tin cậy {c:.0%})" for n, c in read if c < _DOUBTFUL)

    @cached_property
    def _installed(self) -> bool:
        try:
            found = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False).stdout
        except FileNotFoundError:
            return False
        return "vie" in found.split()


def _prepared(image: Image) -> bytes:
    grey = image.convert("L")
    if grey.width < _SMALL:
        times = _SMALL * 1.5 / grey.width
        grey = grey.resize((round(grey.width * times), round(grey.height * times)))
    out = BytesIO()
    grey.save(out, "PNG", dpi=(300, 300), compress_level=1)
    return out.getvalue()


def _table(image: bytes, seconds: float, number: int) -> str:
    try:
        done = subprocess.run(
            ["tesseract", "-", "-", "-l", "vie", "--psm", "3", "tsv"],
            input=image,
            capture_output=True,
            check=True,
            timeout=seconds,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # more threads are slower on two cores
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(f"nhận dạng trang {number} quá lâu (hơn {seconds:.0f} giây).") from error
    except subprocess.CalledProcessError as error:
        raise Unreadable(f"bộ nhận dạng chữ không đọc được trang {number}.") from error
    return done.stdout.decode("utf-8", "replace")


def _page(table: str) -> Page:
    lines: dict[tuple[str, ...], list[tuple[Word, float]]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != _WORD_ROW or not cells[11].strip():
            continue
        left, top, width, height = map(float, cells[6:10])
        word = Word(cells[11].strip(), left, top, left + width, top + height)
        lines.setdefault(tuple(cells[1:5]), []).append((word, max(0.0, float(cells[10])) / 100))
    kept = [line for line in lines.values() if sum(c for _, c in line) > _NOISE * len(line)]
    size = _em([word for line in kept for word, _ in line])
    sure = [c for line in kept for _, c in line]
    confidence = min(0.99, sum(sure) / len(sure)) if sure else 0.0
    return Page(tuple(Line(_with_stop([w for w, _ in line]), size) for line in kept), (), confidence)


def _with_stop(words: list[Word]) -> tuple[Word, ...]:
    """ "II NỘI DUNG" → "II. NỘI DUNG": the stop after a heading's number is the sign most often lost."""
    first, *rest = words
    if rest and re.fullmatch(r"[IVX]+", first.text) and all(w.text.isupper() for w in rest if w.text.isalpha()):
        first = replace(first, text=f"{first.text}.")
    return (first, *rest)


def _em(words: Sequence[Word]) -> float:
    """A word's box is as high as its letters: one with letters above and below, as most have accents, is 0.9 em."""
    heights = sorted(w.bottom - w.top for w in words)
    return heights[int(len(heights) * 0.75)] / 0.9 if heights else 1.0
