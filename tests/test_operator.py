"""What an operator may do over HTTP, and what nobody may."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psutil
import pytest
from fake_service import PLAN, FakeService
from fastapi import FastAPI
from fastapi.testclient import TestClient
from small_plans import small_plan

from bot.channels import operator
from bot.channels.jobs import Jobs
from bot.channels.operator import LIMIT, suffix
from bot.channels.process import COMMAND
from bot.channels.web import create_app
from bot.settings import Settings
from ingest.__main__ import main as hoi_ingest

TOKEN = "mã-bí-mật"
BEARER = {"authorization": f"Bearer {TOKEN}".encode()}
ROUTES = [("POST", "/api/v1/intake"), ("GET", "/api/v1/intake/x"), ("DELETE", f"/api/v1/plans/{PLAN.id}")]
# Stands in for the ingest: tells its arguments, or does as the file says.
SCRIPT = """
import json, os, sys, time
from pathlib import Path
def line(**told): print(json.dumps(told), flush=True)
command, target = sys.argv[1], sys.argv[2]
text = Path(target).read_text("utf-8", "replace") if command == "ingest" else ""
line(event="progress", step="Đọc", done=1, total=2)
print("not JSON", flush=True)
if "SLEEP" in text: time.sleep(60)
if "WAIT" in text: time.sleep(0.5)
if "FAIL" in text: line(event="failed", detail="Tệp hỏng."); sys.exit(1)
if "CRASH" in text: os.abort()
if "ALLOCATE" in text:
    from bot.channels import process
    process.MEMORY = 300 * 1024**2
    sys.argv = ["hoi", "--help"]
    import bot.__main__
    bot.__main__.main = lambda: len(bytearray(2 * 1024**3)) and 0
    process.limited()
hoi = sorted(n for n in os.environ if n.startswith("HOI_"))
line(event="done", plans=[{"id": "x", "argv": sys.argv[1:], "environment": hoi, "tmp": os.environ["TMPDIR"]}])
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index=tmp_path / "index", operator_token=TOKEN)


@pytest.fixture
def jobs(settings: Settings) -> Iterator[Jobs]:
    made = Jobs(settings, (sys.executable, "-c", SCRIPT), seconds=20)
    yield made
    made.close()


@pytest.fixture
def client(
    service: FakeService, settings: Settings, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestClient]:
    monkeypatch.setattr(operator, "Jobs", lambda _settings: jobs)
    with TestClient(create_app(service, settings), raise_server_exceptions=False) as client:  # type: ignore[arg-type]
        yield client


def upload(client: TestClient, data: bytes | str, name: str = "ke-hoach.md", **headers: bytes) -> Any:
    content = data.encode() if isinstance(data, str) else data
    return client.post("/api/v1/intake", files={"file": (name, content)}, headers=BEARER | headers)


def outcome(client: TestClient, reply: Any) -> dict[str, Any]:
    """The job when it has ended."""
    assert reply.status_code == 202, reply.text
    until = time.monotonic() + 30
    while time.monotonic() < until:
        job: dict[str, Any] = client.get(reply.headers["location"], headers=BEARER).json()
        if job["status"] in ("done", "failed"):
            return job
        time.sleep(0.02)
    raise AssertionError(job)


# ---- who may


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_without_a_token_set_the_routes_are_not_there(method: str, path: str, service: FakeService) -> None:
    with TestClient(create_app(service, Settings())) as client:  # type: ignore[arg-type]
        reply = client.request(method, path, headers={"authorization": "Bearer "})
    assert reply.status_code == 404
    assert reply.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize("header", [None, b"Bearer wrong", b"Bearer", TOKEN.encode(), b"Basic " + TOKEN.encode()])
def test_a_wrong_token_is_refused(method: str, path: str, header: bytes | None, client: TestClient) -> None:
    reply = client.request(method, path, headers={"authorization": header} if header else {})
    assert (reply.status_code, reply.headers["www-authenticate"]) == (401, "Bearer")
    assert TOKEN not in reply.text


