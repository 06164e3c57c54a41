"""What a model is asked for, in which shape, and how its reply is read while it comes in. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .check import PLAIN, WORDING, Strictness
from .errors import ModelError, Why
from .nouns import Sentence

REPLY_LIMIT = 48 * 1024  # characters; the longest reply asked for has a quarter of it


class Intent(StrEnum):
    REWORD = "reword"  # the composed answer in better words
    COMBINE = "combine"  # several sections put together
    EXPLAIN = "explain"  # a clause in plain words
    SUMMARISE = "summarise"  # a plan on one page
    REPORT = "report"  # an outline of the report that a deadline asks for


@dataclass(frozen=True, slots=True)
class Shape:
    """`parts`: headings, written by code, under which the sentences are put; none for running text."""

    task: str
    sentences: int  # at most
    tokens: int  # of the reply at most
    parts: tuple[str, ...] = ()
    strictness: Strictness = WORDING

    def schema(self) -> dict[str, Any]:
        """JSON Schema of the reply. `enough` comes first, so that nothing is shown before it is known."""
        sentence: dict[str, Any] = {
            "text": {"type": "string"},
            "rests_on": {"type": "array", "items": {"type": "integer"}},
        }
        if self.parts:
            sentence["part"] = {"type": "string", "enum": list(self.parts)}
        return _closed(
            {"enough": {"type": "boolean"}, "sentences": {"type": "array", "items": _closed(sentence)}},
        )


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


SHAPES = {
    Intent.REWORD: Shape(
        "Viết lại các dữ kiện thành câu trả lời tự nhiên, ngắn gọn cho câu hỏi. Phải nêu đủ mọi dữ kiện, giữ nguyên "
        "mọi con số, ngày, tên; câu mở đầu bằng “Có.”, “Không.”, “Đúng.” thì giữ nguyên từ đó.",
        sentences=12,
        tokens=700,
    ),
    Intent.COMBINE: Shape(
        "Tổng hợp các nguồn thành câu trả lời cho câu hỏi, mỗi câu một ý, chỉ nêu điều câu hỏi cần.",
        sentences=12,
        tokens=1200,
    ),
    Intent.EXPLAIN: Shape(
        "Giải thích các nguồn bằng lời dễ hiểu cho người dân: câu ngắn, từ thường dùng, không bình luận, không khuyên.",
        sentences=10,
        tokens=1000,
        strictness=PLAIN,
    ),
    Intent.SUMMARISE: Shape(
        "Tóm tắt kế hoạch trong một trang: mỗi phần một đến bốn câu, phần nào các nguồn không nêu thì bỏ.",
        sentences=26,
        tokens=2400,
        parts=(
            "Mục đích",
            "Thời gian, giai đoạn",
            "Nội dung, giải pháp",
            "Tiêu chí, khen thưởng",
            "Trách nhiệm",
            "Thời hạn",
        ),
    ),
    Intent.REPORT: Shape(
        "Lập đề cương báo cáo mà thời hạn trong các nguồn yêu cầu: mỗi câu là một mục cần báo cáo, lấy từ tiêu chí, "
        "nội dung, nhiệm vụ trong các nguồn; không viết số liệu, kết quả.",
        sentences=24,
        tokens=2000,
        parts=("Nơi nhận, thời hạn", "Kết quả thực hiện", "Tự đánh giá theo tiêu chí", "Khó khăn, đề xuất"),
        strictness=PLAIN,
    ),
}

_ENOUGH = re.compile(r'"enough"\s*:\s*(true|false)')
_LIST = re.compile(r'"sentences"\s*:\s*\[')
_DECODER = json.JSONDecoder()


class Reading:
    """Reads a reply piece by piece; a sentence is handed out once the whole of it has come in."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._text = ""
        self._at = -1  # where the next sentence may begin; -1: the list has not begun
        self._count = 0

    def feed(self, piece: str) -> list[Sentence]:
        """Sentences completed by this piece. Raises ModelError: TOO_LONG, BROKEN, INSUFFICIENT."""
        self._text += piece
        if len(self._text) > REPLY_LIMIT:
            raise ModelError(Why.TOO_LONG)
        if self._at < 0 and not self._opened():
            return []
        found = []
        while (start := self._next()) is not None:
            try:
                value, end = _DECODER.raw_decode(self._text, start)
            except ValueError:
                break  # the rest is still to come; `close` says whether it never came
            self._at = end
            self._count += 1
            if self._count <= self._shape.sentences:  # what is said beyond is not read
                found.append(_sentence(value, self._shape.parts))
        return found

    def close(self) -> None:
        """Raises ModelError where the reply is not whole."""
        start = self._body()
        try:
            value, _ = _DECODER.raw_decode(self._text, start)
        except (ValueError, RecursionError):
            raise ModelError(Why.BROKEN) from None
        listed = value.get("sentences") if isinstance(value, dict) else None
        if self._at < 0 or not isinstance(listed, list) or len(listed) != self._count:
            raise ModelError(Why.BROKEN)

    def _body(self) -> int:
        """Where the JSON begins: models that think aloud do so before it, others fence it."""
        return max(self._text.find("{", self._text.rfind("</think>") + 1), 0)

    def _opened(self) -> bool:
        start = self._body()
        enough, opened = _ENOUGH.search(self._text, start), _LIST.search(self._text, start)
        if enough and enough[1] == "false":
            raise ModelError(Why.INSUFFICIENT)
        if not (enough and opened):
            return False
        self._at = opened.end()
        return True

    def _next(self) -> int | None:
        match = re.compile(r"[\s,]*(?=\{)").match(self._text, self._at)
        return match.end() if match else None


def _sentence(value: object, parts: Sequence[str]) -> Sentence:
    if not isinstance(value, dict):
        raise ModelError(Why.BROKEN)
    text, rests, part = value.get("text"), value.get("rests_on"), value.get("part", "")
    if not isinstance(text, str) or not isinstance(rests, list) or (parts and part not in parts):
        raise ModelError(Why.BROKEN)
    if not all(isinstance(n, int) and not isinstance(n, bool) for n in rests):
        raise ModelError(Why.BROKEN)
    return Sentence(" ".join(text.split()), tuple(rests), part if parts else "")
