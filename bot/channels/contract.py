"""The bodies of the HTTP contract as OpenAPI tells them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictStr


class Ask(BaseModel):
    """A question, and what narrows it."""

    model_config = ConfigDict(extra="forbid")

    question: StrictStr = Field(
        description="Câu hỏi, từ 1 đến 2000 ký tự.",
        examples=["Hạn gửi báo cáo hằng năm là ngày nào?"],
        json_schema_extra={"minLength": 1, "maxLength": 2000},
    )
    issuer: StrictStr | None = Field(
        None, description="Mã đơn vị ban hành, dùng khi câu hỏi không nêu tên; tên nêu trong câu hỏi được ưu tiên."
    )
    conversation_id: StrictStr | None = Field(
        None, description="Mã hội thoại để hỏi tiếp; để trống thì hệ thống cấp mã mới."
    )
    as_of: StrictStr | None = Field(
        None,
        description="Ngày tính hạn (năm-tháng-ngày); để trống là hôm nay theo giờ Việt Nam.",
        examples=["2026-12-01"],
    )


class ChatPart(BaseModel):
    """A part of a message; only text is read."""

    type: str
    text: StrictStr | None = None


class ChatMessage(BaseModel):
    role: str
    content: StrictStr | list[ChatPart] | None = None


class StreamOptions(BaseModel):
    include_usage: bool | None = None


class ChatRequest(BaseModel):
    """What OpenAI's clients send, as far as it means something here."""

    model: StrictStr
    messages: list[ChatMessage] = Field(min_length=1, max_length=2000)
    n: Literal[1] | None = None
    stream: bool | None = None
    stream_options: StreamOptions | None = None


ANSWER_EXAMPLE: dict[str, Any] = {
    "status": "answered | needs_issuer | not_stated | not_in_collection | out_of_scope | greeting | failed",
    "answer": "Trước ngày 15/12 hằng năm … [1]",
    "issuers": ["…"],
    "conversation_id": "…",
    "as_of": "2026-12-01",
    "took_ms": 7,
    "citations": [
        {
            "mark": 1,
            "plan_id": "…",
            "plan_title": "…",
            "issuer": "…",
            "section": "VI.1",
            "heading": "…",
            "quote": "…",
            "source_quote": "…",
            "repaired": False,
            "start": 0,
            "end": 0,
            "url": "/plans/…#VI.1",
        }
    ],
    "deadlines": [
        {
            "actor": "…",
            "duty": "…",
            "recipient": "…",
            "rule": "yearly",
            "date": "15/12",
            "next": "2026-12-15",
            "last_safe_day": "2026-12-14",
            "days_left": 14,
            "past": False,
            "citation": 1,
        }
    ],
    "suggestions": ["…"],
}
