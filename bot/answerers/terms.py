"""Terms that the plan defines: what one stands for, and whom a duty of "các cơ quan, đơn vị" binds."""

from __future__ import annotations

import re
from dataclasses import replace

from ..domain import Plan
from ..findings import Claim, Finding
from ..question import Question
from ..terms import spaced
from ..text import fold
from .shared import Context, line


def answer(question: Question, plan: Plan, context: Context) -> Finding | None:
    said = fold(question.said)
    named = [t for t in plan.facts.terms if re.sub(r"[^a-z0-9 ]", "", fold(t.name)) in re.sub(r"[^a-z0-9 ]", "", said)]
    if not named:
        return None
    term = max(named, key=lambda t: len(t.name))
    return Finding(plan, (Claim(line(plan.quote(term.span), 700), (term.span,)),), brief=line(term.members, 200))


def defined(question: Question, plan: Plan) -> Question:
    """The question with each term of the plan that covers one of its words as another form of that word.

    Where "doanh nghiệp" is among those "sau đây gọi tắt là các cơ quan, đơn vị", a question about one finds the other.
    """
    covering = [(spaced(t.members), spaced(t.name).strip()) for t in plan.facts.terms if len(t.members) > len(t.name)]
    named = spaced(" / ".join((*(s.heading for s in plan.sections), *(d.body for d in plan.facts.duties))))
    widened = []
    for term in question.terms:
        # A body that has a section or a duty of its own is not to be answered from what binds all.
        own = any(f" {form} " in named for form in term.forms)
        names = (
            []
            if own
            else [n for members, n in covering if any(f" {f} " in members for f in term.forms) and n not in term.forms]
        )
        widened.append(replace(term, forms=(*term.forms, *names)) if names else term)
    return replace(question, terms=tuple(widened))
