"""What an operator with a token may do over HTTP: hand in a plan, see how far it is, take a plan out."""

from __future__ import annotations

import hmac
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from bot.channels.jobs import Full, Jobs
from bot.channels.problems import MEDIA_TYPE, Problem
from bot.settings import Settings
from bot.wiring import Service

LIMIT = 20 * 1024 * 1024  # bytes of a file, as in `hoi ingest`
_FRAME = 16 * 1024  # bytes of a request around its file
_LOOKED_AT = 8192  # first bytes that tell what a file is
_TOO_LARGE = f"Tệp lớn quá giới hạn {LIMIT // 1024**2} MiB."
_NO_FILE = "Đề nghị gửi một tệp, dạng multipart/form-data, trong trường “file”."
_NO_PLAN = "Tệp không phải là văn bản, PDF, Word, HTML hay ảnh quét."
_FULL = "Đang có nhiều tệp chờ xử lý; đề nghị gửi lại sau ít phút."
_TOKEN = "Đề nghị gửi kèm mã của người vận hành: Authorization: Bearer …"  # noqa: S105 — a sentence, no token


class Refused(Exception):
    """A request that is not served; told as a problem document."""

    def __init__(self, problem: Problem, **headers: str) -> None:
        super().__init__(problem.status)
        self.problem, self.headers = problem, headers


class _Upload(MultiPartParser):
    spool_max_size = LIMIT + _FRAME  # held in memory: an upload that is refused has touched no disk

    def close(self) -> None:
        """Lets go of the file; the form does not hold one whose upload was cut off."""
        for file in self._files_to_close_on_error:
            file.close()


def guard(settings: Settings) -> Callable[[Request], None]:
    """What refuses who does not send the operator's token; without one set it is as if there were no such address."""

    def checked(request: Request) -> None:
        if not settings.operator_token:
            raise Refused(Problem(404))
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        # Compared in a time that does not tell how much of it was right.
        # A header's bytes come as latin-1, whatever the sender meant by them.
        right = hmac.compare_digest(token.strip().encode("latin-1"), settings.operator_token.encode())
        if not (right and scheme.lower() == "bearer"):
            raise Refused(Problem(401, _TOKEN), **{"www-authenticate": "Bearer"})

    return checked


def mount(app: FastAPI, service: Service, settings: Settings, jobs: Jobs | None = None) -> None:
    """Adds the routes; without HOI_OPERATOR_TOKEN they answer 404. Jobs end with the app."""
    jobs = jobs or Jobs(settings)
    _end_with(app, jobs)
    app.add_exception_handler(Refused, _told)
    checked = guard(settings)

    @app.post("/api/v1/intake", include_in_schema=False)
    async def hand_in(request: Request) -> JSONResponse:
        checked(request)
        if jobs.full():
            raise Refused(Problem(503, _FULL), **{"retry-after": "60"})
        name, data = await _file(request)
        kind = suffix(data)
        if kind is None:
            raise Refused(Problem(415, _NO_PLAN))
        return _accepted(await run_in_threadpool(_submitted, jobs, name, kind, data))

    @app.get("/api/v1/intake/{job_id}", include_in_schema=False)
    def state(request: Request, job_id: str) -> JSONResponse:
        checked(request)
        job = jobs.told(job_id)
        if job is None:
            raise Refused(Problem(404, "Không có việc này, hoặc việc đã xong từ lâu."))
        return JSONResponse(job)

    @app.delete("/api/v1/plans/{plan_id}", include_in_schema=False)
    def take_out(request: Request, plan_id: str) -> JSONResponse:
        checked(request)
        plan = service.plan(plan_id)  # an unknown one is told as for every reader
        try:
            return _accepted(jobs.remove(plan.id))
        except Full as error:
            raise Refused(Problem(503, _FULL), **{"retry-after": "60"}) from error


def suffix(data: bytes) -> str | None:
    """The suffix of a file by its content, whatever it was named; None for what cannot be a plan."""
    head = data[:_LOOKED_AT]
    for start, found in (
        (b"PK\x03\x04", ".docx"),
        (b"\xd0\xcf\x11\xe0", ".doc"),
        (b"\x89PNG\r\n", ".png"),
        (b"\xff\xd8\xff", ".jpg"),
        (b"II*\0", ".tif"),
        (b"MM\0*", ".tif"),
        (b"\xff\xfe", ".txt"),  # UTF-16
        (b"\xfe\xff", ".txt"),
    ):
        if head.startswith(start):
            return found
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if b"\0" in head or not data.strip():
        return None
    return ".html" if any(tag in head.lower() for tag in (b"<html", b"<!doctype html")) else ".txt"


async def _file(request: Request) -> tuple[str, bytes]:
    """Name and bytes of the one file sent. Raises Refused, as early as it can be told."""
    declared = request.headers.get("content-length", "0")
    if not declared.isdigit() or int(declared[:12]) > LIMIT + _FRAME:
        raise Refused(Problem(413, _TOO_LARGE))
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise Refused(Problem(422, _NO_FILE, {"file": _NO_FILE}))

    async def counted() -> AsyncGenerator[bytes, None]:
        read = 0
        async for chunk in request.stream():
            read += len(chunk)
            if read > LIMIT + _FRAME:
                raise Refused(Problem(413, _TOO_LARGE))
            yield chunk

    parser = _Upload(request.headers, counted(), max_files=1, max_fields=4, max_part_size=1024)
    try:
        file = (await parser.parse()).get("file")
        if not isinstance(file, UploadFile):
            raise Refused(Problem(422, _NO_FILE, {"file": _NO_FILE}))
        data = await file.read()
    except MultiPartException as error:
        raise Refused(Problem(400, _NO_FILE)) from error
    finally:
        parser.close()
    if len(data) > LIMIT:
        raise Refused(Problem(413, _TOO_LARGE))
    return file.filename or "", data


def _submitted(jobs: Jobs, name: str, kind: str, data: bytes) -> str:
    try:
        return jobs.ingest(name, kind, data)
    except Full as error:
        raise Refused(Problem(503, _FULL), **{"retry-after": "60"}) from error


def _accepted(job_id: str) -> JSONResponse:
    url = f"/api/v1/intake/{job_id}"
    return JSONResponse({"id": job_id, "url": url}, 202, {"location": url})


def _told(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refused)
    # The body may not have been read: the connection cannot be used again.
    headers = {"connection": "close", **error.headers}
    return JSONResponse(error.problem.document(), error.problem.status, headers, MEDIA_TYPE)


def _end_with(app: FastAPI, jobs: Jobs) -> None:
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(started: Any) -> AsyncIterator[Any]:
        async with inner(started) as state:
            try:
                yield state
            finally:
                await run_in_threadpool(jobs.close)

    app.router.lifespan_context = lifespan
