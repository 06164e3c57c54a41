"""Questions to one invented plan, answered without a model: by its facts, else by the sentence that says it."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from made_plans import plan, source

from bot.answerers import find
from bot.domain import Plan
from bot.findings import Finding
from bot.frequency import rarity
from bot.question import understand

WORKS = """Tổ vớt bèo do Phó Chủ tịch Ủy ban nhân dân xã làm Tổ trưởng, các xóm cử người tham gia.

3. Không vận động Nhân dân đóng góp để mua cây giống.

4. Đất ven sông trồng rau sạch: 35 ha.

5. Tặng giấy khen cho 12 tập thể và 25 cá nhân hát chèo giỏi.

6. Mặt trận xã phát 300 nón lá cho học sinh lớp một.

7. Hộ nuôi ong đăng ký vị trí đặt thùng với Phòng Kinh tế trước ngày 10/4.

8. Phòng Văn hóa - Xã hội hướng dẫn từng xóm dùng chữ ký số."""

REFERENCES = """Các xóm tuần tra bờ đê theo Nghị quyết số 08/NQ-HĐND ngày 02/9/2024 của Hội đồng nhân dân tỉnh.

3. Phát động trồng cây theo Nghị quyết số 15/NQ-HĐND ngày 03/3/2024 của Hội đồng nhân dân tỉnh.

4. Bãi bỏ Quyết định số 41/QĐ-UBND ngày 03/02/2020 của Ủy ban nhân dân xã về thu gom rác.

5. Giữ gìn sân đình theo Kết luận số 33-KL/ĐU ngày 02/4/2024 của Đảng ủy xã."""

PHASES = """Việc dời chợ nổi chia thành 02 giai đoạn:

- Giai đoạn 1: từ tháng 3 năm 2026 đến tháng 9 năm 2027.

- Giai đoạn 2: từ tháng 10 năm 2027 đến tháng 12 năm 2029.

3. Giai đoạn sau, đến năm 2045, chợ nổi trở thành điểm du lịch của vùng."""

LIMIT = """Hằng quý, các xóm nộp báo cáo quỹ hát chèo về Phòng Kinh tế.

3. Thời gian: quỹ hát chèo được chốt sổ trước ngày 20/5."""

FORCE = """Quy chế này có hiệu lực kể từ ngày 15 tháng 4 năm 2026.

