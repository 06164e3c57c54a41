"""What was found for one issuer, before it is worded for the asker and cited."""

from __future__ import annotations

from dataclasses import dataclass

from .domain import Deadline, Plan, Span


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of the answer and the runs of the plan it rests on. `computed`: figures worked out by code."""

    text: str
    spans: tuple[Span, ...]
    computed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """`stated` False: the plan does not say it; `missing` tells what, `claims` then hold the nearest clause, if any."""

    plan: Plan
    claims: tuple[Claim, ...]
    stated: bool = True
    missing: str = ""
    deadlines: tuple[Deadline, ...] = ()
    certainty: float = 1.0  # compares findings of several plans of one issuer
    brief: str = ""  # the value alone, for a row of a comparison
    affirms: bool = True  # False: what was asked is denied ("Không. …"); such a plan is no answer to "xã nào …"
    note: Claim | None = None  # a refusal in its own words, instead of "không nêu …"
