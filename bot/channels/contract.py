"""The bodies of the HTTP contract as OpenAPI tells them."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictStr

from bot.channels.problems import MEDIA_TYPE, TITLES
from bot.domain import Rule, Status


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


class Issuer(BaseModel):
    """Đơn vị ban hành."""

    slug: str = Field(description="Mã đơn vị.")
    name: str = Field(description="Tên.")
    kind: str = Field(description="xã, phường, đặc khu, tỉnh hoặc thành phố.")
    province: str = Field(description="Tỉnh, thành phố.")


class PlanHead(BaseModel):
    """Thông tin của một kế hoạch; chỗ văn bản để trống thì trống, không đoán."""

    id: str = Field(description="Mã kế hoạch.")
    url: str = Field(description="Trang toàn văn.")
    issuer: Issuer = Field(description="Đơn vị ban hành.")
    kind: str = Field(description="Loại văn bản.")
    number: str = Field(description="Số, ký hiệu; trống nếu không có.")
    date: dt.date | None = Field(description="Ngày ban hành; null nếu không ghi đủ.")
    date_written: str = Field(description="Ngày ban hành như văn bản ghi.")
    place: str = Field(description="Nơi ban hành.")
    title: str = Field(description="Trích yếu.")
    movement: list[str] = Field(description="Các phong trào nêu trong trích yếu.")
    period: list[int] | None = Field(description="Năm đầu và năm cuối; null nếu không nêu.", min_length=2, max_length=2)
    parent: str = Field(description="Văn bản cấp trên được triển khai.")
    signer: str = Field(description="Người ký.")
    signer_office: str = Field(description="Chức vụ người ký.")
    recipients: list[str] = Field(description="Nơi nhận.")
    source_name: str = Field(description="Tên tệp nhận được.")
    pages: int = Field(description="Số trang của tệp; 0 nếu tệp không chia trang.", ge=0)
    replaces: str = Field(description="Mã kế hoạch bị thay thế; trống nếu không có.")
    repaired: bool = Field(description="Có chỗ được phục hồi từ bản quét lỗi.")


class Section(BaseModel):
    """Một mục trong mục lục."""

    path: str = Field(description="Đường dẫn mục, như V.2.a.")
    heading: str = Field(description="Tên mục; trống nếu không có.")
    start: int = Field(description="Vị trí bắt đầu trong văn bản.")
    end: int = Field(description="Vị trí kết thúc.")
    empty: bool = Field(description="Mục chỉ có tên, không có nội dung.")


class SectionText(BaseModel):
    """Nguyên văn một mục; phần đầu văn bản nếu không nêu mục nào."""

    plan_id: str = Field(description="Mã kế hoạch.")
    plan_title: str = Field(description="Trích yếu của kế hoạch.")
    issuer: str = Field(description="Mã đơn vị ban hành.")
    section: str = Field(description="Đường dẫn mục; trống ở phần đầu văn bản.")
    headings: list[str] = Field(description="Tên các mục từ ngoài vào trong.")
    text: str = Field(description="Nguyên văn.")
    truncated: bool = Field(description="Nguyên văn dài hơn, đã cắt bớt; đọc tiếp ở các mục con.")
    repaired: bool = Field(description="Có chỗ được phục hồi từ bản quét lỗi, nên đối chiếu bản giấy.")
    url: str = Field(description="Nơi xem mục đó trong văn bản.")
    sections: list[Section] = Field(description="Các mục con.")


class Fact(BaseModel):
    """Một dữ kiện cùng câu văn chứng minh; các trường khác tùy loại."""

    model_config = ConfigDict(extra="allow")

    section: str = Field(description="Đường dẫn mục.")
    start: int = Field(description="Vị trí bắt đầu của câu chứng minh.")
    end: int = Field(description="Vị trí kết thúc.")
    quote: str = Field(description="Câu chứng minh.")


class Facts(BaseModel):
    deadlines: list[Fact] = Field(description="Thời hạn.")
    phases: list[Fact] = Field(description="Giai đoạn.")
    awards: list[Fact] = Field(description="Hình thức khen thưởng.")
    duties: list[Fact] = Field(description="Nhiệm vụ.")
    criteria: list[Fact] = Field(description="Tiêu chí.")
    targets: list[Fact] = Field(description="Chỉ tiêu.")
    references: list[Fact] = Field(description="Căn cứ và văn bản được nhắc đến.")
    terms: list[Fact] = Field(description="Từ viết gọn.")


class Plan(PlanHead):
    text: str = Field(description="Toàn văn sau khi nối dòng và phục hồi.")
    outline: list[Section] = Field(description="Mục lục.")
    facts: Facts = Field(description="Dữ kiện đọc được.")
    warnings: list[str] = Field(description="Điều cần lưu ý khi dùng văn bản.")


class Plans(BaseModel):
    plans: list[PlanHead] = Field(description="Các kế hoạch trong bộ văn bản.")


class WrittenDate(BaseModel):
    """Ngày theo đúng những gì văn bản ghi."""

    written: str = Field(description="Như văn bản ghi.")
    day: int | None = Field(description="Ngày.")
    month: int | None = Field(description="Tháng.")
    year: int | None = Field(description="Năm.")


class Deadline(BaseModel):
    """Một ngày mà một việc tới hạn."""

    plan_id: str = Field(description="Mã kế hoạch.")
    plan_title: str = Field(description="Trích yếu của kế hoạch.")
    issuer: str = Field(description="Mã đơn vị ban hành.")
    section: str = Field(description="Đường dẫn mục.")
    actor: str = Field(description="Ai phải làm.")
    duty: str = Field(description="Việc phải làm.")
    recipient: str = Field(description="Gửi về đâu.")
    via: str = Field(description="Qua đơn vị nào.")
    rule: Rule = Field(description="Bao lâu một lần.")
    when: WrittenDate = Field(description="Ngày trong văn bản, tách thành phần.")
    inclusive: bool = Field(description="Chính ngày đó vẫn còn kịp.")
    start: int = Field(description="Vị trí bắt đầu của câu chứng minh.")
    end: int = Field(description="Vị trí kết thúc.")
    quote: str = Field(description="Câu chứng minh.")
    date: str = Field(description="Ngày như văn bản ghi.")
    day: dt.date = Field(description="Ngày tới hạn.")
    last_safe_day: dt.date = Field(description="Ngày cuối còn kịp.")
    url: str = Field(description="Nơi xem mục đó trong văn bản.")


class Deadlines(BaseModel):
    issuer: str | None = Field(description="Mã đơn vị đã hỏi; null là mọi đơn vị.")
    first: dt.date = Field(alias="from", description="Từ ngày.")
    last: dt.date = Field(alias="to", description="Đến hết ngày.")
    deadlines: list[Deadline] = Field(description="Các ngày tới hạn, theo thứ tự.")


class Error(BaseModel):
    """Problem document (RFC 9457)."""

    type: str
    title: str = Field(description="Lỗi gì.")
    status: int = Field(description="Mã HTTP.")
    detail: str = Field(description="Lý do và cách sửa.")
    errors: list[dict[str, str]] = Field([], description="Từng trường sai: field và detail.")


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """How OpenAPI tells of errors that an address may answer with."""
    content = {MEDIA_TYPE: {"schema": Error.model_json_schema()}}
    return {status: {"description": TITLES[status], "content": content} for status in statuses}


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
