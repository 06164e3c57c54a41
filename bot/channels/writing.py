"""Answers of a language model over HTTP: in pieces as they are checked, and what only a model can write."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, StreamingResponse

from bot.channels import contract, intake
from bot.channels.asking import Asker
from bot.channels.intake import BadInput
from bot.domain import Answer
from bot.render import answer_json
from bot.wiring import Service, Where

Count = Callable[[Answer, float], None]
_EVENTS = "text/event-stream"
_PROBLEMS = contract.problems(400, 404, 413, 422, 429, 503)
_BODY: dict[int | str, dict[str, Any]] = {200: {"model": contract.Answer}, **_PROBLEMS}
_STREAM: dict[int | str, dict[str, Any]] = {
    **_PROBLEMS,
    200: {
        "description": "Sự kiện “sentence” cho mỗi câu đã kiểm tra; sự kiện “answer” cuối cùng thay cho tất cả.",
        "content": {_EVENTS: {}},
    },
}


def mount(app: FastAPI, service: Service, asker: Asker) -> None:
    count = asker.count

    @app.post("/api/v1/ask/stream", summary="Hỏi một câu, nhận từng câu trả lời", responses=_STREAM)
    def ask_stream(request: Request, body: contract.Ask) -> StreamingResponse:
        asker.admit(request)
        conversation = intake.conversation(body.conversation_id)
        started = perf_counter()
        told = service.ask_stream(
            intake.question(body.question),
            issuer=body.issuer,
            conversation_id=conversation,
            as_of=intake.day(body.as_of, "as_of"),
        )
        return _streamed(told, conversation, started, count)

    @app.post("/api/v1/write", summary="Tổng hợp, giải thích, tóm tắt, lập đề cương", responses=_BODY)
    def write(request: Request, body: contract.Write) -> JSONResponse:
        asker.admit(request)
        conversation = intake.conversation(body.conversation_id)
        started = perf_counter()
        told = service.write(body.intent, _question(body), **_where(body, conversation))
        seconds = perf_counter() - started
        count(told, seconds)
        return JSONResponse(answer_json(told, conversation_id=conversation, took_ms=round(seconds * 1000)))

    @app.post("/api/v1/write/stream", summary="Như trên, nhận từng câu", responses=_STREAM)
    def write_stream(request: Request, body: contract.Write) -> StreamingResponse:
        asker.admit(request)
        conversation = intake.conversation(body.conversation_id)
        started = perf_counter()
        told = service.write_stream(body.intent, _question(body), **_where(body, conversation))
        return _streamed(told, conversation, started, count)


def _question(body: contract.Write) -> str:
    if body.question is not None:
        return intake.question(body.question)
    if body.intent == "combine" or not (body.plan_id or body.issuer or body.conversation_id):
        raise BadInput("question", "Cần nêu câu hỏi, mã kế hoạch hoặc mã đơn vị.")
    return ""


def _where(body: contract.Write, conversation: str) -> Where:
    return Where(
        plan_id=body.plan_id or "",
        section=body.section or "",
        issuer=body.issuer,
        conversation_id=conversation,
        as_of=intake.day(body.as_of, "as_of"),
    )


def _streamed(told: Iterator[str | Answer], conversation: str, started: float, count: Count) -> StreamingResponse:
    def events() -> Iterator[str]:
        for piece in told:
            if isinstance(piece, str):
                yield _event("sentence", {"text": piece})
                continue
            seconds = perf_counter() - started
            count(piece, seconds)
            yield _event("answer", answer_json(piece, conversation_id=conversation, took_ms=round(seconds * 1000)))

    # A proxy that gathers the events would show nothing until the end.
    return StreamingResponse(
        events(), media_type=_EVENTS, headers={"cache-control": "no-store", "x-accel-buffering": "no"}
    )


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
