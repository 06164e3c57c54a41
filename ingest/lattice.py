"""The likeliest path of words through a lattice, by beam search under the language model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .language import BREAK, ORDER, Floats, Grams, LanguageModel, extend

_BEAM = 14
_RANGE = 16.0  # nats below the best at which a path is given up


@dataclass(frozen=True, slots=True)
class Step:
    """One word that leads from one node to a later one; `score` is its own, in nats, without the language model's."""

    to: int
    word: int
    score: float


@dataclass(slots=True)
class _Arrivals:
    """What reached a node: histories, scores, and for each the node, the place in its beam and the step it came by."""

    histories: list[Grams]
    scores: list[Floats]
    origins: list[tuple[int, int, Step]]


def best_path(model: LanguageModel, lattice: Sequence[Sequence[Step]], history: int = BREAK) -> list[tuple[int, Step]]:
    """(node, step) from node 0 to the last, `len(lattice)`. Steps lead forward only and every node can go on."""
    last = len(lattice)
    arrivals = [_Arrivals([], [], []) for _ in range(last + 1)]
    kept: list[list[tuple[int, int, Step]]] = [[] for _ in range(last + 1)]
    for node in range(last + 1):
        if node == 0:
            histories = np.array([history], dtype=np.uint64)
            scores = np.zeros(1, dtype=np.float32)
        else:
            here = arrivals[node]
            if not here.scores:
                continue
            histories, scores = np.concatenate(here.histories), np.concatenate(here.scores)
            by = _best(histories, scores)
            histories, scores = histories[by], scores[by]
            kept[node] = [here.origins[at] for at in by]
            arrivals[node] = _Arrivals([], [], [])
        if node == last:
            break
        steps = lattice[node]
        words = np.array([step.word for step in steps], dtype=np.uint64)
        own = np.array([step.score for step in steps], dtype=np.float32)
        reached = scores[:, None] + own + model.score(histories[:, None], words)
        following = extend(histories[:, None], words)
        for to in {step.to for step in steps}:
            chosen = [at for at, step in enumerate(steps) if step.to == to]
            arrivals[to].histories.append(following[:, chosen].ravel())
            arrivals[to].scores.append(reached[:, chosen].ravel())
            arrivals[to].origins += [(node, place, steps[one]) for place in range(len(histories)) for one in chosen]
    path: list[tuple[int, Step]] = []
    node, place = last, 0
    while node:
        node, place, step = kept[node][place]
        path.append((node, step))
    return path[::-1]


def _best(histories: Grams, scores: Floats) -> list[int]:
    """Places of the best, one for each history, best first."""
    found: dict[int, int] = {}
    near = np.flatnonzero(scores >= scores.max() - _RANGE)
    for at in near[np.argsort(-scores[near], kind="stable")].tolist():
        found.setdefault(int(histories[at]), at)
        if len(found) == _BEAM:
            break
    return list(found.values())


def settled(
    model: LanguageModel, lattice: Sequence[Sequence[Step]], path: Sequence[tuple[int, Step]]
) -> tuple[list[tuple[int, Step]], list[Trust]]:
    """The path after every rival has been let in that the beam gave up before it could show what it was worth."""
    better = list(path)
    trusted = trust(model, lattice, better)
    for _ in path:
        worst = min(range(len(better)), key=lambda place: trusted[place].margin)
        if trusted[worst].margin >= 0:
            break
        better[worst] = (better[worst][0], trusted[worst].rival)
        trusted = trust(model, lattice, better)
    return better, trusted


@dataclass(frozen=True, slots=True)
class Trust:
    margin: float  # nats by which a step beats its nearest rival between the same nodes, all else unchanged
    surprise: float  # nats that the language model asks for the word and the one after it
    rival: Step


def trust(model: LanguageModel, lattice: Sequence[Sequence[Step]], path: Sequence[tuple[int, Step]]) -> list[Trust]:
    """How far each step of the path can be relied on."""
    chosen = np.array([step.word for _, step in path] + [BREAK], dtype=np.uint64)
    history = np.array([BREAK], dtype=np.uint64)
    places: list[int] = []
    rivals: list[Step] = []
    before: list[Grams] = []
    for place, (node, step) in enumerate(path):
        here = [rival for rival in lattice[node] if rival.to == step.to]
        rivals += here
        places += [place] * len(here)
        before.append(np.repeat(history, len(here)))
        history = extend(history, chosen[place : place + 1])
    at = np.array(places)
    said = np.array([rival.word for rival in rivals], dtype=np.uint64)
    is_own = said == chosen[at]
    histories = np.concatenate(before)
    total = np.array([rival.score for rival in rivals], dtype=np.float32)
    surprise = np.zeros(len(path), dtype=np.float32)
    for ahead in range(ORDER):
        gain = np.where(at + ahead < len(chosen), model.score(histories, said), np.float32(0))
        total += gain
        if ahead < 2:
            surprise[at[is_own]] -= gain[is_own]
        histories = extend(histories, said)
        said = chosen[np.minimum(at + ahead + 1, len(chosen) - 1)]
    own = np.zeros(len(path), dtype=np.float32)
    own[at[is_own]] = total[is_own]
    best = [(-np.inf, step) for _, step in path]
    for place, rival, score, same in zip(places, rivals, total.tolist(), is_own.tolist(), strict=True):
        if not same and score > best[place][0]:
            best[place] = (score, rival)
    return [
        Trust(float(mine) - score, float(nats), rival)
        for mine, nats, (score, rival) in zip(own, surprise, best, strict=True)
    ]
