"""A small server that speaks OpenAI's chat protocol and answers as a script says.

`python tests/scripted_model.py --lie` serves one that lies in every second sentence, for `hoi eval --llm`.
"""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from small_server import Quiet, handled


@dataclass
class Reply:
    """`text` is sent in `pieces` of equal length, `pause` seconds apart; `hang`: seconds before anything is sent."""

    text: str = ""
    status: int = 200
    pieces: int = 3
    pause: float = 0.0
    hang: float = 0.0
    refusal: str = ""
    finish: str = "stop"
    usage: tuple[int, int] | None = (100, 50)
    cut: bool = False  # the connection ends in the middle


Script = Callable[[dict[str, Any]], Reply]


def said(*sentences: tuple[str, list[int]] | tuple[str, list[int], str], enough: bool = True) -> str:
    """A reply in the schema."""
    keys = ("text", "rests_on", "part")
    told = [dict(zip(keys, sentence, strict=False)) for sentence in sentences]
    return json.dumps({"enough": enough, "sentences": told}, ensure_ascii=False)


def shown(request: dict[str, Any]) -> dict[str, Any]:
    """The question and the sources that the request shows."""
    return json.loads(request["messages"][-1]["content"])


@dataclass
class Scripted:
    """Answers each request by the script; remembers requests and the keys they came with."""

    script: Script
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    url: str = ""


@contextmanager
def serving(script: Script, port: int = 0) -> Iterator[Scripted]:
    scripted = Scripted(script)

    class Handler(Quiet):
        def do_POST(self) -> None:
            request = json.loads(self.body())
            scripted.requests.append(request)
            scripted.keys.append(self.headers.get("authorization", ""))
            with suppress(BrokenPipeError, ConnectionResetError):  # whoever asked has stopped listening
                self._answer(scripted.script(request))

        def _answer(self, reply: Reply) -> None:
            time.sleep(reply.hang)
            if reply.status != 200:
                body = json.dumps({"error": {"message": f"no: {self.headers.get('authorization')}"}}).encode()
                self.tell(reply.status, body, {})
                return
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.send_header("connection", "close")
            self.end_headers()
            size = max(1, -(-len(reply.text) // reply.pieces))
            for start in range(0, len(reply.text), size):
                self._event({"content": reply.text[start : start + size]})
                time.sleep(reply.pause)
                if reply.cut:
                    self.close_connection = True
                    return
            if reply.refusal:
                self._event({"refusal": reply.refusal})
            self._event({}, finish=reply.finish)
            if reply.usage:
                tokens = {"prompt_tokens": reply.usage[0], "completion_tokens": reply.usage[1]}
                self._send({"choices": [], "usage": {**tokens, "total_tokens": sum(reply.usage)}})
            self.wfile.write(b"data: [DONE]\n\n")
            self.close_connection = True

        def _event(self, delta: dict[str, Any], finish: str | None = None) -> None:
            self._send({"choices": [{"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}]})

        def _send(self, event: dict[str, Any]) -> None:
            whole = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "scripted", **event}
            self.wfile.write(f"data: {json.dumps(whole)}\n\n".encode())
            self.wfile.flush()

    with handled(Handler, port) as address:
        scripted.url = f"{address}/v1"
        yield scripted


def truth(request: dict[str, Any]) -> Reply:
    """Every source as it stands, a sentence each; under the headings of the schema in turn, where it has any."""
    shape = request["response_format"]["json_schema"]["schema"]["properties"]["sentences"]["items"]["properties"]
    parts = shape.get("part", {}).get("enum", [""])
    sources = shown(request)["sources"]
    told = [(s["text"], [s["number"]], parts[i * len(parts) // len(sources)]) for i, s in enumerate(sources)]
    return Reply(said(*told))


def liar(first: int = 0) -> Script:
    """The sources as they stand, and after each a lie about it (before each where `first` is 1)."""
    turns = iter(range(10**9))

    def script(request: dict[str, Any]) -> Reply:
        if "messages" not in request or not request["messages"][-1]["content"].startswith("{"):
            return Reply("có")
        turn = next(turns)
        told = []
        for i, source in enumerate(shown(request)["sources"]):
            true, false = (source["text"], [source["number"]]), (lie(source["text"], turn + i), [source["number"]])
            told += [false, true] if first else [true, false]
        return Reply(said(*told[:12]))

    return script


def lie(text: str, turn: int) -> str:
    """One of eight ways to make a sentence false."""
    ways = (
        lambda t: re.sub(r"\d+", lambda m: str(int(m[0][:9]) + 1), t, count=1),
        lambda t: f"{t.rstrip('.')} vào ngày 31/02/2031.",
        lambda t: re.sub(r"\bnăm (20\d\d)", lambda m: f"năm {int(m[1]) + 1}", t),
        lambda t: f"Không phải {t[:1].lower()}{t[1:]}",
        lambda t: f"{t.rstrip('.')}, do đồng chí Phạm Quốc Bảo phụ trách.",
        lambda t: f"{t.rstrip('.')} theo Quyết định số 999/QĐ-UBND.",
        lambda t: "Hạn cuối là ngày mười chín tháng mười một.",
        lambda t: f"{t.rstrip('.')} và được thưởng năm mươi triệu đồng.",
    )
    for step in range(len(ways)):
        false = ways[(turn + step) % len(ways)](text)
        if false != text:
            return false
    return text


if __name__ == "__main__":
    ways: dict[str, Script] = {
        "--lie": liar(),
        "--lie-first": liar(1),
        "--truth": lambda r: truth(r) if r["messages"][-1]["content"].startswith("{") else Reply("có"),
        "--hang": lambda r: Reply(hang=3600),
        "--down": lambda r: Reply(status=500),
    }
    with serving(ways[sys.argv[1]], int(sys.argv[2]) if len(sys.argv) > 2 else 0) as server:
        print(server.url, flush=True)
        threading.Event().wait()
