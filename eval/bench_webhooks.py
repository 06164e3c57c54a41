"""How long a platform waits for its webhook's answer, with fifty calls at once, while the answers are being worked on.

Zalo gives up after 2 s. The calls are signed like Zalo's; the answers go nowhere, because nothing listens there.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Sequence
from time import perf_counter

AT_ONCE = 50
APP, SECRET = "1234567890", "a secret of the bench"
ENVIRONMENT = {
    "HOI_ZALO_OA_APP_ID": APP,
    "HOI_ZALO_OA_SECRET_KEY": SECRET,
    "HOI_ZALO_OA_URL": "http://127.0.0.1:9",
    "HOI_ZALO_OAUTH_URL": "http://127.0.0.1:9",
}


def measure(host: str, port: int, questions: Sequence[str]) -> list[float]:
    """Milliseconds of each call; `questions` are sent in rounds of `AT_ONCE`. Raises ConnectionError, RuntimeError."""
    return asyncio.run(_rounds(host, port, questions))


async def _rounds(host: str, port: int, questions: Sequence[str]) -> list[float]:
    lines = [await asyncio.open_connection(host, port) for _ in range(AT_ONCE)]
    took: list[float] = []
    try:
        for start in range(0, len(questions), AT_ONCE):
            batch = [_request(n, q) for n, q in enumerate(questions[start : start + AT_ONCE], start)]
            took += await asyncio.gather(*(_call(*line, body) for line, body in zip(lines, batch, strict=False)))
            await asyncio.sleep(0.2)
    finally:
        for _, writer in lines:
            writer.close()
    return took


async def _call(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> float:
    started = perf_counter()
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    took = (perf_counter() - started) * 1000
    length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    await reader.readexactly(length)
    if b" 200 " not in head[:16]:
        raise RuntimeError(f"the webhook answers {head[:40]!r}")
    return took


def _request(number: int, question: str) -> bytes:
    timestamp = str(int(time.time() * 1000))
    event = {
        "app_id": APP,
        "sender": {"id": f"user-{number}"},
        "recipient": {"id": "1"},
        "event_name": "user_send_text",
        "message": {"text": question, "msg_id": f"bench-{number}"},
        "timestamp": timestamp,
    }
    body = json.dumps(event, ensure_ascii=False).encode()
    mac = hashlib.sha256(APP.encode() + body + timestamp.encode() + SECRET.encode()).hexdigest()
    head = (
        "POST /webhooks/zalo-oa HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
        f"X-ZEvent-Signature: mac={mac}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
