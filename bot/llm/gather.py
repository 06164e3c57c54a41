"""What a model is shown of a plan, by intent: runs of its text, each with the headings above it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..domain import Deadline, Passage, Plan, Section, Span
from ..text import fold, sentences
from ..units import content_start
from .nouns import Source
from .orders import orders

_MOST = 40  # sources
_LONGEST = 700  # characters of one
_ALL = 14_000  # characters of all
# Said of criteria and tasks when a report is outlined.
_REPORTING = (
    "kết quả, tình hình thực hiện, chấp hành; số liệu, tỷ lệ, mức độ đạt so với mục tiêu; khó khăn, vướng mắc, đề xuất"
)


def clause(plan: Plan, section: Section) -> tuple[Source, ...]:
    """The sentences of a section and of all under it."""
    return _sources(plan, _cut(plan, [(section.start, section.end)]))


def passages(found: Sequence[tuple[Plan, Passage]]) -> tuple[Source, ...]:
    """The sentences of the passages, best first; of several plans where there are several."""
    told: dict[Span, Source] = {}
    for plan, passage in found:
        for source in _sources(plan, _cut(plan, [(passage.start, passage.end)])):
            told.setdefault(source.spans[0], replace(source, number=len(told) + 1))
    return tuple(_within([*told.values()]))


def page(plan: Plan) -> tuple[Source, ...]:
    """What a page on the plan has to tell: its head, aims, times, awards, who does what, by when."""
    facts = plan.facts
    spans = [plan.head[name] for name in ("title", "parent") if name in plan.head]
    spans += [s for section in plan.sections if section.level <= 2 for s in _first(plan, section)]
    for kind in (facts.phases, facts.awards, facts.targets, facts.deadlines):
        spans += [fact.span for fact in kind]
    duties = {duty.body: duty.span for duty in reversed(facts.duties)}  # the first of each body
    spans += [c.span for c in facts.criteria[:6]] + list(duties.values())
    return _sources(plan, spans)


def report(plan: Plan, deadline: Deadline) -> tuple[Source, ...]:
    """The deadline, then what the plan measures by: criteria, targets, contents, duties."""
    facts = plan.facts
    spans = [deadline.span, *(c.span for c in facts.criteria), *(t.span for t in facts.targets)]
    contents = [s for s in plan.sections if "noi dung" in fold(" ".join(plan.headings(s.path)))]
    spans += [s for section in contents for s in _first(plan, section)]
    spans += [d.span for d in facts.duties]
    return _sources(plan, spans, said=_REPORTING)


def report_due(plan: Plan) -> Deadline | None:
    """The deadline that asks for a report; the yearly one where there are several."""
    asks = [d for d in plan.facts.deadlines if "bao cao" in fold(plan.quote(d.span))]
    return min(asks, key=lambda d: (d.rule.value != "yearly", d.span.start), default=None)


def _first(plan: Plan, section: Section) -> list[Span]:
    """The first sentence under a heading that has text of its own."""
    inner = min((s.start for s in plan.sections if section.start < s.start < section.end), default=section.end)
    return _cut(plan, [(section.body, inner)])[:1]


def _cut(plan: Plan, runs: Iterable[tuple[int, int]]) -> list[Span]:
    """Sentences; a marker ("a)", "-") is none."""
    found = []
    for start, end in runs:
        for a, b in sentences(plan.text, start, end, clauses=False):
            begin = content_start(plan.text, a, b)
            if sum(c.isalpha() for c in plan.text[begin:b]) > 3:
                found.append(Span(plan.id, begin, b))
    return found


def _sources(plan: Plan, spans: Iterable[Span], said: str = "") -> tuple[Source, ...]:
    told: list[Source] = []
    for span in dict.fromkeys(spans):
        text = " ".join(plan.quote(span).split())
        section = plan.section_at(span.start)
        if not text or len(text) > _LONGEST or orders(text):
            continue
        told.append(
            Source(
                number=len(told) + 1,
                text=text,
                around=said,
                issuer=plan.issuer.full_name,
                spans=(span,),
                context=" / ".join(plan.headings(section.path)[-2:]) if section else "",
            )
        )
    return tuple(_within(told))


def _within(told: Sequence[Source]) -> list[Source]:
    kept: list[Source] = []
    left = _ALL
    for source in told[:_MOST]:
        left -= len(source.text)
        if left < 0:
            break
        kept.append(source)
    return kept
