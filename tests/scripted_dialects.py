"""A small server that speaks the protocols of Ollama, Anthropic and Google, and answers as a script says.

The script sees each request as OpenAI's protocol would have it: `messages`, each a role and its text.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from scripted_model import Reply, Script, Scripted

Event = tuple[str, dict[str, Any]]  # its name, "" for none


def ollama(reply: Reply) -> Iterator[Event]:
    said = {"model": "scripted", "created_at": "2026-12-01T00:00:00Z"}
    for piece in _pieces(reply):
        yield "", {**said, "message": {"role": "assistant", "content": piece}, "done": False}
    counts = dict(zip(("prompt_eval_count", "eval_count"), reply.usage or (), strict=False))
    end = {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop"}
    yield "", said | end | counts


def anthropic(reply: Reply) -> Iterator[Event]:
    tokens_in, tokens_out = reply.usage or (0, 0)
    message = {
        "id": "m", "type": "message", "role": "assistant", "model": "scripted", "content": [], "stop_reason": None,
        "stop_sequence": None, "usage": {"input_tokens": tokens_in, "output_tokens": 1},
    }  # fmt: skip
    yield "message_start", {"message": message}
    yield "content_block_start", {"index": 0, "content_block": {"type": "text", "text": ""}}
    for piece in _pieces(reply):
        yield "content_block_delta", {"index": 0, "delta": {"type": "text_delta", "text": piece}}
    yield "content_block_stop", {"index": 0}
    ended = {"stop_reason": "refusal" if reply.refusal else "end_turn", "stop_sequence": None}
    yield "message_delta", {"delta": ended, "usage": {"input_tokens": tokens_in, "output_tokens": tokens_out}}
    yield "message_stop", {}


def google(reply: Reply) -> Iterator[Event]:
    """Counts come with every chunk and grow."""
    tokens_in, tokens_out = reply.usage or (0, 0)
    for number, piece in enumerate(_pieces(reply), 1):
        content = {"role": "model", "parts": [{"text": piece}]}
        yield (
            "",
            {
                "candidates": [{"index": 0, "content": content}],
                "usageMetadata": _counts(tokens_in, tokens_out * number // (reply.pieces + 1)),
            },
        )
    ended: dict[str, Any] = {"index": 0, "finishReason": reply.refusal or "STOP"}
    if not reply.refusal:
        ended["content"] = {"role": "model", "parts": [{"text": ""}]}
    yield "", {"candidates": [ended], "usageMetadata": _counts(tokens_in, tokens_out)}


def _counts(tokens_in: int, tokens_out: int) -> dict[str, int]:
    total = tokens_in + tokens_out
    return {"promptTokenCount": tokens_in, "candidatesTokenCount": tokens_out, "totalTokenCount": total}


def _pieces(reply: Reply) -> Iterator[str]:
    size = max(1, -(-len(reply.text) // reply.pieces))
    for start in range(0, len(reply.text), size):
        yield reply.text[start : start + size]
        time.sleep(reply.pause)


def _dialect(path: str) -> str:
    if path == "/api/chat":
        return "ollama"
    if path.startswith("/v1/messages"):
        return "anthropic"
    assert path.endswith(":streamGenerateContent?alt=sse"), path
    return "google_genai"


def _messages(dialect: str, request: dict[str, Any]) -> list[dict[str, str]]:
    if dialect == "ollama":
        return list(request["messages"])
    if dialect == "anthropic":
        system = [{"role": "system", "content": request["system"]}] if "system" in request else []
        return [*system, *request["messages"]]
    system = [("system", request["systemInstruction"])] if "systemInstruction" in request else []
    said = [*system, *((c["role"], c) for c in request["contents"])]
    return [{"role": role, "content": "".join(p["text"] for p in c["parts"])} for role, c in said]


_SAY = {"ollama": ollama, "anthropic": anthropic, "google_genai": google}
_KEYS = ("authorization", "x-api-key", "x-goog-api-key")


@contextmanager
def serving(script: Script) -> Iterator[Scripted]:
    """`requests` are as they came, `keys` what they carried of a key."""
    scripted = Scripted(script)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["content-length"])))
            scripted.requests.append(request)
            scripted.keys.append("".join(self.headers.get(name, "") for name in _KEYS))
            dialect = _dialect(self.path)
            reply = scripted.script({**request, "messages": _messages(dialect, request)})
            time.sleep(reply.hang)
            with suppress(BrokenPipeError, ConnectionResetError):  # whoever asked has stopped listening
                self._fail(reply.status) if reply.status != 200 else self._say(dialect, reply)

        def _fail(self, status: int) -> None:
            told = {"error": {"type": "error", "code": status, "message": f"no: {scripted.keys[-1]}"}}
            body = json.dumps({"type": "error", **told}).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _say(self, dialect: str, reply: Reply) -> None:
            lines = dialect == "ollama"
            self.send_response(200)
            self.send_header("content-type", "application/x-ndjson" if lines else "text/event-stream")
            self.send_header("transfer-encoding", "chunked")
            self.send_header("connection", "close")
            self.end_headers()
            self.close_connection = True
            for number, (name, data) in enumerate(_SAY[dialect](reply)):
                event = f"event: {name}\n" if name else ""
                said = json.dumps({**data, "type": name} if name else data)
                self._chunk(f"{said}\n" if lines else f"{event}data: {said}\n\n")
                if reply.cut and number == 2:
                    return
            self._chunk("")

        def _chunk(self, text: str) -> None:
            body = text.encode()
            self.wfile.write(f"{len(body):x}\r\n".encode() + body + b"\r\n")
            self.wfile.flush()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        scripted.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield scripted
        finally:
            server.shutdown()