def test_the_token_is_not_told_by_the_settings(settings: Settings) -> None:
    assert TOKEN not in repr(settings)


# ---- handing in


def test_a_file_is_taken_in_and_its_table_told(client: TestClient, settings: Settings) -> None:
    job = outcome(client, upload(client, "kế hoạch"))
    assert (job["status"], job["error"], job["file"]) == ("done", "", "ke-hoach.txt")
    assert job["progress"] == {"step": "Đọc", "done": 1, "total": 2}
    [plan] = job["plans"]
    command, path, *rest = plan["argv"]
    assert (command, rest) == ("ingest", ["--json", "--index", str(settings.index)])
    assert Path(path).parent.parent == settings.index / "intake"
    assert plan["environment"] == []
    assert Path(plan["tmp"]) == Path(path).parent
    assert list((settings.index / "intake").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/passwd", "passwd.txt"),
        ("..\\..\\windows\\system.ini", "system.txt"),
        ("/absolute/Kế hoạch số 5.docx", "ke-hoach-so-5.txt"),
        ("--index=x", "index-x.txt"),
        ("a\x00b;rm -rf ~", "a-b-rm-rf.txt"),
        (".bashrc", "ke-hoach.txt"),
        ("…", "ke-hoach.txt"),
        ("a" * 500, "a" * 60 + ".txt"),
    ],
)
def test_no_file_name_is_trusted(name: str, kept: str, jobs: Jobs, settings: Settings) -> None:
    job_id = jobs.ingest(name, ".txt", b"text")
    until = time.monotonic() + 20
    while (job := jobs.told(job_id)) and job["status"] not in ("done", "failed") and time.monotonic() < until:
        time.sleep(0.02)
    assert job
    assert job["file"] == kept
    path = Path(job["plans"][0]["argv"][1])
    assert path.resolve().is_relative_to((settings.index / "intake").resolve())


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"%PDF-1.7 ...", ".pdf"),
        (b"PK\x03\x04....", ".docx"),
        (b"<!DOCTYPE html><p>x", ".html"),
        ("Kế hoạch".encode(), ".txt"),
        ("Kế hoạch".encode("utf-16"), ".txt"),
        ("Kế hoạch".encode("cp1258", "replace"), ".txt"),
        (b"\x7fELF\x02\x01\x00\x00", None),
        (b" \n ", None),
        (b"", None),
    ],
)
def test_the_type_is_told_by_the_content(data: bytes, found: str | None) -> None:
    assert suffix(data) == found


def test_binary_junk_is_refused_at_once(client: TestClient, settings: Settings) -> None:
    reply = upload(client, os.urandom(100) + b"\0" * 1000, "ke-hoach.md")
    assert reply.status_code == 415
    assert not (settings.index / "intake").exists()


def test_a_file_over_the_limit_is_refused(client: TestClient, settings: Settings) -> None:
    reply = upload(client, b"a" * (LIMIT + 1))
    assert reply.status_code == 413
    assert "20 MiB" in reply.json()["detail"]
    assert not settings.index.exists()


def test_a_body_that_never_ends_is_cut_off(client: TestClient) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        yield b'--x\r\ncontent-disposition: form-data; name="file"; filename="a.md"\r\n\r\n'
        while sent < 40 * LIMIT:
            sent += 1024 * 1024
            yield b"a" * 1024 * 1024

    headers = BEARER | {"content-type": b"multipart/form-data; boundary=x"}
    assert client.post("/api/v1/intake", content=endless(), headers=headers).status_code == 413


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", b"{}", 422),
        ("multipart/form-data", b"x", 400),
        ("multipart/form-data; boundary=x", b"junk", 400),
        ("multipart/form-data; boundary=x", b'--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n--x--', 422),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\ncut o',
            422,
        ),
    ],
    ids=["json", "no boundary", "junk", "no file", "cut off"],
)
def test_a_malformed_upload_is_told(kind: str, body: bytes, status: int, client: TestClient) -> None:
    reply = client.post("/api/v1/intake", content=body, headers=BEARER | {"content-type": kind.encode()})
    assert reply.status_code == status, reply.text
    assert "file" in reply.json()["detail"]


