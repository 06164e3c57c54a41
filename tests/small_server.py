"""Small HTTP servers in a thread, for the simulators of platforms and for our own app."""

from __future__ import annotations

import json
import select
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol


@dataclass(frozen=True)
class Request:
    path: str
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    connection: socket.socket

    def gone(self) -> bool:
        """Whether who asked has hung up."""
        readable, _, _ = select.select([self.connection], [], [], 0)
        return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)


@dataclass(frozen=True)
class Reply:
    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class Answers(Protocol):
    def reply(self, request: Request) -> Reply | None:
        """None hangs up without a word."""


class Quiet(BaseHTTPRequestHandler):
    """Keeps connections open and writes no log."""

    protocol_version = "HTTP/1.1"

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("content-length", "0")))

    def tell(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        try:
            self.send_response(status)
            for name, value in {**headers, "content-length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # a process that was killed asks no more

    def log_message(self, *_: object) -> None: ...


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True

    def handle_error(self, *_: object) -> None: ...  # a client that was killed in the middle of a request


@contextmanager
def handled(handler: type[BaseHTTPRequestHandler], port: int = 0) -> Iterator[str]:
    """The address of a server in a thread; it stops without waiting for requests under way."""
    with _Server(("127.0.0.1", port), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def running(simulator: Answers, port: int = 0) -> Iterator[str]:
    """The address of a server that answers every POST with `simulator.reply`."""

    class Handler(Quiet):
        def do_POST(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = simulator.reply(Request(self.path, headers, self.body(), self.connection))
            if reply is None:
                self.close_connection = True
                return
            told = json.dumps(reply.body, ensure_ascii=False).encode()
            self.tell(reply.status, told, {"content-type": "application/json", **reply.headers})

    with handled(Handler, port) as address:
        yield address


@contextmanager
def app_running(app: Any) -> Iterator[str]:
    """The address of our own app, served as `hoi serve` does it, in a thread."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, log_config=None))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
