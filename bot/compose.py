"""Findings → the claims that make the answer, without a language model. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from . import replies
from .domain import Deadline, Plan, Status
from .findings import Claim, Finding
from .question import Question
from .text import fold

_ALIKE = 0.85  # of several places, those this certain beside the best are named too


@dataclass(frozen=True, slots=True)
class Draft:
    status: Status
    claims: tuple[Claim, ...]
    deadlines: tuple[tuple[Plan, Deadline], ...] = ()


def compose(question: Question, findings: Sequence[Finding]) -> Draft:
    """`findings`: one for each issuer in scope, or several plans of one issuer, each to be named."""
    if len(findings) == 1:
        return _single(findings[0])
    if question.everywhere and _picks(question):
        return _which(question, findings)
    return _table(findings)


def together(parts: Sequence[Draft], findings: Sequence[Sequence[Finding]]) -> Draft:
    """The answers to the parts of one question as one. `findings`: what was found for each of them.

    What two parts are told alike is told once; parts about a plan each of several issuers make a row each.
    """
    single = [found[0] for found in findings if len(found) == 1]
    if len(single) == len(parts) and len({f.plan.issuer.slug for f in single}) > 1:
        return _table(single)
    answered = any(part.status is Status.ANSWERED for part in parts)
    told: list[Claim] = []
    for part in parts:
        # Beside an answer, what is not stated needs no clause that comes near it.
        claims = part.claims if part.status is Status.ANSWERED or not answered else part.claims[:1]
        told += [c for c in claims if not any(_repeats(c, other) for other in told)]
    due: list[tuple[Plan, Deadline]] = []
    for part in parts:
        due += [d for d in part.deadlines if d not in due]
    return Draft(Status.ANSWERED if answered else Status.NOT_STATED, tuple(told), tuple(due))


def _repeats(claim: Claim, other: Claim) -> bool:
    return fold(claim.text) in fold(other.text) and set(claim.spans) <= set(other.spans)


def _single(finding: Finding) -> Draft:
    due = tuple((finding.plan, d) for d in finding.deadlines)
    if finding.stated:
        return Draft(Status.ANSWERED, finding.claims, due)
    return Draft(Status.NOT_STATED, _refusal(finding))


def _refusal(finding: Finding) -> tuple[Claim, ...]:
    issuer = finding.plan.issuer.full_name
    if finding.note:
        return (finding.note,)
    said = (
        replies.NOT_STATED.format(document=finding.plan.called, issuer=issuer, missing=finding.missing)
        if finding.missing
        else replies.NOT_STATED_ANYTHING.format(document=finding.plan.called, issuer=issuer)
    )
    # What is missing may name words of the question or a blank as written: figures that no quote has to hold.
    first = Claim(said, (), (finding.missing,))
    nearest = []
    for claim in finding.claims[:1]:
        section = finding.plan.section_at(claim.spans[0].start) if claim.spans else None
        shape = (
            replies.NEAREST.format(section=section.path, quote=claim.text)
            if section
            else replies.NEAREST_HEAD.format(quote=claim.text)
        )
        nearest.append(Claim(shape, claim.spans, (*claim.computed, section.path if section else "")))
    return (first, *nearest)


def _picks(question: Question) -> bool:
    """ "Xã nào …?" wants those for which it is so; "tất cả các xã" wants a row for each."""
    folded = fold(question.text)
    return any(
        cue in folded
        for cue in (
            "xa nao",
            "phuong nao",
            "noi nao",
            "nhung xa",
            "nhung phuong",
            "dia phuong nao",
            "ke hoach nao",
            "don vi nao",
        )
    )


def _which(question: Question, findings: Sequence[Finding]) -> Draft:
    yes = [f for f in findings if f.stated and f.affirms]
    if question.asserted:
        yes = [f for f in yes if f.deadlines] or yes  # a day is asked about: a plan that gives none is none of those
    best = max((f.certainty for f in yes), default=0.0)
    yes = [f for f in yes if f.certainty >= best * _ALIKE]
    if not yes:
        return Draft(Status.NOT_STATED, (Claim("Không kế hoạch nào trong bộ văn bản nêu điều này.", ()),))
    return Draft(Status.ANSWERED, tuple(_row(f) for f in yes), tuple((f.plan, d) for f in yes for d in f.deadlines))


def _table(findings: Sequence[Finding]) -> Draft:
    rows = [_row(f) for f in findings]
    status = Status.ANSWERED if any(f.stated for f in findings) else Status.NOT_STATED
    return Draft(status, tuple(rows), tuple((f.plan, d) for f in findings if f.stated for d in f.deadlines))


def _row(finding: Finding) -> Claim:
    issuer = finding.plan.issuer
    name = issuer.full_name[:1].upper() + issuer.full_name[1:]
    if not finding.stated:
        if finding.note:
            return replace(finding.note, text=f"- {replies.ROW.format(issuer=name, text=finding.note.text)}")
        missing = finding.missing or "điều này"
        spans = tuple(s for c in finding.claims[:1] for s in c.spans)
        return Claim(
            f"- {replies.ROW_SILENT.format(document=finding.plan.called.lower(), issuer=name, missing=missing)}",
            spans,
            (missing,),
        )
    text = finding.brief or finding.claims[0].text
    spans = tuple(dict.fromkeys(s for c in finding.claims for s in c.spans))
    computed = tuple(x for c in finding.claims for x in c.computed)
    return Claim(f"- {replies.ROW.format(issuer=name, text=text)}", spans, computed)
