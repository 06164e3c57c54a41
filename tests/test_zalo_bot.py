"""`hoi zalo-bot` as a process, over real HTTP, against a server that checks what Zalo checks."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.channels.chat import sentences
from bot.channels.outcome import WrongToken
from bot.channels.zalo.assemble import greet
from bot.channels.zalo.bot import ZaloBot as ZaloBotClient
from bot.settings import Settings
from tests.hoi_process import hoi, wait
from tests.small_server import running
from tests.zalo_bot_server import ZaloBot

QUESTION = "Hạn gửi báo cáo hằng năm của xã Giao Minh là ngày nào?"


@contextmanager
def bot(url: str, index: Path, state: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    settings = {"HOI_ZALO_BOT_TOKEN": ZaloBot.token, "HOI_ZALO_BOT_URL": url, "HOI_INDEX": str(index)}
    with hoi("zalo-bot", **settings, HOI_STATE=state, **more) as process:
        yield process


def test_killed_in_the_middle_it_loses_and_repeats_nothing(five_plans_index: Path, tmp_path: Path) -> None:
    """It is killed while it answers and sends. What Zalo hands over while it dies is lost; no program can help that."""
    zalo = ZaloBot(slow=0.2, quiet_status=408, webhook={"url": "https://old.example", "secret_token": "old secret"})
    state = f"sqlite:///{tmp_path}/hoi.sqlite"
    users = [f"user-{n}" for n in range(80)]
    with running(zalo) as url:
        with bot(url, five_plans_index, state) as process:
            zalo.put(*(zalo.says(user, "trợ giúp" if n % 5 else QUESTION) for n, user in enumerate(users)))
            wait(lambda: zalo.left() == 0 and zalo.idle and len(zalo.sent) >= 20, 120)
            process.kill()
        before = len(zalo.sent)
        with bot(url, five_plans_index, state, HOI_PUBLIC_URL="https://hoi.example") as process:
            wait(lambda: len(zalo.sent) >= len(users), 120)
            chat(zalo)
            process.send_signal(signal.SIGTERM)
            zalo.put({})  # ends the poll, which is waited for
            said = "".join(process.communicate(timeout=60))
    assert process.returncode == 0
    assert before < len(users)
    assert sorted(user for user, _ in zalo.sent if user.startswith("user-")) == sorted(users)
    for secret in (ZaloBot.token, "user-1", "báo cáo"):
        assert secret not in said


def chat(zalo: ZaloBot) -> None:
    """One user from the first word to the last."""

    def say(text: str) -> str:
        count = len(zalo.sent)
        zalo.put(zalo.says("u1", text))
        wait(lambda: len(zalo.sent) > count)
        return zalo.sent[-1][1]

    assert f"{sentences.BY_NUMBER}\n1. Phường Bàn Thạch\n2. Xã Giao Minh" in say("hạn gửi báo cáo")
    told = say("2")
    assert told.startswith("Trước ngày 15/12 hằng năm")
    assert "[1] “Định kỳ hằng năm" in told
    assert "https://hoi.example/plans/giao-minh-2025#VI.1" in told
    assert "/xa" not in told
    assert say("nguồn").startswith("Câu trích cho câu hỏi")
    assert "https://hoi.example/api/v1/deadlines.ics?issuer=giao-minh" in say("lịch")
    assert "“nhắc tắt”" in say("nhắc bật")
    zalo.put(zalo.says("u1", "", event="message.voice.received"))
    wait(lambda: zalo.sent[-1] == ("u1", sentences.OTHERS["voice"]))
    zalo.put(zalo.says("u9", "@bot.hoikehoach " + QUESTION, chat="g1"))
    wait(lambda: zalo.sent[-1][0] == "g1")
    assert zalo.sent[-1][1].startswith("Trước ngày 15/12")
    assert ("u1", "typing") in zalo.actions


def test_a_wrong_token_is_told() -> None:
    with running(ZaloBot(token="1:right")) as url, closing(ZaloBotClient(_settings(url))) as client:
        with pytest.raises(WrongToken):
            greet(client)
        with closing(ZaloBotClient(_settings("http://127.0.0.1:1"))) as unreachable:
            greet(unreachable)  # it may be reached later


def _settings(url: str) -> Settings:
    return Settings(zalo_bot_token=ZaloBot.token, zalo_bot_url=url)


def test_without_a_token_it_says_what_is_missing(five_plans_index: Path) -> None:
    with hoi("zalo-bot", HOI_INDEX=str(five_plans_index)) as process:
        _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "HOI_ZALO_BOT_TOKEN" in said
