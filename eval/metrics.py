"""Rows of an evaluation → figures (pure)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain import Answer, Status
from eval.cases import Case
from eval.judge import Verdict

UNANSWERABLE = frozenset({Status.NOT_STATED, Status.NOT_IN_COLLECTION, Status.OUT_OF_SCOPE})


@dataclass(frozen=True, slots=True)
class Row:
    """One case, asked."""

    case: Case
    answer: Answer
    verdict: Verdict
    took_ms: float  # of the question itself, without its history
    folded: Verdict | None  # the same question without accents; None where the case is not answerable
    ranks: Mapping[str, int | None]  # way of search → place of the first right passage, from 1; {} where not measured


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Retrieval:
    questions: int
    hit_at_1: float
    hit_at_5: float
    mrr: float


@dataclass(frozen=True, slots=True)
class Summary:
    """Shares are between 0 and 1; a share of nothing has no value."""

    accuracy: Share
    wrong_issuer: int
    false_quotes: int
    unsupported: int
    unanswerable_answered: Share
    answerable_refused: Share
    accent_loss: float | None  # accuracy lost on answerable questions asked without accents
    retrieval: Mapping[str, Retrieval]  # by way of search
    p50_ms: float
    p95_ms: float
    by_class: Mapping[str, Share]
    by_issuer: Mapping[str, Share]  # "" for questions about none


def summarise(rows: Sequence[Row]) -> Summary:
    """The figures of at least one row."""
    answerable = [row for row in rows if row.case.status == Status.ANSWERED]
    unanswerable = [row for row in rows if row.case.status in UNANSWERABLE]
    took = [row.took_ms for row in rows]
    return Summary(
        accuracy=_passed(rows),
        wrong_issuer=sum(row.verdict.wrong_issuer for row in rows),
        false_quotes=sum(len(row.verdict.false_quotes) for row in rows),
        unsupported=sum(len(row.verdict.unsupported) for row in rows),
        unanswerable_answered=_share(unanswerable, lambda row: row.answer.status == Status.ANSWERED),
        answerable_refused=_share(answerable, lambda row: row.answer.status != Status.ANSWERED),
        accent_loss=_accent_loss(rows),
        retrieval=_retrieval(rows),
        p50_ms=percentile(took, 50),
        p95_ms=percentile(took, 95),
        by_class=_accuracy_by(rows, lambda row: (row.case.kind,)),
        by_issuer=_accuracy_by(rows, lambda row: row.case.issuers or ("",)),
    )


def percentile(values: Sequence[float], percent: float) -> float:
    """Nearest rank: a value that was measured, never one between two."""
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


def figures(summary: Summary) -> dict[str, float | None]:
    """The figures that a floor may name. Those of retrieval are of both ways together."""
    both = summary.retrieval.get("both")
    return {
        "accuracy": summary.accuracy.value,
        "wrong_issuer": summary.wrong_issuer,
        "false_quotes": summary.false_quotes,
        "unsupported": summary.unsupported,
        "unanswerable_answered": summary.unanswerable_answered.value,
        "answerable_refused": summary.answerable_refused.value,
        "accent_loss": summary.accent_loss,
        "hit_at_1": both.hit_at_1 if both else None,
        "hit_at_5": both.hit_at_5 if both else None,
        "mrr": both.mrr if both else None,
    }


def breaches(summaries: Mapping[str, Summary], floor: Mapping[str, Any]) -> list[str]:
    """What the floor asks for and the summaries, by name of the set, do not reach; a missing figure is a breach.

    `floor`: {set: {"least": {figure: value}, "most": {figure: value}}}, as in floor.toml. Raises KeyError for a set
    or a figure that does not exist.
    """
    found = []
    for name, bounds in floor.items():
        reached = figures(summaries[name])
        for figure, bound in bounds.get("least", {}).items():
            value = reached[figure]
            if value is None or value < bound:
                found.append(f"{name}: {figure} = {_shown(value)}, ít nhất phải là {bound}")
        for figure, bound in bounds.get("most", {}).items():
            value = reached[figure]
            if value is None or value > bound:
                found.append(f"{name}: {figure} = {_shown(value)}, nhiều nhất được là {bound}")
    return found


def _shown(value: float | None) -> str:
    return "không đo được" if value is None else f"{round(value, 4):g}"


def _share(rows: Sequence[Row], test: Callable[[Row], bool]) -> Share:
    return Share(sum(map(test, rows)), len(rows))


def _passed(rows: Sequence[Row]) -> Share:
    return _share(rows, lambda row: row.verdict.passed)


def _accuracy_by(rows: Sequence[Row], keys: Callable[[Row], Iterable[str]]) -> dict[str, Share]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        for key in keys(row):
            groups.setdefault(key, []).append(row)
    return {key: _passed(groups[key]) for key in sorted(groups)}


def _accent_loss(rows: Sequence[Row]) -> float | None:
    pairs = [(row.verdict.passed, row.folded.passed) for row in rows if row.folded is not None]
    return sum(accented - folded for accented, folded in pairs) / len(pairs) if pairs else None


def _retrieval(rows: Sequence[Row]) -> dict[str, Retrieval]:
    ranks: dict[str, list[int | None]] = {}
    for row in rows:
        for mode, rank in row.ranks.items():
            ranks.setdefault(mode, []).append(rank)
    return {mode: _ranked(found) for mode, found in ranks.items()}


def _ranked(ranks: Sequence[int | None]) -> Retrieval:
    whole = len(ranks)
    found = [rank for rank in ranks if rank is not None]
    return Retrieval(
        questions=whole,
        hit_at_1=sum(rank == 1 for rank in found) / whole,
        hit_at_5=sum(rank <= 5 for rank in found) / whole,
        mrr=sum(1 / rank for rank in found) / whole,
    )
