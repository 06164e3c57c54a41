"""The service as LangChain parts: a retriever of passages and a runnable that answers, for any LangChain program."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import Any, NotRequired, TypedDict

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda

from .answer import P, R
from .channels import intake
from .render import answer_json
from .wiring import Service, UnknownIssuer


class Asking(TypedDict):
    """What may be asked, as in `POST /api/v1/ask`; `issuer` is a slug, `as_of` a day written YYYY-MM-DD."""

    question: str
    issuer: NotRequired[str | None]
    conversation_id: NotRequired[str | None]
    as_of: NotRequired[str | None]


class PlanRetriever(BaseRetriever):
    """Passages, best first. Metadata: plan_id, section, issuer, headings, and start and end in the plan's text."""

    service: Any  # a Service, which is no type of pydantic's
    issuers: tuple[str, ...] = ()
    limit: int = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        found = self.service.search(intake.question(query), self.issuers, self.limit)
        return [
            Document(
                passage.text,
                id=passage.id,
                metadata={
                    "plan_id": passage.plan_id,
                    "section": passage.section,
                    "issuer": self.service.plan(passage.plan_id).issuer.slug,
                    "headings": list(passage.headings),
                    "start": passage.start,
                    "end": passage.end,
                },
            )
            for passage in found
        ]


def retriever(service: Service, issuers: Sequence[str] = (), limit: int = 10) -> BaseRetriever:
    """Searches the plans of these issuers (slugs), of all where none is given. Raises UnknownIssuer."""
    known = {issuer.slug for issuer in service.issuers()}
    for slug in issuers:
        if slug not in known:
            raise UnknownIssuer(slug)
    return PlanRetriever(service=service, issuers=tuple(issuers), limit=limit)


def ask(service: Service) -> Runnable[str | Asking, dict[str, Any]]:
    """Takes a question, or what `POST /api/v1/ask` takes, and gives the body that it answers with.

    Its runs hold one for each step: understand, search, compose, cite, and refine where a language model is configured.
    Invoking it raises BadInput for what cannot be asked, UnknownIssuer, and SnapshotError where nothing is served.
    """

    def answer(asking: str | Asking, config: RunnableConfig) -> dict[str, Any]:
        given: Mapping[str, Any] = {"question": asking} if isinstance(asking, str) else asking
        unknown = set(given) - set(Asking.__annotations__)
        if unknown or not isinstance(given.get("question"), str):
            raise intake.BadInput(min(unknown, default="question"), f"Cần có: {', '.join(Asking.__annotations__)}.")
        question = intake.question(given["question"])
        conversation = intake.conversation(given.get("conversation_id"))
        as_of = intake.day(given.get("as_of"), "as_of")
        started = perf_counter()
        told = service.ask(
            question, issuer=given.get("issuer"), conversation_id=conversation, as_of=as_of, step=_Traced(config)
        )
        took = round((perf_counter() - started) * 1000)
        return answer_json(told, conversation_id=conversation, took_ms=took)

    return RunnableLambda(answer, name="ask")


class _Traced:
    """Runs each step as a Runnable of its name under the run it belongs to.

    Plans are large: a run tells the kind of what came out, not the whole of it.
    """

    def __init__(self, config: RunnableConfig) -> None:
        self._config = config

    def __call__(self, name: str, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        out: list[R] = []

        def run(_: str) -> str:
            out.append(step(*args, **kwargs))
            return type(out[0]).__name__

        RunnableLambda(run, name=name).invoke(name, self._config)
        return out[0]
