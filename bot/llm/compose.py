"""Checked sentences of a task that only a model can do → an answer; without them, the plan's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from .. import replies
from ..cite import citation
from ..domain import Answer, ModelUse, Plan, Span, Status
from .errors import ModelError, Why
from .nouns import Sentence, Source
from .refine import Write
from .schema import SHAPES
from .writer import Task

_QUOTED = 8  # sources quoted where there is no text of a model's
_SHORTENED = 330  # characters


def compose(
    task: Task, write: Write | None, plan_of: Callable[[str], Plan], as_of: date, slugs: Sequence[str]
) -> Iterator[str | Answer]:
    """Lines as they pass the check, then the answer, which replaces them."""
    page = _Page(task.sources, plan_of)
    why = Why.OFF
    kept: list[Sentence] = []
    if write is not None:
        try:
            for sentence in write(task):
                kept.append(sentence)
                yield page.line(sentence)
            why = Why.UNSUPPORTED
        except ModelError as error:
            why, kept = error.why, []
    if kept:
        text = "\n".join(_arranged(kept, SHAPES[task.intent].parts, page))
        yield page.answer(text, as_of, slugs, ModelUse(True))
        return
    page = _Page(task.sources, plan_of)
    opening = replies.NEEDS_MODEL if why is Why.OFF else replies.MODEL_SILENT
    quoted = [page.line(Sentence(f"- {_short(s.text)}", (s.number,))) for s in task.sources[:_QUOTED]]
    yield page.answer("\n".join([opening, *quoted]), as_of, slugs, ModelUse(False, why))


def _arranged(kept: Sequence[Sentence], parts: Sequence[str], page: _Page) -> list[str]:
    """Under the headings of its shape, in their order; headings are code's own words and need no proof."""
    if not parts:
        return [page.line(s) for s in kept]
    lines = []
    for part in parts:
        under = [page.line(s) for s in kept if s.part == part]
        lines += [f"{part}:", *(f"- {line}" for line in under)] if under else []
    return lines


def _short(text: str) -> str:
    return text if len(text) <= _SHORTENED else text[: text.rfind(" ", 0, _SHORTENED)].rstrip(" ,;") + " …"


class _Page:
    """Numbers the marks in the order in which they are first used."""

    def __init__(self, sources: Sequence[Source], plan_of: Callable[[str], Plan]) -> None:
        self._sources = {s.number: s for s in sources}
        self._plan_of = plan_of
        self._marks: dict[Span, int] = {}

    def line(self, sentence: Sentence) -> str:
        spans = dict.fromkeys(span for n in sentence.rests_on for span in self._sources[n].spans)
        return sentence.text + "".join(f" [{self._marks.setdefault(s, len(self._marks) + 1)}]" for s in spans)

    def answer(self, text: str, as_of: date, slugs: Sequence[str], model: ModelUse) -> Answer:
        citations = tuple(citation(self._plan_of(s.plan_id), s, mark) for s, mark in self._marks.items())
        issuers = tuple(dict.fromkeys(c.issuer for c in citations)) or tuple(slugs)
        status = Status.ANSWERED if citations else Status.NOT_STATED
        return Answer(status, text, as_of, issuers, citations, model=model)
