"""`GET /api/v1/deadlines.ics`: the deadlines as a calendar that programs subscribe to."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.responses import Response

from bot.channels import calendar, contract, intake
from bot.settings import Settings
from bot.wiring import Service

_KEPT = "max-age=3600"  # programs that ask every few minutes are served by what lies between


def mount(app: FastAPI, service: Service, settings: Settings) -> None:
    def deadlines(
        request: Request,
        issuer: Annotated[str | None, Query(description="Mã đơn vị; để trống là mọi đơn vị.")] = None,
        start: Annotated[
            str | None, Query(alias="from", description="Từ ngày; để trống là từ khi có kế hoạch.")
        ] = None,
        end: Annotated[str | None, Query(alias="to", description="Đến hết ngày; để trống là hết kế hoạch.")] = None,
    ) -> Response:
        first, last = intake.day(start, "from"), intake.day(end, "to")
        if first and last:
            intake.view(first, last, "to")
        feed = calendar.feed(service, issuer, first, last, settings.public_url)
        headers = {
            "etag": f'"{hashlib.sha256(feed.body).hexdigest()[:32]}"',
            "last-modified": format_datetime(feed.built, usegmt=True),
            "cache-control": _KEPT,
        }
        if _has(request, headers["etag"], feed.built):
            return Response(status_code=304, headers=headers)
        headers["content-disposition"] = f'attachment; filename="{feed.name}"'
        return Response(feed.body, headers=headers, media_type=calendar.MEDIA_TYPE)

    told: dict[int | str, dict[str, Any]] = {
        200: {"content": {"text/calendar": {"schema": {"type": "string"}}}, "description": "Lịch dạng iCalendar."},
        304: {"description": "Lịch không đổi."},
        **contract.problems(422, 503),
    }
    path = "/api/v1/deadlines.ics"
    app.get(path, summary="Các thời hạn dưới dạng lịch", response_class=Response, responses=told)(deadlines)
    app.head(path, include_in_schema=False)(deadlines)


def _has(request: Request, etag: str, built: datetime) -> bool:
    """Whether the sender holds this very calendar (RFC 9110: the tag counts where both are given)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return since.replace(tzinfo=since.tzinfo or UTC) >= built
