"""What arrives together is written together, and nobody is told "received" before it is."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.channels.keeper import Keeper, Update


def update(number: int) -> Update:
    return (str(number), "chat", {})


def test_those_that_arrive_during_a_write_share_the_next() -> None:
    written: list[list[str]] = []
    first_runs, go_on = threading.Event(), threading.Event()

    def receive(updates: list[Update]) -> None:
        first_runs.set()
        go_on.wait(5)
        written.append([key for key, _, _ in updates])

    async def run() -> None:
        keeper = Keeper(receive)  # type: ignore[arg-type]
        first = asyncio.create_task(keeper.keep(update(0)))
        await asyncio.to_thread(first_runs.wait, 5)
        rest = [asyncio.create_task(keeper.keep(update(n))) for n in range(1, 50)]
        await asyncio.sleep(0.05)
        assert not any(task.done() for task in (first, *rest))
        go_on.set()
        await asyncio.gather(first, *rest)

    asyncio.run(run())
    assert written == [["0"], [str(n) for n in range(1, 50)]]


def test_a_write_that_fails_is_told_and_the_next_one_works() -> None:
    written: list[str] = []

    def receive(updates: list[Update]) -> None:
        if updates[0][0] == "0":
            raise OSError("disk full")
        written.extend(key for key, _, _ in updates)

    async def run() -> None:
        keeper = Keeper(receive)  # type: ignore[arg-type]
        with pytest.raises(OSError, match="disk full"):
            await keeper.keep(update(0))
        await keeper.keep(update(1))

    asyncio.run(run())
    assert written == ["1"]


def test_who_hangs_up_stops_nobody() -> None:
    written: list[str] = []
    go_on = threading.Event()

    def receive(updates: list[Update]) -> None:
        go_on.wait(5)
        written.extend(key for key, _, _ in updates)

    async def run() -> None:
        keeper = Keeper(receive)  # type: ignore[arg-type]
        gone, stays = (asyncio.create_task(keeper.keep(update(n))) for n in range(2))
        await asyncio.sleep(0.05)
        gone.cancel()
        go_on.set()
        await stays

    asyncio.run(run())
    assert written == ["0", "1"]
