"""`hoi serve`: the page, the API and the webhooks."""

from __future__ import annotations

import signal
import socket

from bot.arguments import Parser
from bot.commands.options import add_index, add_state, fail
from bot.settings import Settings


def main(argv: list[str]) -> int:
    parser = Parser("hoi serve", "Mở trang hỏi đáp và API. Dừng bằng Ctrl+C.")
    parser.add_argument("--host", metavar="ĐỊA_CHỈ", help="địa chỉ lắng nghe (HOI_HOST; mặc định 127.0.0.1)")
    parser.add_argument("--port", metavar="CỔNG", help="cổng (HOI_PORT; mặc định 8000; 0 để máy tự chọn)")
    add_index(parser)
    add_state(parser)
    args = parser.parse_args(argv)
    settings = Settings.from_environment(index=args.index, host=args.host, port=args.port, state=args.state)
    try:
        listener = socket.create_server(
            (settings.host, settings.port), family=socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        )
    except OSError as error:
        return fail(f"không mở được {settings.host}:{settings.port} ({error.strerror}). Thử cổng khác: --port 8080", 1)

    import uvicorn

    from bot.channels import logs
    from bot.channels.web import create_app
    from bot.commands.warm import prepare
    from bot.embed import EncoderError
    from bot.index import SnapshotError
    from bot.state import StateError, open_state
    from bot.wiring import open_service

    logs.begin()
    with listener:
        try:
            service = open_service(settings)
            prepare(service)
            state = open_state(settings.state, settings.state_key)
        except (SnapshotError, EncoderError, StateError) as error:
            return fail(str(error), 1)
        # The server stops at SIGTERM, then raises it again: what is open has to be closed first.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            # The access log would keep people's questions: they stand in the page's address. Whose address a proxy
            # names is decided by HOI_PROXIES alone.
            config = uvicorn.Config(
                create_app(service, settings, state),
                log_config=None,
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
            )
            host = f"[{settings.host}]" if ":" in settings.host else settings.host
            print(f"Mở http://{host}:{listener.getsockname()[1]} trên trình duyệt. Dừng bằng Ctrl+C.", flush=True)
            uvicorn.Server(config).run(sockets=[listener])
        except KeyboardInterrupt:
            pass  # the way to stop it; the server has already closed its connections
        finally:
            state.close()
            service.close()
    return 0
