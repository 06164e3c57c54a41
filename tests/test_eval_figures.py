"""Figures of an answer that no quote holds."""

from __future__ import annotations

from datetime import date

import pytest
from eval_fakes import DAY, RIGHT, answer, citation

from bot.domain import Answer, DueDate, Rule, Status
from eval.figures import unsupported

DUE = DueDate("", "", "", Rule.YEARLY, "15/12", date(2026, 12, 15), date(2026, 12, 14), 24, False, 1)
LAW = "Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024; 02/KH-UBND; từ năm 2025 - 2030, đạt trên 95 % và 1.200 hộ."


@pytest.mark.parametrize(
    ("text", "quote", "figures"),
    [
        ("Trước ngày 15/12. [1]", RIGHT, ()),
        ("Trước ngày 15 tháng 12. [1]", RIGHT, ()),
        ("Trước ngày 16/12. [1]", RIGHT, ("16/12",)),
        ("Trước ngày 15/12/2027. [1]", RIGHT, ("15/12/2027",)),
        ("Nghị quyết 57-NQ/TW ngày 22/12/2024. [1]", LAW, ()),
        ("Nghị quyết 52-NQ/TW. [1]", LAW, ("52-nq/tw",)),
        ("Kế hoạch số 2/KH-UBND; tháng 12 năm 2024; 22/12. [1]", LAW, ()),
        ("Giai đoạn 2025-2030: 95%, 1.200 hộ. [1]", LAW, ()),
        ("Đạt 90% trong năm 2031. [1]", LAW, ("90%", "2031")),
        ("Đạt 2025%. [1]", LAW, ("2025%",)),
        ("1. Một\n2) Hai\n[1]", RIGHT, ()),
        ("Có 2 hình thức:\n- Một\n- Hai [1]", RIGHT, ()),
        ("Có 3 hình thức:\n- Một\n- Hai [1]", RIGHT, ("3",)),
        ("Theo mục VI.1, trước ngày 15/12. [1]", RIGHT, ()),
        ("Theo mục VI.2, trước ngày 15/12. [1]", RIGHT, ("2",)),
    ],
)
def test_a_figure_needs_a_quote(text: str, quote: str, figures: tuple[str, ...]) -> None:
    assert unsupported(answer(text, citation(quote=quote)), ()) == figures


def test_what_was_computed_needs_no_quote() -> None:
    text = "Hôm nay 20/11/2026, còn 24 ngày: chậm nhất ngày 14 tháng 12 năm 2026. [1]"
    assert unsupported(answer(text, deadlines=(DUE,)), ()) == ()
    assert unsupported(answer(text), ()) == ("24", "14/12/2026")


def test_only_a_count_of_days_is_worked_out_from_a_day_that_is_due_or_quoted() -> None:
    event = citation(quote="ngày 14/12/2026")
    assert unsupported(answer("Còn 3 hộ, còn 24 ngày. [1]", event), ()) == ("3",)
    assert unsupported(answer("Có 24 hộ, còn 25 ngày. [1]", event), ()) == ("24", "25")


def test_a_figure_of_the_question_may_be_denied_but_not_affirmed() -> None:
    asked = ["Hạn là 05/11 à?"]
    assert unsupported(answer("Không phải 05/11. Hạn là 15/12. [1]"), asked) == ()
    assert unsupported(answer("Đúng, hạn là 05/11. [1]"), asked) == ("5/11",)
    assert unsupported(answer("Không phải 06/11. [1]"), asked) == ("6/11",)


def test_a_question_back_may_count_the_collection() -> None:
    assert unsupported(Answer(Status.NEEDS_ISSUER, "Có 5 xã. Xã nào?", DAY), ()) == ()


def test_days_left_may_lead_to_a_day_written_in_words() -> None:
    told = answer("Tính từ nay, còn 24 ngày. [1]", citation(quote="có hiệu lực kể từ ngày 14 tháng 12 năm 2026"))
    assert unsupported(told, ()) == ()
