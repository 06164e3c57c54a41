"""Yes or no to a number that the question takes for granted, by the number beside the same words."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answerers.premise import judged
from bot.frequency import rarity
from bot.question import understand

SHARES = "Tỷ lệ tiêm tối thiểu: trâu, bò 90%; dê 80%; lợn 85%; chó, mèo 75%."
MONEY = (
    "Tổng kinh phí 1.286 triệu đồng, gồm: ngân sách tỉnh 480 triệu đồng (tu sửa cống) và ngân sách xã 640 triệu đồng."
)
PAY = "Mức bồi dưỡng: 150.000 đồng/người/ca ngày, 200.000 đồng/người/ca đêm."
DAYS = "Gửi báo cáo trước ngày 05/3/2026 (đợt 1) và trước ngày 01/9/2026 (đợt 2)."


@pytest.mark.parametrize(
    ("said", "text", "verdict"),
    [
        ("lợn tiêm 85% đúng không?", SHARES, "Đúng. "),
        ("tỷ lệ tiêm cho dê là 85% đúng không?", SHARES, "Không. "),
        ("chó mèo 90% phải không?", SHARES, "Không. "),
        ("ngân sách tỉnh hỗ trợ 480 triệu đúng không?", MONEY, "Đúng. "),
        ("ngân sách tỉnh hỗ trợ 640 triệu đúng không?", MONEY, "Không. "),
        ("bồi dưỡng ca đêm 200.000 đồng phải không?", PAY, "Đúng. "),
        ("bồi dưỡng ca đêm 150.000 đồng phải không?", PAY, "Không. "),
        ("đợt 2 trước ngày 01/9/2026 đúng không?", DAYS, "Đúng. "),
        ("đợt 2 trước ngày 05/3/2026 đúng không?", DAYS, "Không. "),
        ("có 4 đợt phải không?", "Tổ chức 03 đợt ra quân.", "Không. "),
        ("bán tối thiểu 12 giờ đúng không?", "bảo đảm tối thiểu mười hai (12) giờ liên tục", "Đúng. "),
        (
            "rút từ 10 ngày xuống còn 7 ngày phải không?",
            "Giảm từ 10 ngày làm việc xuống còn 09 ngày làm việc",
            "Không. ",
        ),
        ("rút từ 10 ngày xuống còn 9 ngày phải không?", "Giảm từ 10 ngày xuống còn 09 ngày", "Đúng. "),
        ("hộ xin 12 ha có được không?", "Hạn mức giao khoán không quá 10 ha/hộ", "Không. "),
        ("hộ xin 8 ha có được không?", "Hạn mức giao khoán không quá 10 ha/hộ", ""),
        # Where the words of the question stand beside several numbers, or beside none, nothing is said.
        ("mức 90% đúng không?", SHARES, ""),
        ("trong 07 ngày làm việc đúng không?", "Trả lời trong 07 ngày kể từ ngày nhận.", ""),
        ("trước 16 giờ thứ Sáu đúng không?", "trước 16 giờ thứ Năm hằng tuần", ""),
        ("ngày 12/4 phải không?", "Các xóm vớt bèo hằng tháng.", ""),
        ("từ ngày 12/4 đến ngày 15/4 phải không?", "Các xóm vớt bèo trong tháng 4.", ""),
    ],
)
def test_a_claim_is_judged_by_the_number_beside_its_words(said: str, text: str, verdict: str) -> None:
    assert judged(understand(said, (), date(2026, 11, 20), rarity), text) == verdict
