"""What kind of answer a question wants."""

from __future__ import annotations

import pytest

from bot.text import fold
from bot.wants import Want, counted, wants

QUESTIONS = [
    ("Hạn nộp là ngày nào?", Want.DATE),
    ("Bao giờ sơ kết?", Want.DATE),
    ("Chậm nhất hôm nào phải gửi?", Want.DATE),
    ("Còn mấy ngày nữa hết hạn?", Want.DAYS_LEFT),
    ("Gửi hôm nay còn kịp không?", Want.DAYS_LEFT),
    ("Phải trả lời trong bao lâu?", Want.DURATION),
    ("Mức thưởng bao nhiêu tiền?", Want.MONEY),
    ("Kinh phí thực hiện là bao nhiêu?", Want.MONEY),
    ("Phải đạt bao nhiêu phần trăm?", Want.PERCENT),
    ("Có bao nhiêu tổ?", Want.COUNT),
    ("Ai ký kế hoạch?", Want.PERSON),
    ("Tổ trưởng là ai?", Want.PERSON),
    ("Phòng nào chủ trì?", Want.BODY),
    ("Báo cáo gửi cho ai?", Want.BODY),
    ("Họp ở đâu?", Want.PLACE),
    ("Số điện thoại liên hệ là gì?", Want.CONTACT),
    ("Có biểu mẫu kèm theo không?", Want.FORM),
    ("Kế hoạch số mấy?", Want.NUMBER),
    ("Gồm những gì?", Want.LIST),
    ("Các thôn phải làm gì?", Want.LIST),
    ("Có được khen không?", Want.YES_NO),
    ("Tại sao phải làm?", Want.WHY),
    ("Hạn hát đối là hôm rằm à?", Want.DATE),
    ("Hết bao nhiêu vốn?", Want.MONEY),
    ("Tổng mức đầu tư đình làng?", Want.MONEY),
    ("Đăng ký theo mẫu nào?", Want.FORM),
    ("Có mẫu không?", Want.FORM),
    ("Đã xây đình chưa nhỉ?", Want.YES_NO),
]


@pytest.mark.parametrize(("question", "want"), QUESTIONS, ids=[q for q, _ in QUESTIONS])
def test_a_kind_is_heard(question: str, want: Want) -> None:
    assert want in wants(question)


@pytest.mark.parametrize("question", [q for q, _ in QUESTIONS])
def test_accents_and_case_do_not_change_the_kind(question: str) -> None:
    assert wants(fold(question)) == wants(question) == wants(question.upper())


@pytest.mark.parametrize(
    ("statement", "not_wanted"),
    [
        ("Nộp báo cáo", set(Want)),
        ("Năm nào cũng kiểm tra", {Want.DATE}),
        ("Trang bị máy tính cho ai?", {Want.COUNT}),
        ("Hiến máu nhân đạo", {Want.FORM}),
        ("Còn mấy ngày nữa?", {Want.DURATION}),
        ("Mấy hội được giao việc gì?", {Want.COUNT}),
        ("Đúng hạn", {Want.DATE}),
        ("Cấm hẳn việc đốt rơm à?", {Want.DATE}),
        ("Gia hạn hợp đồng thuê ao thế nào?", {Want.DATE}),
        ("Chống hạn cho ruộng bậc thang ra sao?", {Want.DATE}),
        ("Đợt hạn hán do ai chỉ huy?", {Want.DATE}),
        ("Chữ ký số dùng vào việc gì?", {Want.PERSON}),
        ("Người ký số là phòng nào?", {Want.PERSON}),
        ("Trọng lượng mỗi giỏ cua bao nhiêu?", {Want.MONEY}),
        ("Sản lượng cói bao nhiêu tấn?", {Want.MONEY}),
        ("Hết bao nhiêu vốn?", {Want.COUNT}),
        ("Nội quy mẫu của đình làng nói gì?", {Want.FORM}),
        ("Rút xuống còn bao nhiêu ngày?", {Want.DAYS_LEFT}),
    ],
)
def test_a_kind_is_not_heard_where_the_words_mean_something_else(statement: str, not_wanted: set[Want]) -> None:
    assert not not_wanted & set(wants(statement))


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Có bao nhiêu tổ?", "to"),
        ("Có mấy giai đoạn?", "giai doan"),
        ("Thưởng bao nhiêu tiền?", ""),
        ("Hạn ngày nào?", ""),
    ],
)
def test_what_is_counted(question: str, unit: str) -> None:
    assert counted(question) == unit