def test_two_uploads_at_once_run_one_after_the_other(client: TestClient) -> None:
    replies: list[Any] = []
    threads = [threading.Thread(target=lambda: replies.append(upload(client, "WAIT"))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    states = [client.get(r.headers["location"], headers=BEARER).json()["status"] for r in replies]
    assert sorted(states) in (["running", "waiting"], ["waiting", "waiting"])
    assert [outcome(client, r)["status"] for r in replies] == ["done", "done"]


def test_a_full_queue_says_so(client: TestClient) -> None:
    replies = [upload(client, "SLEEP") for _ in range(12)]
    assert {r.status_code for r in replies} == {202, 503}
    assert replies[-1].headers["retry-after"] == "60"


# ---- when it goes wrong


@pytest.mark.parametrize(
    ("text", "said"), [("FAIL", "Tệp hỏng."), ("CRASH", "dừng bất thường"), ("ALLOCATE", "dừng bất thường")]
)
def test_a_job_that_fails_ends_alone(text: str, said: str, client: TestClient, settings: Settings) -> None:
    job = outcome(client, upload(client, text))
    assert job["status"] == "failed"
    assert said in job["error"]
    assert list((settings.index / "intake").iterdir()) == []
    assert outcome(client, upload(client, "tốt"))["status"] == "done"


def test_a_job_that_takes_too_long_is_stopped(settings: Settings) -> None:
    slow = Jobs(settings, (sys.executable, "-c", SCRIPT), seconds=0.5)
    job_id = slow.ingest("a", ".txt", b"SLEEP")
    until = time.monotonic() + 20
    while (job := slow.told(job_id)) and job["status"] != "failed" and time.monotonic() < until:
        time.sleep(0.02)
    assert job
    assert "quá thời gian" in job["error"]
    slow.close()


def test_closing_ends_what_runs(jobs: Jobs, settings: Settings) -> None:
    others = set(psutil.Process().children())  # servers and browsers of the whole session
    jobs.ingest("a", ".txt", b"SLEEP")
    until = time.monotonic() + 20
    while set(psutil.Process().children()) <= others and time.monotonic() < until:
        time.sleep(0.02)
    started = time.monotonic()
    jobs.close()
    assert time.monotonic() - started < 10
    assert set(psutil.Process().children()) <= others
    assert list((settings.index / "intake").iterdir()) == []


@pytest.mark.parametrize("job_id", ["x", uuid.uuid4().hex, "..%2f..%2fetc"])
def test_an_unknown_job_is_not_found(job_id: str, client: TestClient) -> None:
    assert client.get(f"/api/v1/intake/{job_id}", headers=BEARER).status_code == 404


def test_a_plan_is_taken_out_by_its_id(client: TestClient) -> None:
    job = outcome(client, client.delete(f"/api/v1/plans/{PLAN.id}", headers=BEARER))
    assert job["plans"][0]["argv"][:2] == ["remove", PLAN.id]
    assert client.delete("/api/v1/plans/khong-co", headers=BEARER).status_code == 404


def test_other_routes_keep_their_small_limit(client: TestClient) -> None:
    assert client.post("/api/v1/ask", content=b"a" * 100_000, headers=BEARER).status_code == 413


def test_the_routes_can_be_mounted_on_any_app(service: FakeService, settings: Settings, jobs: Jobs) -> None:
    app = FastAPI()
    operator.mount(app, service, settings, jobs)  # type: ignore[arg-type]
    with TestClient(app) as client:
        assert client.get("/api/v1/intake/x", headers=BEARER).status_code == 404


# ---- the real thing


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int, Path]]:
    """Address, process id and index of a server over one small plan."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "an-phu-2025.md").write_text(small_plan(), encoding="utf-8")
    index = ["--index", str(folder / "index")]
    hoi = [sys.executable, "-m", "bot"]
    assert hoi_ingest([str(folder / "an-phu-2025.md"), *index]) == 0
    environment = os.environ | {"HOI_OPERATOR_TOKEN": TOKEN}
    with subprocess.Popen(
        [*hoi, "serve", "--port", "0", *index], stdout=subprocess.PIPE, encoding="utf-8", env=environment
    ) as process:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert found
        yield found[0], process.pid, folder / "index"
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def call(address: str, path: str, method: str = "GET", data: bytes | None = None, **headers: str) -> dict[str, Any]:
    token = {"Authorization": f"Bearer {TOKEN}".encode()}
    request = Request(address + path, data, token | headers, method=method)  # type: ignore[arg-type]
    try:
        with urlopen(request, timeout=30) as reply:
            return {"status": reply.status} | json.loads(reply.read())
    except HTTPError as error:
        with error:
            return json.loads(error.read()) | {"status": error.code}


def hand_in(address: str, name: str, text: str) -> dict[str, Any]:
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = f"{head}{text}\r\n--x--\r\n".encode()
    return call(address, "/api/v1/intake", "POST", body, **{"Content-Type": "multipart/form-data; boundary=x"})


def plans(address: str) -> list[str]:
    return [p["id"] for p in call(address, "/api/v1/plans")["plans"]]


def wait(address: str, job: dict[str, Any], until: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The job as soon as `until` says so; the service must answer questions all the while."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        told = call(address, job["url"])
        if until(told):
            return told
        ask = json.dumps({"question": "Xã An Phú gửi báo cáo hằng năm trước ngày nào?"}).encode()
        answer = call(address, "/api/v1/ask", "POST", ask, **{"Content-Type": "application/json"})
        assert "15/12" in answer["answer"]
        time.sleep(0.1)
    raise AssertionError(told)


def ended(job: dict[str, Any]) -> bool:
    return job["status"] in ("done", "failed")


def test_a_plan_handed_in_is_served_without_a_restart(server: tuple[str, int, Path]) -> None:
    address, _, index = server
    job = hand_in(address, "../../tan-hoa-2025.md", small_plan("Tân Hòa", due="20/11"))
    assert job["status"] == 202
    told = wait(address, job, ended)
    assert [p["id"] for p in told["plans"]] == ["tan-hoa-2025"], told
    assert plans(address) == ["an-phu-2025", "tan-hoa-2025"]
    removed = wait(address, call(address, "/api/v1/plans/tan-hoa-2025", "DELETE"), ended)
    assert removed["removed"] == ["tan-hoa-2025"]
    assert plans(address) == ["an-phu-2025"]
    assert list((index / "intake").iterdir()) == []


def test_a_killed_job_leaves_the_old_snapshot_answering(server: tuple[str, int, Path]) -> None:
    address, pid, _ = server
    job = hand_in(address, "binh-minh.md", small_plan("Bình Minh"))
    wait(address, job, lambda told: told["status"] == "running")
    for child in psutil.Process(pid).children(recursive=True):
        child.kill()
    told = wait(address, job, ended)
    assert told["status"] == "failed"
    assert "không thay đổi" in told["error"]
    assert plans(address) == ["an-phu-2025"]
    assert psutil.Process(pid).children() == []


def test_a_bomb_is_refused_before_it_is_sent(server: tuple[str, int, Path]) -> None:
    import http.client

    address, *_ = server
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    connection.putrequest("POST", "/api/v1/intake")
    connection.putheader("Authorization", f"Bearer {TOKEN}".encode())
    connection.putheader("Content-Type", "multipart/form-data; boundary=x")
    connection.putheader("Content-Length", str(100 * 1024**3))
    connection.endheaders()
    reply = connection.getresponse()
    assert reply.status == 413
    assert "20 MiB" in json.loads(reply.read())["detail"]
    connection.close()


def test_the_limits_let_the_real_ingest_run() -> None:
    assert COMMAND[0] == sys.executable
    done = subprocess.run([*COMMAND, "plans", "--help"], capture_output=True, check=True, encoding="utf-8")
    assert "Cách dùng: hoi plans" in done.stdout
