"""The service as tools for assistants that speak MCP, over stdin and stdout. Translates, never decides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib.metadata import version
from typing import Annotated

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from bot import replies
from bot.channels import contract, intake
from bot.cite import citation
from bot.domain import Plan, Span
from bot.embed import EncoderError
from bot.index import SnapshotError
from bot.render import answer_json, deadline_json, full_plan_json, plan_json, plan_url, shows_repair
from bot.text import fold
from bot.wiring import Service, UnknownIssuer, UnknownPlan, today

_LONGEST = 20_000  # characters of a section; an assistant reads on in the sections under it
_EARLIER = 4  # questions before that are heard again

Issuer = Annotated[str | None, Field(description="Mã đơn vị, ví dụ ten-xa; bỏ trống là mọi đơn vị.")]
Day = Annotated[str | None, Field(description="Ngày, viết năm-tháng-ngày, ví dụ 2026-12-01; bỏ trống là hôm nay.")]


def run(service: Service) -> None:
    """Serves until stdin ends. While it does, whatever else is printed goes to stderr."""
    server(service).run("stdio")


def server(service: Service) -> MCPServer:
    made = MCPServer(
        "hoi-ke-hoach",
        title=replies.BOT,
        instructions=replies.TOOLS,
        version=version("hoi-ke-hoach"),
        log_level="WARNING",  # what is asked is not logged
    )
    reading = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

    @made.tool(description=replies.TOOL_ASK, annotations=reading)
    def ask(
        question: Annotated[str, Field(description="Câu hỏi bằng tiếng Việt, nên nêu tên xã, phường.")],
        issuer: Issuer = None,
        as_of: Day = None,
        earlier: Annotated[list[str], Field(description="Các câu hỏi trước đó mà câu này dựa vào.")] = [],  # noqa: B006
    ) -> contract.Told:
        with _told():
            before = [intake.question(text) for text in earlier[-_EARLIER:]]
            asked, day = intake.question(question), intake.day(as_of, "as_of")
            answer = service.ask(asked, issuer=issuer, as_of=day, earlier=before)
        return contract.Told.model_validate(answer_json(answer, conversation_id="", took_ms=0))

    @made.tool(description=replies.TOOL_PLANS, annotations=reading)
    def list_plans(issuer: Issuer = None) -> contract.Plans:
        with _told():
            return contract.Plans.model_validate({"plans": [plan_json(plan) for plan in service.plans(issuer)]})

    @made.tool(description=replies.TOOL_SECTION, annotations=reading)
    def get_section(
        plan_id: Annotated[str, Field(description="Mã kế hoạch, ví dụ ten-xa-2025.")],
        section: Annotated[str, Field(description="Đường dẫn mục, ví dụ VI.1; bỏ trống là phần đầu và mục lục.")] = "",
    ) -> contract.SectionText:
        with _told():
            return _section(service.plan(plan_id), section)

    @made.tool(description=replies.TOOL_DEADLINES, annotations=reading)
    def deadlines(
        issuer: Issuer = None,
        start: Day = None,
        end: Annotated[str | None, Field(description="Đến hết ngày này; bỏ trống là một năm sau ngày đầu.")] = None,
    ) -> contract.Deadlines:
        with _told():
            first = intake.day(start, "start") or today()
            last = intake.day(end, "end") or first + timedelta(days=365)
            intake.view(first, last, "end")
            found = [deadline_json(*row) for row in service.deadlines(issuer, first, last)]
        told = {"issuer": issuer, "from": first, "to": last, "deadlines": found}
        return contract.Deadlines.model_validate(told)

    return made


def _section(plan: Plan, path: str) -> contract.SectionText:
    """Raises ToolError where the plan has no such section."""
    wanted = fold(path.strip()).removeprefix("muc ")
    here = next((s for s in plan.sections if fold(s.path) == wanted), None)
    if wanted and here is None:
        raise ToolError(replies.UNKNOWN_SECTION.format(section=path[:80]))
    first = min((s.start for s in plan.sections), default=len(plan.text))
    start, end = (here.start, here.end) if here else (0, first)
    outline = full_plan_json(plan)["outline"]
    inside = (
        [s for s in outline if start <= s["start"] and s["end"] <= end and s["path"] != here.path] if here else outline
    )
    quote = citation(plan, Span(plan.id, start, end), 1)
    return contract.SectionText(
        plan_id=plan.id,
        plan_title=plan.title,
        issuer=plan.issuer.slug,
        section=here.path if here else "",
        headings=list(plan.headings(here.path)) if here else [],
        text=plan.text[start:end][:_LONGEST].strip(),
        truncated=end - start > _LONGEST,
        repaired=shows_repair(quote),
        url=plan_url(plan.id, here.path if here else ""),
        sections=inside,
    )


@contextmanager
def _told() -> Iterator[None]:
    """What cannot be served is told to the assistant; anything else is a failure of ours and stays in the log."""
    try:
        yield
    except (intake.BadInput, SnapshotError, EncoderError) as error:
        raise ToolError(str(error)) from error
    except UnknownIssuer as error:
        raise ToolError(replies.UNKNOWN_ISSUER) from error
    except UnknownPlan as error:
        raise ToolError(replies.UNKNOWN_PLAN) from error
