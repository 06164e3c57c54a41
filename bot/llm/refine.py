"""The composed answer → the same answer in a model's words, where every fact of it is still told; else as it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from .. import replies
from ..domain import Answer, ModelUse, Status
from .check import Strictness, unsaid
from .errors import ModelError, Why
from .nouns import Sentence, Source
from .orders import orders
from .schema import Intent
from .writer import Task

Write = Callable[[Task], Iterator[Sentence]]
_MARK = re.compile(r"\s*\[(\d+)\]")
_MOST_FACTS = 5
_LONGEST_FACT = 600  # characters
_WHOLE = Strictness(own=0.4)  # share of a fact's words that may be said otherwise
_VERDICTS = (replies.YES, replies.NO, replies.RIGHT)


def refine(told: Answer, question: str, write: Write, issuers: Mapping[str, str]) -> Iterator[str | Answer]:
    """Sentences as they pass the check, then the answer to be served, which replaces them.

    `issuers`: slug → full name, of the whole collection.
    """
    facts, notes = facts_of(told, issuers)
    if not _worth(told, facts):
        yield replace(told, model=ModelUse(False, Why.NOT_NEEDED))
        return
    kept: list[Sentence] = []
    try:
        for sentence in write(Task(Intent.REWORD, question, facts, tuple(issuers.values()))):
            kept.append(sentence)
            yield _line(sentence, facts)
    except ModelError as error:
        yield replace(told, model=ModelUse(False, error.why))
        return
    if not all(carried(fact, kept) for fact in facts):
        yield replace(told, model=ModelUse(False, Why.UNSUPPORTED))
        return
    text = "\n".join([*(_line(sentence, facts) for sentence in kept), *notes])
    yield replace(told, text=text, model=ModelUse(True))


def facts_of(told: Answer, issuers: Mapping[str, str]) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    """The lines of the answer that rest on quotes, each with them; and those that code adds of its own."""
    cited = {c.mark: c for c in told.citations}
    facts: list[Source] = []
    notes: list[str] = []
    for line in told.text.split("\n"):
        marks = tuple(int(m) for m in _MARK.findall(line) if int(m) in cited)
        if not marks:
            notes.append(line)
            continue
        named = {cited[m].issuer for m in marks}
        facts.append(
            Source(
                number=len(facts) + 1,
                text=_MARK.sub("", line).strip(),
                around="\n".join(cited[m].quote for m in marks),
                issuer=issuers.get(named.pop(), "") if len(named) == 1 else "",
                marks=marks,
                context=cited[marks[0]].heading,
            )
        )
    return tuple(facts), tuple(notes)


def _worth(told: Answer, facts: Sequence[Source]) -> bool:
    """A refusal stays as it is; so does what is long, or a list, or speaks to the model instead of the reader."""
    listed = any(line.startswith(("- ", "… và")) for line in told.text.split("\n"))
    fits = 0 < len(facts) <= _MOST_FACTS and all(len(f.text) <= _LONGEST_FACT for f in facts)
    quoted = not any(orders(f"{f.text}\n{f.around}") for f in facts)
    return told.status is Status.ANSWERED and fits and quoted and not listed and all(f.issuer for f in facts)


def carried(fact: Source, kept: Sequence[Sentence]) -> bool:
    """Whether the sentences that rest on the fact say all of it: the check, the other way round."""
    telling = [s for s in kept if fact.number in s.rests_on]
    verdict = next((v for v in _VERDICTS if fact.text.startswith(v)), "")
    if not telling or not telling[0].text.startswith(verdict):
        return False
    return unsaid(fact.text, [Source(i, s.text, issuer=fact.issuer) for i, s in enumerate(telling)], _WHOLE) is None


def _line(sentence: Sentence, facts: Sequence[Source]) -> str:
    by_number = {f.number: f for f in facts}
    marks = dict.fromkeys(m for n in sentence.rests_on for m in by_number[n].marks)
    return sentence.text + "".join(f" [{mark}]" for mark in marks)
