"""Learns what makes a unit of a plan the answer, from the questions that may be learned from.

    python -m eval.learn CASES=INDEX…        e.g. eval/cases/dev.jsonl=index eval/unseen/dev/cases.jsonl=/…/index

Two linear models over `bot.evidence.Features`: one orders the units of a question (softmax, the gold unit on top), one
says whether the best unit answers at all (logistic). Both are small on purpose: what fits some hundred questions has to
hold for plans that nobody has seen. Held-back files are never given to it. Writes bot/models/evidence.json.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.answerers.shared import facts_of
from bot.domain import Status
from bot.evidence import LEARNED, Features, weigh
from bot.frequency import rarity
from bot.near import nearness
from bot.question import understand
from bot.search import search
from bot.settings import Settings
from bot.terms import spaced
from bot.wiring import open_service

from .cases import Case, read_cases

Matrix = NDArray[np.float64]
_STEPS, _RATE = 600, 0.05
_RANK_PENALTY, _ANSWER_PENALTY = 1.0, 0.001
# Of a unit that answers these say more than the others; with all sixteen the held-out error was no lower.
_TELLING = ("held", "known", "exact", "meaning", "misses", "rarest", "unnamed")
_THRESHOLD = 0.6  # certainty from which a unit answers: as few unanswerable questions answered as hand-set rules had


class Example(NamedTuple):
    features: Matrix  # (units, features), every unit of the plan
    gold: list[int]  # rows that hold the words which prove the answer; none for a question without an answer


def main(argv: Sequence[str]) -> int:
    if not argv:
        print(__doc__)
        return 2
    examples = [e for pair in argv for e in _examples(*map(Path, pair.split("=", 1)))]
    rank = _learn_rank([e for e in examples if e.gold])
    answer, bias = _learn_answer(examples, rank)
    learned = {"rank": _named(rank), "answer": _named(answer), "bias": round(float(bias), 3), "threshold": _THRESHOLD}
    LEARNED.write_text(json.dumps(learned, indent=1) + "\n", encoding="utf-8")
    with_gold = [e for e in examples if e.gold]
    first = sum(int(np.argmax(e.features @ rank)) in e.gold for e in with_gold)
    print(f"{len(examples)} questions, {len(with_gold)} with an answer; the gold unit first in {first}")
    return 0


def _examples(cases: Path, index: Path) -> list[Example]:
    """Questions about one plan that stand alone; whole plans are weighed, as when a user asks."""
    service = open_service(Settings(index=index))
    snapshot = service.snapshot()
    found = []
    for case in read_cases(cases):
        if case.history or len(case.issuers) != 1 or case.status not in (Status.ANSWERED, Status.NOT_STATED):
            continue
        question = understand(case.question, snapshot.issuers, case.as_of or date(2026, 11, 20), rarity)
        passages = nearness(search(question, snapshot, case.issuers, 60))
        for plan in snapshot.plans_of(case.issuers[0]):
            if case.sections and plan.id != case.sections[0][0]:
                continue
            ranked = weigh(question, plan, passages.get(plan.id, ()), facts_of(question, plan), limit=10_000)
            matrix = np.array([e.features for e in ranked])
            gold = [i for i, e in enumerate(ranked) if _proves(case, e.unit.words, e.unit.section)]
            if question.terms and (gold or case.status is Status.NOT_STATED):
                found.append(Example(matrix, gold if case.status is Status.ANSWERED else []))
    service.close()
    return found


def _proves(case: Case, words: str, section: str) -> bool:
    run = spaced(case.words).strip()
    here = any(section == path or section.startswith(f"{path}.") or not path for _, path in case.sections)
    return bool(run) and here and (run in words or (words.strip() in run and len(words) > len(run) / 4))


def _learn_rank(examples: Sequence[Example]) -> Matrix:
    weights = np.zeros(len(Features._fields))
    # What a unit lacks says nothing of which of several units is best that "held" does not say.
    free = np.array([name not in ("rarest", "unnamed") for name in Features._fields])
    step = _adam(len(weights))
    for _ in range(_STEPS):
        gradient = _RANK_PENALTY * weights
        for example in examples:
            odds = np.exp(example.features @ weights - (example.features @ weights).max())
            share = odds / odds.sum()
            right = odds[example.gold] / odds[example.gold].sum()
            gradient = gradient + share @ example.features - right @ example.features[example.gold]
        weights = weights - step(gradient / len(examples)) * free
    return weights


def _learn_answer(examples: Sequence[Example], rank: Matrix) -> tuple[Matrix, float]:
    """On the best unit of each question: 1 for the gold one, 0 where the plan has no answer; others teach nothing."""
    best = [int(np.argmax(e.features @ rank)) for e in examples]
    kept = [
        (e.features[b], float(bool(e.gold))) for e, b in zip(examples, best, strict=True) if not e.gold or b in e.gold
    ]
    rows, truth = np.array([k[0] for k in kept]), np.array([k[1] for k in kept])
    rows = rows * np.array([name in _TELLING for name in Features._fields])
    weights, bias, step = np.zeros(rows.shape[1]), 0.0, _adam(rows.shape[1] + 1)
    for _ in range(_STEPS * 4):
        error = 1 / (1 + np.exp(-(rows @ weights + bias))) - truth
        change = step(np.append(rows.T @ error / len(truth) + _ANSWER_PENALTY * weights, error.mean()))
        weights, bias = weights - change[:-1], bias - change[-1]
    return weights, bias


def _adam(size: int):  # type: ignore[no-untyped-def]
    """Steps of gradient descent with moments (Kingma and Ba, 2015)."""
    mean, square, time = np.zeros(size), np.zeros(size), 0

    def step(gradient: Matrix) -> Matrix:
        nonlocal mean, square, time
        time += 1
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        moved: Matrix = _RATE * (mean / (1 - 0.9**time)) / (np.sqrt(square / (1 - 0.99**time)) + 1e-8)
        return moved

    return step


def _named(weights: Matrix) -> dict[str, float]:
    return {name: round(float(weight), 3) for name, weight in zip(Features._fields, weights, strict=True)}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
