"""A question cut where a new thing is asked."""

from __future__ import annotations

import time

import pytest

from bot.pieces import pieces, spoken


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Nộp cho ai và trước ngày nào?", ["Nộp cho ai", "trước ngày nào"]),
        ("nop cho ai va truoc ngay nao", ["nop cho ai", "truoc ngay nao"]),
        ("Phòng nào chủ trì, phòng nào phối hợp?", ["Phòng nào chủ trì", "phòng nào phối hợp"]),
        ("Đợt 1 từ ngày nào, rồi đợt 2 làm gì?", ["Đợt 1 từ ngày nào", "rồi đợt 2 làm gì"]),
        ("Xóm nào làm trước? Từ bao giờ?", ["Xóm nào làm trước", "Từ bao giờ"]),
        ("Ai thu gom với lại mỗi tuần mấy lần", ["Ai thu gom", "mỗi tuần mấy lần"]),
        ("trả lời trong mấy ngày, nếu im luôn có sao ko", ["trả lời trong mấy ngày", "nếu im luôn có sao ko"]),
        ("Có được thưởng ko; ai thưởng", ["Có được thưởng ko", "ai thưởng"]),
    ],
)
def test_a_new_question_word_makes_a_new_piece(text: str, parts: list[str]) -> None:
    assert list(pieces(text)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Xã báo cáo và gửi về đâu?",
        "Sơ kết, tổng kết khi nào?",
        "xã A và xã B báo cáo khi nào",
        "Cờ thi đua, Bằng khen, Giấy khen dùng cho đợt nào?",
        "Báo cáo nộp khi nào, đúng không ạ?",
        "nop truoc 15/12 phai ko, hay la ngay nao khac",
        "cho em hỏi, nộp báo cáo ngày nào ạ, cảm ơn anh chị",
        "cho em hỏi chút được không, nộp báo cáo ngày nào",
        "Có ai biết chỉ em với, nộp báo cáo cho ai",
        "Rộng 1,5 mét thì có được bán không?",
        "Hạn là ngày nào còn bao nhiêu ngày nữa",
        "Không phải cán bộ gì, có được xét không?",
        "máy tính và AI dùng vào việc gì",
        "mỗi bên bắt đầu năm nào, có giống nhau không",
        "ai nộp trễ, thì sao",
    ],
)
def test_what_is_one_question_stays_one(text: str) -> None:
    assert len(pieces(text)) < 2


@pytest.mark.parametrize("text", ["", " ", "?,;", "và và còn", "cảm ơn", "đúng không?"])
def test_nothing_asked_makes_no_piece(text: str) -> None:
    assert pieces(text) == ()


def test_nothing_of_the_question_is_lost() -> None:
    first, second = pieces("Nhà em ở xóm 3, muốn đăng ký thì nộp ở đâu, hồ sơ hai bộ, trước ngày mấy ạ, em cảm ơn")
    assert first == "Nhà em ở xóm 3, muốn đăng ký thì nộp ở đâu"
    assert second == "hồ sơ hai bộ, trước ngày mấy ạ, em cảm ơn"


def test_there_are_three_pieces_at_most() -> None:
    text = "nộp cho ai, ngày nào, mẫu nào, mấy bản"
    assert pieces(text) == ("nộp cho ai", "ngày nào", "mẫu nào, mấy bản")


@pytest.mark.parametrize("joined", ["còn ai ký", "rồi ai ký", "và ai ký", "ai ký"])
def test_a_piece_is_asked_without_the_word_that_joins_it(joined: str) -> None:
    assert spoken(f"{joined}? ") == "ai ký"


def test_how_long_is_left_keeps_its_word() -> None:
    assert spoken("còn bao nhiêu ngày") == "còn bao nhiêu ngày"


@pytest.mark.parametrize("unit", ["và ", "ai, ", "không ", "thì ai và ", "cho hỏi "])
def test_a_hostile_text_is_cut_at_once(unit: str) -> None:
    began = time.perf_counter()
    pieces(unit * 2000)
    assert time.perf_counter() - began < 2
