"""Rows and summaries → tables for a terminal, and files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bot.text import squash
from eval.metrics import Row, Share, Summary, figures

_WAYS = {"both": "từ và nghĩa", "words": "chỉ từ", "meaning": "chỉ nghĩa"}


@dataclass(frozen=True, slots=True)
class Table:
    """The first column names, the others hold one set of questions each."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(summaries: Mapping[str, Summary]) -> list[Table]:
    """The figures, then accuracy by class and by issuer, a column for each summary."""
    names = tuple(summaries)
    columns = tuple(summaries.values())
    return [
        Table(("Chỉ số", *names), tuple((label, *map(show, columns)) for label, show in _lines(columns))),
        _accuracy("Độ chính xác theo lớp", names, [column.by_class for column in columns]),
        _accuracy("Độ chính xác theo nơi ban hành", names, [column.by_issuer for column in columns]),
    ]


def plain(table: Table) -> str:
    """Columns set apart by two spaces, for a pipe."""
    lines = (table.header, *table.rows)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


def show(found: Iterable[Table], *, terminal: bool) -> None:
    """Print: drawn with rich in a terminal, aligned plainly otherwise."""
    if not terminal:
        print("\n\n".join(map(plain, found)))
        return
    from rich.console import Console
    from rich.table import Table as Drawn

    console = Console()
    for table in found:
        drawn = Drawn()
        for place, name in enumerate(table.header):
            drawn.add_column(name, justify="right" if place else "left")
        for line in table.rows:
            drawn.add_row(*line)
        console.print(drawn)


def failures(rows: Iterable[Row]) -> str:
    """Each question that failed or whose answer is unsound, with what was answered and why that is wrong."""
    return "\n\n".join(_failure(row) for row in rows if complaints(row))


def complaints(row: Row) -> list[str]:
    """Everything wrong with a row, in Vietnamese."""
    verdict = row.verdict
    found = list(verdict.reasons)
    if verdict.false_quotes:
        found.append(f"trích dẫn không đúng nguyên văn: {', '.join(f'[{mark}]' for mark in verdict.false_quotes)}")
    if verdict.unsupported:
        found.append(f"số liệu không có trong trích dẫn: {', '.join(verdict.unsupported)}")
    if row.folded is not None and verdict.passed:
        found += [f"khi hỏi không dấu: {reason}" for reason in row.folded.reasons]
    return found


def write(folder: Path, rows: Iterable[Row], settings: Mapping[str, Any], summary: Mapping[str, Any]) -> None:
    """rows.jsonl, settings.json and summary.json in `folder`; files of an earlier run are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(row_json(row), ensure_ascii=False) + "\n" for row in rows)
    (folder / "rows.jsonl").write_text("".join(lines), encoding="utf-8")
    for name, data in (("settings", settings), ("summary", summary)):
        text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


def row_json(row: Row) -> dict[str, Any]:
    case, answer, verdict = row.case, row.answer, row.verdict
    return {
        "id": case.id,
        "set": case.set,
        "class": case.kind,
        "question": case.question,
        "history": list(case.history),
        "issuer": case.issuer,
        "as_of": answer.as_of.isoformat(),
        "expected": case.status.value,
        "status": answer.status.value,
        "passed": verdict.passed,
        "complaints": complaints(row),
        "wrong_issuer": verdict.wrong_issuer,
        "false_quotes": list(verdict.false_quotes),
        "unsupported": list(verdict.unsupported),
        "folded_passed": row.folded.passed if row.folded is not None else None,
        "ranks": dict(row.ranks),
        "took_ms": round(row.took_ms, 2),
        "answer": answer.text,
        "citations": [
            {"mark": c.mark, "plan_id": c.plan_id, "section": c.section, "quote": c.quote} for c in answer.citations
        ],
    }


def summary_json(summary: Summary) -> dict[str, Any]:
    return {
        "questions": summary.accuracy.whole,
        **figures(summary),
        "p50_ms": round(summary.p50_ms, 2),
        "p95_ms": round(summary.p95_ms, 2),
        "retrieval": {
            way: {"questions": r.questions, "hit_at_1": r.hit_at_1, "hit_at_5": r.hit_at_5, "mrr": r.mrr}
            for way, r in summary.retrieval.items()
        },
        "by_class": {name: _share_json(share) for name, share in summary.by_class.items()},
        "by_issuer": {name: _share_json(share) for name, share in summary.by_issuer.items()},
    }


def _share_json(share: Share) -> dict[str, float | None]:
    return {"passed": share.part, "questions": share.whole, "accuracy": share.value}


def _lines(columns: Sequence[Summary]) -> Iterable[tuple[str, Callable[[Summary], str]]]:
    yield "Số câu hỏi", lambda s: str(s.accuracy.whole)
    yield "Trả lời đúng", lambda s: _share(s.accuracy)
    yield "Trích dẫn của nơi khác", lambda s: str(s.wrong_issuer)
    yield "Trích dẫn không đúng nguyên văn", lambda s: str(s.false_quotes)
    yield "Số liệu không có trong trích dẫn", lambda s: str(s.unsupported)
    yield "Không có đáp án mà vẫn trả lời", lambda s: _share(s.unanswerable_answered)
    yield "Có đáp án mà từ chối", lambda s: _share(s.answerable_refused)
    yield "Giảm khi hỏi không dấu (điểm %)", lambda s: _number(s.accent_loss, 100, 1)
    for way in dict.fromkeys(way for column in columns for way in column.retrieval):
        yield f"Tìm kiếm {_WAYS[way]}: hit@1 / hit@5 / MRR", partial(_found, way)
    yield "Thời gian p50 / p95 (ms)", lambda s: f"{s.p50_ms:.1f} / {s.p95_ms:.1f}"


def _share(share: Share) -> str:
    return f"{share.part}/{share.whole} {_number(share.value, 100, 1)}%" if share.whole else "–"


def _number(value: float | None, scale: int, digits: int) -> str:
    return "–" if value is None else f"{value * scale:.{digits}f}"


def _found(way: str, summary: Summary) -> str:
    found = summary.retrieval.get(way)
    return f"{found.hit_at_1:.2f} / {found.hit_at_5:.2f} / {found.mrr:.2f}" if found else "–"


def _accuracy(title: str, names: tuple[str, ...], columns: Sequence[Mapping[str, Share]]) -> Table:
    keys = sorted({key for column in columns for key in column})
    nothing = Share(0, 0)
    rows = ((key or "(không nêu)", *(_share(column.get(key, nothing)) for column in columns)) for key in keys)
    return Table((title, *names), tuple(rows))


def _failure(row: Row) -> str:
    case = row.case
    asked = [f"{case.id} ({case.kind}, {case.set})"]
    asked += [f"  Trước đó:  {earlier}" for earlier in case.history]
    asked.append(f"  Hỏi:       {case.question}" + (f" [{case.issuer}]" if case.issuer else ""))
    asked.append("  Trả lời:   " + row.answer.text.replace("\n", "\n             "))
    asked += [f"  Trích [{c.mark}]: {c.plan_id} {c.section}: {squash(c.quote)}" for c in row.answer.citations]
    return "\n".join([*asked, *(f"  Lỗi:       {text}" for text in complaints(row))])
