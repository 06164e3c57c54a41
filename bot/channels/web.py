"""HTTP: the API, the pages and the probes. Translates, never decides."""

from __future__ import annotations

import logging
from datetime import timedelta
from importlib.metadata import version
from typing import Annotated

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.exceptions import HTTPException

from bot.channels import chats, completions, contract, feed, intake, logs, office, operator, site, writing
from bot.channels.asking import Asker
from bot.channels.guard import Guard, headers
from bot.channels.intake import BadInput
from bot.channels.limits import Gate, TooMany
from bot.channels.metrics import Metrics, queues_text
from bot.channels.pages import Pages
from bot.channels.problems import DETAILS, Problem, from_validation, reply
from bot.channels.tally import Tally
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
    app.add_middleware(Guard, metrics=metrics, embed_origins=settings.embed_origins)
    gate = Gate(settings.asks_per_minute, settings.proxies)
    asker = Asker(service, metrics, gate, Tally(state) if state else None)
    _add_api(app, service, asker)
    feed.mount(app, service, settings)
    completions.mount(app, service, settings, asker)
    site.mount(app, service, asker, pages, problem_of, secure=settings.public_url.startswith("https:"))
    _add_probes(app, service, metrics, state)
    writing.mount(app, service, asker)
    operator.mount(app, service, settings)
    if state:
        chats.mount(app, service, state, settings, metrics)
        office.mount(app, state, operator.guard(settings))
    _add_errors(app, pages, metrics, settings)
    return app


def _add_api(app: FastAPI, service: Service, asker: Asker) -> None:
    problems = contract.problems

    @app.post(
        "/api/v1/ask",
        summary="Hỏi một câu",
        responses={200: {"model": contract.Answer}, **problems(400, 413, 422, 429, 503)},
    )
    def ask(request: Request, body: contract.Ask) -> JSONResponse:
        question = intake.question(body.question)
        conversation = intake.conversation(body.conversation_id)
        as_of = intake.day(body.as_of, "as_of")
        asker.admit(request)
        answer, seconds = asker(question, body.issuer, conversation, as_of)
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


def _add_errors(app: FastAPI, pages: Pages, metrics: Metrics, settings: Settings) -> None:
    """The one boundary where an error becomes an answer."""

    def told(request: Request, error: Exception) -> Response:
        problem = problem_of(error)
        own = dict(getattr(error, "headers", None) or {})  # 405 names the methods allowed
        if isinstance(error, TooMany):
            own["retry-after"] = str(error.seconds)
        # A browser gets a page, a program a problem document.
        if "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(("/api/", "/v1/")):
            return HTMLResponse(pages.problem(problem), problem.status, own)
        status, body, kind = reply(request.url.path, problem)
        return JSONResponse(body, status, own, kind)

    def failed(request: Request, error: Exception) -> Response:
        # The server logs the traceback; the id joins it to what the user saw.
        _LOG.error("failed at %s %s", request.method, request.url.path)
        metrics.count_request(request.method, 500)
        response = told(request, error)
        response.headers.update(headers(request.scope, settings.embed_origins))
        response.headers["x-error-id"] = logs.REQUEST.get()
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
        TooMany,
    ):
        app.add_exception_handler(kind, told)
    app.add_exception_handler(Exception, failed)


def problem_of(error: Exception) -> Problem:
    """What a user is told of an error."""
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
        case TooMany():
            return Problem(429, f"Địa chỉ mạng này vừa gửi nhiều câu hỏi. Đề nghị hỏi lại sau {error.seconds} giây.")
    return Problem(500, f"{DETAILS[500]} Mã lỗi: {logs.REQUEST.get()}.")
