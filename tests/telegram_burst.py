"""A burst of updates with kills between: none lost, none answered twice, each chat in its order.

`python -m tests.telegram_burst --updates 10000 --kills 20 --index index` measures it; a test does the same in small.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.channels.handed import Journal
from bot.state import open_state
from tests.telegram_server import TOKEN, Sent, Telegram
from tests.telegram_server import running as simulator

_QUESTION = "Hạn gửi báo cáo hằng năm của xã Giao Minh là ngày nào?"
_NAME = re.compile(r"tên “so-(\d+)”")


@dataclass(frozen=True)
class Told:
    lost: int
    repeated: int
    disordered: int  # chats
    kills: int
    under_way: int  # messages that were being sent when a process was killed
    had_left: int  # those of them that had been given to the network
    seconds: float


def environment(telegram: Telegram, index: Path, state: str, **more: str) -> dict[str, str]:
    return {n: v for n, v in os.environ.items() if not n.startswith("HOI_")} | {
        "HOI_TELEGRAM_TOKEN": TOKEN,
        "HOI_TELEGRAM_URL": telegram.address,
        "HOI_INDEX": str(index),
        "HOI_STATE": state,
        **more,
    }


@contextmanager
def bot(given: Mapping[str, str], *command: str, errors: int = subprocess.DEVNULL) -> Iterator[subprocess.Popen[str]]:
    """`hoi` until the block ends; then it is killed where it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *command],
        env=given,
        stdout=subprocess.PIPE,
        stderr=errors,  # a pipe that nobody reads would stop the bot when it is full
        encoding="utf-8",
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def burst(telegram: Telegram, given: Mapping[str, str], updates: int, kills: int, first_chat: int = 1) -> Told:
    """Every chat writes twice: a question, then a name that the answer repeats."""
    chance = random.Random(updates)
    started, before = time.monotonic(), len(telegram.sent)
    chats = range(first_chat, first_chat + updates // 2)
    for turn in range(2):
        for chat in chats:
            telegram.says(chat, f"/xa so-{chat}" if turn else _QUESTION)
    under_way = had_left = 0
    for number in range(kills):
        share = before + (number + 1) * updates // (kills + 1)
        with bot(given, "telegram") as process:
            telegram.wait_for(share, seconds=600)
            time.sleep(chance.random() * 0.2)  # anywhere in the life of a message
            process.kill()
            process.wait()
        with closing(open_state(given["HOI_STATE"], "any")) as state:
            here = {message.id for message in state.queues.on_their_way("telegram")}
            with closing(Journal(state.folder / "telegram.handed")) as journal:
                had_left += len(here & journal.handed())
            under_way += len(here)
    with bot(given, "telegram"):
        telegram.wait_for(before + updates, seconds=900)
        last = chats[-1] + 1
        telegram.says(last, "/trogiup")  # whatever is sent twice is sent before this is answered
        telegram.wait_for(1, last)
        time.sleep(2)
    answers: dict[int, list[Sent]] = {chat: [] for chat in chats}
    for sent in telegram.sent[before:]:
        if sent.chat in answers:
            answers[sent.chat].append(sent)
    found = {
        chat: [f"so-{m[1]}" if (m := _NAME.search(s.text)) else "question" for s in sent]
        for chat, sent in answers.items()
    }
    wanted = {chat: ["question", f"so-{chat}"] for chat in chats}
    return Told(
        sum((Counter(wanted[chat]) - Counter(told)).total() for chat, told in found.items()),
        sum((Counter(told) - Counter(wanted[chat])).total() for chat, told in found.items()),
        sum(sorted(told) != sorted(set(told)) or told != wanted[chat] for chat, told in found.items()),
        kills,
        under_way,
        had_left,
        time.monotonic() - started,
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--updates", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--state", default="")
    args = parser.parse_args()
    with TemporaryDirectory() as folder, simulator(Telegram(lag=0.05)) as telegram:
        state = args.state or f"sqlite:///{folder}/hoi.sqlite"
        print(burst(telegram, environment(telegram, args.index.resolve(), state), args.updates, args.kills))


if __name__ == "__main__":
    main()
