"""Which fact of a plan a question is about."""

from __future__ import annotations

import pytest

from bot.text import fold
from bot.topics import Topic, topics

FIRST = [
    ("Ai ký kế hoạch?", Topic.SIGNER),
    ("Người ký là ai?", Topic.SIGNER),
    ("Kế hoạch số mấy?", Topic.NUMBER),
    ("Ban hành ngày nào?", Topic.ISSUED),
    ("Tên kế hoạch là gì?", Topic.TITLE),
    ("Thi đua trồng tre: số quyết định là gì?", Topic.NUMBER),
    ("Nơi nhận gồm những ai?", Topic.RECIPIENTS),
    ("Văn bản gửi cho những nơi nào?", Topic.RECIPIENTS),
    ("Căn cứ vào văn bản nào?", Topic.BASIS),
    ("Nghị quyết 57 ban hành ngày nào?", Topic.BASIS),
    ("Bỏ quyết định cũ nào?", Topic.BASIS),
    ("Quy định này thay cái văn bản nào?", Topic.BASIS),
    ("Quy chế đã áp dụng chưa?", Topic.EFFECT),
    ("Bao giờ thì áp dụng?", Topic.EFFECT),
    ("Đã theo mức mới chưa?", Topic.EFFECT),
    ("Chia mấy giai đoạn?", Topic.PHASE),
    ("Sơ kết năm nào?", Topic.PHASE),
    ("Có những hình thức khen thưởng nào?", Topic.AWARD),
    ("Tặng bằng khen gì?", Topic.AWARD),
    ("Hạn nộp báo cáo ngày nào?", Topic.DEADLINE),
    ("Báo cáo gửi về đâu?", Topic.ADDRESSEE),
    ("Sắp tới có hạn nào?", Topic.UPCOMING),
    ("“Các đơn vị” được hiểu là ai?", Topic.TERM),
    ("Thuật ngữ này nghĩa là gì?", Topic.TERM),
    ("Hội Nông dân có nhiệm vụ gì?", Topic.DUTY),
    ("Chấm theo tiêu chí nào?", Topic.CRITERIA),
    ("Có những giải pháp nào?", Topic.OUTLINE),
]


@pytest.mark.parametrize(("question", "topic"), FIRST, ids=[q for q, _ in FIRST])
def test_the_topic_heard_first(question: str, topic: Topic) -> None:
    assert topics(question)[0] is topic


@pytest.mark.parametrize("question", [q for q, _ in FIRST])
def test_accents_and_case_do_not_change_the_topics(question: str) -> None:
    assert topics(fold(question)) == topics(question) == topics(question.upper())


@pytest.mark.parametrize("question", ["Cụm từ các đơn vị gồm những ai?", "Khái niệm làng sạch chỉ nơi nào?"])
def test_a_defined_term_is_heard_without_quotation_marks(question: str) -> None:
    assert Topic.TERM in topics(question)


@pytest.mark.parametrize(
    ("said", "not_heard"),
    [
        ("Chữ ký số dùng thế nào?", Topic.SIGNER),
        ("Ai ký cam kết?", Topic.SIGNER),
        ("Hội đồng thi đua khen thưởng họp ở đâu?", Topic.AWARD),
        ("Báo cáo ngày ban hành", Topic.ISSUED),
        ("Người nuôi ong đăng ký ở đâu?", Topic.SIGNER),
        ("Đăng ký ngày nào?", Topic.ISSUED),
        ("Nhiệm kỳ khóa tới bắt đầu năm nào?", Topic.ISSUED),
        ("Ai dùng chữ ký số?", Topic.SIGNER),
        ("Nộp hồ sơ khen thưởng cho phòng nào?", Topic.RECIPIENTS),
        ("Hoàn thành đúng hạn", Topic.DEADLINE),
    ],
)
def test_a_topic_is_not_heard_where_the_words_mean_something_else(said: str, not_heard: Topic) -> None:
    assert not_heard not in topics(said)


@pytest.mark.parametrize("said", ["", "?", "Trời mưa", "Bóng đá tối nay", "xin chào"])
def test_small_talk_has_no_topic(said: str) -> None:
    assert topics(said) == ()
