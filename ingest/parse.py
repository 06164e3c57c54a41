"""A received file → a plan: clean, repair, outline, metadata, facts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.domain import Edit, Facts, Issuer, Plan, Span, TextMap
from bot.text import slug

from .clean import Paragraph, paragraphs
from .document import Document
from .facts import facts
from .metadata import Metadata, metadata
from .outline import Line, outline
from .read import ReadError, Received

Repair = Callable[[Sequence[Paragraph]], tuple[list[Paragraph], list[str]]]
_SHORTEST = 200  # characters; less is no plan
# Each fact is read against its paragraph, each passage against all sections: a file without bounds would never end.
# The plans at hand have at most 110 paragraphs, and 1,100 characters in one.
_MOST_PARAGRAPHS = 5_000
_LONGEST_PARAGRAPH = 50_000  # characters
_NO_PLAN = "không thấy mục nào (I., 1., a), Điều …): đây có phải là một kế hoạch không?"


@dataclass(frozen=True)
class Draft:
    """A plan that does not know yet which other plans stand beside it."""

    received: Received
    text: str
    map: TextMap
    lines: tuple[Line, ...]
    metadata: Metadata
    warnings: tuple[str, ...]


def draft(received: Received, repair: Repair) -> Draft:
    """Raises ReadError when there is no text to speak of, or more than any plan has."""
    found = paragraphs(received.source)
    _check_size(received.name, found)
    cleaned, repaired = repair(_recognised(received, found))
    if sum(len(p.text) for p in cleaned) < _SHORTEST:
        raise ReadError(f"{received.name}: gần như không có chữ, không đọc được như một kế hoạch.")
    lines: list[Line] = []
    edits: list[Edit] = []
    position = 0
    for paragraph in cleaned:
        end = position + len(paragraph.text)
        lines.append(Line(position, end, paragraph.text, paragraph.heading, paragraph.cells))
        if edits:
            edits.append(Edit(position - 1, position, edits[-1].source_end, paragraph.map.edits[0].source_start, False))
        edits += [
            Edit(e.text_start + position, e.text_end + position, e.source_start, e.source_end, e.same)
            for e in paragraph.map.edits
        ]
        position = end + 1
    text = "\n".join(p.text for p in cleaned)
    meta = metadata(lines)
    return Draft(received, text, TextMap(tuple(edits)), tuple(lines), meta, (*received.warnings, *repaired))


def _recognised(received: Received, found: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, those marked whose page was recognised from a picture."""
    if all(confidence == 1 for confidence in received.confidence):
        return list(found)
    pages = [bisect_right(received.pages, p.map.edits[0].source_start) - 1 for p in found]
    return [replace(p, recognised=received.confidence[at] < 1) for p, at in zip(found, pages, strict=True)]


def _check_size(name: str, found: Sequence[Paragraph]) -> None:
    if len(found) > _MOST_PARAGRAPHS:
        raise ReadError(
            f"{name}: quá nhiều đoạn văn ({_grouped(len(found))}), giới hạn là {_grouped(_MOST_PARAGRAPHS)}; "
            "hãy tách tệp thành từng kế hoạch."
        )
    longest = max((len(p.text) for p in found), default=0)
    if longest > _LONGEST_PARAGRAPH:
        raise ReadError(
            f"{name}: có đoạn văn quá dài ({_grouped(longest)} ký tự), giới hạn là {_grouped(_LONGEST_PARAGRAPH)}; "
            "hãy ngắt dòng giữa các đoạn, các mục."
        )


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def plan(draft: Draft, plan_id: str, issuer: Issuer, known_blank: bool = False) -> Plan:
    meta = draft.metadata
    document = Document(plan_id, draft.text, draft.lines, outline(draft.lines))
    found = facts(document)
    warnings = [*draft.warnings, *meta.missing]
    if not known_blank:
        warnings += meta.blank
    if not issuer.province:
        warnings.append("không rõ tỉnh, thành phố")
    warnings += [f"mục {s.path} ({s.heading}) chỉ có tiêu đề, không có nội dung" for s in document.sections if s.empty]
    if not document.sections:
        warnings.append(_NO_PLAN)
    return Plan(
        id=plan_id,
        issuer=issuer,
        kind=meta.kind,
        number=meta.number,
        when=meta.when,
        place=meta.place,
        title=_title(meta),
        movement=meta.movement,
        period=meta.period,
        parent=_parent(document, found),
        signer=meta.signer,
        signer_office=meta.signer_office,
        recipients=meta.recipients,
        text=draft.text,
        source=draft.received.source,
        map=draft.map,
        sections=document.sections,
        facts=found,
        warnings=tuple(dict.fromkeys(warnings)),
        head={name: Span(plan_id, *span) for name, span in meta.spans.items()},
        source_name=draft.received.name,
        digest=draft.received.digest,
        pages=draft.received.pages,
    )


def _title(meta: Metadata) -> str:
    """ "Kế hoạch triển khai …", the way the document is spoken of."""
    title = meta.title if meta.title[1:2].isupper() else meta.title[:1].lower() + meta.title[1:]
    return f"{meta.kind} {title}".strip()


def _parent(document: Document, found: Facts) -> str:
    """The superior plan carried out: a plan among the legal bases that a province issued."""
    bases = [r for r in found.references if r.basis]
    above = [r for r in bases if r.kind == "Kế hoạch" and any(w in r.issuer.lower() for w in ("tỉnh", "thành phố"))]
    chosen = above or [r for r in bases if r.kind == "Kế hoạch"]
    return document.text[chosen[0].span.start : chosen[0].span.end] if chosen else ""


def plan_id(received_name: str, issuer_slug: str, name_slug: str, year: int | None) -> str:
    """ "kim-lien-2025": the file's own name where it begins with the issuer, else issuer and year."""
    stem = slug(received_name.split(".")[0])
    if stem.startswith(name_slug + "-") and any(c.isdigit() for c in stem):
        return stem
    return f"{issuer_slug}-{year}" if year else issuer_slug
