"""The pages' addresses: the question, a comparison, the deadlines, the plans. Translates, never decides."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from datetime import timedelta
from importlib.resources import files
from typing import Annotated

from fastapi import Cookie, FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from bot.channels import intake
from bot.channels.asking import Asker
from bot.channels.intake import BadInput
from bot.channels.limits import TooMany
from bot.channels.pages import Pages, Side
from bot.channels.problems import Problem
from bot.domain import Issuer
from bot.reading import placed
from bot.wiring import Service, UnknownIssuer, today

_COOKIE = "hoi_issuer"
_NAME = 100  # characters of a name that is looked for
_YEAR = timedelta(days=365)
_FILES = {"style.css": "text/css", "hoi.js": "text/javascript"}
_REFUSED = (BadInput, UnknownIssuer, TooMany)  # told above the form, which keeps what was typed


def mount(
    app: FastAPI,
    service: Service,
    asker: Asker,
    pages: Pages,
    problem_of: Callable[[Exception], Problem],
    *,
    secure: bool,
) -> None:
    """Adds the pages. `secure`: people come by https only, so the cookie travels by nothing else."""

    def known(slug: str) -> Issuer | None:
        return next((i for i in service.issuers() if i.slug == slug), None)

    def refused(error: Exception) -> tuple[int, dict[str, str], str]:
        headers = {"retry-after": str(error.seconds)} if isinstance(error, TooMany) else {}
        problem = problem_of(error)
        return problem.status, headers, problem.detail

    @app.get("/", include_in_schema=False)
    def home(
        request: Request,
        q: str | None = None,
        issuer: str | None = None,
        c: str = "",
        keep: str = "",
        embed: str = "",
        remembered: Annotated[str, Cookie(alias=_COOKIE)] = "",
    ) -> HTMLResponse:
        framed = embed == "1"
        # What was chosen before counts where the address does not say; one whose plans are gone is forgotten.
        chosen = issuer if issuer is not None else "" if framed or not known(remembered) else remembered
        answer, problem, status, headers = None, "", 200, dict[str, str]()
        conversation = _conversation(c)
        asked = q or ""
        if q is not None:
            try:
                asked = intake.question(q)
                asker.admit(request)
                answer, _ = asker(asked, chosen or None, conversation, channel="embed" if framed else "page")
            except _REFUSED as error:
                status, headers, problem = refused(error)
        reply = HTMLResponse(
            pages.home(
                service.issuers(),
                question=asked,
                chosen=chosen,
                conversation=conversation,
                answer=answer,
                problem=problem,
                embed=framed,
            ),
            status,
            headers,
        )
        if keep and issuer is not None and not framed:
            _remember(reply, known(issuer), secure)
        return reply

    @app.get("/so-sanh", include_in_schema=False)
    def compare(request: Request, q: str | None = None, a: str = "", b: str = "") -> HTMLResponse:
        sides: list[Side] = []
        problem, status, headers, asked = "", 200, dict[str, str](), q or ""
        if q is not None:
            try:
                asked = intake.question(q)
                chosen = [known(slug) for slug in (a, b)]
                if not all(chosen) or a == b:
                    raise BadInput("issuer", "Đề nghị chọn hai đơn vị khác nhau để so sánh.")
                asker.admit(request, 2)
                sides = [
                    Side(one, asker(asked, one.slug, None, channel="compare")[0]) for one in chosen if one is not None
                ]
            except _REFUSED as error:
                status, headers, problem = refused(error)
        page = pages.compare(service.issuers(), question=asked, first=a, second=b, sides=sides, problem=problem)
        return HTMLResponse(page, status, headers)

    @app.get("/han", include_in_schema=False)
    def deadlines(issuer: str | None = None, remembered: Annotated[str, Cookie(alias=_COOKIE)] = "") -> HTMLResponse:
        chosen = known(remembered if issuer is None else issuer)
        day = today()
        found = service.deadlines(chosen.slug if chosen else None, day, day + _YEAR)
        return HTMLResponse(pages.deadlines(service.issuers(), chosen, found, day))

    @app.get("/don-vi", include_in_schema=False)
    def issuers(tim: str = "") -> HTMLResponse:
        return HTMLResponse(pages.issuers(service.issuers(), tim[:_NAME]))

    @app.get("/plans", include_in_schema=False)
    def plans() -> HTMLResponse:
        return HTMLResponse(pages.plans(service.plans()))

    @app.get("/plans/{plan_id}", include_in_schema=False)
    def plan(plan_id: str, trich: str = "", panel: str = "") -> HTMLResponse:
        found = service.plan(plan_id)
        shown = placed(found, trich)
        return HTMLResponse(pages.plan(found, shown, stale=bool(trich) and shown is None, panel=panel == "1"))

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(pages.api(app.openapi()))

    _add_files(app, pages)


def _add_files(app: FastAPI, pages: Pages) -> None:
    """Read once. Pages name a file with a sum of what is in it, so that it is fetched once and never stale."""
    for name, kind in _FILES.items():
        text = files("bot.channels").joinpath("static", name).read_text(encoding="utf-8")
        pages.name_file(name, f"/static/{name}?{zlib.crc32(text.encode()):08x}")

        app.add_api_route(f"/static/{name}", _served(text, kind), include_in_schema=False)


def _served(text: str, kind: str) -> Callable[[], Response]:
    def file() -> Response:
        return Response(text, media_type=kind, headers={"cache-control": "public, max-age=31536000, immutable"})

    return file


def _conversation(text: str) -> str:
    try:
        return intake.conversation(text or None)
    except BadInput:
        return intake.conversation(None)


def _remember(reply: Response, issuer: Issuer | None, secure: bool) -> None:
    if issuer is None:
        reply.delete_cookie(_COOKIE)
    else:
        reply.set_cookie(
            _COOKIE, issuer.slug, max_age=int(_YEAR.total_seconds()), httponly=True, samesite="lax", secure=secure
        )