3. Mức chi mới cho đội chèo thuyền thay mức cũ."""


@cache
def planned(report: str) -> Plan:
    return plan(source(name="An Phú", report=report))


def ask(report: str, said: str, today: date = date(2026, 11, 20)) -> Finding:
    return find(understand(said, (), today, rarity), planned(report), ())


def told(found: Finding) -> str:
    return " / ".join(claim.text for claim in found.claims)


@pytest.mark.parametrize(
    ("report", "said", "part"),
    [
        (WORKS, "Tổ trưởng tổ vớt bèo là ai?", "do Phó Chủ tịch"),
        (WORKS, "ai làm tổ trưởng tổ vớt bèo", "do Phó Chủ tịch"),
        (WORKS, "Dân phải đóng góp bao nhiêu tiền mua cây giống?", "Không vận động"),
        (WORKS, "Bao nhiêu đất ven sông trồng rau sạch?", "35 ha"),
        (WORKS, "Bao nhiêu cá nhân hát chèo giỏi?", "25 cá nhân"),
        (WORKS, "Khi nào hộ nuôi ong đăng ký vị trí đặt thùng?", "Trước ngày 10/4"),
        (WORKS, "Ai hướng dẫn từng xóm dùng chữ ký số?", "Phòng Văn hóa - Xã hội"),
        (REFERENCES, "Bỏ quyết định cũ nào?", "Quyết định số 41/QĐ-UBND"),
        (REFERENCES, "Căn cứ văn bản nào của Đảng ủy?", "Kết luận số 33-KL/ĐU"),
        (PHASES, "Giai đoạn đến năm 2045 của chợ nổi ra sao?", "trở thành điểm du lịch"),
        (LIMIT, "Hạn chốt sổ quỹ hát chèo là ngày nào?", "trước ngày 20/5"),
    ],
)
def test_what_the_plan_says(report: str, said: str, part: str) -> None:
    found = ask(report, said)
    assert found.stated
    assert part in told(found)


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (PHASES, "Giai đoạn đến năm 2050 của chợ nổi ra sao?"),  # a year that the plan does not name
        (LIMIT, "Hạn nộp báo cáo quỹ hát chèo là ngày nào?"),  # a duty without a day, and no limit of it elsewhere
    ],
)
def test_what_the_plan_does_not_say(report: str, said: str) -> None:
    assert not ask(report, said).stated


def test_phases_are_told_in_months_where_the_plan_gives_months() -> None:
    first, second = "từ tháng 3 năm 2026 đến tháng 9 năm 2027.", "từ tháng 10 năm 2027 đến tháng 12 năm 2029."
    every = told(ask(PHASES, "Chợ nổi chia mấy giai đoạn?"))
    assert every.endswith(f"Giai đoạn 1: {first} / Giai đoạn 2: {second}")
    assert told(ask(PHASES, "Giai đoạn 1 từ tháng mấy đến tháng mấy?")) == f"Giai đoạn 1: {first}"


def test_a_document_is_found_by_the_sentence_that_names_it() -> None:
    assert told(ask(REFERENCES, "Trồng cây là theo nghị quyết nào?")).startswith("Nghị quyết số 15/NQ-HĐND")
    assert "08/NQ-HĐND" not in told(ask(REFERENCES, "Trồng cây là theo nghị quyết nào?"))


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("Quyết định 41 còn áp dụng không?", "Không."),
        ("quyet dinh 41 da bi bai bo chua", "Đúng."),
        ("Còn Quyết định 41 đã bị bãi bỏ chưa?", "Đúng."),
    ],
)
def test_a_document_that_was_ended_stands_no_more(said: str, verdict: str) -> None:
    assert told(ask(REFERENCES, said)).startswith(f"{verdict} Bãi bỏ Quyết định số 41/QĐ-UBND")


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("Giai đoạn 1 kết thúc tháng 9/2027 đúng không?", "Đúng."),
        ("Giai đoạn 1 kết thúc tháng 3/2027 đúng không?", "Không."),
        ("giai doan 2 bat dau tu thang 12/2027 dung ko", "Không."),
        ("Giai đoạn 1 kết thúc tháng 9 phải không?", "Đúng."),
    ],
)
def test_a_claimed_month_is_judged_by_the_month(said: str, verdict: str) -> None:
    assert told(ask(PHASES, said)).startswith(verdict)


def test_a_document_that_nothing_ends_is_not_denied() -> None:
    assert "Không." not in told(ask(REFERENCES, "Nghị quyết 15 còn áp dụng không?"))


@pytest.mark.parametrize(("today", "verdict"), [(date(2026, 3, 1), "Chưa. "), (date(2026, 5, 1), "Rồi. ")])
@pytest.mark.parametrize("said", ["Quy chế đã áp dụng chưa?", "Đã theo quy định mới chưa?"])
def test_whether_it_is_in_force_is_told_by_the_clock(said: str, today: date, verdict: str) -> None:
    assert told(ask(FORCE, said, today)).startswith(f"{verdict}Quy chế này có hiệu lực")


def test_from_when_it_is_in_force_is_told_with_its_day() -> None:
    assert "15 tháng 4 năm 2026" in told(ask(FORCE, "Khi nào áp dụng?"))


@pytest.mark.parametrize(
    ("said", "affirmed"),
    [
        ("Phát 300 nón lá cho học sinh lớp một đúng không?", True),
        ("Phát 300 nón lá cho học sinh lớp một vùng cao đúng không?", False),
        ("Phát 300 nón lá cho học sinh lớp một nghèo đúng không?", False),
    ],
)
def test_right_is_said_only_where_nearly_all_words_are_held(said: str, affirmed: bool) -> None:
    assert told(ask(WORKS, said)).startswith("Đúng.") is affirmed
