"""What the operator's token opens of the chats: questions without an answer, feedback, counts a week."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.responses import JSONResponse

from bot.channels import reports
from bot.state import State

Days = Annotated[int, Query(ge=1, le=400)]
Weeks = Annotated[int, Query(ge=1, le=60)]


def mount(app: FastAPI, state: State, checked: Callable[[Request], None]) -> None:
    """`checked` refuses who has no token."""

    def told(request: Request, report: Callable[..., dict[str, Any]], *limits: int) -> JSONResponse:
        checked(request)
        return JSONResponse(report(state, *limits))

    @app.get("/api/v1/unanswered", include_in_schema=False)
    def unanswered(request: Request, days: Days = 30) -> JSONResponse:
        return told(request, reports.unanswered, days)

    @app.get("/api/v1/feedback", include_in_schema=False)
    def feedback(request: Request, days: Days = 30) -> JSONResponse:
        return told(request, reports.feedback, days)

    @app.get("/api/v1/asked", include_in_schema=False)
    def asked(request: Request, weeks: Weeks = 8) -> JSONResponse:
        return told(request, reports.weeks, weeks)
