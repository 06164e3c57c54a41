"""The rows and the columns of a table that a question names. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from ..lexicon import lexicon
from ..question import Question
from ..ranges import admits, amounts
from ..terms import Term, spaced
from ..text import fold
from ..wants import Want
from .grids import Grid, Line, is_total

# What each adds to a row or a column.
EXTREME = 5.0
_TOTAL, _WHOLE, _PAIR, _KIND, _COUNTED = 5.0, 3.0, 3.0, 1.5, 4.5
_BESIDE = 0.5  # of the best one's score that another row or column named must have
_MOST_ROWS = 3
YEAR = re.compile(r"20\d\d")
_KINDS = {Want.PERCENT: re.compile(r"%|ty le"), Want.MONEY: re.compile(r"\b(?:dong|trieu|ty|nghin|ngan|tien)\b")}
_HEADS = {Want.MONEY: r"kinh phi|tien|dong\b|gia\b|muc|du toan|phi\b", Want.PERCENT: r"%|ty le"}


def rows_named(
    question: Question, grid: Grid, weight: Mapping[Term, float]
) -> tuple[tuple[Line, ...], set[Term], bool]:
    """The rows named, the terms they hold, and whether a range told them."""
    verdicts = [_admits(question, grid, row) for row in grid.rows]
    ranged = True in verdicts
    candidates = [r for r, v in zip(grid.rows, verdicts, strict=True) if v or not ranged]
    held = {id(r): held_in(weight, r.words) for r in candidates}
    shared = set.intersection(*held.values()) if len(candidates) > 1 else set()
    wants_total = says(question, lexicon().totals)
    scored = []
    for row in candidates:
        score = summed(weight, held[id(row)] - shared)
        score += _WHOLE * whole(question, row)
        score += _COUNTED * _counts_alike(question, grid, row)
        if is_total(row.cells[grid.label]):
            score = score + _TOTAL if wants_total else 0.0
        scored.append(score)
    best = max(scored, default=0.0)
    if best <= 0 and not (ranged and len(candidates) == 1) and len(grid.rows) > 1:
        return (), set(), False
    first = candidates[scored.index(best)]
    chosen = [first]
    for row, score in zip(candidates, scored, strict=True):
        exclusive = held[id(row)] - held[id(first)]
        alone = held[id(first)] - held[id(row)]
        if row is first or score < max(best * _BESIDE, 1e-9):
            continue
        if not exclusive and not alone:
            chosen += [row] * (score == best)  # nothing tells them apart
        elif _named(row, exclusive) and _named(first, alone):
            chosen.append(row)
    if len(chosen) > _MOST_ROWS:
        return (), set(), False
    return tuple(chosen), set().union(*(held[id(r)] for r in chosen)), ranged


def whole(question: Question, row: Line) -> bool:
    """Whether the question holds the label of the row as it stands; one of a single word may be chance."""
    label = row.label
    return label.count(" ") > 2 and label in spaced(question.text)


def pairs(question: Question, grid: Grid) -> list[Term]:
    """Two words side by side in the question and in a label or a head: "chau luc", whose syllables alone only ask."""
    whole = [form for t in question.terms for form in t.forms]
    found = dict.fromkeys(" ".join(pair) for pair in pairwise(spaced(question.text).split()))
    return [Term((pair,), _PAIR) for pair in found if f" {pair} " in grid.named and not any(pair in w for w in whole)]


def _counts_alike(question: Question, grid: Grid, row: Line) -> bool:
    """ "40 điểm đọc" is claimed of the row whose cells count "điểm"."""
    nouns = {a.noun for a in question.amounts}
    return any(a.noun in nouns for i in grid.values for a in amounts(row.cells[i]))


def _named(row: Line, terms: set[Term]) -> bool:
    """Whether the terms that only this row holds are years, or name nearly all of its label."""
    if any(YEAR.fullmatch(t.forms[0]) for t in terms):
        return True
    label = row.label.split()
    said = {w for t in terms for form in t.forms[:1] for w in form.split()}
    return bool(label) and sum(w in said for w in label) >= 0.8 * len(label)


def columns_named(question: Question, grid: Grid, weight: Mapping[Term, float]) -> tuple[tuple[int, ...], set[Term]]:
    """The columns of figures named, all of them where none is; and the terms that their heads hold."""
    heads = {i: spaced(grid.heads[i]) for i in range(len(grid.heads)) if i not in (grid.label, grid.measure)}
    values = {i: h for i, h in heads.items() if i in _of_kind(question, grid)}
    held = {i: held_in(weight, h) for i, h in values.items()}
    shared = set.intersection(*held.values()) if len(values) > 1 else set()
    most, least, total = (says(question, w) for w in (lexicon().most, lexicon().least, lexicon().totals))
    scores = {}
    for i, head in values.items():
        score = summed(weight, held[i] - shared)
        score += EXTREME * ((most and said_in(head, lexicon().most)) or (least and said_in(head, lexicon().least)))
        score += _TOTAL * (total and is_total(grid.heads[i]))
        folded = fold(grid.heads[i])
        score += _KIND * any(w in question.wants and bool(re.search(p, folded)) for w, p in _HEADS.items())
        scores[i] = score
    best = max(scores.values(), default=0.0)
    if best <= 0:
        return tuple(values), set()
    first = next(i for i in values if scores[i] == best)
    chosen = [
        i
        for i in values
        if i == first
        or (scores[i] >= best * _BESIDE and held[i] - shared and (held[i] - held[first]) and (held[first] - held[i]))
        or (scores[i] == best and held[i] == held[first])
    ]
    return tuple(chosen), set().union(*(held[i] for i in chosen)) | shared


def _of_kind(question: Question, grid: Grid) -> tuple[int, ...]:
    """The columns of figures, those of the kind asked for alone where there are any: shares, sums of money."""
    shares = Want.YES_NO in question.wants and any(f.endswith("%") for f in question.figures)
    for want, kind in _KINDS.items():
        if want in question.wants or (shares and want is Want.PERCENT):
            own = [i for i in grid.values if kind.search(fold(f"{grid.heads[i]} {grid.rows[0].cells[i]}"))]
            return tuple(own) or grid.values
    return grid.values


def says(question: Question, words: Sequence[str]) -> bool:
    return said_in(spaced(question.said), words)


def said_in(framed: str, words: Sequence[str]) -> bool:
    return any(re.search(rf" {w.replace(' … ', ' (?:[a-z0-9]+ ){1,4}')} ", framed) for w in words)


def _admits(question: Question, grid: Grid, row: Line) -> bool | None:
    """Whether a range in the row's text takes in the question's amount; a figure of a value column is none."""
    if not question.amounts:
        return None
    told = []
    for i, cell in enumerate(row.cells):
        if cell and i != grid.measure:
            told.append(admits(cell, question.amounts, grid.heads[i]))
    return False if False in told else True if True in told else None


def held_in(terms: Mapping[Term, float] | Sequence[Term], framed: str) -> set[Term]:
    return {t for t in terms if holds(t, framed)}


def holds(term: Term, framed: str) -> bool:
    return any(f" {form} " in framed for form in term.forms)


def summed(weight: Mapping[Term, float], terms: Iterable[Term]) -> float:
    """Rounded, so that equal sums are equal in whatever order they are made."""
    return round(sum(weight[t] for t in terms), 6)
