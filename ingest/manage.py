"""`hoi plans`, `hoi remove`: what is in the collection, and taking a plan out of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.arguments import Parser
from bot.domain import Plan
from bot.render import visible
from bot.settings import Settings

from .read import ReadError


def plans(argv: Sequence[str] | None = None) -> int:
    """Lists the plans that are served."""
    parser = Parser("hoi plans", "Liệt kê các kế hoạch trong chỉ mục.")
    settings = _settings(parser, argv)
    return guarded("hoi plans", lambda: _list(settings))


def remove(argv: Sequence[str] | None = None) -> int:
    """Takes plans out; the files that they were read from are left alone."""
    parser = Parser("hoi remove", "Gỡ kế hoạch khỏi chỉ mục; tệp gốc không bị xóa.")
    parser.add_argument("ids", nargs="+", metavar="MÃ", help="mã kế hoạch, xem bằng hoi plans")
    parser.add_argument("--json", action="store_true", help="báo tiến độ và kết quả bằng các dòng JSON")
    parser.add_argument("--index", type=Path, metavar="THƯ_MỤC", help="thư mục chỉ mục (HOI_INDEX, mặc định: index)")
    given = parser.parse_args(argv)
    settings = Settings.from_environment(index=given.index)

    def run() -> None:
        from .lines import Lines
        from .report import Report
        from .update import remove

        remove(list(dict.fromkeys(given.ids)), settings, Lines() if given.json else Report())

    return guarded("hoi remove", run, given.json)


def guarded(command: str, run: Callable[[], None], as_lines: bool = False) -> int:
    """Runs it; what can go wrong is told in one line on stderr, as a JSON line too where a program reads."""
    from bot.embed import EncoderError
    from bot.index import SnapshotError

    from .build import Busy

    try:
        run()
    except (ReadError, SnapshotError, EncoderError, Busy) as error:
        if as_lines:
            from .lines import line

            line("failed", detail=str(error))
        print(f"{command}: {error}", file=sys.stderr)
        return 1
    return 0


def _settings(parser: Parser, argv: Sequence[str] | None) -> Settings:
    parser.add_argument("--index", type=Path, metavar="THƯ_MỤC", help="thư mục chỉ mục (HOI_INDEX, mặc định: index)")
    return Settings.from_environment(index=parser.parse_args(argv).index)


def _list(settings: Settings) -> None:
    from .served import served

    found = served(settings.index).plans
    for plan in found:
        print(visible(told(plan)))
    print(f"{len(found)} kế hoạch.")


def told(plan: Plan) -> str:
    """Three lines: id and issuer, title, what the head says."""
    period = f"thời gian {'-'.join(map(str, dict.fromkeys(plan.period)))}" if plan.period else ""
    head = "; ".join(part for part in (f"số {plan.number or '(không thấy)'}", plan.when.written, period) if part)
    replaces = f"; thay thế {plan.replaces}" if plan.replaces else ""
    warnings = f"; {len(plan.warnings)} cảnh báo" if plan.warnings else ""
    issuer = f"{plan.issuer.full_name}, {plan.issuer.province or 'chưa rõ tỉnh'}"
    return f"{plan.id} – {issuer}\n  {plan.title or '(không thấy tiêu đề)'}\n  {head}{replaces}{warnings}"
