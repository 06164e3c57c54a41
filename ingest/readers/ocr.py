"""Pictures of pages → lines of words, through Debian's tesseract and its Vietnamese model."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING

from .extracted import Unreadable
from .layout import Line, Page, Word

if TYPE_CHECKING:
    from PIL.Image import Image

PAGE_SECONDS = 60
FILE_SECONDS = 900
_DOUBTFUL = 0.85  # clean scans read at 0.93 and more
_SIDEWAYS = 0.6  # a page lying on its side reads at 0.3
_SUREST = 0.99  # below 1, which says that nothing had to be recognised
_MOST_PIXELS = 30_000_000
_NOISE = 0.3  # a stamp, a signature, a stain
_SMALL = 1400  # pixels: a page so narrow was scanned below 170 dpi, where the engine loses accents
_DOUBLE_D = re.compile(r"ĐĐ+")  # "QĐÐ" was "QĐ"
_COPY = re.compile(r"(?<=[bt]/)[CH](?=\))")  # "(b/C)" was "(b/c)"
_STRAY_QUOTE = re.compile(r"(?<=\w)['’`´](?=[).,;:]|$)")  # a speck: no Vietnamese word ends in an apostrophe
_SPECKS = re.compile(r"[~^`´ˆ˜‹›#*_|]+")
_WORD_ROW = "5"  # the level of words in tesseract's table


_LOW = 0.6  # em: lower than letters that have no accent

_Read = list[tuple[Word, float]]


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
        engine = _Engine(number, min(left, PAGE_SECONDS))
        image = _prepared(picture())
        page = engine.page(image)
        if page.confidence < _SIDEWAYS and (turn := engine.turn(image)):
            page = max(page, engine.page(image.rotate(-turn, expand=True)), key=lambda p: p.confidence)
        return page

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


def _prepared(image: Image) -> Image:
    grey = image.convert("L")
    times = _SMALL * 1.5 / grey.width
    if grey.width < _SMALL and grey.width * grey.height * times**2 < _MOST_PIXELS:
        grey = grey.resize((round(grey.width * times), round(grey.height * times)))
    return grey


@dataclass(frozen=True, slots=True)
class _Engine:
    """Reads one page, in so many seconds a run. Raises Unreadable."""

    number: int
    seconds: float

    def page(self, image: Image) -> Page:
        return _page(self._run(image, "-l", "vie", "--psm", "3", "tsv"))

    def turn(self, image: Image) -> int:
        """Degrees, clockwise, by which the page must be turned to stand upright; 0 where that cannot be told."""
        found = re.search(r"Rotate: (\d+)", self._run(image, "--psm", "0", "-l", "osd", check=False))
        return int(found[1]) if found else 0

    def _run(self, image: Image, *options: str, check: bool = True) -> str:
        out = BytesIO()
        image.save(out, "PNG", dpi=(300, 300), compress_level=1)
        try:
            done = subprocess.run(
                ["tesseract", "-", "-", *options],
                input=out.getvalue(),
                capture_output=True,
                check=check,
                timeout=self.seconds,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # more threads are slower on two cores
            )
        except subprocess.TimeoutExpired as error:
            raise Unreadable(f"nhận dạng trang {self.number} quá lâu (hơn {self.seconds:.0f} giây).") from error
        except subprocess.CalledProcessError as error:
            raise Unreadable(f"bộ nhận dạng chữ không đọc được trang {self.number}.") from error
        return done.stdout.decode("utf-8", "replace")


def _page(table: str) -> Page:
    lines: dict[tuple[str, ...], list[tuple[Word, float]]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != _WORD_ROW or not cells[11].strip():
            continue
        left, top, width, height = map(float, cells[6:10])
        text = _spelled(cells[11].strip())
        if not text:
            continue
        word = Word(text, left, top, left + width, top + height)
        lines.setdefault(tuple(cells[1:5]), []).append((word, max(0.0, float(cells[10])) / 100))
    kept = [line for line in lines.values() if sum(c for _, c in line) > _NOISE * len(line)]
    size = _em([word for line in kept for word, _ in line])
    kept = [line for line in kept if not _is_marks(line, kept, size)]
    sure = [c for line in kept for _, c in line]
    confidence = min(_SUREST, sum(sure) / len(sure)) if sure else _SUREST * (not lines)  # a blank page is read well
    return Page(tuple(Line(tuple(w for w, _ in line), size) for line in kept), (), confidence)


def _is_marks(line: _Read, lines: Sequence[_Read], size: float) -> bool:
    """Whether the line is nothing but the accents of another one, read once more as signs of their own."""
    bottom = max(w.bottom for w, _ in line)
    low = all(w.bottom - w.top < _LOW * size for w, _ in line)
    return low and any(o is not line and min(w.top for w, _ in o) < bottom < max(w.bottom for w, _ in o) for o in lines)


def _spelled(word: str) -> str:
    """A word as Vietnamese papers write it: the engine knows signs that they have not."""
    word = _DOUBLE_D.sub("Đ", word.replace("Ð", "Đ").replace("©", "c"))
    word = _COPY.sub(lambda m: m.group().lower(), _STRAY_QUOTE.sub("", word))
    return "" if _SPECKS.fullmatch(word) else word


def _em(words: Sequence[Word]) -> float:
    """A word's box is as high as its letters: one with letters above and below, as most have accents, is 0.9 em."""
    heights = sorted(w.bottom - w.top for w in words)
    return heights[int(len(heights) * 0.75)] / 0.9 if heights else 1.0
