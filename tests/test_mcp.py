"""`hoi mcp` as assistants use it: the official client starts the process and speaks over its stdin and stdout."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from fake_service import FakeService
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.types import CallToolResult

from bot.channels import mcp
from bot.index import SnapshotError

ROOT = Path(__file__).parent.parent


def process(index: Path) -> StdioServerParameters:
    # Nobody on the way may print: PYTHONUNBUFFERED would show it at once.
    env = {"PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1"}
    return StdioServerParameters(
        command=sys.executable, args=["-m", "bot", "mcp", "--index", str(index)], env=env, cwd=ROOT
    )


def talk(server: Any, conversation: Callable[[Client], Awaitable[None]]) -> None:
    async def run() -> None:
        async with Client(server, read_timeout_seconds=60) as client:
            await conversation(client)

    asyncio.run(run())


def call(service: FakeService, tool: str, **arguments: object) -> CallToolResult:
    found: list[CallToolResult] = []

    async def conversation(client: Client) -> None:
        found.append(await client.call_tool(tool, arguments))

    talk(mcp.server(service), conversation)  # type: ignore[arg-type]
    return found[0]


def text(result: CallToolResult) -> str:
    return " ".join(block.text for block in result.content if block.type == "text")


# ---- over stdio, on the real plans


def test_an_assistant_finds_asks_reads_and_looks_ahead(five_plans_index: Path) -> None:
    async def conversation(client: Client) -> None:
        assert client.server_info.name == "hoi-ke-hoach"
        assert "câu trích" in (client.instructions or "")

        plans = (await client.call_tool("list_plans", {"issuer": "giao-minh"})).structured_content
        assert plans is not None
        [plan] = plans["plans"]
        assert plan["id"] == "giao-minh-2025"

        question = {"question": "Hạn gửi báo cáo hằng năm là ngày nào?", "issuer": "giao-minh", "as_of": "2026-12-01"}
        told = (await client.call_tool("ask", question)).structured_content
        assert told is not None
        assert (told["status"], told["deadlines"][0]["last_safe_day"]) == ("answered", "2026-12-14")
        [citation] = told["citations"]

        where = {"plan_id": citation["plan_id"], "section": citation["section"]}
        read = (await client.call_tool("get_section", where)).structured_content
        assert read is not None
        assert citation["quote"] in read["text"]

        view = {"issuer": "giao-minh", "start": "2026-11-01", "end": "2026-12-31"}
        ahead = (await client.call_tool("deadlines", view)).structured_content
        assert ahead is not None
        assert [d["day"] for d in ahead["deadlines"]] == ["2026-12-15"]

        first = "Xã Giao Minh có mấy giai đoạn?"
        followed = await client.call_tool("ask", {"question": "Hạn báo cáo hằng năm?", "earlier": [first]})
        assert followed.structured_content is not None
        assert followed.structured_content["issuers"] == ["giao-minh"]

    talk(process(five_plans_index), conversation)


def test_stdout_carries_the_protocol_only(five_plans_index: Path) -> None:
    server = process(five_plans_index)
    call = {"name": "ask", "arguments": {"question": "Xã Giao Minh có mấy giai đoạn?"}}
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}}
    with subprocess.Popen(
        [server.command, *server.args],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=server.env,
        cwd=ROOT,
        encoding="utf-8",
    ) as run:
        assert run.stdin is not None
        assert run.stdout is not None

        def say(message: dict[str, Any]) -> None:
            assert run.stdin is not None
            run.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
            run.stdin.flush()

        say({"id": 1, "method": "initialize", "params": hello})
        lines = [run.stdout.readline()]
        say({"method": "notifications/initialized"})
        say({"id": 2, "method": "tools/call", "params": call})
        lines.append(run.stdout.readline())
        run.stdin.close()
        lines += run.stdout.readlines()
        told = [json.loads(line) for line in lines]  # anything else on a line would fail here
        assert [message["id"] for message in told] == [1, 2]
        assert run.wait(timeout=30) == 0


def test_without_an_index_it_says_so_on_stderr(tmp_path: Path) -> None:
    server = process(tmp_path)
    done = subprocess.run(
        [server.command, *server.args], capture_output=True, env=server.env, cwd=ROOT, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("hoi: Chưa có chỉ mục")


# ---- what it offers


def test_tools_are_typed_and_explained_in_vietnamese(service: FakeService) -> None:
    async def conversation(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {"ask", "list_plans", "get_section", "deadlines"}
        for tool in tools.values():
            assert tool.description
            assert not tool.description.isascii()
            assert tool.output_schema is not None
            assert tool.annotations is not None
            assert tool.annotations.read_only_hint
            assert all(about["description"] for about in tool.input_schema["properties"].values())
        assert tools["ask"].input_schema["required"] == ["question"]
        assert "citations" in tools["ask"].output_schema["properties"]  # type: ignore[index]

    talk(mcp.server(service), conversation)  # type: ignore[arg-type]


def test_a_section_comes_with_its_headings_and_those_under_it(service: FakeService) -> None:
    read = call(service, "get_section", plan_id="an-phu-2025", section="Mục ii").structured_content
    assert read is not None
    assert (read["section"], read["headings"]) == ("II", ["BÁO CÁO"])
    assert read["text"].startswith("II. BÁO CÁO")
    assert [s["path"] for s in read["sections"]] == ["II.1", "II.2"]
    assert (read["truncated"], read["repaired"], read["url"]) == (False, False, "/plans/an-phu-2025#II")


def test_without_a_section_it_gives_the_head_and_the_outline(service: FakeService) -> None:
    read = call(service, "get_section", plan_id="an-phu-2025").structured_content
    assert read is not None
    assert read["text"] == "KẾ HOẠCH <b>thi đua</b>"
    assert read["repaired"]
    assert [s["path"] for s in read["sections"]] == ["I", "II", "II.1", "II.2"]


WRONG = {
    "unknown issuer": ("ask", {"question": "a", "issuer": "khong-co"}, "list_plans"),
    "unknown plan": ("get_section", {"plan_id": "../etc"}, "list_plans"),
    "unknown section": ("get_section", {"plan_id": "an-phu-2025", "section": "IX"}, "không có mục “IX”"),
    "blank": ("ask", {"question": " "}, "đang để trống"),
    "too long": ("ask", {"question": "a" * 2001}, "tối đa 2000"),
    "bad day": ("ask", {"question": "a", "as_of": "mai"}, "không hợp lệ"),
    "bad view": ("deadlines", {"start": "2026-02-02", "end": "2026-02-01"}, "Ngày kết thúc"),
    "no question": ("ask", {}, "question"),
    "wrong type": ("ask", {"question": 5}, "question"),
}


@pytest.mark.parametrize(("tool", "arguments", "said"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_told_to_the_assistant(
    service: FakeService, tool: str, arguments: dict[str, object], said: str
) -> None:
    result = call(service, tool, **arguments)
    assert result.is_error
    assert said in text(result)


def test_failures_tell_nothing_inside(service: FakeService) -> None:
    service.broken = SnapshotError("Chưa có chỉ mục.")
    assert "Chưa có chỉ mục." in text(call(service, "ask", question="a"))
    service.broken = RuntimeError("secret path")
    result = call(service, "ask", question="a")
    assert result.is_error
    assert "secret" not in text(result)
