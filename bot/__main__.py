"""The command `hoi`: finds the command that is called; each is imported only then, so that help answers at once."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from importlib.metadata import EntryPoint, entry_points

from bot.commands.options import fail
from bot.settings import SettingsError

# `hoi ingest` and `hoi eval` live in packages that this one must not import; pyproject.toml names them.
_MOUNTED = "hoi.commands"
_OWN = {
    "ask": "bot.commands.ask:main",
    "serve": "bot.commands.serve:main",
    "mcp": "bot.commands.mcp:main",
    "telegram": "bot.commands.poll:telegram",
    "zalo-bot": "bot.commands.poll:zalo_bot",
    "unanswered": "bot.commands.unanswered:main",
}
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
    name, rest = (argv[0], argv[1:]) if argv else ("--help", [])
    try:
        if name in _OWN:
            return int(EntryPoint(name, _OWN[name], _MOUNTED).load()(rest))
        mounted = {e.name: e for e in entry_points(group=_MOUNTED)}
        if name in mounted:
            return int(mounted[name].load()(rest))
        return _help(name, mounted)
    except SettingsError as error:
        return fail(str(error), 2)
    except BrokenPipeError:
        return 1  # the reader (`head`) has gone; nobody is left to tell


def _help(name: str, mounted: Collection[str]) -> int:
    commands = "\n".join(f"  {c:<10}{_ABOUT.get(c, 'lệnh bổ sung')}" for c in (*_OWN, *sorted(mounted)))
    if name not in ("-h", "--help"):
        return fail(f"không có lệnh “{name}”. Các lệnh:\n{commands}", 2)
    print(
        "Cách dùng: hoi LỆNH [TÙY CHỌN…]\n\n"
        "Hỏi đáp về kế hoạch của xã, phường; mỗi câu trả lời kèm câu trích làm căn cứ.\n\n"
        f"Các lệnh:\n{commands}\n\n"
        "Tùy chọn:\n  -h, --help  hiện hướng dẫn này rồi thoát\n\n"
        "Xem từng lệnh: hoi LỆNH --help"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
