from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from bot.channels import logs


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What a line of the log looks like, without touching the tests' own logging."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Json())
    logger = logging.getLogger("bot")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield stream
    logger.removeHandler(handler)
    logger.setLevel(logging.NOTSET)


def test_a_line_is_json_with_the_id_of_its_request(written: io.StringIO) -> None:
    token = logs.REQUEST.set("abc123")
    logs.asked("page", "answered", ("an-phu",), 2, 0.0123)
    logs.REQUEST.reset(token)
    told = json.loads(written.getvalue())
    assert told.pop("time").endswith("+00:00")
    assert told == {
        "level": "info",
        "logger": "bot.asked",
        "message": "asked",
        "id": "abc123",
        "channel": "page",
        "status": "answered",
        "issuers": ["an-phu"],
        "citations": 2,
        "ms": 12.3,
    }


def test_a_traceback_stays_on_its_line(written: io.StringIO) -> None:
    try:
        raise ValueError("xấu\nhai dòng")
    except ValueError:
        logging.getLogger("bot.channels.web").exception("failed")
    [line] = written.getvalue().splitlines()
    assert "ValueError" in json.loads(line)["traceback"]


def test_each_question_leaves_its_id_and_not_its_text(five_plans_site: str, five_plans_log: Path) -> None:
    text = "Hạn gửi báo cáo của xã Giao Minh, hỏi riêng 9241?"
    request = Request(
        f"{five_plans_site}/api/v1/ask",
        json.dumps({"question": text}).encode(),
        {"Content-Type": "application/json"},
    )
    ids = {}
    for channel, address in (("api", request), ("page", f"{five_plans_site}/?q={quote(text)}")):
        with urlopen(address, timeout=30) as reply:
            ids[channel] = reply.headers["x-request-id"]
    log = five_plans_log.read_text(encoding="utf-8")
    lines = [json.loads(line) for line in log.splitlines()]
    for channel, known in ids.items():
        [line] = [line for line in lines if line.get("id") == known]
        assert (line["message"], line["channel"], line["issuers"]) == ("asked", channel, ["giao-minh"])
    assert "9241" not in log
    assert "riêng" not in log
