"""Which rows and columns of a table a question asks for, and how much of it they hold. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..lexicon import lexicon
from ..question import Question
from ..ranges import Amount, admits, number, turns
from ..terms import spaced
from ..text import fold
from ..wants import Want
from .grids import Grid, Line, is_total
from .named import EXTREME, YEAR, columns_named, held_in, holds, pairs, rows_named, said_in, says, whole

Weights = Mapping[tuple[str, ...], float]

_RANGE, _YEARLY = 6.0, 5.0  # what a range adds to a row, and the weight of a year
_OVER, _TITLE = 0.8, 0.5  # of a term's weight, where it stands over the table or in the plan's title
_WHICH = re.compile(r"([a-z]+) nao\b|\b(ai)\b")
_TURN = re.compile(r"(?:lan )?(?:dau|mot|hai|ba|\d)")
_MONEY = re.compile(r"\b(?:dong|trieu|ty|nghin|ngan)\b")
_MONEY_WORDS = {"tien", "gia", "muc gia", "dong", "trieu", "kinh phi", "trieu dong", "ty", "ty dong", "nghin"}


@dataclass(frozen=True, slots=True)
class Choice:
    """`cover`: share of the question's weight that rows, columns and what stands over the table hold.

    `held`: that weight itself, by which two tables are compared. `named`: words of the question tell the columns from
    the others. `ranged`: a row was found by the range that the question's amount lies in; `extreme`: by the highest or
    lowest figure. `keys`: amounts that ranges of the row took in. `whole`: the question holds the row's label as it
    stands.
    """

    grid: Grid
    rows: tuple[Line, ...]
    columns: tuple[int, ...]
    cover: float
    held: float
    named: bool = False
    ranged: bool = False
    extreme: bool = False
    keys: frozenset[str] = frozenset()
    whole: bool = False


def choose(question: Question, grid: Grid, weights: Weights, title: str) -> Choice | None:
    claimed = {f.strip(" %") for f in question.figures} if Want.YES_NO in question.wants else set()
    counted = {a.written for a in question.amounts}
    terms = [t for t in question.terms if t.forms[0] not in claimed | counted and t.forms[0] not in _extremes()]
    weight = {t: _YEARLY if YEAR.fullmatch(t.forms[0]) else weights.get(t.forms, t.weight) for t in terms}
    weight |= {t: t.weight for t in pairs(question, grid)}
    if _other_turn(question, grid):
        return None
    rows: tuple[Line, ...]
    columns, column_terms = columns_named(question, grid, weight)
    if which := _which(question):
        found = _extreme_row(question, grid, columns, which)
        if found is None:
            return None
        row, column = found
        rows, columns, ranged, row_terms = (row,), (column,), False, held_in(weight, row.words)
        extreme = True
    else:
        rows, row_terms, ranged = rows_named(question, grid, weight)
        extreme = False
    if not rows:
        return None
    over = f"{grid.over}{spaced(grid.heads[grid.label])}"
    total = held = 0.0
    units = _units(question, grid, rows, columns)
    for term in weight:
        total += weight[term] if term in terms or term in row_terms or term in column_terms else 0.0
        own = term in row_terms or term in column_terms or bool(units.intersection(term.forms))
        share = 1.0 if own else _OVER if holds(term, over) else 0.0
        if own or term in terms:
            held += weight[term] * (share or (_TITLE if holds(term, title) else 0.0))
    for is_so, worth in ((ranged, _RANGE), (extreme, EXTREME), (_headed_extreme(question, grid, columns), EXTREME)):
        total, held = total + worth * is_so, held + worth * is_so
    keys = frozenset(a.written for a in question.amounts if ranged and _judged(a, grid, rows[0]))
    named = bool(column_terms) and len(columns) < len(grid.values)
    return Choice(
        grid,
        rows,
        columns,
        held / total if total else 0.0,
        held,
        named,
        ranged,
        extreme,
        keys,
        whole(question, rows[0]),
    )


def _which(question: Question) -> str:
    """The noun of "thôn nào … nhiều nhất", "" where the question asks for no highest or lowest."""
    if not (says(question, lexicon().most) or says(question, lexicon().least)):
        return ""
    found = _WHICH.search(fold(question.said))
    return (found[1] or found[2]) if found else ""


def _extreme_row(question: Question, grid: Grid, columns: Sequence[int], which: str) -> tuple[Line, int] | None:
    """The one row whose figure in the column asked is the highest or the lowest, and that column."""
    if len(columns) > 1:
        columns = [i for i in grid.values if is_total(grid.heads[i])]
    labels = " ".join((grid.heads[grid.label], *(r.cells[grid.label] for r in grid.rows)))
    if len(columns) != 1 or f" {which} " not in spaced(labels):
        return None
    figures = [
        (value, row)
        for row in grid.rows
        if not is_total(row.cells[grid.label]) and (value := plain(row.cells[columns[0]])) is not None
    ]
    if len(figures) < 2:
        return None
    pick = max if says(question, lexicon().most) else min
    best = pick(value for value, _ in figures)
    found = [row for value, row in figures if value == best]
    return (found[0], columns[0]) if len(found) == 1 else None


def plain(cell: str) -> float | None:
    """The figure of a cell that holds one; None for none or several."""
    found = re.findall(r"\d[\d.,]*", cell)
    value = number(found[0]) if len(found) == 1 else None
    return value if value is not None and value == value else None


def _headed_extreme(question: Question, grid: Grid, columns: Sequence[int]) -> bool:
    lists = (lexicon().most, lexicon().least)
    return any(says(question, w) and all(said_in(spaced(grid.heads[i]), w) for i in columns) for w in lists)


@lru_cache(maxsize=1)
def _extremes() -> frozenset[str]:
    known = lexicon()
    return frozenset(w for words in (known.most, known.least, known.totals) for w in words)


def _judged(amount: Amount, grid: Grid, row: Line) -> bool:
    return any(admits(cell, (amount,), grid.heads[i]) is not None for i, cell in enumerate(row.cells) if cell)


def _other_turn(question: Question, grid: Grid) -> bool:
    """ "Kê khai lần đầu" is not told from the table of "lần thứ 2"."""
    asked, over = turns(question.said), turns(grid.over)
    return bool(asked and over) and asked.isdisjoint(over)


def _units(question: Question, grid: Grid, rows: Sequence[Line], columns: Sequence[int]) -> set[str]:
    """The words, folded, by which the unit of the cells may be called: "met", "vuong" for m2, "tien" for đồng."""
    cells = [i for i in (*columns, grid.measure, grid.label) if i is not None]
    found = fold(" ".join([*(grid.heads[i] for i in cells), *(r.cells[i] for r in rows for i in cells)]))
    words = set(spaced(found).split())
    if re.search(r"m2|m²", found):
        words |= {"m2", "met", "vuong", "met vuong"}
    if turns(question.said) & turns(grid.over):
        words |= {t.forms[0] for t in question.terms if _TURN.fullmatch(t.forms[0])}
    if Want.MONEY in question.wants and _MONEY.search(found):
        words |= _MONEY_WORDS
    return words
