"""HTTP: the API, the pages and the probes. Translates, never decides."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from importlib.metadata import version
from importlib.resources import files
from time import perf_counter
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.exceptions import HTTPException

from bot.channels import chats, completions, contract, feed, intake, office, operator
from bot.channels.guard import HEADERS, Guard
from bot.channels.intake import BadInput
from bot.channels.metrics import Metrics, queues_text
from bot.channels.pages import Pages
from bot.channels.problems import Problem, from_validation, reply
from bot.domain import Answer
from bot.embed import EncoderError
from bot.index import SnapshotError
from bot.render import answer_json, deadline_json, full_plan_json, plan_json
from bot.settings import Settings
from bot.state import State, StateError
from bot.wiring import Service, UnknownIssuer, UnknownPlan, today

_LOG = logging.getLogger(__name__)


def create_app(service: Service, settings: Settings, state: State | None = None) -> FastAPI:
    """The whole HTTP contract over an open service; with a state, the chats too. The caller closes both."""
    app = FastAPI(
        title="Hỏi kế hoạch",
        version=version("hoi-ke-hoach"),
        docs_url=None,  # the framework's page loads its script from elsewhere; /docs is our own
        redoc_url=None,
        servers=[{"url": settings.public_url}] if settings.public_url else None,
    )
    metrics, pages = Metrics(), Pages()
    app.add_middleware(Guard, metrics=metrics)
    asker = _Asker(service, metrics)
    _add_api(app, service, asker)
    feed.mount(app, service, settings)
    completions.mount(app, service, settings, asker)
    _add_pages(app, service, asker, pages)
    _add_probes(app, service, metrics, state)
    operator.mount(app, service, settings)
    if state:
        chats.mount(app, service, state, settings, metrics)
        office.mount(app, state, operator.guard(settings))
    _add_errors(app, pages, metrics)
    return app


class _Asker:
    """Asks the service and keeps the time."""

    def __init__(self, service: Service, metrics: Metrics) -> None:
        self._service = service
        self._metrics = metrics

    def __call__(
        self,
        question: str,
        issuer: str | None,
        conversation: str | None,
        as_of: date | None = None,
        earlier: Sequence[str] = (),
    ) -> tuple[Answer, float]:
        started = perf_counter()
        answer = self._service.ask(question, issuer=issuer, conversation_id=conversation, as_of=as_of, earlier=earlier)
        seconds = perf_counter() - started
        self._metrics.count_answer(answer.status.value, seconds)
        return answer, seconds


def _add_api(app: FastAPI, service: Service, asker: _Asker) -> None:
    problems = contract.problems

    @app.post(
        "/api/v1/ask",
        summary="Hỏi một câu",
        responses={200: {"model": contract.Answer}, **problems(400, 413, 422, 503)},
    )
    def ask(body: contract.Ask) -> JSONResponse:
        question = intake.question(body.question)
        conversation = intake.conversation(body.conversation_id)
        answer, seconds = asker(question, body.issuer, conversation, intake.day(body.as_of, "as_of"))
        return JSONResponse(answer_json(answer, conversation_id=conversation, took_ms=round(seconds * 1000)))

    @app.get(
        "/api/v1/plans",
        summary="Danh sách kế hoạch",
        responses={200: {"model": contract.Plans}, **problems(503)},
    )
    def plans() -> JSONResponse:
        return JSONResponse({"plans": [plan_json(plan) for plan in service.plans()]})

    @app.get(
        "/api/v1/plans/{plan_id}",
        summary="Một kế hoạch: văn bản, mục lục, dữ kiện, cảnh báo",
        responses={200: {"model": contract.Plan}, **problems(404, 422, 503)},
    )
    def plan(plan_id: str) -> JSONResponse:
        return JSONResponse(full_plan_json(service.plan(plan_id)))

    @app.get(
        "/api/v1/deadlines",
        summary="Các thời hạn trong một khoảng ngày",
        responses={200: {"model": contract.Deadlines}, **problems(422, 503)},
    )
    def deadlines(
        issuer: Annotated[str | None, Query(description="Mã đơn vị; để trống là mọi đơn vị.")] = None,
        start: Annotated[str | None, Query(alias="from", description="Từ ngày; để trống là hôm nay.")] = None,
        end: Annotated[str | None, Query(alias="to", description="Đến hết ngày; để trống là một năm sau.")] = None,
    ) -> JSONResponse:
        first = intake.day(start, "from") or today()
        last = intake.day(end, "to") or first + timedelta(days=365)
        intake.view(first, last, "to")
        found = [deadline_json(*row) for row in service.deadlines(issuer, first, last)]
        return JSONResponse({"issuer": issuer, "from": first.isoformat(), "to": last.isoformat(), "deadlines": found})


def _add_pages(app: FastAPI, service: Service, asker: _Asker, pages: Pages) -> None:
    style = files("bot.channels").joinpath("static/style.css").read_text(encoding="utf-8")

    @app.get("/", include_in_schema=False)
    def home(q: str | None = None, issuer: str = "", c: str = "") -> HTMLResponse:
        try:
            conversation = intake.conversation(c or None)
        except BadInput:
            conversation = intake.conversation(None)
        shown: dict[str, Any] = {"question": q or "", "chosen": issuer, "conversation": conversation}
        status = 200
        if q is not None:
            try:
                shown["question"] = intake.question(q)
                shown["answer"], _ = asker(shown["question"], issuer or None, conversation)
            except (BadInput, UnknownIssuer) as error:
                status, shown["problem"] = 422, _problem(error).detail
        return HTMLResponse(pages.home(service.issuers(), **shown), status)

    @app.get("/plans", include_in_schema=False)
    def plans() -> HTMLResponse:
        return HTMLResponse(pages.plans(service.plans()))

    @app.get("/plans/{plan_id}", include_in_schema=False)
    def plan(plan_id: str) -> HTMLResponse:
        return HTMLResponse(pages.plan(service.plan(plan_id)))

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(pages.api(app.openapi()))

    @app.get("/static/style.css", include_in_schema=False)
    def stylesheet() -> Response:
        return Response(style, media_type="text/css", headers={"cache-control": "max-age=3600"})


def _add_probes(app: FastAPI, service: Service, metrics: Metrics, state: State | None) -> None:
    @app.get("/healthz", summary="Tiến trình đang chạy")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz", summary="Đã có chỉ mục và trả lời được", responses=contract.problems(503))
    def readyz() -> dict[str, str]:
        service.ready()
        if state:
            state.ready()
        return {"status": "ok"}

    @app.get("/metrics", summary="Số đo theo định dạng Prometheus", response_class=PlainTextResponse)
    def measured() -> PlainTextResponse:
        waiting = queues_text(state.queues.counts()) if state else ""
        return PlainTextResponse(metrics.text() + waiting, media_type="text/plain; version=0.0.4")


def _add_errors(app: FastAPI, pages: Pages, metrics: Metrics) -> None:
    """The one boundary where an error becomes an answer."""

    def told(request: Request, error: Exception) -> Response:
        problem = _problem(error)
        headers = getattr(error, "headers", None)  # 405 names the methods allowed
        # A browser gets a page, a program a problem document.
        if "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(("/api/", "/v1/")):
            return HTMLResponse(pages.problem(problem), problem.status, headers)
        status, body, kind = reply(request.url.path, problem)
        return JSONResponse(body, status, headers, kind)

    def failed(request: Request, error: Exception) -> Response:
        # The server logs the traceback; the id joins it to what the user saw.
        error_id = uuid.uuid4().hex[:12]
        _LOG.error("error %s at %s %s", error_id, request.method, request.url.path)
        metrics.count_request(request.method, 500)
        response = told(request, error)
        response.headers.update({name.decode(): value.decode() for name, value in HEADERS} | {"x-error-id": error_id})
        return response

    for kind in (
        BadInput,
        UnknownIssuer,
        UnknownPlan,
        SnapshotError,
        EncoderError,
        StateError,
        RequestValidationError,
        HTTPException,
    ):
        app.add_exception_handler(kind, told)
    app.add_exception_handler(Exception, failed)


def _problem(error: Exception) -> Problem:
    match error:
        case BadInput():
            return Problem(422, str(error), {error.field: str(error)})
        case UnknownIssuer():
            detail = "Không có đơn vị này trong bộ kế hoạch. Danh sách đơn vị có tại /plans."
            return Problem(422, detail, {"issuer": detail})
        case UnknownPlan():
            return Problem(404, "Không có kế hoạch này trong bộ kế hoạch. Danh sách có tại /plans.")
        case SnapshotError() | EncoderError() | StateError():
            return Problem(503, str(error))
        case RequestValidationError():
            return from_validation(error.errors())
        case HTTPException():
            return Problem(error.status_code)
    return Problem(500)
