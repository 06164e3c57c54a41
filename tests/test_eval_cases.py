"""Case files: what is read and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from eval_fakes import LINE, write_lines

from eval.cases import CaseError, read_cases


def test_a_case_is_read_with_its_defaults(tmp_path: Path) -> None:
    (found,) = read_cases(write_lines(tmp_path / "dev.jsonl", LINE, "", "  "))
    assert found.set == "dev"
    assert found.must == (("x",), ("y", "z"))
    assert (found.issuer, found.history, found.as_of, found.sections) == (None, (), None, ())


def test_an_unseen_set_is_named_by_its_folders(tmp_path: Path) -> None:
    folder = tmp_path / "unseen" / "dev"
    folder.mkdir(parents=True)
    assert read_cases(write_lines(folder / "cases.jsonl", LINE))[0].set == "unseen-dev"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("{", "không phải JSON", id="broken-json"),
        pytest.param("[]", "đối tượng JSON", id="not-an-object"),
        pytest.param({"id": "b"}, "thiếu trường class, question, status", id="missing"),
        pytest.param(LINE | {"id": "b", "answer": 1}, "answer", id="unknown-field"),
        pytest.param(LINE, "mã 'a' đã dùng", id="twice"),
        pytest.param(LINE | {"id": "b", "class": "other"}, "class 'other'", id="class"),
        pytest.param(LINE | {"id": "b", "status": "yes"}, "status 'yes'", id="status"),
        pytest.param(LINE | {"id": "b", "as_of": "20/11/2026"}, "as_of", id="day"),
        pytest.param(LINE | {"id": "b", "as_of": 2026}, "as_of", id="day-as-number"),
        pytest.param(LINE | {"id": "b", "question": " "}, "question", id="empty-question"),
        pytest.param(LINE | {"id": "b", "must": [[]]}, "must", id="no-spelling"),
        pytest.param(LINE | {"id": "b", "must": "x"}, "must", id="not-a-list"),
        pytest.param(LINE | {"id": "b", "sections": [["plan"]]}, "sections", id="half-a-section"),
        pytest.param(LINE | {"id": "b", "history": [1]}, "history", id="history"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: Any, message: str) -> None:
    file = write_lines(tmp_path / "dev.jsonl", LINE, line)
    with pytest.raises(CaseError) as caught:
        read_cases(file)
    assert str(caught.value).startswith(f"{file}: dòng 2: ")
    assert message in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe"], ids=["empty", "blank", "not-utf-8"])
def test_a_file_without_questions_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "dev.jsonl"
    file.write_bytes(content)
    with pytest.raises(CaseError, match="dev"):
        read_cases(file)
