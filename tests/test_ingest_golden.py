"""The outline of each plan of corpus/, as a person reads it: golden/outline/<plan-id>.txt.

A golden file is written from reading the plan and is right until somebody has read the plan again. Only then rewrite
them from the parser, and read the difference line by line before it is committed:

    .venv/bin/python tests/test_ingest_golden.py --rewrite INDEX

where INDEX is the folder that `hoi ingest corpus/plans --index INDEX` has filled.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from made_plans import snapshot

from bot.domain import Plan

GOLDEN = Path(__file__).parent / "golden" / "outline"
IDS = sorted(path.stem for path in GOLDEN.glob("*.txt"))


def drawn(plan: Plan) -> str:
    """One line a section: its path, its heading, [EMPTY] where nothing stands under it."""
    return "".join(
        "  " * (s.level - 1) + "  ".join(filter(None, (s.path, s.heading, "[EMPTY]" if s.empty else ""))) + "\n"
        for s in plan.sections
    )


@pytest.fixture(scope="module")
def plans(five_plans_index: Path) -> dict[str, Plan]:
    opened = snapshot(five_plans_index)
    return {plan_id: opened.plan(plan_id) for plan_id in opened.plan_ids}


@pytest.mark.parametrize("plan_id", IDS)
def test_outline_is_the_one_a_person_reads(plans: dict[str, Plan], plan_id: str) -> None:
    assert drawn(plans[plan_id]) == (GOLDEN / f"{plan_id}.txt").read_text(encoding="utf-8")


def test_every_plan_of_the_corpus_has_a_golden_outline(plans: dict[str, Plan]) -> None:
    assert sorted(plans) == IDS


@pytest.mark.parametrize("plan_id", IDS)
def test_every_section_lies_inside_the_one_above_it(plans: dict[str, Plan], plan_id: str) -> None:
    plan = plans[plan_id]
    for section in plan.sections:
        assert section.start <= section.body <= section.end <= len(plan.text)
        if section.level > 1:
            above = [s for s in plan.sections if s.level == section.level - 1 and s.start <= section.start < s.end]
            assert len(above) == 1
            assert section.end <= above[0].end


@pytest.mark.parametrize("plan_id", IDS)
def test_every_character_leads_back_to_the_source(plans: dict[str, Plan], plan_id: str) -> None:
    plan = plans[plan_id]
    at = 0
    for edit in plan.map.edits:
        assert edit.text_start == at
        at = edit.text_end
        assert 0 <= edit.source_start <= edit.source_end <= len(plan.source)
        if edit.same:
            assert plan.text[edit.text_start : edit.text_end] == plan.source[edit.source_start : edit.source_end]
    assert at == len(plan.text)


@pytest.mark.parametrize("plan_id", IDS)
def test_every_fact_stands_in_the_section_it_names(plans: dict[str, Plan], plan_id: str) -> None:
    plan = plans[plan_id]
    facts = plan.facts
    groups = (facts.deadlines, facts.phases, facts.awards, facts.duties, facts.criteria, facts.targets, facts.terms)
    for fact in (fact for group in groups for fact in group):
        deepest = plan.section_at(fact.span.start)
        assert fact.section == (deepest.path if deepest else "")
        assert plan.quote(fact.span).strip()


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] != "--rewrite":
        sys.exit(__doc__)
    served = snapshot(Path(sys.argv[2]))
    for each in served.plan_ids:
        (GOLDEN / f"{each}.txt").write_text(drawn(served.plan(each)), encoding="utf-8")
