"""`hoi ask`: one question, answered on the terminal."""

from __future__ import annotations

import json
import sys
from time import perf_counter

from bot.arguments import Parser
from bot.commands.options import add_index, fail
from bot.settings import Settings


def main(argv: list[str]) -> int:
    parser = Parser("hoi ask", "Hỏi một câu; in câu trả lời, câu trích và nơi trích.")
    parser.add_argument("question", metavar="CÂU_HỎI", help="câu hỏi, đặt trong ngoặc kép")
    parser.add_argument("--issuer", metavar="MÃ", help="mã đơn vị, khi câu hỏi không nêu tên")
    parser.add_argument("--as-of", metavar="NGÀY", help="tính hạn theo ngày này (2026-12-01); mặc định là hôm nay")
    parser.add_argument("--json", action="store_true", help="in JSON như API")
    add_index(parser)
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
        return fail(str(error), 2)
    except UnknownIssuer:
        return fail(f"không có đơn vị “{args.issuer}” trong bộ kế hoạch.", 2)
    except (SnapshotError, EncoderError) as error:
        return fail(str(error), 1)
    if args.json:
        took = round((perf_counter() - started) * 1000)
        body = answer_json(answer, conversation_id=intake.conversation(None), took_ms=took)
        print(json.dumps(body, ensure_ascii=False, indent=2))
    else:
        print(terminal(answer, colour=sys.stdout.isatty()))
    return 0
