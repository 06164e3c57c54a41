"""The bot as a model: OpenAI's `/v1/chat/completions` and `/v1/models`, for chat programs and client libraries.

A conversation is what the request holds: nothing is remembered between requests.
"""

from __future__ import annotations

import hmac
import json
import re
import time
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from bot import replies
from bot.channels import contract, intake
from bot.channels.asking import Asker
from bot.channels.problems import Problem, openai_error
from bot.domain import Answer, Issuer
from bot.render import REPAIRED, answer_json, shows_repair, source_line, visible
from bot.settings import Settings
from bot.wiring import Service

MODEL = "hoi-ke-hoach"
_EARLIER = 4  # questions before the last one that are heard again: what a follow-up leans on stands close by
# What could show an image, a link or HTML where a chat program draws Markdown.
_DRAWN = re.compile(r"<|(?<=\])(?=[(\[:])")


class Refused(Exception):
    def __init__(self, problem: Problem, code: str) -> None:
        super().__init__(problem.status)
        self.problem, self.code = problem, code


def mount(app: FastAPI, service: Service, settings: Settings, ask: Asker) -> None:
    """Adds the routes. They want HOI_OPENAI_KEY where it is set, else any key: many programs must send one."""
    address = settings.public_url.rstrip("/")
    app.add_exception_handler(Refused, _told)

    def checked(request: Request) -> None:
        if not settings.openai_key:
            return
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        right = hmac.compare_digest(key.strip().encode("latin-1"), settings.openai_key.encode())
        if not (right and scheme.lower() == "bearer"):
            raise Refused(Problem(401, replies.WRONG_KEY), "invalid_api_key")

    guarded = {"dependencies": [Depends(checked)], "include_in_schema": False}

    @app.get("/v1/models", **guarded)  # type: ignore[arg-type]
    def models() -> JSONResponse:
        created = int(service.built().timestamp())
        found = [_model(issuer, created) for issuer in (None, *service.issuers())]
        return JSONResponse({"object": "list", "data": found})

    @app.get("/v1/models/{model:path}", **guarded)  # type: ignore[arg-type]
    def one(model: str) -> JSONResponse:
        return JSONResponse(_model(_issuer(service, model), int(service.built().timestamp())))

    @app.post("/v1/chat/completions", **guarded)  # type: ignore[arg-type]
    def completions(request: Request, body: contract.ChatRequest) -> Response:
        issuer = _issuer(service, body.model)
        question, earlier = _questions(body.messages)
        ask.admit(request)
        answer, seconds = ask(question, issuer.slug if issuer else None, None, channel="chat", earlier=earlier)
        told = answer_json(answer, conversation_id="", took_ms=round(seconds * 1000))
        head = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": body.model}
        extra = {"status": told["status"], "citations": told["citations"], "suggestions": told["suggestions"]}
        text = markdown(answer, address)
        read = sum(_words(text_of(message)) for message in body.messages)
        usage = {"prompt_tokens": read, "completion_tokens": _words(text), "total_tokens": read + _words(text)}
        if body.stream:
            counted = bool(body.stream_options and body.stream_options.include_usage)
            return StreamingResponse(
                _events(head, text, extra, usage if counted else None),
                media_type="text/event-stream",
                headers={"cache-control": "no-cache", "x-accel-buffering": "no"},
            )
        message = {"role": "assistant", "content": text, "refusal": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return JSONResponse({**head, "object": "chat.completion", "choices": [choice], "usage": usage, **extra})


def markdown(answer: Answer, address: str = "") -> str:
    """The answer, then its numbered quotes with their place; `address` is the server's, for links to the plan."""
    parts = [answer.text]
    if answer.citations:
        parts.append(replies.SOURCES)
    for c in answer.citations:
        note = f" {REPAIRED}" if shows_repair(c) else ""
        link = f"\n{address}{c.url}" if address else ""
        parts.append(f"[{c.mark}] “{' '.join(c.quote.split())}”{note}\n{source_line(c)}{link}")
    text = _DRAWN.sub(lambda m: f"\\{m[0]}", visible("\n\n".join(parts)))
    return re.sub(r"(?<!\n)\n(?!\n)", "  \n", text)  # a line of its own in Markdown too


def text_of(message: contract.ChatMessage) -> str:
    """The message's words; "" where it has none."""
    if not isinstance(message.content, list):
        return message.content or ""
    return "\n".join(part.text for part in message.content if part.type == "text" and part.text)


def _questions(messages: Sequence[contract.ChatMessage]) -> tuple[str, list[str]]:
    """The last message of the user, and those before it that a follow-up may lean on. Raises BadInput."""
    asked = [message for message in messages if message.role == "user"]
    if not asked:
        raise intake.BadInput("messages", replies.NO_QUESTION)
    if not text_of(asked[-1]):
        raise intake.BadInput("messages", replies.WORDS_ONLY)
    earlier = []
    for message in asked[-1 - _EARLIER : -1]:
        try:
            earlier.append(intake.question(text_of(message)))
        except intake.BadInput:
            continue  # what was refused then is nothing to lean on now
    return intake.question(text_of(asked[-1])), earlier


def _issuer(service: Service, model: str) -> Issuer | None:
    """The issuer that a model speaks for, None for the one that knows all plans. Raises Refused."""
    if model == MODEL:
        return None
    found = next((i for i in service.issuers() if model == f"{MODEL}/{i.slug}"), None)
    if found is None:
        raise Refused(Problem(404, replies.UNKNOWN_MODEL), "model_not_found")
    return found


def _model(issuer: Issuer | None, created: int) -> dict[str, Any]:
    name = f"{replies.BOT} – {issuer.full_name} ({issuer.province})" if issuer else replies.BOT
    model = f"{MODEL}/{issuer.slug}" if issuer else MODEL
    return {"id": model, "object": "model", "created": created, "owned_by": MODEL, "name": name}


def _events(head: dict[str, Any], text: str, extra: dict[str, Any], usage: dict[str, int] | None) -> Iterator[str]:
    """Server-sent events: a chunk for each paragraph, the last one with the citations, then the usage if wanted."""

    def event(choices: list[dict[str, Any]], **more: Any) -> str:
        chunk = {**head, "object": "chat.completion.chunk", "choices": choices, **more}
        return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n"

    def choice(delta: dict[str, str], finish: str | None = None) -> list[dict[str, Any]]:
        return [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}]

    unknown = {"usage": None} if usage else {}
    yield event(choice({"role": "assistant", "content": ""}), **unknown)
    for piece in re.findall(r"(?s).+?(?:\n\n|\Z)", text):
        yield event(choice({"content": piece}), **unknown)
    yield event(choice({}, "stop"), **unknown, **extra)
    if usage:
        yield event([], usage=usage)
    yield "data: [DONE]\n\n"


def _words(text: str) -> int:
    """What stands for tokens: there is no model that would count them."""
    return len(text.split())


def _told(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refused)
    status, body = openai_error(error.problem, error.code)
    return JSONResponse(body, status)
