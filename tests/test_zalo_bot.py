"""`hoi zalo-bot` as a process, over real HTTP, against a server that checks what Zalo checks."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.channels.chat import sentences
from tests.hoi_process import hoi, wait
from tests.small_server import running
from tests.zalo_bot_server import ZaloBot

QUESTION = "Hạn gửi báo cáo hằng năm của xã Giao Minh là ngày nào?"


@contextmanager
def bot(url: str, index: Path, state: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    settings = {"HOI_ZALO_BOT_TOKEN": ZaloBot.token, "HOI_ZALO_BOT_URL": url, "HOI_INDEX": str(index)}
    with hoi("zalo-bot", **settings, HOI_STATE=state, **more) as process:
        yield process


def test_a_chat_from_the_first_word_to_the_last(five_plans_index: Path, tmp_path: Path) -> None:
    zalo = ZaloBot(webhook={"url": "https://old.example", "secret_token": "old secret"})
    state = f"sqlite:///{tmp_path}/hoi.sqlite"
    words = iter(("hạn gửi báo cáo", "2", "nguồn", "lịch", "nhắc bật"))

    def say(text: str) -> str:
        count = len(zalo.sent)
        zalo.put(zalo.says("u1", text))
        wait(lambda: len(zalo.sent) > count)
        return zalo.sent[-1][1]

    with running(zalo) as url, bot(url, five_plans_index, state, HOI_PUBLIC_URL="https://hoi.example") as process:
        asked = say(next(words))
        assert f"{sentences.BY_NUMBER}\n1. phường Bàn Thạch\n2. xã Giao Minh" in asked
        told = say(next(words))
        assert told.startswith("Trước ngày 15/12 hằng năm")
        assert "[1] “Định kỳ hằng năm" in told
        assert "https://hoi.example/plans/giao-minh-2025#VI.1" in told
        assert "/xa" not in told
        assert say(next(words)).startswith("Câu trích cho câu hỏi")
        assert "https://hoi.example/api/v1/deadlines.ics?issuer=giao-minh" in say(next(words))
        assert "“nhắc tắt”" in say(next(words))
        zalo.put(zalo.says("u1", "", event="message.voice.received"))
        zalo.put(zalo.says("u9", "@bot.hoikehoach " + QUESTION, chat="g1"))
        wait(lambda: len(zalo.sent) == 7)
        assert ("u1", sentences.OTHERS["voice"]) in zalo.sent
        assert next(text for chat, text in zalo.sent if chat == "g1").startswith("Trước ngày 15/12")
        process.send_signal(signal.SIGTERM)
        said = "".join(process.communicate(timeout=60))
    assert process.returncode == 0
    assert ("u1", "typing") in zalo.actions
    assert ZaloBot.token not in said
    assert "u1" not in said
    assert "báo cáo" not in said


def test_killed_again_and_again_it_loses_and_repeats_nothing(five_plans_index: Path, url: str) -> None:
    """It is killed while it answers and sends. What Zalo hands over while it dies is lost; no program can help that."""
    zalo = ZaloBot(slow=0.05, quiet_status=408)
    users = [f"u{n}" for n in range(90)]
    with running(zalo) as address:
        for share in (0, 30, 60):
            with bot(address, five_plans_index, url) as process:
                zalo.put(*(zalo.says(user, QUESTION) for user in users[share : share + 30]))
                wait(lambda: zalo.left() == 0 and zalo.idle)
                wait(lambda s=share: len(zalo.sent) >= s + 8)  # type: ignore[misc]
                process.kill()
        with bot(address, five_plans_index, url):
            wait(lambda: len(zalo.sent) >= 90)
            zalo.put(zalo.says("last", "trợ giúp"))
            wait(lambda: zalo.sent[-1][0] == "last")
    assert sorted(user for user, _ in zalo.sent[:-1]) == sorted(users)


def test_a_wrong_token_is_told_without_showing_it(five_plans_index: Path, tmp_path: Path) -> None:
    zalo = ZaloBot(token="1:right")
    with running(zalo) as url, bot(url, five_plans_index, f"sqlite:///{tmp_path}/hoi.sqlite") as process:
        said = "".join(process.communicate(timeout=60))
    assert process.returncode == 1
    assert "HOI_ZALO_BOT_TOKEN" in said
    assert ZaloBot.token not in said


def test_without_a_token_it_says_what_is_missing(five_plans_index: Path) -> None:
    with hoi("zalo-bot", HOI_INDEX=str(five_plans_index)) as process:
        _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "HOI_ZALO_BOT_TOKEN" in said
