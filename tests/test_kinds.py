"""Whether a text holds a value of the kind that a question wants."""

from __future__ import annotations

import pytest

from bot.kinds import holds
from bot.wants import Want


@pytest.mark.parametrize(
    "text",
    [
        "Khánh thành đình làng sau 12 tháng kể từ khi khởi công.",
        "Vớt bèo trong vòng 10 ngày.",
        "Thu hồi thuyền nan theo năm canh tác.",
        "Quét vôi đình làng ngay sau khi hết mưa.",
        "Ra quân vớt bèo ngày 12/4.",
        "Thực hiện Tờ trình số 6/TTr-UBND ngày 02/3/2025, các xóm vớt bèo trước ngày 12/4.",
    ],
)
def test_a_time_answers_when(text: str) -> None:
    assert holds(text, Want.DATE)


@pytest.mark.parametrize(
    "text",
    [
        "Các xóm vớt bèo theo Tờ trình số 6/TTr-UBND ngày 02 tháng 3 năm 2025.",
        "Các xóm vớt bèo theo Nghị quyết số 9/2025/NQ-HĐND.",
        "Các xóm vớt bèo.",
    ],
)
def test_the_day_of_a_document_and_the_year_in_its_number_do_not(text: str) -> None:
    assert not holds(text, Want.DATE)
