"""The page of a quote, from the reader to the answer."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from fake_service import ANSWER, PLAN

from bot.cite import citation
from bot.domain import Plan, Span
from bot.index import dump
from bot.render import answer_json
from bot.store import from_data


@pytest.mark.parametrize(("pages", "page"), [((), None), ((0,), 1), ((0, 3), 2), ((0, 900_000), 1)])
def test_citation_names_the_page_its_quote_begins_on(pages: tuple[int, ...], page: int | None) -> None:
    lo, _ = PLAN.map.to_source(10, 20)
    assert lo >= 3
    assert citation(replace(PLAN, pages=pages), Span(PLAN.id, 10, 20), 1).page == page


@pytest.mark.parametrize("page", [None, 4])
def test_page_is_told_only_where_there_is_one(page: int | None) -> None:
    answer = replace(ANSWER, citations=tuple(replace(c, page=page) for c in ANSWER.citations))
    told = answer_json(answer, conversation_id="c", took_ms=1)["citations"][0]
    assert told.get("page") == page
    assert ("page" in told) is (page is not None)


def test_page_survives_the_snapshot() -> None:
    plan = replace(PLAN, pages=(0, 7))
    assert from_data(Plan, json.loads(dump(plan))).pages == (0, 7)
