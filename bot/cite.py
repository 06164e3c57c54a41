"""Claims → the answer's text with marks and checked citations; what no quote supports is dropped. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from urllib.parse import quote as percent

from . import replies
from .compose import Draft
from .dates import last_safe_day, next_due, one_off
from .domain import Answer, Citation, DueDate, Plan, Rule, Span, Status
from .findings import Claim
from .question import Question
from .text import fold, squash

# Numbers, dates and document numbers; marks and list numbers are not claims.
_FIGURE = re.compile(r"(?<!\w)\d[\w./%,-]*\w%?|(?<!\w)\d%?|\b[A-ZĐ]{2,}(?:-[A-ZĐ&]+)*/[\w-]+")
# Capital and small letters alternate in Unicode's Vietnamese block, so no range holds the one kind alone.
_UPPER = "".join(c for c in map(chr, range(0x41, 0x1EFA)) if c.isupper())
_LOWER = "".join(c for c in map(chr, range(0x61, 0x1EFA)) if c.islower())
_NAME = re.compile(rf"(?<!\w)(?:[{_UPPER}][{_LOWER}]+\s+){{1,5}}[{_UPPER}][{_LOWER}]+(?!\w)")


def supported(claim: Claim, quotes: Sequence[str], allowed: Sequence[str] = ()) -> bool:
    """Whether every figure and name of the claim stands in its quotes, was computed or is `allowed` (issuers)."""
    ground = fold(squash(" ".join(quotes)))
    free = fold(" ".join((*claim.computed, *allowed)))
    for figure in _FIGURE.findall(claim.text):
        if not (_stands(fold(figure.rstrip(".,")), ground) or _stands(fold(figure.rstrip(".,")), free)):
            return False
    for name in _NAME.findall(claim.text):
        folded = fold(squash(name))
        if not (_whole(folded, ground) or _whole(folded, free) or _plain(folded, ground, free)):
            return False
    return True


def _stands(figure: str, ground: str) -> bool:
    """Whether it stands there whole: "100" is not in "1.100", nor "1/12" in "11/12"."""
    end = r"(?![\w%])(?![.,]\d)" if "/" not in figure else ""
    return bool(re.search(rf"(?<!\w)(?<!\d[.,/]){re.escape(figure)}{end}", ground))


def _plain(name: str, ground: str, free: str) -> bool:
    """A sentence's first word is written large without being a name: "Người ký", "Gửi về Phòng …"."""
    rest = name.split(" ", 1)[1]
    return _whole(rest, ground) or _whole(rest, free)


def _whole(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def cite(draft: Draft, question: Question, plan_of: Callable[[str], Plan], suggestions: tuple[str, ...] = ()) -> Answer:
    """Marks are numbered in the order of the text; equal spans share one."""
    marks: dict[Span, int] = {}
    lines = []
    for claim in draft.claims:
        plans = [plan_of(s.plan_id) for s in claim.spans]
        issuers = [n for p in plans for n in (p.issuer.full_name, p.issuer.province)] + [
            i.full_name for i in question.issuers
        ]
        quotes = [p.quote(s) for p, s in zip(plans, claim.spans, strict=True)]
        if claim.spans and not supported(claim, quotes, issuers):
            continue
        noted = "".join(f" [{marks.setdefault(s, len(marks) + 1)}]" for s in claim.spans)
        lines.append(claim.text + noted)
    status = draft.status
    if not lines or (status is Status.ANSWERED and not marks):
        status, lines = (
            Status.NOT_STATED,
            lines or [replies.NOT_STATED_ANYTHING.format(document="Văn bản", issuer="nơi này")],
        )
    citations = tuple(citation(plan_of(s.plan_id), s, mark) for s, mark in marks.items())
    if any(_letters(c.quote) != _letters(c.source_quote) for c in citations):
        lines.append(replies.REPAIRED)
    due = tuple(_due(plan, d, question, marks[d.span]) for plan, d in draft.deadlines if d.span in marks)
    issuers_in = tuple(dict.fromkeys(c.issuer for c in citations)) or tuple(i.slug for i in question.issuers)
    return Answer(status, "\n".join(lines), question.as_of, issuers_in, citations, due, suggestions)


def citation(plan: Plan, span: Span, mark: int) -> Citation:
    section = plan.section_at(span.start)
    path = section.path if section else ""
    headings = plan.headings(path)
    text = plan.quote(span)
    lo, hi = plan.map.to_source(span.start, span.end)
    source = plan.source[lo:hi]
    return Citation(
        mark=mark,
        plan_id=plan.id,
        plan_title=plan.title,
        issuer=plan.issuer.slug,
        section=path,
        heading=headings[-1] if headings else "",
        quote=text,
        source_quote=source,
        repaired=squash(text) != squash(source),
        start=span.start,
        end=span.end,
        url=f"/plans/{plan.id}#{percent(path)}" if path else f"/plans/{plan.id}",
        page=bisect_right(plan.pages, lo) or None,
    )


def _letters(text: str) -> str:
    """Letters and digits alone: marks of emphasis that a file carries are no damage."""
    return "".join(c for c in text if c.isalnum())


def _due(plan: Plan, deadline, question: Question, mark: int) -> DueDate:  # type: ignore[no-untyped-def]
    year = plan.period[0] if plan.period and plan.period[0] == plan.period[1] else None
    due = next_due(deadline, question.as_of, year)
    last = last_safe_day(deadline, due) if due else None
    gone = one_off(deadline, year)
    return DueDate(
        actor=deadline.actor,
        duty=deadline.duty,
        recipient=deadline.recipient,
        rule=deadline.rule,
        date=deadline.when.written,
        next=due,
        last_safe_day=last,
        days_left=(due - question.as_of).days if due else None,
        past=due is None and deadline.rule is Rule.ONCE and gone is not None,
        citation=mark,
    )
