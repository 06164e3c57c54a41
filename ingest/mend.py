"""Mends damaged paragraphs before anything is read out of them; clean text passes untouched, byte for byte."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain import Edit, TextMap

from .clean import Paragraph
from .parse import Repair
from .pieces import Piece
from .repair import Restorer, load_restorer

_DAMAGED = (
    0.25  # mean damage from which a document counts as damaged: clean ones lie below 0.02, a wrong engine's above 0.7
)
_DAMAGED_ALONE = 0.5  # the same for one paragraph of a clean document, a page scanned on its own
_SHORT = 40  # characters; in less the damage of one paragraph cannot be told
_LISTED = 12  # doubtful places named in the warnings; the rest are counted
_LISTED_FIGURES = 60


def mender() -> Repair:
    """Loads the model once; the repair it returns is pure."""
    restorer = load_restorer()
    return lambda paragraphs: mend(restorer, paragraphs)


def mend(restorer: Restorer, paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[str]]:
    """The paragraphs as they are to be read, and Vietnamese warnings on what was repaired and what stays in doubt."""
    whole = "\n".join(p.text for p in paragraphs)
    scores = [restorer.damage(p.text) for p in paragraphs]
    weight = sum(len(p.text) for p in paragraphs) or 1
    mean = sum(score * len(p.text) for score, p in zip(scores, paragraphs, strict=True)) / weight
    known = restorer.for_document(whole)
    mended: list[Paragraph] = []
    figures: list[str] = []
    doubtful: list[str] = []
    slips: list[str] = []
    for score, paragraph in zip(scores, paragraphs, strict=True):
        if paragraph.cells:
            mended.append(paragraph)  # its bars are the table's, not torn letters
            continue
        damaged = mean >= _DAMAGED or (score >= _DAMAGED_ALONE and len(paragraph.text) >= _SHORT)
        pieces = known.restore(paragraph.text) if damaged else known.slips(paragraph.text, paragraph.recognised)
        for piece in pieces:
            if piece.doubtful:
                figure = any(map(str.isdigit, paragraph.text[piece.start : piece.end]))
                (figures if figure else doubtful).append(_around(paragraph.text, piece))
        if not damaged:
            slips += [
                f"“{paragraph.text[p.start : p.end]}” thành “{p.text}”"
                for p in pieces
                if p.text != paragraph.text[p.start : p.end]
            ]
        mended.append(_rewritten(paragraph, pieces))
    warnings = []
    if mean >= _DAMAGED:
        warnings.append(
            f"lớp chữ bị lỗi nhận dạng (mức hỏng {mean:.0%}); "
            "văn bản đã được phục hồi tự động, nên đối chiếu với bản giấy"
        )
    warnings += [f"sửa lỗi nhận dạng: {slip}" for slip in dict.fromkeys(slips)]
    # A wrong figure does more harm than a wrong word: figures come first, and more of them are named.
    named = figures[:_LISTED_FIGURES]
    named += doubtful[: max(0, _LISTED - len(named))]
    warnings += [f"chỗ đọc chưa chắc chắn, giữ như trong tệp hoặc nên kiểm tra: {place}" for place in named]
    if left := len(figures) + len(doubtful) - len(named):
        warnings.append(f"còn {left} chỗ khác đọc chưa chắc chắn")
    return mended, warnings


def _around(text: str, piece: Piece) -> str:
    return f"“… {text[max(0, piece.start - 25) : piece.end + 15].strip()} …”"


def _rewritten(paragraph: Paragraph, pieces: Sequence[Piece]) -> Paragraph:
    """The paragraph with its pieces read as they say, its map led through to the source."""
    if all(p.text == paragraph.text[p.start : p.end] for p in pieces):
        return paragraph
    edits: list[Edit] = []
    out: list[str] = []
    at = 0
    for piece in pieces:
        if not piece.text:
            continue
        if piece.text == paragraph.text[piece.start : piece.end]:
            edits += _carried(paragraph.map, piece.start, piece.end, at)
        else:
            edits.append(Edit(at, at + len(piece.text), *paragraph.map.to_source(piece.start, piece.end), False))
        out.append(piece.text)
        at += len(piece.text)
    return replace(paragraph, text="".join(out), map=TextMap(tuple(edits)))


def _carried(old: TextMap, start: int, end: int, at: int) -> list[Edit]:
    """The edits of `start:end`, moved to `at`."""
    moved = []
    for edit in old.edits:
        a, b = max(edit.text_start, start), min(edit.text_end, end)
        if a >= b:
            continue
        lo, hi = (
            (edit.source_start + a - edit.text_start, edit.source_start + b - edit.text_start)
            if edit.same
            else (edit.source_start, edit.source_end)
        )
        moved.append(Edit(at + a - start, at + b - start, lo, hi, edit.same))
    return moved
