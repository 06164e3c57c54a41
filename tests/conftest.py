"""Fixtures that several tests share."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from fake_clock import Clock
    from fake_service import FakeService
    from playwright.sync_api import Browser

    from bot.state import State


@pytest.fixture
def service() -> FakeService:
    from fake_service import FakeService

    return FakeService()


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the developer's shell reaches a test."""
    import os

    for name in [n for n in os.environ if n.startswith("HOI_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def five_plans_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot of the plans in corpus/, built once by the command itself."""
    index = tmp_path_factory.mktemp("five") / "index"
    plans = Path(__file__).parent.parent / "corpus" / "plans"
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ingest", str(plans), "--index", str(index)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return index


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    from tests import postgres

    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    with postgres.server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A new state's URL, of both kinds of database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/state/hoi.sqlite"
        return
    from sqlalchemy import text

    from bot.state.connection import open_engine

    url = request.getfixturevalue("postgres_url")
    yield url
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


@pytest.fixture
def clock() -> Clock:
    from fake_clock import Clock

    return Clock()


@pytest.fixture
def state(url: str, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[State]:
    """A new state by that clock, in both kinds of database; files beside it are in a folder of their own."""
    from bot.state import open_state

    monkeypatch.chdir(tmp_path)
    state = open_state(url, "a secret", clock)
    yield state
    state.close()


@pytest.fixture(scope="session")
def five_plans_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the server of `five_plans_site` writes to its log."""
    return tmp_path_factory.mktemp("log") / "log"


@pytest.fixture(scope="session")
def five_plans_site(
    five_plans_index: Path, five_plans_log: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the real server over the plans in corpus/, in a process of its own."""
    state = f"sqlite:///{tmp_path_factory.mktemp('state') / 'hoi.sqlite'}"
    command = [sys.executable, "-m", "bot", "serve", "--port", "0", "--index", str(five_plans_index), "--state", state]
    with (
        five_plans_log.open("wb") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, encoding="utf-8") as process,
    ):
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert found
        yield found[0]
        process.kill()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's browser, driven from outside. Its driver keeps an event loop running: no longer than it is needed."""
    from playwright.sync_api import sync_playwright

    where = Path("/usr/bin/chromium")
    if not where.exists():
        pytest.skip("chromium is not installed (Debian's package chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()
