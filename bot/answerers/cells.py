"""Figures out of a table: the row and the column that the question names, or the row in whose range its amount lies."""

from __future__ import annotations

import re

from .. import replies
from ..domain import Plan, Span
from ..evidence import local_weights
from ..findings import Claim, Finding
from ..grid.choosing import Choice, choose, plain
from ..grid.grids import Grid, Line, grids
from ..grid.named import says
from ..lexicon import lexicon
from ..matters import matters, speaks
from ..question import Question
from ..ranges import number, scale
from ..terms import spaced
from ..text import fold, squash
from ..topics import Topic
from ..wants import Want
from .shared import Context

_KINDS = (Want.PERCENT, Want.MONEY, Want.COUNT, Want.NUMBER)
_SURE = 0.6  # share of the question that the cell and what stands over it must hold
_SURE_BY_FIGURE = 0.5  # the same where a range or the highest figure tells the row
_SURE_BY_BOTH = 0.45  # and where the question names the column, too
_PROSE = 0.1  # by which a sentence may hold more and the table be told all the same
_MANY = 3  # columns told at once
_LONG = 1500  # characters of a table quoted as a whole
_UNITS = {
    Want.PERCENT: re.compile(r"%|ty le|phan tram"),
    Want.MONEY: re.compile(r"\b(?:dong|trieu|ty|nghin|ngan|vnd)\b"),
}
_HOW_MANY = re.compile(r"\b(?:bao nhieu|may)\b")
_NO_TABLE = frozenset({Topic.SIGNER, Topic.NUMBER, Topic.ISSUED, Topic.RECIPIENTS, Topic.BASIS, Topic.EFFECT})
_FREE = ("kinh phí", "miễn phí", "khen thưởng")  # matters that a table of figures need not name


def answer(question: Question, plan: Plan, context: Context) -> Finding | None:
    said = fold(question.said)
    claims = Want.YES_NO in question.wants and bool(question.figures)
    extreme = says(question, lexicon().most) or says(question, lexicon().least)
    figure = set(_KINDS) & set(question.wants) or (not question.wants and _HOW_MANY.search(said))
    if not (claims or extreme or question.amounts or figure):
        return None
    if _NO_TABLE & set(question.topics) and not extreme:
        return None
    weights = local_weights(plan, question.terms)
    title = spaced(plan.title)
    found = [c for grid in grids(plan) if (c := choose(question, grid, weights, title)) and _of_kind(question, plan, c)]
    best = max((c for c in found if c.cover >= _floor(c)), key=lambda c: c.held, default=None)
    if best is None:
        return None
    prose = max((e.coverage for e in context.ranked if not e.unit.cells), default=0.0)
    if not _told_apart(best) and best.cover < prose - _PROSE:
        return None
    return _told(question, plan, best)


def _floor(choice: Choice) -> float:
    if choice.ranged and choice.named:
        return _SURE_BY_BOTH
    return _SURE_BY_FIGURE if _told_apart(choice) else _SURE


def _told_apart(choice: Choice) -> bool:
    return choice.ranged or choice.extreme or choice.whole


def _of_kind(question: Question, plan: Plan, choice: Choice) -> bool:
    """Whether the cells hold figures of the kind asked for."""
    grid, columns = choice.grid, choice.columns
    if not columns:
        return choice.ranged and not set(_KINDS) & set(question.wants)
    for row in choice.rows:
        if not any(re.search(r"\d", row.cells[i]) for i in columns):
            return False
        if not all(speaks(row.unit, m) for m in matters(question.said) if m.name not in _FREE):
            return False
        units = fold(" ".join(grid.unit_of(plan, row, i) for i in columns))
        if any(kind in question.wants and not unit.search(units) for kind, unit in _UNITS.items()):
            return False
        noun = question.counted.split()[0] if question.counted else ""
        if (
            Want.COUNT in question.wants
            and noun
            and not choice.named
            and f" {noun} " not in f"{spaced(units)}{grid.over}"
        ):
            return False
    return True


def _told(question: Question, plan: Plan, choice: Choice) -> Finding:
    grid = choice.grid
    verdict = _verdict(question, plan, choice)
    claims = []
    for row in choice.rows:
        text, spans = _line(plan, choice, row)
        if choice.extreme and (whole := _whole(plan, grid)):
            spans = (spans[0], whole)
        claims.append(Claim(f"{verdict}{text}", tuple(dict.fromkeys(spans)), question.figures))
    return Finding(
        plan, tuple(claims), brief=_line(plan, choice, choice.rows[0])[0], affirms=verdict.strip() != replies.NO
    )


def _line(plan: Plan, choice: Choice, row: Line) -> tuple[str, tuple[Span, ...]]:
    """ "Nhà cấp II – Mức giá tối đa: 5.000 đồng/m2", and what proves it."""
    grid = choice.grid
    spans = [Span(plan.id, row.unit.start, row.unit.end), *grid.head]
    name = row.cells[grid.label]
    if not re.search(r"[^\W\d_]", name):
        name = f"{grid.heads[grid.label]}: {name}" if re.search(r"\D", name) else f"{grid.heads[grid.label]} {name}"
    if row.group:
        name = f"{name} – {row.group[1]}"
        spans.append(row.group[0])
    told = choice.columns if len(choice.columns) <= _MANY else grid.values
    if not set(told) - {grid.label} or (choice.ranged and not _asked(choice)):
        told = tuple(i for i in range(len(grid.heads)) if i not in (grid.label, grid.measure) and row.cells[i])
        told = tuple(i for i in told if not re.match(r"(?:stt|tt)\b", fold(grid.heads[i])))
    unit = f" {row.cells[grid.measure]}" if grid.measure is not None and row.cells[grid.measure] else ""
    said = "; ".join(f"{grid.heads[i]}: {row.cells[i]}{unit if i in grid.values else ''}" for i in told if row.cells[i])
    if grid.caption and said:
        spans.append(grid.caption)
        said = f"{said} ({squash(plan.quote(grid.caption)).strip('()')})"
    return f"{name} – {said}" if said else name, tuple(spans)


def _asked(choice: Choice) -> bool:
    return len(choice.columns) < len(choice.grid.values) or len(choice.grid.values) == 1


def _whole(plan: Plan, grid: Grid) -> Span | None:
    """The table as one run, which proves a highest figure."""
    start, end = grid.head[0].start, grid.rows[-1].unit.end
    return Span(plan.id, start, end) if end - start <= _LONG else None


def _verdict(question: Question, plan: Plan, choice: Choice) -> str:
    """ "Đúng. " or "Không. " where the one cell asked about holds, or does not hold, the figure claimed."""
    if Want.YES_NO not in question.wants or len(choice.rows) != 1 or len(choice.columns) != 1:
        return ""
    row, column = choice.rows[0], choice.columns[0]
    unit = choice.grid.unit_of(plan, row, column)
    figures = (
        question.figures if "%" not in unit else [f for f in question.figures if f.endswith("%")] or question.figures
    )
    claimed = [f for f in figures if f.strip(" %") not in choice.keys]
    value = plain(row.cells[column])
    if value is None or len(claimed) != 1:
        return ""
    said = number(claimed[0].strip(" %"))
    sums = {a.value for a in question.amounts if a.noun == "dong" and a.written == claimed[0].strip(" %")}
    right = value == said if not sums else value * scale(unit) in sums or value == said
    return f"{replies.RIGHT} " if right else f"{replies.NO} "
