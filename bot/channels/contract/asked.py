"""What may be asked for."""

from __future__ import annotations

from typing import Literal

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


class Write(BaseModel):
    """What a language model is to write, and from what."""

    model_config = ConfigDict(extra="forbid")

    intent: Literal["combine", "explain", "summarise", "report"] = Field(
        description="combine: tổng hợp nhiều mục để trả lời; explain: giải thích bằng lời dễ hiểu; "
        "summarise: tóm tắt một trang; report: đề cương báo cáo theo thời hạn."
    )
    question: StrictStr | None = Field(None, description="Câu hỏi, từ 1 đến 2000 ký tự; cần có với combine.")
    plan_id: StrictStr | None = Field(None, description="Mã kế hoạch; để trống thì theo đơn vị hoặc câu hỏi.")
    section: StrictStr | None = Field(None, description="Mục cần giải thích.", examples=["VI.1"])
    issuer: StrictStr | None = Field(None, description="Mã đơn vị ban hành.")
    conversation_id: StrictStr | None = Field(
        None, description="Mã hội thoại; explain không kèm câu hỏi thì lấy câu trước."
    )
    as_of: StrictStr | None = Field(None, description="Ngày (năm-tháng-ngày).")
