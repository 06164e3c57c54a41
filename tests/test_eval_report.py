"""Tables, files and the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from eval_fakes import LINE, case, row, write_lines

from eval import report
from eval.__main__ import by_set, main
from eval.judge import Verdict


def test_the_table_is_aligned_when_piped(capsys: pytest.CaptureFixture[str]) -> None:
    report.show(report.tables(by_set([row(), row(case=case(set="heldback"), passed=False)])), terminal=False)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["Chỉ", "số", "dev", "heldback", "all"]
    assert lines[2].split() == ["Trả", "lời", "đúng", "1/1", "100.0%", "0/1", "0.0%", "1/2", "50.0%"]
    assert len({len(line) for line in lines[:8]}) == 1


def test_the_table_is_drawn_in_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    report.show(report.tables(by_set([row()])), terminal=True)
    assert "┃" in capsys.readouterr().out


def test_failures_tell_question_answer_and_reasons() -> None:
    unsound = Verdict((), 0, (1,), ("16/12",))
    text = report.failures([row(), row(passed=False), row(verdict=unsound), row(folded=Verdict(("sai",), 0, (), ()))])
    assert text.count("Hỏi:       Bao giờ gửi báo cáo?") == 3
    assert "Lỗi:       sai\n" in text
    assert "Lỗi:       số liệu không có trong trích dẫn: 16/12" in text
    assert "Lỗi:       khi hỏi không dấu: sai" in text


def test_rows_settings_and_summary_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = case(set="mine")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        "eval.__main__.measure", lambda *_, **__: ([row(case=mine), row(False, case=mine)], {"encoder": "e"})
    )
    monkeypatch.setattr("eval.__main__._git", lambda *_: "")
    assert main([str(write_lines(tmp_path / "mine.jsonl", LINE)), "--failures"]) == 0
    folder = tmp_path / "results" / "no-commit"
    assert [json.loads(line)["passed"] for line in (folder / "rows.jsonl").read_text().splitlines()] == [True, False]
    assert json.loads((folder / "settings.json").read_text())["encoder"] == "e"
    assert json.loads((folder / "summary.json").read_text())["sets"]["mine"]["accuracy"] == 0.5
    assert "Lỗi:       sai" in capsys.readouterr().out


def test_a_set_below_its_floor_ends_with_status_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("eval.__main__.FLOOR", tmp_path / "floor.toml")
    monkeypatch.setattr("eval.__main__.measure", lambda *_, **__: ([row(), row(False)], {}))
    (tmp_path / "floor.toml").write_text("dev.least.accuracy = 0.6\nheldback.least.accuracy = 1")
    assert main([str(write_lines(tmp_path / "dev.jsonl", LINE))]) == 1
    assert "Dưới ngưỡng: dev: accuracy = 0.5, ít nhất phải là 0.6" in capsys.readouterr().err


def test_a_missing_file_ends_with_a_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl: không đọc được tệp" in capsys.readouterr().err


def test_help_is_vietnamese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "thư mục chỉ mục" in capsys.readouterr().out
