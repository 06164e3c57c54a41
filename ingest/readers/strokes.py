"""What is drawn on a PDF page: the lines of tables, and whether a picture takes up most of it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from .glyphs import Turn
from .ruling import Rule

_PICTURE = 0.5  # share of the page that a picture takes up when the page is a scan
_MOST_OBJECTS = 20_000
_THIN = 3.0  # points: a box so thin is a line


def drawn(page: Any, turn: Turn) -> tuple[list[Rule], bool]:
    """Lines drawn on the page, and whether a picture takes up most of it."""
    from pypdfium2 import raw

    width, height = page.get_size()
    rules: list[Rule] = []
    pictured = 0.0
    kinds = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE)
    for number, item in enumerate(page.get_objects(filter=kinds, max_depth=3)):
        if number > _MOST_OBJECTS:
            break
        x0, y0, x1, y1 = item.get_bounds()
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictured += abs((x1 - x0) * (y1 - y0))
        else:
            rules += _rules(item, turn, (x0, y0, x1, y1))
    return rules, pictured > _PICTURE * width * height


def _rules(item: Any, turn: Turn, bounds: tuple[float, float, float, float]) -> Iterator[Rule]:
    x0, y0, x1, y1 = bounds
    if min(x1 - x0, y1 - y0) < _THIN:
        yield from _rule(turn(x0, y0), turn(x1, y1))
        return
    yield from _edges(item, turn)


def _edges(item: Any, turn: Turn) -> Iterator[Rule]:
    """The straight strokes of a path: the frame of a cell, or a whole grid drawn at once."""
    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(item, fill, stroke) or not stroke.value:
        return
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = None
    for at in range(min(_MOST_OBJECTS, raw.FPDFPath_CountSegments(item))):
        segment = raw.FPDFPath_GetPathSegment(item, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = turn(*matrix.on_point(x.value, y.value))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = here
        elif kind == raw.FPDF_SEGMENT_LINETO and last:
            yield from _rule(last, here)
        if raw.FPDFPathSegment_GetClose(segment) and first:
            yield from _rule(here, first)
        last = here


def _rule(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Rule]:
    width, height = abs(a[0] - b[0]), abs(a[1] - b[1])
    if max(width, height) < 2 * _THIN:
        return
    if height < _THIN:
        yield Rule((a[1] + b[1]) / 2, min(a[0], b[0]), max(a[0], b[0]), upright=False)
    elif width < _THIN:
        yield Rule((a[0] + b[0]) / 2, min(a[1], b[1]), max(a[1], b[1]), upright=True)
