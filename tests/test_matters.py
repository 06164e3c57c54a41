"""What a question turns on, and what a unit has to hold to answer it."""

from __future__ import annotations

import pytest

from bot.kinds import holds
from bot.matters import MATTERS, matters
from bot.terms import spaced_exact
from bot.wants import Want


def spoken(name: str, text: str) -> bool:
    (matter,) = (m for m in MATTERS if m.name == name)
    return bool(matter.spoken.search(spaced_exact(text)))


@pytest.mark.parametrize(
    ("name", "text", "speaks"),
    [
        ("kinh phí", "Kinh phí do ngân sách bảo đảm", True),
        ("kinh phí", "biểu dương điển hình tiên tiến", False),
        ("kinh phí", "hoạt động của hội đồng", False),
        ("khen thưởng", "báo cáo kết quả thường xuyên", False),
        ("khen thưởng", "tặng Giấy khen", True),
        ("miễn phí", "nâng cao đánh giá", False),
        ("hồ sơ gồm những gì", "kèm giấy xác nhận của trưởng xóm", True),
        ("hồ sơ gồm những gì", "trình bày bằng hình vẽ", False),
    ],
)
def test_accents_tell_one_matter_from_another(name: str, text: str, speaks: bool) -> None:
    assert spoken(name, text) is speaks


def test_the_councils_name_turns_on_no_reward() -> None:
    assert not matters("Sở Y tế gửi gì cho Hội đồng Thi đua - Khen thưởng tỉnh")


def test_diligent_workers_are_no_money() -> None:
    assert not matters("Tập thể Lao động tiên tiến cần gì")


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Muốn được khen thì phải làm gì?", []),
        ("muon duoc khen thi phai lam gi", []),
        ("Được khen thì được gì?", ["khen thưởng"]),
        ("Nhà xa được giúp đóng tiền thuyền không?", []),
        ("Phải đóng tiền thuyền không?", ["miễn phí"]),
        ("Lấy tiền từ đâu?", ["kinh phí"]),
        ("Hồ sơ lấy tiền công gồm những gì?", ["hồ sơ gồm những gì"]),
    ],
)
def test_what_a_question_turns_on(said: str, names: list[str]) -> None:
    assert [m.name for m in matters(said)] == names


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("thành lập 40 đội", True),
        ("chia thành hai giai đoạn", True),
        ("đạt năm nội dung", True),
        ("báo cáo hằng năm gửi xã", False),
        ("đưa ra vào thời điểm", False),
        ("tối thiểu 500MB mỗi hộp thư", True),
    ],
)
def test_numbers_in_words_are_heard_by_their_accents(text: str, counts: bool) -> None:
    assert holds(text, Want.COUNT) is counts


def test_a_length_of_time_may_be_told_twice() -> None:
    assert holds("trong vòng 02 (hai) ngày làm việc", Want.DURATION)
