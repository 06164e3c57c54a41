"""The command `hoi`. Heavy parts are imported only by the command that needs them, so that help answers at once."""

from __future__ import annotations

import argparse
import gc
import json
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from importlib.metadata import EntryPoint, entry_points
from time import perf_counter
from typing import TYPE_CHECKING

from bot.arguments import Parser
from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from bot.state import State
    from bot.wiring import Service

# `hoi ingest` and `hoi eval` live in packages that this one must not import; pyproject.toml names them.
_MOUNTED = "hoi.commands"
_ABOUT = {
    "ask": "hỏi một câu về các kế hoạch đã nạp",
    "serve": "mở trang hỏi đáp và API trên máy này",
    "mcp": "làm công cụ tra cứu cho trợ lý AI (MCP, qua stdin và stdout)",
    "telegram": "trả lời trên Telegram, không cần địa chỉ công khai",
    "zalo-bot": "trả lời trên Zalo Bot, không cần địa chỉ công khai",
    "unanswered": "liệt kê câu hỏi chưa trả lời được",
    "ingest": "đọc các kế hoạch và dựng chỉ mục",
    "plans": "liệt kê các kế hoạch trong chỉ mục",
    "remove": "gỡ một kế hoạch khỏi chỉ mục",
    "diff": "so sánh hai kế hoạch: hạn, khen thưởng, giai đoạn, nhiệm vụ",
    "eval": "đo độ đúng của câu trả lời",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command. 0: done, a polite refusal included; 1: it failed; 2: it was called wrongly."""
    for stream in (sys.stdout, sys.stderr):
        # A pipe on Windows is not UTF-8 by itself.
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors="replace")
    argv = list(sys.argv[1:] if argv is None else argv)
    own: dict[str, Callable[[list[str]], int]] = {
        "ask": _ask,
        "serve": _serve,
        "mcp": _mcp,
        "telegram": _telegram,
        "zalo-bot": _zalo_bot,
        "unanswered": _unanswered,
    }
    name, rest = (argv[0], argv[1:]) if argv else ("--help", [])
    try:
        if name in own:
            return own[name](rest)
        mounted = {e.name: e for e in entry_points(group=_MOUNTED)}
        if name in mounted:
            return int(mounted[name].load()(rest))
        return _help(name, own, mounted)
    except SettingsError as error:
        return _fail(str(error), 2)
    except BrokenPipeError:
        return 1  # the reader (`head`) has gone; nobody is left to tell


def _help(name: str, own: dict[str, Callable[[list[str]], int]], mounted: dict[str, EntryPoint]) -> int:
    commands = "\n".join(f"  {c:<10}{_ABOUT.get(c, 'lệnh bổ sung')}" for c in (*own, *sorted(mounted)))
    if name not in ("-h", "--help"):
        return _fail(f"không có lệnh “{name}”. Các lệnh:\n{commands}", 2)
    print(
        "Cách dùng: hoi LỆNH [TÙY CHỌN…]\n\n"
        "Hỏi đáp về kế hoạch của xã, phường; mỗi câu trả lời kèm câu trích làm căn cứ.\n\n"
        f"Các lệnh:\n{commands}\n\n"
        "Tùy chọn:\n  -h, --help  hiện hướng dẫn này rồi thoát\n\n"
        "Xem từng lệnh: hoi LỆNH --help"
    )
    return 0


def _ask(argv: list[str]) -> int:
    parser = Parser("hoi ask", "Hỏi một câu; in câu trả lời, câu trích và nơi trích.")
    parser.add_argument("question", metavar="CÂU_HỎI", help="câu hỏi, đặt trong ngoặc kép")
    parser.add_argument("--issuer", metavar="MÃ", help="mã đơn vị, khi câu hỏi không nêu tên")
    parser.add_argument("--as-of", metavar="NGÀY", help="tính hạn theo ngày này (2026-12-01); mặc định là hôm nay")
    parser.add_argument("--json", action="store_true", help="in JSON như API")
    _add_index(parser)
    args = parser.parse_args(argv)

    from bot.channels import intake
    from bot.embed import EncoderError
    from bot.index import SnapshotError
    from bot.render import answer_json, terminal
    from bot.wiring import UnknownIssuer, open_service

    settings = Settings.from_environment(index=args.index)
    try:
        question, as_of = intake.question(args.question), intake.day(args.as_of, "--as-of")
        service = open_service(settings)
        started = perf_counter()
        try:
            answer = service.ask(question, issuer=args.issuer, as_of=as_of)
        finally:
            service.close()
    except intake.BadInput as error:
        return _fail(str(error), 2)
    except UnknownIssuer:
        return _fail(f"không có đơn vị “{args.issuer}” trong bộ kế hoạch.", 2)
    except (SnapshotError, EncoderError) as error:
        return _fail(str(error), 1)
    if args.json:
        took = round((perf_counter() - started) * 1000)
        body = answer_json(answer, conversation_id=intake.conversation(None), took_ms=took)
        print(json.dumps(body, ensure_ascii=False, indent=2))
    else:
        print(terminal(answer, colour=sys.stdout.isatty()))
    return 0


def _serve(argv: list[str]) -> int:
    parser = Parser("hoi serve", "Mở trang hỏi đáp và API. Dừng bằng Ctrl+C.")
    parser.add_argument("--host", metavar="ĐỊA_CHỈ", help="địa chỉ lắng nghe (HOI_HOST; mặc định 127.0.0.1)")
    parser.add_argument("--port", metavar="CỔNG", help="cổng (HOI_PORT; mặc định 8000; 0 để máy tự chọn)")
    _add_index(parser)
    _add_state(parser)
    args = parser.parse_args(argv)
    settings = Settings.from_environment(index=args.index, host=args.host, port=args.port, state=args.state)
    try:
        listener = socket.create_server(
            (settings.host, settings.port), family=socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        )
    except OSError as error:
        return _fail(f"không mở được {settings.host}:{settings.port} ({error.strerror}). Thử cổng khác: --port 8080", 1)

    import uvicorn

    from bot.channels import logs
    from bot.channels.web import create_app
    from bot.embed import EncoderError
    from bot.index import SnapshotError
    from bot.state import StateError, open_state
    from bot.wiring import open_service

    logs.begin()
    with listener:
        try:
            service = open_service(settings)
            _prepare(service)
            state = open_state(settings.state, settings.state_key)
        except (SnapshotError, EncoderError, StateError) as error:
            return _fail(str(error), 1)
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


def _mcp(argv: list[str]) -> int:
    parser = Parser("hoi mcp", "Làm công cụ tra cứu cho trợ lý AI: nói giao thức MCP qua stdin và stdout.")
    _add_index(parser)
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
        return _fail(str(error), 1)
    except KeyboardInterrupt:
        pass  # the way to stop it
    return 0


def _telegram(argv: list[str]) -> int:
    def work(service: Service, state: State, settings: Settings) -> None:
        from bot.channels import polling

        polling.telegram(service, state, settings)

    return _poll(argv, "telegram", "Telegram", "telegram_token", work)


def _zalo_bot(argv: list[str]) -> int:
    def work(service: Service, state: State, settings: Settings) -> None:
        from bot.channels import polling

        polling.zalo_bot(service, state, settings)

    return _poll(argv, "zalo-bot", "Zalo Bot", "zalo_bot_token", work)


def _poll(
    argv: list[str], command: str, place: str, token: str, work: Callable[[Service, State, Settings], None]
) -> int:
    """A channel that fetches its messages, without a web server. `token`: the setting without which it is off."""
    parser = Parser(f"hoi {command}", f"Trả lời trên {place} (lấy tin nhắn về, không cần webhook). Dừng bằng Ctrl+C.")
    _add_index(parser)
    _add_state(parser)
    args = parser.parse_args(argv)
    settings = Settings.from_environment(index=args.index, state=args.state)
    if not getattr(settings, token):
        return _fail(f"chưa có HOI_{token.upper()}; README chỉ cách tạo bot.", 2)

    from bot.channels import logs
    from bot.channels.outcome import WrongToken
    from bot.embed import EncoderError
    from bot.index import SnapshotError
    from bot.state import StateError, open_state
    from bot.wiring import open_service

    logs.begin()
    try:
        with (
            closing(open_service(settings)) as service,
            closing(open_state(settings.state, settings.state_key)) as state,
        ):
            _prepare(service)
            print(f"Đang trả lời trên {place}. Dừng bằng Ctrl+C.", flush=True)
            work(service, state, settings)
    except WrongToken:
        return _fail(f"{place} không nhận HOI_{token.upper()} này.", 1)
    except (SnapshotError, EncoderError, StateError) as error:
        return _fail(str(error), 1)
    return 0


def _unanswered(argv: list[str]) -> int:
    parser = Parser("hoi unanswered", "Liệt kê câu hỏi chưa trả lời được, mới nhất trước; không kèm người hỏi.")
    parser.add_argument("--days", metavar="SỐ_NGÀY", type=int, default=30, help="trong mấy ngày qua (mặc định 30)")
    parser.add_argument("--json", action="store_true", help="in JSON như API")
    _add_state(parser)
    args = parser.parse_args(argv)
    settings = Settings.from_environment(state=args.state)

    from bot.channels import reports
    from bot.state import StateError, open_state

    try:
        with closing(open_state(settings.state, settings.state_key)) as state:
            told = reports.unanswered(state, args.days)
    except StateError as error:
        return _fail(str(error), 1)
    print(json.dumps(told, ensure_ascii=False, indent=2) if args.json else reports.table(told))
    return 0


def _prepare(service: Service) -> None:
    """Loads now what the first person to ask would otherwise wait seconds for."""
    service.search("kế hoạch", ())
    service.ask("Hạn gửi báo cáo là ngày nào?")
    # Looking through all that is loaded for rubbish stops everything for half a second each time, and finds none.
    gc.collect()
    gc.freeze()
    # An answer works the processor for 20 ms; who waits for a webhook must not wait for slices of 5 ms of that.
    sys.setswitchinterval(0.0005)


def _add_state(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--state", metavar="URL", help="nơi ghi dữ liệu người dùng (HOI_STATE)")


def _add_index(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--index", metavar="THƯ_MỤC", help="thư mục chỉ mục (HOI_INDEX; mặc định index)")


def _fail(message: str, code: int) -> int:
    print(f"hoi: {message}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
