"""Questions with known answers, read from JSONL. The schema is in eval/README.md."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.domain import Status

CLASSES = frozenset(
    {
        "deadline",
        "timeline",
        "award",
        "eligibility",
        "responsibility",
        "legal_basis",
        "metadata",
        "content",
        "comparison",
        "missing_scope",
        "unanswerable",
        "chat",
        "false_premise",
        "date_reasoning",
        "follow_up",
        "out_of_scope",
    }
)


class CaseError(ValueError):
    """A case file cannot be used. The message, in Vietnamese, names the file and the line."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question and what a right answer must hold."""

    id: str
    set: str  # the file it came from: "dev", "heldback", "unseen-dev"
    kind: str  # "class" in the file
    question: str
    issuer: str | None  # slug chosen beforehand
    history: tuple[str, ...]  # earlier questions of the conversation
    as_of: date | None
    status: Status
    issuers: tuple[str, ...]  # slugs; citations of any other are wrong
    must: tuple[tuple[str, ...], ...]  # of each entry, one spelling has to occur
    must_not: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]  # (plan id, path): acceptable proofs
    words: str  # the run of the plan that proves the answer


def read_cases(path: Path) -> tuple[Case, ...]:
    """All cases of one file, in order. Raises CaseError; blank lines are passed over."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise CaseError(f"{path}: không đọc được tệp ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise CaseError(f"{path}: tệp không phải UTF-8") from error
    # eval/unseen/dev/cases.jsonl is "unseen-dev", so that it is not taken for eval/cases/dev.jsonl.
    origin = "-".join(path.resolve().parent.parts[-2:]) if path.stem == "cases" else path.stem
    cases: dict[str, Case] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case = _case(json.loads(line), origin)
            if case.id in cases:
                raise CaseError(f"mã {case.id!r} đã dùng ở một dòng trước")
        except json.JSONDecodeError as error:
            raise CaseError(f"{path}: dòng {number}: không phải JSON ({error.msg}, cột {error.colno})") from error
        except CaseError as error:
            raise CaseError(f"{path}: dòng {number}: {error}") from error
        cases[case.id] = case
    if not cases:
        raise CaseError(f"{path}: tệp không có câu hỏi nào")
    return tuple(cases.values())


_REQUIRED = frozenset({"id", "class", "question", "status"})
_OPTIONAL = frozenset({"issuer", "history", "as_of", "issuers", "must", "must_not", "sections", "words"})


def _case(data: Any, origin: str) -> Case:
    if not isinstance(data, dict):
        raise CaseError("mỗi dòng phải là một đối tượng JSON")
    if missing := sorted(_REQUIRED - data.keys()):
        raise CaseError(f"thiếu trường {', '.join(missing)}")
    if unknown := sorted(data.keys() - _REQUIRED - _OPTIONAL):
        raise CaseError(f"trường không có trong quy ước: {', '.join(unknown)}")
    return Case(
        id=_text(data, "id"),
        set=origin,
        kind=_class(data),
        question=_text(data, "question"),
        issuer=_text(data, "issuer") if data.get("issuer") is not None else None,
        history=_texts(data, "history"),
        as_of=_day(data),
        status=_status(data),
        issuers=_texts(data, "issuers"),
        must=tuple(_spellings(entry) for entry in _list(data, "must")),
        must_not=_texts(data, "must_not"),
        sections=tuple(_proof(entry) for entry in _list(data, "sections")),
        words=_text(data, "words") if data.get("words") else "",
    )


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data[key]
    if not isinstance(value, str) or not value.strip():
        raise CaseError(f"{key} phải là một chuỗi không rỗng")
    return value


def _list(data: Mapping[str, Any], key: str) -> list[Any]:
    value = data.get(key, [])
    if not isinstance(value, list):
        raise CaseError(f"{key} phải là một danh sách")
    return value


def _texts(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = _list(data, key)
    if not all(isinstance(value, str) and value.strip() for value in values):
        raise CaseError(f"{key} phải là danh sách các chuỗi không rỗng")
    return tuple(values)


def _class(data: Mapping[str, Any]) -> str:
    value = _text(data, "class")
    if value not in CLASSES:
        raise CaseError(f"class {value!r} không có; các lớp là: {', '.join(sorted(CLASSES))}")
    return value


def _status(data: Mapping[str, Any]) -> Status:
    try:
        return Status(_text(data, "status"))
    except ValueError as error:
        raise CaseError(f"status {data['status']!r} không có; các trạng thái là: {', '.join(Status)}") from error


def _day(data: Mapping[str, Any]) -> date | None:
    value = data.get("as_of")
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise CaseError(f"as_of {value!r} phải là một ngày dạng 2026-12-01") from error


def _spellings(entry: Any) -> tuple[str, ...]:
    spellings = entry if isinstance(entry, list) else [entry]
    if not spellings or not all(isinstance(value, str) and value.strip() for value in spellings):
        raise CaseError("must: mỗi mục phải là một chuỗi, hoặc danh sách các cách viết")
    return tuple(spellings)


def _proof(entry: Any) -> tuple[str, str]:
    if not isinstance(entry, list) or len(entry) != 2 or not all(isinstance(value, str) for value in entry):
        raise CaseError('sections: mỗi mục phải có dạng ["mã kế hoạch", "đường dẫn mục"]')
    return (entry[0], entry[1])
