"""Terms that the plan defines: what one stands for, and whom a duty of "các cơ quan, đơn vị" binds."""

from __future__ import annotations

import re
from dataclasses import replace

from ..domain import Plan
from ..findings import Claim, Finding
from ..question import Question
from ..terms import spaced
from ..text import fold
from ..units import units
from .shared import Context, line, span


def answer(question: Question, plan: Plan, context: Context) -> Finding | None:
    said = fold(question.said)
    named = [t for t in plan.facts.terms if re.sub(r"[^a-z0-9 ]", "", fold(t.name)) in re.sub(r"[^a-z0-9 ]", "", said)]
    if not named:
        return _explained(question, plan)
    term = max(named, key=lambda t: len(t.name))
    return Finding(plan, (Claim(line(plan.quote(term.span), 700), (term.span,)),), brief=line(term.members, 200))


_WHAT_IS = re.compile(
    r"^(?:the |vay |cho hoi |cho em hoi )?(?P<what>.{3,80}?) (?:la|nghia la|duoc hieu la|co nghia la) "
    r"(?:gi|sao|nhu the nao)\b"
)


def _explained(question: Question, plan: Plan) -> Finding | None:
    """ "Hộp thư công vụ là gì?": the sentence that begins so: "Hộp thư … là …"."""
    asked = _WHAT_IS.search(" ".join(re.sub(r"[^a-z0-9 ]", " ", fold(question.said)).split()))
    if asked is None:
        return None
    begins = re.compile(rf" {re.escape(asked['what'])} (?:[a-z0-9]+ ){{0,8}}?(?:la|duoc hieu la) (?!gi\b)")
    for unit in units(plan):
        if begins.match(unit.words) and not unit.cells:
            where = span(plan, unit.start, unit.end)
            return Finding(plan, (Claim(line(plan.quote(where), 700), (where,)),), brief=line(plan.quote(where), 200))
    return None


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
