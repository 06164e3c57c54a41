"""What a caller is told when a request cannot be served: RFC 9457 problem documents, in Vietnamese. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

MEDIA_TYPE = "application/problem+json"

TITLES = {
    400: "Yêu cầu không đọc được",
    401: "Cần mã của người vận hành",
    403: "Không được phép",
    404: "Không tìm thấy",
    405: "Phương thức không được hỗ trợ",
    413: "Yêu cầu quá lớn",
    415: "Loại tệp không nhận",
    422: "Dữ liệu gửi lên không hợp lệ",
    429: "Hỏi quá nhanh",
    500: "Lỗi hệ thống",
    503: "Chưa sẵn sàng phục vụ",
}
DETAILS = {
    400: "Nội dung gửi lên phải là JSON đúng cú pháp, mã hóa UTF-8.",
    403: "Yêu cầu không mang chữ ký hoặc mã bí mật đúng.",
    404: "Không có địa chỉ hoặc tài liệu được yêu cầu.",
    405: "Địa chỉ này không nhận phương thức đã dùng.",
    413: "Nội dung gửi lên vượt quá 64 KiB.",
    429: "Địa chỉ mạng này vừa gửi quá nhiều câu hỏi. Đề nghị hỏi lại sau ít giây.",
    500: "Hệ thống gặp lỗi khi xử lý yêu cầu. Đề nghị thử lại sau; lỗi đã được ghi nhật ký.",
}
_REASONS = {
    "missing": "thiếu trường này",
    "string_type": "phải là chuỗi ký tự",
    "string_unicode": "chứa ký tự Unicode không hợp lệ",
    "extra_forbidden": "trường này không có trong quy ước",
    "model_attributes_type": "phải là một đối tượng JSON (Content-Type: application/json)",
}


@dataclass(frozen=True, slots=True)
class Problem:
    status: int
    detail: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)  # field -> what is wrong with it

    def document(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "type": "about:blank",
            "title": TITLES.get(self.status, "Không phục vụ được yêu cầu"),
            "status": self.status,
            "detail": self.detail or DETAILS.get(self.status, ""),
        }
        if self.fields:
            found["errors"] = [{"field": name, "detail": reason} for name, reason in self.fields.items()]
        return found


def openai_error(problem: Problem, code: str | None = None) -> tuple[int, dict[str, Any]]:
    """HTTP status and body as OpenAI's clients read them; they know no 422."""
    kind = "server_error" if problem.status >= 500 else "invalid_request_error"
    document = problem.document()
    error = {
        "message": document["detail"] or document["title"],
        "type": "rate_limit_error" if problem.status == 429 else kind,
        "param": next(iter(problem.fields), None),
        "code": code,
    }
    return 400 if problem.status == 422 else problem.status, {"error": error}


def reply(path: str, problem: Problem) -> tuple[int, dict[str, Any], str]:
    """HTTP status, body and media type of what went wrong at an address."""
    if path.startswith("/v1/"):
        return (*openai_error(problem), "application/json")
    return problem.status, problem.document(), MEDIA_TYPE


def from_validation(errors: Iterable[Mapping[str, Any]]) -> Problem:
    """Pydantic's findings, told in Vietnamese and without echoing what was sent."""
    fields: dict[str, str] = {}
    for error in errors:
        if error["type"] == "json_invalid":
            return Problem(400)
        # The first part of the place is "body", "query" or "path".
        name = ".".join(str(part) for part in error["loc"][1:]) or "body"
        fields[name[:64]] = _REASONS.get(error["type"], "giá trị không hợp lệ")
    return Problem(422, "; ".join(f"{name}: {reason}" for name, reason in fields.items()), fields)
