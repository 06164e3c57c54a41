"""`hoi ingest` as a process: bad input, two at once, killed at any moment, a server that runs on."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from made_plans import snapshot, source

from bot.domain import Status
from bot.index import current
from bot.settings import Settings
from bot.wiring import Service
from ingest.build import locked

QUESTION = "Hạn gửi báo cáo hằng năm của xã Kim Liên là ngày nào?"
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith("HOI_")}


def start(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "ingest", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env=ENVIRONMENT,
    )


def ingest(*arguments: object) -> tuple[int, str]:
    done = start(*arguments)
    said, _ = done.communicate(timeout=120)
    return done.returncode, said


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of two plans and its index. A changed catalogue makes a new build without encoding anything."""
    root = tmp_path_factory.mktemp("two")
    (root / "plans").mkdir()
    (root / "plans" / "kim-lien-2025.md").write_text(source(), encoding="utf-8")
    other = source(name="Mường Xén", report="Các đơn vị gửi báo cáo về UBND xã trước ngày 20/11 hằng năm.")
    (root / "plans" / "muong-xen-2025.md").write_text(other, encoding="utf-8")
    code, said = ingest(root / "plans", "--index", root / "index")
    assert code == 0, said
    return root


@pytest.fixture
def corpus(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "corpus"))


def change(corpus: Path) -> None:
    text = f'[kim-lien-2025]\naliases = ["Kim Xuyên {random.random()}"]\n'
    (corpus / "catalogue.toml").write_text(text, encoding="utf-8")


def names(index: Path) -> set[str]:
    return {p.name for p in index.iterdir()} - {".lock", "CURRENT"}


# ---- input that is no plan


def test_a_folder_without_plans(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "README.md").write_text("# Các kế hoạch", encoding="utf-8")
    code, said = ingest(tmp_path / "plans", "--index", tmp_path / "index")
    assert (code, "không có kế hoạch nào" in said) == (1, True)


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    code, said = ingest(tmp_path / "khong-co", "--index", tmp_path / "index")
    assert (code, "không có tệp hoặc thư mục này" in said) == (1, True)


def test_what_cannot_be_read_is_named_and_the_rest_is_served(corpus: Path) -> None:
    plans = corpus / "plans"
    (plans / "trong.md").write_bytes(b"  \n")
    (plans / "nhi-phan.md").write_bytes(b"K\0\1\2")
    (plans / "tcvn3.txt").write_bytes("Kế hoạch".encode("utf-16-le")[:-1] + b"\xff")
    (plans / "ngan.md").write_text("KẾ HOẠCH", encoding="utf-8")
    shutil.copy(plans / "kim-lien-2025.md", plans / "kim-lien-ban-sao.md")
    with (plans / "lon.txt").open("wb") as large:
        large.truncate(100 * 1024 * 1024)
    code, said = ingest(plans, "--index", corpus / "index")
    assert code == 0, said
    told = {line.split()[2].rstrip(":"): line for line in said.splitlines() if line.startswith("Bỏ qua ")}
    assert set(told) == {"trong.md", "nhi-phan.md", "tcvn3.txt", "ngan.md", "lon.txt", "kim-lien-ban-sao.md"}
    assert "trùng nội dung với kim-lien-2025.md" in told["kim-lien-ban-sao.md"]
    assert "quá lớn" in told["lon.txt"]
    assert snapshot(corpus / "index").plan_ids == ("kim-lien-2025", "muong-xen-2025")


def test_when_nothing_can_be_read_the_old_snapshot_stays(corpus: Path, tmp_path: Path) -> None:
    before = current(corpus / "index")
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "trong.md").write_bytes(b"")
    code, said = ingest(bad, "--index", corpus / "index")
    assert (code, "không đọc được kế hoạch nào" in said) == (1, True)
    assert current(corpus / "index") == before


# ---- two at once, again, and killed


def test_nothing_to_do_is_said_and_done_at_once(corpus: Path) -> None:
    before = current(corpus / "index")
    code, said = ingest(corpus / "plans", "--index", corpus / "index")
    assert (code, "Không có gì thay đổi" in said, current(corpus / "index")) == (0, True, before)


