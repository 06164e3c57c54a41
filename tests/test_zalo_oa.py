"""The Official Account inside `hoi serve`: a process, real HTTP, a platform that checks what Zalo checks."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from bot.channels.chat import sentences
from tests.hoi_process import address, hoi, wait
from tests.small_server import running
from tests.zalo_oa_server import ZaloOA

QUESTION = "Hạn gửi báo cáo hằng năm của xã Giao Minh là ngày nào?"


@contextmanager
def serve(zalo: ZaloOA, url: str, first: str, index: Path, state: str, port: int) -> Iterator[subprocess.Popen[str]]:
    settings = {
        "HOI_ZALO_OA_APP_ID": zalo.app_id,
        "HOI_ZALO_OA_SECRET_KEY": zalo.secret_key,
        "HOI_ZALO_OA_APP_SECRET": zalo.app_secret,
        "HOI_ZALO_OA_REFRESH_TOKEN": first,
        "HOI_ZALO_OA_URL": url,
        "HOI_ZALO_OAUTH_URL": url,
    }
    with hoi("serve", HOI_INDEX=str(index), HOI_STATE=state, HOI_PORT=str(port), **settings) as process:
        yield process


def test_killed_in_the_middle_it_loses_and_repeats_nothing(five_plans_index: Path, url: str) -> None:
    """Deliveries go on while the process dies and comes back, each until it is answered in time; meanwhile Zalo takes
    the access token back."""
    zalo = ZaloOA(slow=0.2, retry_after=[0.5] * 60)
    users = [f"user-{n}" for n in range(100)]
    statuses: dict[str, list[int]] = {}
    with running(zalo) as platform:
        first = zalo.grant()
        with serve(zalo, platform, first, five_plans_index, url, 0) as process:
            where = f"{address(process)}/webhooks/zalo-oa"
            port = int(address(process).rpartition(":")[2])
            deliveries = [_deliveries(zalo, where, users[n::10], statuses) for n in range(10)]
            wait(lambda: len(zalo.sent) >= 30, 60)
            process.kill()
        zalo.expire_access()
        with serve(zalo, platform, first, five_plans_index, url, port) as process:
            wait(lambda: len(zalo.sent) >= len(users), 60)
            for delivery in deliveries:
                delivery.join(60)
            chat(zalo, f"{address(process)}/webhooks/zalo-oa")
            assert "hoi_zalo_oa_token_ok 1" in metrics(process)
            process.send_signal(signal.SIGTERM)
            said = "".join(process.communicate(timeout=60))
    assert process.returncode == 0
    assert {statuses[user][-1] for user in users} == {200}
    answered = [user for user, _ in zalo.sent if user.startswith("user-")]
    assert sorted(answered) == sorted(users)
    assert zalo.refreshed == 2
    for secret in (zalo.app_secret, zalo.secret_key, first, "access ", "refresh 1", "user-1", "báo cáo"):
        assert secret not in said


def _deliveries(zalo: ZaloOA, where: str, users: list[str], statuses: dict[str, list[int]]) -> threading.Thread:
    def deliver() -> None:
        for user in users:
            text = "trợ giúp" if int(user[5:]) % 5 else QUESTION
            statuses[user] = zalo.deliver(where, zalo.says(user, text))
            zalo.deliver(where, zalo.says(user, QUESTION) | {"event_name": "user_received_message"})

    thread = threading.Thread(target=deliver, daemon=True)
    thread.start()
    return thread


def chat(zalo: ZaloOA, where: str) -> None:
    """One user from the first word to the last."""

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


def metrics(process: subprocess.Popen[str]) -> str:
    with urlopen(f"{address(process)}/metrics", timeout=10) as reply:
        return str(reply.read().decode())
