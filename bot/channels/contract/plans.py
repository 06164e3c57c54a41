"""Plans with what was read from them, and the days on which something falls due."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict, Field

from bot.domain import Rule


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
