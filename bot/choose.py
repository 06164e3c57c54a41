"""Of several plans of one issuer, the one that the question is about; each of them where it may be more than one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from .findings import Claim, Finding
from .question import Question
from .terms import Term, spaced, spaced_exact
from .topics import IN_EVERY

_FAR = 0.3  # certainty by which a plan that is silent is the one meant all the same
_TELLING = 4.0  # weight
_ALIKE = 0.12  # certainty within which both plans may be meant
_APART = 0.12  # share of the terms by which one title must hold more than the others


def choose(question: Question, findings: Sequence[Finding]) -> list[Finding]:
    """Findings of one issuer's plans, the newest plan first → those that are told."""
    if len(findings) < 2:
        return list(findings)
    total = sum(t.weight for t in question.terms) or 1.0
    titled = [_held(question.terms, f.plan.title) / total for f in findings]
    best = max(titled)
    others = sorted(titled)[-2]
    if best - others >= _APART:
        return [findings[titled.index(best)]]
    stated = [f for f in findings if f.stated] or list(findings)
    best_found = max(stated, key=lambda f: f.certainty)
    nearest = max(findings, key=lambda f: f.certainty)
    if nearest.certainty > best_found.certainty + _FAR:
        return [nearest]  # the plan that is meant does not say it; another of the same issuer is no substitute
    alike = [f for f in stated if f.certainty >= best_found.certainty - _ALIKE]
    if len(alike) > 1 and any(t in IN_EVERY for t in question.topics):
        return [_named(f) for f in alike]
    return [best_found]


def _held(terms: Sequence[Term], title: str) -> float:
    """Weight of the terms that the title holds. A lone folded syllable meets one by chance ("văn" and "vận").

    Whole words do not, nor do two syllables typed side by side with the title's accents ("hiến máu").
    """
    words, exact = spaced(title), spaced_exact(title)
    paired = {t for pair in pairwise(terms) if f" {pair[0].exact} {pair[1].exact} " in exact for t in pair if t.exact}
    whole = (t for t in terms if " " in t.forms[0] or t.weight >= _TELLING)
    return sum(t.weight for t in {*paired, *(t for t in whole if any(f" {form} " in words for form in t.forms))})


def _named(finding: Finding) -> Finding:
    """Says of which plan it speaks."""
    title = Claim(f"{finding.plan.title}:", (finding.plan.head["title"],) if "title" in finding.plan.head else ())
    return replace(
        finding,
        claims=(title, *finding.claims),
        brief=f"{finding.plan.title}: {finding.brief}" if finding.brief else "",
    )
