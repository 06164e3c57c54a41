"""Makes (true, damaged) pages: renders clean Vietnamese and reads it with an OCR engine of the wrong language.

Used in training only; needs Pillow, Debian's tesseract and Debian's fonts.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import textwrap
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_FONTS = Path("/usr/share/fonts/truetype")
# Debian package, and how often the face is drawn: official papers are set in Times, for which Liberation Serif and
# FreeSerif stand.
_FACES = {
    "liberation2/LiberationSerif-Regular.ttf": ("fonts-liberation2", 9),
    "liberation2/LiberationSerif-Bold.ttf": ("fonts-liberation2", 4),
    "liberation2/LiberationSerif-Italic.ttf": ("fonts-liberation2", 4),
    "liberation2/LiberationSerif-BoldItalic.ttf": ("fonts-liberation2", 1),
    "liberation2/LiberationSans-Regular.ttf": ("fonts-liberation2", 1),
    "freefont/FreeSerif.ttf": ("fonts-freefont-ttf", 3),
    "freefont/FreeSerifBold.ttf": ("fonts-freefont-ttf", 1),
    "freefont/FreeSerifItalic.ttf": ("fonts-freefont-ttf", 1),
    "noto/NotoSerif-Regular.ttf": ("fonts-noto-core", 2),
    "noto/NotoSans-Regular.ttf": ("fonts-noto-core", 1),
    "dejavu/DejaVuSerif.ttf": ("fonts-dejavu-core", 1),
    "dejavu/DejaVuSans.ttf": ("fonts-dejavu-core", 1),
}
_LETTERS = "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_LINES = 38


class MissingPackage(RuntimeError):
    """A Debian package that training needs is not installed; the message names it."""


@dataclass(frozen=True, slots=True)
class Page:
    document: str
    language: str
    face: str
    truth: tuple[str, ...]  # lines as rendered
    read: tuple[str, ...]  # lines as the engine read them
    held_back: bool = False  # made of a document that is never learned from


def check_installed(languages: set[str]) -> None:
    """Raises MissingPackage for the first font, engine or language that is missing or has no Vietnamese letters."""
    from PIL import ImageFont

    try:
        listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True).stdout
    except FileNotFoundError as error:
        raise MissingPackage("tesseract is missing: apt-get install tesseract-ocr") from error
    for language in sorted(languages - set(listed.split())):
        raise MissingPackage(f"tesseract cannot read '{language}': apt-get install tesseract-ocr-{language}")
    for face, (package, _) in _FACES.items():
        if not (_FONTS / face).exists():
            raise MissingPackage(f"font {face} is missing: apt-get install {package}")
        font = ImageFont.truetype(str(_FONTS / face), 40)
        blank = bytes(font.getmask("\U000fffff"))
        lacking = [c for c in _LETTERS + _LETTERS.upper() if bytes(font.getmask(c)) == blank]
        if lacking:
            raise MissingPackage(f"font {face} has no glyph for {''.join(lacking)}: apt-get install {package}")


def make_page(cache: Path, number: int, document: str, paragraphs: list[str], language: str, held_back: bool) -> Page:
    """The page from the cache, else rendered, read and cached. The same number always looks the same."""
    path = cache / f"{number:05d}.json"
    if not path.exists():
        made = _make(random.Random(number), document, paragraphs, language)
        unfinished = path.with_suffix(".part")
        unfinished.write_text(json.dumps(asdict(replace(made, held_back=held_back)), ensure_ascii=False), "utf-8")
        unfinished.rename(path)
    return replace(read_page(path), held_back=held_back)


def read_page(path: Path) -> Page:
    """A page as cached."""
    kept = json.loads(path.read_text("utf-8"))
    return Page(kept["document"], kept["language"], kept["face"], tuple(kept["truth"]), tuple(kept["read"]))


def _make(rng: random.Random, document: str, paragraphs: list[str], language: str) -> Page:
    from PIL import ImageFont

    face = rng.choices(list(_FACES), [weight for _, weight in _FACES.values()])[0]
    dpi = rng.choice((130, 150, 150, 200, 200, 250, 300))
    points = rng.choice((12, 13, 13.5, 14, 14))
    font = ImageFont.truetype(str(_FONTS / face), round(points * dpi / 72))
    width = round(6.3 * dpi)
    columns = int(width / (font.getlength("nghiên cứu đổi mới") / 18))
    lines = [
        line
        for paragraph in paragraphs
        for line in textwrap.wrap(paragraph, columns, break_long_words=False, break_on_hyphens=False)
    ][:_LINES]
    image = _draw(rng, font, lines, dpi)
    return Page(document, language, face, tuple(lines), tuple(_read(image, language, dpi)))


def _draw(rng: random.Random, font: FreeTypeFont, lines: list[str], dpi: int) -> bytes:
    from PIL import Image, ImageDraw, ImageFilter

    step = round(sum(font.getmetrics()) * rng.choice((1.0, 1.1, 1.25)))
    margin = dpi // 2
    widest = max(round(font.getlength(line)) for line in lines)
    image = Image.new("L", (widest + 2 * margin, step * len(lines) + 2 * margin), 255)
    draw = ImageDraw.Draw(image)
    for index, line in enumerate(lines):
        draw.text((margin, margin + index * step), line, font=font, fill=rng.choice((0, 0, 40)))
    if rng.random() < 0.5:
        image = image.rotate(rng.uniform(-0.4, 0.4), fillcolor=255, resample=Image.Resampling.BICUBIC)
    if rng.random() < 0.6:
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 0.9) * dpi / 200))
    if rng.random() < 0.4:
        noise = Image.effect_noise(image.size, rng.uniform(10, 60))
        image = Image.blend(image, noise, rng.uniform(0.05, 0.2))
    if rng.random() < 0.3:
        image = image.point(lambda value: 255 if value > 140 else 0)
    out = BytesIO()
    image.save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()


def _read(image: bytes, language: str, dpi: int) -> list[str]:
    done = subprocess.run(
        ["tesseract", "-", "-", "-l", language, "--psm", "6", "--dpi", str(dpi)],
        input=image,
        capture_output=True,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return [line for line in done.stdout.decode("utf-8").splitlines() if line.strip()]


def choose(documents: list[tuple[str, list[str]]], number: int) -> tuple[str, list[str]]:
    """Paragraphs for page `number`: a run out of one document, some of them set in capitals as headings are."""
    rng = random.Random(f"choose {number}")
    name, paragraphs = rng.choice(documents)
    first = rng.randrange(max(1, len(paragraphs) - 10))
    chosen = []
    for paragraph in paragraphs[first : first + 60]:
        chance = 0.3 if len(paragraph) < 90 else 0.03
        chosen.append(paragraph[:300].upper() if rng.random() < chance else paragraph)
    return name, chosen
