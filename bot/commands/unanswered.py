"""`hoi unanswered`: the questions that nobody could answer."""

from __future__ import annotations

import json
from contextlib import closing

from bot.arguments import Parser
from bot.commands.options import add_state, fail
from bot.settings import Settings


def main(argv: list[str]) -> int:
    parser = Parser("hoi unanswered", "Liệt kê câu hỏi chưa trả lời được, mới nhất trước; không kèm người hỏi.")
    parser.add_argument("--days", metavar="SỐ_NGÀY", type=int, default=30, help="trong mấy ngày qua (mặc định 30)")
    parser.add_argument("--json", action="store_true", help="in JSON như API")
    add_state(parser)
    args = parser.parse_args(argv)
    settings = Settings.from_environment(state=args.state)

    from bot.channels import reports
    from bot.state import StateError, open_state

    try:
        with closing(open_state(settings.state, settings.state_key)) as state:
            told = reports.unanswered(state, args.days)
    except StateError as error:
        return fail(str(error), 1)
    print(json.dumps(told, ensure_ascii=False, indent=2) if args.json else reports.table(told))
    return 0
