"""How cases are asked."""

from __future__ import annotations

from typing import Any

import pytest
from eval_fakes import FakeFront, answer, case

from bot.domain import Status
from bot.text import fold
from eval.cases import CaseError
from eval.metrics import summarise
from eval.run import run


def test_history_is_asked_first_in_a_conversation_of_its_own() -> None:
    service = FakeFront(lambda question, before: answer())
    run([case(id="a", history=("Hạn báo cáo của xã Một?",)), case(id="b", status=Status.NOT_STATED)], service)
    assert list(service.asked.values()) == [
        ["Hạn báo cáo của xã Một?", "Bao giờ gửi báo cáo?"],
        ["han bao cao cua xa mot?", "bao gio gui bao cao?"],
        ["Bao giờ gửi báo cáo?"],
    ]


def test_accuracy_lost_without_accents_is_measured() -> None:
    service = FakeFront(lambda question, _: answer() if question != fold(question) else answer("Không rõ. [1]"))
    rows = run([case(must=(("Trước",),), must_not=("rõ",))], service)
    assert summarise(rows).accent_loss == 1.0


def test_each_way_of_search_is_measured() -> None:
    summary = summarise(run([case()], FakeFront(lambda *_: answer())))
    assert {way: (r.hit_at_1, r.hit_at_5, r.mrr) for way, r in summary.retrieval.items()} == {
        "both": (1.0, 1.0, 1.0),
        "words": (0.0, 1.0, 0.5),
        "meaning": (0.0, 0.0, 0.0),
    }


@pytest.mark.parametrize(
    "change",
    [{"history": ("trước đó",)}, {"sections": (("mot-1", ""),)}, {"status": Status.NOT_STATED, "sections": ()}],
    ids=["follow-up", "head-of-the-plan", "refusal"],
)
def test_what_is_not_searched_has_no_rank(change: dict[str, Any]) -> None:
    assert run([case(**change)], FakeFront(lambda *_: answer()))[0].ranks == {}


@pytest.mark.parametrize("change", [{"issuer": "ba"}, {"issuers": ("ba",)}, {"sections": (("ba", "I"),)}])
def test_a_case_about_a_plan_that_the_index_lacks_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(CaseError, match=r"dev: câu c-1: chỉ mục không có ba"):
        run([case(**change)], FakeFront(lambda *_: answer()))
