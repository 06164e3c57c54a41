"""A plan as `hoi ingest --check` shows it: what was read, before anything is written. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain import Deadline, Phase, Plan
from bot.render import visible
from bot.text import fold, squash

_WIDTH = 120
_DOUBT = "chỗ đọc chưa chắc chắn"  # as the warnings of the repair begin


@dataclass(frozen=True, slots=True)
class Quality:
    repaired: float  # share of the text's characters that are read otherwise than the file has them
    doubtful: int  # warnings of a doubtful reading

    def __str__(self) -> str:
        if not self.repaired and not self.doubtful:
            return "tốt, giữ nguyên chữ của tệp"
        share = "dưới 0,1%" if self.repaired < 0.001 else f"{self.repaired:.1%}".replace(".", ",")
        parts = [f"đã phục hồi {share} số chữ"] if self.repaired else []
        return "; ".join(parts + ([f"{self.doubtful} cảnh báo đọc chưa chắc chắn"] if self.doubtful else []))


def quality(plan: Plan) -> Quality:
    changed = sum(
        e.text_end - e.text_start
        for e in plan.map.edits
        if not e.same
        and _letters(plan.text[e.text_start : e.text_end]) != _letters(plan.source[e.source_start : e.source_end])
    )
    return Quality(changed / max(1, len(plan.text)), sum(w.startswith(_DOUBT) for w in plan.warnings))


def row(plan: Plan) -> dict[str, Any]:
    """One line of the result table, as JSON values."""
    facts = plan.facts
    return {
        "id": plan.id,
        "issuer": plan.issuer.slug,
        "issuer_name": plan.issuer.full_name,
        "province": plan.issuer.province,
        "title": plan.title,
        "number": plan.number,
        "date": plan.when.written,
        "period": list(plan.period) if plan.period else None,
        "sections": len(plan.sections),
        "deadlines": len(facts.deadlines),
        "phases": len(facts.phases),
        "awards": len(facts.awards),
        "duties": len(facts.duties),
        "targets": len(facts.targets),
        "bases": sum(r.basis for r in facts.references),
        "quality": str(quality(plan)),
        "replaces": plan.replaces,
        "warnings": list(plan.warnings),
    }


def shown(plan: Plan) -> str:
    """Metadata, outline, facts, warnings and quality, in Vietnamese, safe to print to a terminal."""
    return visible("\n".join((*_head(plan), "", *_outline(plan), "", *_facts(plan), "", *_warnings(plan))))


def _head(plan: Plan) -> Iterator[str]:
    blank = "(không thấy)"
    yield f"{plan.source_name} → {plan.id}"
    yield f"  Cơ quan ban hành: {plan.issuer.full_name}, {plan.issuer.province or '(chưa rõ tỉnh)'}"
    yield f"  Số, ngày: {plan.number or blank}; {plan.when.written or blank}"
    yield f"  Tiêu đề: {plan.title or blank}"
    yield f"  Phong trào: {'; '.join(plan.movement) or blank}"
    yield f"  Thời gian: {'-'.join(map(str, dict.fromkeys(plan.period))) if plan.period else blank}"
    yield f"  Căn cứ kế hoạch cấp trên: {plan.parent or blank}"
    yield f"  Người ký: {', '.join(x for x in (plan.signer, plan.signer_office) if x) or blank}"
    yield f"  Nơi nhận: {'; '.join(plan.recipients) or blank}"
    yield f"  Chất lượng chữ: {quality(plan)}"


def _outline(plan: Plan) -> Iterator[str]:
    yield f"Mục lục ({len(plan.sections)} mục)"
    for section in plan.sections:
        heading = section.heading or plan.text[section.body : section.end]
        empty = " (để trống)" if section.empty else ""
        yield _short(f"{'  ' * section.level}{section.path} {heading}{empty}")


def _facts(plan: Plan) -> Iterator[str]:
    facts = plan.facts
    yield from _list("Thời hạn", [f"[{d.section}] {deadline_line(d)}" for d in facts.deadlines])
    yield from _list("Giai đoạn", [f"[{p.section}] {phase_line(p)}" for p in facts.phases])
    awards = [f"[{a.section}] {a.form}{f' ({a.occasion})' if a.occasion else ''}" for a in facts.awards]
    yield from _list("Khen thưởng", awards)
    yield from _list("Nhiệm vụ", [f"[{d.section}] {d.body}: {d.task}" for d in facts.duties])
    yield from _list("Chỉ tiêu", [f"[{t.section}] {t.figure}: {t.subject}" for t in facts.targets])
    bases = [plan.quote(r.span) for r in facts.references if r.basis]
    yield from _list("Căn cứ", bases)


def _warnings(plan: Plan) -> Iterator[str]:
    yield f"Cảnh báo ({len(plan.warnings)})"
    yield from (f"  - {warning}" for warning in plan.warnings)


def deadline_line(deadline: Deadline) -> str:
    """ "trước ngày 15/12 hằng năm: báo cáo … – UBND xã"."""
    when = deadline.when.written or "không ghi ngày"
    who = f"{deadline.actor}: " if deadline.actor and fold(deadline.actor) not in fold(deadline.duty) else ""
    to = f" – gửi {deadline.recipient}" if deadline.recipient else ""
    return f"{when}: {who}{deadline.duty}{to}"


def phase_line(phase: Phase) -> str:
    years = "-".join(str(y) for y in dict.fromkeys((phase.from_year, phase.to_year)) if y) or "không ghi năm"
    review = f"{phase.ends_with} năm {phase.end_year}" if phase.ends_with and phase.end_year else phase.ends_with
    return f"giai đoạn {phase.number} ({', '.join(part for part in (years, review) if part)})"


def _list(title: str, rows: Sequence[str]) -> Iterator[str]:
    yield f"{title} ({len(rows)})"
    yield from (_short(f"  - {row}") for row in rows)


def _short(text: str) -> str:
    indent = len(text) - len(text.lstrip())
    return " " * indent + textwrap.shorten(squash(text), _WIDTH - indent, placeholder=" …")


def _letters(text: str) -> list[str]:
    return [c for c in text if c.isalnum()]
