"""A burst of webhooks of the Official Account with kills between: none lost, none answered twice.

`python -m tests.zalo_burst --updates 2000 --kills 5 --index index` measures it; a test does the same in small.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.hoi_process import address, hoi, wait
from tests.small_server import running
from tests.zalo_oa_server import ZaloOA

QUESTION = "Hạn gửi báo cáo hằng năm của xã Giao Minh là ngày nào?"
_AT_ONCE = 20  # deliveries


@dataclass(frozen=True)
class Told:
    lost: int
    repeated: int
    refreshed: int  # tokens
    kills: int
    seconds: float
    code: int  # of the last process, which was asked to stop
    said: str  # by it


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


def burst(
    zalo: ZaloOA, index: Path, state: str, updates: int, kills: int, then: Callable[[str], None] = lambda _: None
) -> Told:
    """Zalo delivers each event until it is answered in time; meanwhile the process is killed and started again, and
    after each kill Zalo takes the access token back. `then` is given the address of the last process."""
    users = [f"user-{n}" for n in range(updates)]
    started, first = time.monotonic(), zalo.grant()
    with running(zalo) as platform:
        port, deliveries = 0, []
        for number in range(kills):
            with serve(zalo, platform, first, index, state, port) as process:
                port = int(address(process).rpartition(":")[2])
                where = f"{address(process)}/webhooks/zalo-oa"
                if not deliveries:
                    deliveries = [_deliver(zalo, where, users[n::_AT_ONCE]) for n in range(_AT_ONCE)]
                share = updates * (number + 1) // (kills + 2)
                wait(lambda: len(zalo.sent) >= share, 300)  # noqa: B023 — it is over before the next one
                time.sleep(random.random() / 10)
                process.kill()
            zalo.expire_access()
        with serve(zalo, platform, first, index, state, port) as process:
            for delivery in deliveries:
                delivery.join(300)
            wait(lambda: len(zalo.sent) >= updates, 300)
            then(address(process))
            process.send_signal(signal.SIGTERM)
            said = "".join(process.communicate(timeout=60))
    answered = Counter(user for user, _ in zalo.sent)
    return Told(
        lost=sum(not answered[user] for user in users),
        repeated=sum(answered[user] > 1 for user in users),
        refreshed=zalo.refreshed,
        kills=kills,
        seconds=time.monotonic() - started,
        code=process.returncode,
        said=said,
    )


def _deliver(zalo: ZaloOA, where: str, users: list[str]) -> threading.Thread:
    def deliver() -> None:
        for user in users:
            text = "trợ giúp" if int(user[5:]) % 5 else QUESTION
            assert zalo.deliver(where, zalo.says(user, text))[-1] == 200
            zalo.deliver(where, zalo.event("user_seen_message", user))

    thread = threading.Thread(target=deliver, daemon=True)
    thread.start()
    return thread


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--updates", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--index", type=Path, default=Path("index"))
    args = parser.parse_args()
    with TemporaryDirectory() as folder:
        zalo = ZaloOA(slow=0.05, retry_after=[0.5] * 200)
        told = burst(zalo, args.index, f"sqlite:///{folder}/hoi.sqlite", args.updates, args.kills)
    print(f"{args.updates} webhooks, {told.kills} kills: {told.lost} lost, {told.repeated} answered twice,", end=" ")
    print(f"{told.refreshed} tokens, {told.seconds:.0f} s")
    return int(told.lost or told.repeated)


if __name__ == "__main__":
    sys.exit(main())
