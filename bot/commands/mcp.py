"""`hoi mcp`: the plans as tools, over stdin and stdout."""

from __future__ import annotations

from contextlib import closing

from bot.arguments import Parser
from bot.commands.options import add_index, fail
from bot.settings import Settings


def main(argv: list[str]) -> int:
    parser = Parser("hoi mcp", "Làm công cụ tra cứu cho trợ lý AI: nói giao thức MCP qua stdin và stdout.")
    add_index(parser)
    args = parser.parse_args(argv)
    settings = Settings.from_environment(index=args.index)

    from bot.channels import mcp
    from bot.embed import EncoderError
    from bot.index import SnapshotError
    from bot.wiring import open_service

    try:
        with closing(open_service(settings)) as service:
            mcp.run(service)
    except (SnapshotError, EncoderError) as error:
        return fail(str(error), 1)
    except KeyboardInterrupt:
        pass  # the way to stop it
    return 0
