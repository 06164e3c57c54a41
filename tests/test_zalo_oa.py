"""The Official Account inside `hoi serve`: a process, real HTTP, a platform that checks what Zalo checks."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.request import urlopen

import pytest

from bot.channels.chat import sentences
from tests.hoi_process import wait
from tests.zalo_burst import burst
from tests.zalo_oa_server import ZaloOA


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # Telegram's kills try the same queue on PostgreSQL
def test_killed_in_the_middle_it_loses_and_repeats_nothing(five_plans_index: Path, url: str) -> None:
    zalo = ZaloOA(slow=0.2, retry_after=[0.5] * 60)

    def then(address: str) -> None:
        chat(zalo, address)
        with urlopen(f"{address}/metrics", timeout=10) as reply:
            assert "hoi_zalo_oa_token_ok 1" in reply.read().decode()

    told = burst(zalo, five_plans_index, url, 100, 1, then)
    assert (told.lost, told.repeated, told.refreshed, told.code) == (0, 0, 2, 0)
    for secret in (zalo.app_secret, zalo.secret_key, r"access \d", "refresh 1", "user-1", "báo cáo"):
        assert not re.search(secret, told.said)


def chat(zalo: ZaloOA, address: str) -> None:
    """One user from the first word to the last."""
    where = f"{address}/webhooks/zalo-oa"

    def say(text: str) -> str:
        count = len(zalo.sent)
        assert zalo.deliver(where, zalo.says("u1", text)) == [200]
        wait(lambda: len(zalo.sent) > count)
        return zalo.sent[-1][1]

    zalo.deliver(where, zalo.event("follow", "u1"))
    wait(lambda: zalo.sent[-1][0] == "u1")
    assert zalo.sent[-1][1].startswith(sentences.HELLO)
    assert "2. Xã Giao Minh" in say("hạn gửi báo cáo")
    assert say("2").startswith("Trước ngày 15/12 hằng năm")
    assert "48 giờ" in say("nhắc bật")
    event = zalo.says("u1", "trợ giúp")
    assert [zalo.deliver(where, event), zalo.deliver(where, event)] == [[200], [200]]
    wait(lambda: zalo.sent[-1][0] == "u1" and zalo.sent[-1][1].startswith(sentences.HELP))
    zalo.deliver(where, zalo.event("user_send_image", "u1", msg_id="p1"))
    wait(lambda: zalo.sent[-1] == ("u1", sentences.OTHERS["photo"]))
    assert sum(text.startswith(sentences.HELP) for user, text in zalo.sent if user == "u1") == 1
    zalo.deliver(where, zalo.event("user_withdraw", "u1"))
    assert "1. Phường Bàn Thạch" in say("hạn gửi báo cáo")  # it knows no issuer any more
    zalo.strangers.add("u1")
    zalo.deliver(where, zalo.event("unfollow", "u1"))
    forger = ZaloOA(secret_key="guessed", retry_after=[])
    assert forger.deliver(where, forger.says("u2", "trợ giúp")) == [403]
