"""A sentence of a model held against the sources it names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.llm.check import Fault, check
from bot.llm.figures import figures
from bot.llm.nouns import Sentence, Source
from bot.llm.numerals import digits
from bot.llm.orders import orders
from eval.drafts import DRAFTS, measure

DUE = Source(
    1,
    "Định kỳ hằng năm, báo cáo kết quả về Ủy ban nhân dân xã (qua Phòng Văn hóa - Xã hội) trước ngày 15/12.",
    issuer="xã An Phú",
)
MONEY = Source(2, "Hộ nghèo được hỗ trợ 30 triệu đồng; hộ cận nghèo được hỗ trợ 15 triệu đồng.", issuer="xã An Phú")
BASIS = Source(
    3,
    "Thực hiện Quyết định số 12/QĐ-TTg ngày 14/5/2025 của Thủ tướng Chính phủ; Kế hoạch số 34/KH-UBND ngày 22/7/2025 "
    "của UBND tỉnh Nghệ An.",
    issuer="xã An Phú",
)
BAN = Source(4, "Không hỗ trợ hộ đã nhận tiền; khuyến khích hộ kinh doanh lắp camera.", issuer="xã An Phú")
OTHER = Source(5, "Các xóm báo cáo chậm nhất ngày 05/11 hằng năm.", issuer="xã Bình Sơn")
SOURCES = {s.number: s for s in (DUE, MONEY, BASIS, BAN, OTHER)}
ISSUERS = ("xã An Phú", "xã Bình Sơn")


def fault(text: str, *rests_on: int) -> Fault | None:
    return check(Sentence(text, rests_on or (1,)), SOURCES, ISSUERS)


@pytest.mark.parametrize(
    ("text", "rests_on"),
    [
        ("Báo cáo hằng năm gửi trước ngày 15/12.", (1,)),
        ("Báo cáo hằng năm gửi trước ngày 15 tháng 12.", (1,)),
        ("Báo cáo hằng năm gửi trước ngày mười lăm tháng mười hai.", (1,)),
        ("Báo cáo gửi về UBND xã qua Phòng Văn hóa - Xã hội.", (1,)),
        ("Xã An Phú nhận báo cáo trước ngày 15/12 hằng năm.", (1,)),
        ("Hộ cận nghèo được hỗ trợ mười lăm triệu đồng.", (2,)),
        ("Hộ nghèo được hỗ trợ 30.000.000 đồng.", (2,)),
        ("Kế hoạch thực hiện Quyết định số 12/QĐ-TTg ngày 14 tháng 5 năm 2025 của Thủ tướng Chính phủ.", (3,)),
        ("Hộ đã nhận tiền thì không được hỗ trợ.", (4,)),
    ],
)
def test_what_the_sources_say_in_other_words_passes(text: str, rests_on: tuple[int, ...]) -> None:
    assert fault(text, *rests_on) is None


@pytest.mark.parametrize(
    ("text", "rests_on", "expected"),
    [
        ("Báo cáo hằng năm gửi trước ngày 15/11.", (1,), Fault.DATE),
        ("Báo cáo hằng năm gửi trước ngày mười lăm tháng mười một.", (1,), Fault.DATE),
        ("Báo cáo hằng năm gửi sau ngày 15/12.", (1,), Fault.DATE),
        ("Báo cáo hằng quý gửi trước ngày 15/12.", (1,), Fault.DATE),
        ("Báo cáo gửi trước ngày 15/12/2026.", (1,), Fault.DATE),
        ("Hộ nghèo được hỗ trợ năm mươi triệu đồng.", (2,), Fault.NUMBER),
        ("Hộ cận nghèo được hỗ trợ 30 triệu đồng.", (2,), Fault.NUMBER),
        ("Hộ nghèo được hỗ trợ tối đa 30 triệu đồng.", (2,), Fault.NUMBER),
        ("Kế hoạch thực hiện Quyết định số 21/QĐ-TTg.", (3,), Fault.DOCUMENT),
        ("Kế hoạch thực hiện Quyết định số 12/QĐ-TTg ngày 22/7/2025.", (3,), Fault.DOCUMENT),
        ("Báo cáo gửi về Phòng Kinh tế.", (1,), Fault.NAME),
        ("Báo cáo gửi cho ông Phạm Quốc Bảo.", (1,), Fault.NAME),
        ("Xã Bình Sơn nhận báo cáo trước ngày 15/12 hằng năm.", (1,), Fault.ISSUER),
        ("Báo cáo gửi trước ngày 15/12, như ở xã bình sơn.", (1,), Fault.ISSUER),
        ("Báo cáo gửi trước ngày 15/12 và chậm nhất ngày 05/11.", (1, 5), Fault.ISSUER),
        ("Kế hoạch số 34/KH-UBND ngày 22/7/2025 của Thủ tướng Chính phủ là căn cứ.", (3,), Fault.DOCUMENT),
        ("Hộ đã nhận tiền vẫn được hỗ trợ.", (4,), Fault.NEGATION),
        ("Không phải không hỗ trợ hộ đã nhận tiền.", (4,), Fault.NEGATION),
        ("Không phải báo cáo kết quả về Ủy ban nhân dân xã.", (1,), Fault.NEGATION),
        ("Hộ kinh doanh bắt buộc lắp camera.", (4,), Fault.POLARITY),
        ("Báo cáo hằng năm gửi trước ngày 15/12.", (9,), Fault.CITATION),
        ("Báo cáo hằng năm gửi trước ngày 15/12.", (), Fault.CITATION),
        ("Xem https://example.com để gửi báo cáo.", (1,), Fault.FORM),
        ("Báo cáo gửi trước ngày 15/12 [1].", (1,), Fault.FORM),
        ("Reports are due before 15/12 every year.", (1,), Fault.FORM),
        ("Bao cao gui truoc ngay 15/12 hang nam.", (1,), Fault.FORM),
        ("Có.", (1,), Fault.POLARITY),
        ("Đúng, trước ngày 15/12.", (1,), Fault.POLARITY),
        ("Là như này.", (1,), Fault.SUPPORT),
        ("Chậm báo cáo sẽ bị trừ điểm thi đua và cắt danh hiệu.", (1,), Fault.SUPPORT),
    ],
)
def test_what_they_do_not_say_is_named(text: str, rests_on: tuple[int, ...], expected: Fault) -> None:
    assert check(Sentence(text, rests_on), SOURCES, ISSUERS) is expected


def test_a_year_is_not_lent_from_the_clause_beside() -> None:
    source = Source(
        1, "Hạn năm 2026 đã qua; kỳ tới là 15/12/2027 (ngày cuối còn kịp là 14/12/2027).", issuer="xã An Phú"
    )
    assert check(Sentence(source.text, (1,)), {1: source}) is None
    assert check(Sentence("Hạn năm 2027 đã qua; kỳ tới là 15/12/2027.", (1,)), {1: source}) is Fault.DATE


def test_headings_support_words_but_no_figures() -> None:
    source = Source(1, "Trước ngày 15/12.", around="Báo cáo kết quả Phong trào thi đua năm 2030")
    assert check(Sentence("Báo cáo kết quả Phong trào thi đua trước ngày 15/12.", (1,)), {1: source}) is None
    assert check(Sentence("Kết quả báo cáo trước ngày 15/12, đến năm 2030.", (1,)), {1: source}) is Fault.DATE


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("mười lăm tháng mười một", "15 tháng 11"),
        ("ngày mùng năm tháng năm", "ngày mùng 5 tháng 5"),
        ("một trăm hai mươi triệu đồng", "120000000 đồng"),
        ("hai nghìn không trăm hai mươi sáu", "2026"),
        ("tám mươi phần trăm", "80 %"),
        ("hai giai đoạn", "2 giai đoạn"),
        # Words that are numbers only sometimes.
        ("không gian mạng trong một năm", "không gian mạng trong một năm"),
        ("hằng năm, cả hai xã, thứ Hai", "hằng năm, cả hai xã, thứ Hai"),
        ("ngày tháng năm 2025", "ngày tháng năm 2025"),
        ("cơ chế một cửa", "cơ chế một cửa"),
    ],
)
def test_numbers_in_words_are_read(written: str, read: str) -> None:
    assert digits(written) == read


def test_figures_of_hostile_text_are_read_without_error() -> None:
    for text in ("1.2.3.4/5//6", "99/99/9999", "ngày 0 tháng 0", "%" * 50, "1" * 400, "IVXIVX 1-2-3", "₂² ٣"):
        figures(text)


@pytest.mark.parametrize(
    "text",
    [
        "Phòng Văn hóa - Xã hội tổng hợp, báo cáo Ủy ban nhân dân xã.",
        "Ứng dụng trí tuệ nhân tạo (AI) phải bảo đảm an toàn.",
        "Chủ rừng phải báo cho Hạt Kiểm lâm trước khi đốt.",
        "Khi có khó khăn, các đơn vị phản ánh về UBND xã.",
        "Phòng Nội vụ trả lời kiến nghị của cử tri.",
    ],
)
def test_what_plans_say_is_no_order_to_a_model(text: str) -> None:
    assert not orders(text)


PARTS = (
    "Trưởng thôn lập danh sách, UBND xã xét duyệt, Phòng Kinh tế chi tiền; hộ đã nhận tiền không được xét lại. Người "
    "dân nộp đơn hoặc gọi điện; Phòng Kinh tế trả lời người dân trước 17 giờ. Chợ mở hằng tuần, trừ tuần có lễ."
)


@pytest.mark.parametrize(
    "text",
    [
        "Trưởng thôn lập danh sách.",
        "Danh sách do trưởng thôn lập.",
        "Phòng Kinh tế là nơi chi tiền.",
        "Người dân được Phòng Kinh tế trả lời trước 17 giờ.",
        "Hộ đã nhận tiền thì không được xét lại.",
    ],
)
def test_who_does_what_may_be_said_otherwise(text: str) -> None:
    assert check(Sentence(text, (1,)), {1: Source(1, PARTS, issuer="xã An Phú")}) is None


@pytest.mark.parametrize(
    "text",
    [
        "Trưởng thôn xét duyệt.",
        "Phòng Kinh tế lập danh sách.",
        "UBND xã chi tiền.",
        "Người dân trả lời Phòng Kinh tế trước 17 giờ.",
        "Người dân nộp đơn và gọi điện.",
        "Hộ đã nhận tiền được xét lại.",
        "Mọi người dân nộp đơn.",
        "Chợ mở tuần có lễ.",
        "Chợ đã mở hằng tuần.",
        "Phòng Kinh tế chi tiền trước khi UBND xã xét duyệt.",
    ],
)
def test_each_keeps_its_own_part(text: str) -> None:
    assert check(Sentence(text, (1,)), {1: Source(1, PARTS, issuer="xã An Phú")}) is not None


@pytest.mark.parametrize(
    ("path", "precision", "recall"),
    [*zip(DRAFTS, (0.85, 0.85, 0.73, 0.88, 0.86, 0.89), (0.99, 0.99, 0.99, 0.96, 0.95, 0.83), strict=True)],
)
def test_the_drafts_are_judged_as_well_as_measured(path: Path, precision: float, recall: float) -> None:
    """eval/README.md tells what the check made of them at first sight."""
    found = measure(path)
    assert found.precision >= precision
    assert found.recall >= recall


def test_quotes_of_the_drafts_stand_in_the_plans(five_plans_index: Path) -> None:
    from made_plans import snapshot

    plans = snapshot(five_plans_index)
    lines = DRAFTS[0].read_text(encoding="utf-8").splitlines()
    assert len(lines) == 60
    quoted = [s for line in lines for s in json.loads(line)["sources"] if s["plan"]]
    assert len(quoted) > 40
    assert all(s["text"] in plans.plan(s["plan"]).text for s in quoted)
