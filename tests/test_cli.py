from __future__ import annotations

import json
import subprocess
import sys

import pytest
from fake_service import NEEDS_ISSUER, FakeService

import bot.wiring
from bot.__main__ import main
from bot.index import SnapshotError


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch, service: FakeService) -> FakeService:
    monkeypatch.setattr(bot.wiring, "open_service", lambda _settings: service)
    return service


def test_ask_prints_answer_and_quote_without_colour_when_piped(
    capsys: pytest.CaptureFixture[str], service: FakeService
) -> None:
    assert main(["ask", " Hạn báo cáo? ", "--issuer", "an-phu", "--as-of", "2026-12-01"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Trước ngày 15/12 hằng năm. [1]")
    assert "Mục II.1" in out
    assert "\033[" not in out
    [(question, issuer, _, as_of)] = service.asked
    assert (question, issuer, str(as_of)) == ("Hạn báo cáo?", "an-phu", "2026-12-01")
    assert service.closed


def test_ask_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "Hạn?", "--json"]) == 0
    out = capsys.readouterr().out
    assert json.loads(out)["status"] == "answered"
    assert "Trước ngày" in out


def test_refusal_is_a_success(service: FakeService, capsys: pytest.CaptureFixture[str]) -> None:
    service.answer = NEEDS_ISSUER
    assert main(["ask", "Hạn?"]) == 0
    assert capsys.readouterr().out.strip() == "Đề nghị cho biết xã nào."


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["ask", ""], "để trống"),
        (["ask", "a" * 2001], "2001 ký tự"),
        (["ask", "a", "--as-of", "mai"], "không hợp lệ"),
        (["ask", "a", "--issuer", "khong-co"], "khong-co"),
        (["serve", "--port", "abc"], "HOI_PORT"),
        (["khong-co"], "không có lệnh"),
    ],
)
def test_wrong_use_is_told_in_vietnamese(argv: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("hoi: ")
    assert said in captured.err
    assert captured.out == ""


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["ask"], "thiếu CÂU_HỎI"),
        (["ask", "a", "b"], "không hiểu b"),
        (["ask", "a", "--issuer"], "--issuer cần một giá trị"),
        (["serve", "--khong-co"], "không hiểu --khong-co"),
    ],
)
def test_mistyped_options_are_told_in_vietnamese(
    argv: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(argv)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


def test_missing_snapshot_names_the_command_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_settings: object) -> FakeService:
        raise SnapshotError("chưa có chỉ mục tại “x”. Dựng bằng: hoi ingest")

    monkeypatch.setattr(bot.wiring, "open_service", refuse)
    for argv in (["ask", "Hạn?"], ["serve", "--port", "0"]):
        assert main(argv) == 1
        err = capsys.readouterr().err
        assert "hoi ingest" in err
        assert len(err.splitlines()) == 1


def test_taken_port_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["serve", "--port", str(taken.getsockname()[1])]) == 1
    assert "không mở được" in capsys.readouterr().err


@pytest.mark.parametrize("argv", [[], ["--help"], ["-h"]])
def test_help_lists_the_commands_of_the_neighbours_too(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 0
    out = capsys.readouterr().out
    assert all(f"\n  {name} " in out for name in ("ask", "serve", "ingest", "eval"))
    assert "Cách dùng" in out
    assert "usage" not in out.lower()


@pytest.mark.parametrize("name", ["ask", "serve"])
def test_help_of_a_command_is_vietnamese(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([name, "--help"])
    assert stopped.value.code == 0
    out = capsys.readouterr().out
    assert out.startswith("Cách dùng: hoi ")
    assert "Tùy chọn:" in out
    assert not any(english in out for english in ("options:", "usage:", "positional", "show this help"))


def test_mounted_command_gets_the_rest_of_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import EntryPoint

    got: list[list[str]] = []
    point = EntryPoint("ingest", "unused:main", "hoi.commands")
    monkeypatch.setattr(EntryPoint, "load", lambda _self: lambda argv: got.append(argv) or 3)
    monkeypatch.setattr("bot.__main__.entry_points", lambda group: [point])
    assert main(["ingest", "a", "--index", "b", "--help"]) == 3
    assert got == [["a", "--index", "b", "--help"]]


def test_the_command_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "bot", "--help"], capture_output=True, check=True, encoding="utf-8")
    assert "Cách dùng" in done.stdout
