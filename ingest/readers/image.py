"""Scans that come as pictures: PNG, JPEG, TIFF of one page or many."""

from __future__ import annotations

from io import BytesIO

from .book import book
from .extracted import MAX_PAGES, Extracted, Unreadable, too_many_pages
from .ocr import MissingEngine, Reader

_MOST_PIXELS = 60_000_000  # A4 at 600 dpi has 35 million


def read_image(data: bytes, ocr: Reader) -> Extracted:
    """Raises Unreadable for a broken or oversized picture, or where no engine is installed."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # the limit below is ours and speaks Vietnamese
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as image:
            count = getattr(image, "n_frames", 1)
            if count > MAX_PAGES:
                raise too_many_pages(count)
            pages = []
            for at in range(count):
                image.seek(at)
                if image.width * image.height > _MOST_PIXELS:
                    raise Unreadable(f"ảnh quá lớn ({image.width} × {image.height} điểm ảnh).")
                pages.append(ocr(lambda: ImageOps.exif_transpose(image).convert("L"), at + 1, count))
    except MissingEngine as error:
        raise Unreadable(str(error)) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Unreadable("tệp ảnh bị hỏng, không mở được.") from error
    return book(pages, [*ocr.warnings(pages)])
