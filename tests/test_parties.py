"""Who owes a deadline, and to whom, as the question says it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answerers.parties import fit, parties
from bot.domain import Deadline, Rule, Span, WrittenDate
from bot.frequency import rarity
from bot.question import understand

TO_PROVINCE = ("Phòng Văn hóa - Xã hội", "Ủy ban nhân dân tỉnh")
TO_COMMUNE = ("Các cơ quan, đơn vị, các xóm", "Ủy ban nhân dân xã")
TO_OFFICE = ("Trường tiểu học", "Phòng Kinh tế")


def deadline(actor: str, recipient: str) -> Deadline:
    where = Span("an-phu-2025", 0, 10)
    return Deadline("V.2", where, actor, "báo cáo năm", recipient, "", Rule.YEARLY, WrittenDate("15/12", 15, 12))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Hạn gửi báo cáo lên tỉnh là ngày nào?", TO_PROVINCE),
        ("bao cao len so truoc ngay nao", TO_PROVINCE),
        ("Phòng Văn hóa - Xã hội báo cáo năm trước ngày nào?", TO_PROVINCE),
        ("Xóm tôi nộp báo cáo năm trước hôm nào?", TO_COMMUNE),
        ("các đơn vị gửi báo cáo về ủy ban xã khi nào", TO_COMMUNE),
        ("nộp phòng kinh tế hạn cuối ngày mấy", TO_OFFICE),
    ],
)
def test_the_deadline_of_the_parties_named_fits_best(said: str, meant: tuple[str, str]) -> None:
    known = [deadline(*pair) for pair in (TO_PROVINCE, TO_COMMUNE, TO_OFFICE)]
    asked = parties(understand(said, (), date(2026, 11, 20), rarity), known)
    best = max(known, key=lambda d: sum(fit(asked, d)))
    assert (best.actor, best.recipient) == meant


def test_where_no_party_is_named_all_fit_alike() -> None:
    known = [deadline(*pair) for pair in (TO_PROVINCE, TO_COMMUNE, TO_OFFICE)]
    asked = parties(understand("Hạn báo cáo năm là ngày nào?", (), date(2026, 11, 20), rarity), known)
    assert {fit(asked, d) for d in known} == {(0.0, 0.0)}


def test_the_situation_reported_on_is_no_province() -> None:
    asked = parties(understand("gửi báo cáo tình hình thực hiện khi nào", (), date(2026, 11, 20), rarity), [])
    assert asked.to == ""
