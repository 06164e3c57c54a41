"""Rows → figures."""

from __future__ import annotations

import pytest
from eval_fakes import case, row

from bot.domain import Status
from eval.metrics import Share, breaches, percentile, summarise


def test_refusals_are_counted_on_the_questions_they_concern() -> None:
    silent = case(status=Status.NOT_STATED, kind="unanswerable", issuers=())
    vague = case(status=Status.NEEDS_ISSUER, issuers=())
    summary = summarise(
        [
            row(),
            row(),
            row(passed=False, status=Status.NOT_STATED),
            row(case=silent, passed=False),
            row(case=silent, status=Status.NOT_STATED),
            row(case=vague),
        ]
    )
    assert summary.unanswerable_answered == Share(1, 2)
    assert summary.answerable_refused == Share(1, 3)


def test_accuracy_is_told_by_class_and_issuer() -> None:
    two = case(kind="comparison", issuers=("mot", "hai"))
    summary = summarise([row(), row(passed=False), row(case=two), row(case=case(issuers=()))])
    assert summary.by_class == {"comparison": Share(1, 1), "deadline": Share(2, 3)}
    assert summary.by_issuer == {"": Share(1, 1), "hai": Share(1, 1), "mot": Share(2, 3)}


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], 50) == 2.0
    assert percentile([4.0, 1.0, 3.0, 2.0], 95) == 4.0
    assert percentile([7.0], 50) == 7.0


def test_a_floor_names_what_is_not_reached() -> None:
    summaries = {"dev": summarise([row(), row(passed=False)])}
    floor = {"dev": {"least": {"accuracy": 0.6, "hit_at_5": 0.5}, "most": {"wrong_issuer": 0}}}
    assert breaches(summaries, floor) == [
        "dev: accuracy = 0.5, ít nhất phải là 0.6",
        "dev: hit_at_5 = không đo được, ít nhất phải là 0.5",
    ]
    assert breaches(summaries, {"dev": {"least": {"accuracy": 0.5}}}) == []
    with pytest.raises(KeyError):
        breaches(summaries, {"dev": {"least": {"accurracy": 0.5}}})
