"""`hoi telegram`, `hoi zalo-bot`: channels that fetch their messages, without a web server."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

from bot.arguments import Parser
from bot.commands.options import add_index, add_state, fail
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.state import State
    from bot.wiring import Service


def telegram(argv: list[str]) -> int:
    def work(service: Service, state: State, settings: Settings) -> None:
        from bot.channels import polling

        polling.telegram(service, state, settings)

    return _poll(argv, "telegram", "Telegram", "telegram_token", work)


def zalo_bot(argv: list[str]) -> int:
    def work(service: Service, state: State, settings: Settings) -> None:
        from bot.channels import polling

        polling.zalo_bot(service, state, settings)

    return _poll(argv, "zalo-bot", "Zalo Bot", "zalo_bot_token", work)


def _poll(
    argv: list[str], command: str, place: str, token: str, work: Callable[[Service, State, Settings], None]
) -> int:
    """`token`: the setting without which it is off."""
    parser = Parser(f"hoi {command}", f"Trả lời trên {place} (lấy tin nhắn về, không cần webhook). Dừng bằng Ctrl+C.")
    add_index(parser)
    add_state(parser)
    args = parser.parse_args(argv)
    settings = Settings.from_environment(index=args.index, state=args.state)
    if not getattr(settings, token):
        return fail(f"chưa có HOI_{token.upper()}; README chỉ cách tạo bot.", 2)

    from bot.channels import logs
    from bot.channels.outcome import WrongToken
    from bot.commands.warm import prepare
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
            prepare(service)
            print(f"Đang trả lời trên {place}. Dừng bằng Ctrl+C.", flush=True)
            work(service, state, settings)
    except WrongToken:
        return fail(f"{place} không nhận HOI_{token.upper()} này.", 1)
    except (SnapshotError, EncoderError, StateError) as error:
        return fail(str(error), 1)
    return 0
