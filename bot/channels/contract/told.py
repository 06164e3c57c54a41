"""An answer, with what proves it."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, Field

from bot.domain import Rule, Status


class Citation(BaseModel):
    """Câu trích làm căn cứ."""

    mark: int = Field(description="Số trong ngoặc vuông ở câu trả lời.")
    plan_id: str = Field(description="Mã kế hoạch.")
    plan_title: str = Field(description="Trích yếu của kế hoạch.")
    issuer: str = Field(description="Mã đơn vị ban hành.")
    section: str = Field(description="Đường dẫn mục, như V.2.a; trống nếu ở phần đầu hoặc cuối văn bản.")
    heading: str = Field(description="Tên mục.")
    quote: str = Field(description="Câu trích, đúng từng chữ trong văn bản.")
    source_quote: str = Field(description="Câu đó trong tệp nhận được.")
    repaired: bool = Field(description="Hai câu trên khác nhau ngoài khoảng trắng.")
    start: int = Field(description="Vị trí bắt đầu của câu trích trong văn bản, tính theo ký tự.")
    end: int = Field(description="Vị trí kết thúc.")
    url: str = Field(description="Nơi xem mục đó trong văn bản.")
    page: int | None = Field(None, description="Trang của tệp; chỉ có khi tệp chia trang.")


class DueDate(BaseModel):
    """Thời hạn, tính từ một ngày."""

    actor: str = Field(description="Ai phải làm.")
    duty: str = Field(description="Việc phải làm.")
    recipient: str = Field(description="Gửi về đâu.")
    rule: Rule = Field(description="Bao lâu một lần.")
    date: str = Field(description="Ngày như văn bản ghi.")
    next: dt.date | None = Field(description="Ngày tới hạn; null nếu đã qua hoặc không có ngày.")
    last_safe_day: dt.date | None = Field(description="Ngày cuối còn kịp: “trước ngày” không gồm ngày đó.")
    days_left: int | None = Field(description="Số ngày đến ngày tới hạn.")
    past: bool = Field(description="Hạn một lần đã qua.")
    citation: int = Field(description="Số của câu trích làm căn cứ.")


class Told(BaseModel):
    """Câu trả lời kèm căn cứ."""

    status: Status = Field(description="answered: đã trả lời; các trạng thái khác là lời từ chối có lý do.")
    answer: str = Field(description="Câu trả lời; [1] dẫn đến câu trích số 1.")
    issuers: list[str] = Field(description="Mã các đơn vị mà câu trả lời nói đến.")
    as_of: dt.date = Field(description="Ngày dùng để tính hạn.")
    citations: list[Citation] = Field(description="Các câu trích làm căn cứ.")
    deadlines: list[DueDate] = Field(description="Các thời hạn trong câu trả lời.")
    suggestions: list[str] = Field(description="Câu có thể hỏi tiếp, hoặc tên đơn vị để chọn.")


class ModelUse(BaseModel):
    """Câu trả lời có do mô hình ngôn ngữ viết lại không."""

    used: bool = Field(description="Đã dùng lời của mô hình.")
    why: str = Field(description="Vì sao không dùng; trống nếu đã dùng.")


class Answer(Told):
    model: ModelUse | None = Field(None, description="Chỉ có khi máy chủ được cài mô hình ngôn ngữ.")
    conversation_id: str = Field(description="Mã hội thoại, gửi lại để hỏi tiếp.")
    took_ms: int = Field(description="Thời gian trả lời, mili giây.", ge=0)