def test_a_second_ingest_is_told_to_wait(corpus: Path) -> None:
    with locked(corpus / "index"):
        code, said = ingest(corpus / "plans", "--index", corpus / "index")
    assert (code, "đang ghi vào chỉ mục này" in said) == (1, True)
    assert "Traceback" not in said


def aside(index: Path, *parts: str) -> Callable[[], bool]:
    return lambda: any(folder.joinpath(*parts).exists() for folder in index.glob(".dang-dung-*"))


def seen(moment: str, index: Path, before: set[str]) -> Callable[[], bool]:
    """Whether the ingest has come so far."""
    match moment:
        case "plans":
            return aside(index, "plans.sqlite")
        case "words":
            return aside(index, "lexical", "meta.json")
        case "vectors":
            return aside(index, "chroma", "chroma.sqlite3")
        case "manifest":
            return aside(index, "manifest.json")
        case "moved":
            return lambda: any(not name.startswith(".") for name in names(index) - before)
    raise ValueError(moment)


@pytest.fixture(scope="module")
def running(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Service]]:
    """An index of its own, and a server that runs on it through every kill."""
    root = Path(shutil.copytree(made, tmp_path_factory.mktemp("killed") / "corpus"))
    service = Service(Settings(index=root / "index"))
    assert answered(service)
    yield root, service
    service.close()


def answered(service: Service) -> bool:
    told = service.ask(QUESTION, as_of=date(2026, 1, 5))
    return told.status is Status.ANSWERED and "10/12" in told.text


@pytest.mark.parametrize(
    ("moment", "late"),
    [("plans", 0), ("words", 0.01), ("vectors", 0), ("manifest", 0), ("moved", 0)],
)
def test_killed_at_any_moment_the_served_snapshot_still_answers(
    running: tuple[Path, Service], moment: str, late: float
) -> None:
    root, service = running
    index = root / "index"
    change(root)
    before = names(index)
    process = start(root / "plans", "--index", index)
    come = seen(moment, index, before)
    while process.poll() is None and not come():
        time.sleep(0.0005)
    time.sleep(late)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=30)
    assert process.stdout is not None
    process.stdout.close()
    # Later moments are so near the end that the process may have got there first.
    assert process.returncode == -signal.SIGKILL or moment not in ("plans", "words")
    assert answered(service)
    fresh = snapshot(index)
    assert fresh.plan_ids == ("kim-lien-2025", "muong-xen-2025")
    assert fresh.by_words(["báo cáo"], ["kim-lien"], 5)
    fresh.close()


@pytest.mark.parametrize("after", [0.05, 0.4])
def test_killed_before_it_has_written_anything(running: tuple[Path, Service], after: float) -> None:
    root, service = running
    change(root)
    process = start(root / "plans", "--index", root / "index")
    time.sleep(after * (1 + random.random()))
    process.kill()
    process.communicate(timeout=30)
    assert answered(service)


def test_after_the_kills_the_next_ingest_works_and_clears_up(running: tuple[Path, Service]) -> None:
    root, service = running
    (root / "index" / ".dang-dung-con-lai").mkdir()
    change(root)
    code, said = ingest(root / "plans", "--index", root / "index")
    assert code == 0, said
    left = names(root / "index")
    assert len(left) <= 2  # the build that is served and the one before
    assert not any(name.startswith(".") for name in left)
    assert answered(service)


def test_a_running_server_notices_a_new_snapshot(running: tuple[Path, Service]) -> None:
    root, service = running
    before = service.snapshot().build
    (root / "catalogue.toml").write_text('[kim-lien-2025]\nkind = "phường"\n', encoding="utf-8")
    code, said = ingest(root / "plans", "--index", root / "index")
    assert code == 0, said
    assert [i.full_name for i in service.issuers()] == ["phường Kim Liên", "xã Mường Xén"]
    assert service.snapshot().build != before
    assert answered(service)
