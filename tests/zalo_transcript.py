"""Writes down a conversation with the Official Account: its real messages, over a real index.

`python -m tests.zalo_transcript --index index --out docs/chat-zalo.md`
"""

from __future__ import annotations

import argparse
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.channels.chat.dialogue import Dialogue, Helpers, Who
from bot.channels.zalo import OA
from bot.channels.zalo.channel import OaChannel
from bot.channels.zalo.events import kept, oa_event
from bot.settings import Settings
from bot.state import open_state
from bot.wiring import open_service
from tests.zalo_oa_server import ZaloOA

_DAY = date(2026, 12, 1)
_SAID = (
    "han gui bao cao", "2", "thêm", "có những hình thức khen thưởng nào?", "hạn", "nhắc", "1", "lịch",
    "còn xã Vũ Dương thì sao", "học phí mầm non bao nhiêu", "góp ý", "trả lời nhanh, cảm ơn", "trợ giúp",
)  # fmt: skip


class _Nobody:
    def close(self) -> None: ...


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--out", type=Path, default=Path("docs/chat-zalo.md"))
    args = parser.parse_args()
    zalo = ZaloOA()
    with (
        TemporaryDirectory() as folder,
        closing(open_service(Settings(index=args.index), lambda: _DAY)) as service,
        closing(open_state(f"sqlite:///{folder}/hoi.sqlite", "any")) as state,
        closing(OaChannel(_Nobody())) as channel,  # type: ignore[arg-type]
    ):
        talk = Dialogue(service, state, channel.manner, "https://hoi.example", Helpers(today=lambda: _DAY))
        lines = [f"# A conversation on Zalo\n\nWritten by `python -m tests.zalo_transcript`, as of {_DAY:%d/%m/%Y}."]
        for event in (zalo.event("follow", "u1"), *(zalo.says("u1", text) for text in _SAID)):
            found = oa_event(event)
            assert found is not None
            heard = channel.heard(kept(found))
            assert heard is not None
            finish = talk.think(Who(OA, "u1"), heard.said)
            with state.together():
                told = [body["text"] for reply in finish() for body in channel.bodies(reply, heard)]
            lines.append(f"**{found.text or '(quan tâm OA)'}**")
            lines += [f"```text\n{text}\n```" for text in told]
    args.out.write_text("\n\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
