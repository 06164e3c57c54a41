"""Deadlines: one grammar, many wordings. Each row is a clause and what it must be read as."""

from __future__ import annotations

from datetime import date

import pytest
from made_plans import plan, source

from bot.dates import find_times, last_safe_day, next_due
from bot.domain import Deadline, Rule, WrittenDate
from ingest.facts.due import duties_of

YEARLY, ONCE, MONTHLY, QUARTERLY, WEEKLY = Rule.YEARLY, Rule.ONCE, Rule.MONTHLY, Rule.QUARTERLY, Rule.WEEKLY


def deadlines(clause: str) -> list[Deadline]:
    return [d for d in plan(source(report=clause)).facts.deadlines if d.section == "II.1"]


def read(clause: str) -> list[tuple[Rule, tuple[int | None, int | None, int | None], bool]]:
    return [(d.rule, (d.when.day, d.when.month, d.when.year), d.inclusive) for d in deadlines(clause)]


@pytest.mark.parametrize(
    ("clause", "rule", "day", "inclusive"),
    [
        # The day itself is too late.
        ("Các đơn vị báo cáo về UBND xã trước ngày 10/12 hằng năm.", YEARLY, (10, 12, None), False),
        ("Các đơn vị báo cáo về UBND xã trước 31/12 hàng năm.", YEARLY, (31, 12, None), False),
        ("Định kỳ hằng năm, các đơn vị báo cáo về UBND xã trước ngày 15/12.", YEARLY, (15, 12, None), False),
        ("Hàng năm trước ngày 05 tháng 11, các đơn vị gửi báo cáo về UBND xã.", YEARLY, (5, 11, None), False),
        ("Thời hạn gửi báo cáo: trước ngày 20/11 hằng năm.", YEARLY, (20, 11, None), False),
        ("Các đơn vị gửi kế hoạch về UBND xã trước ngày 20/8/2025.", ONCE, (20, 8, 2025), False),
        ("Phòng Kinh tế hoàn thành việc lập danh sách xong trước 15/01/2026.", ONCE, (15, 1, 2026), False),
        ("Các thôn gửi báo cáo trước ngày 05 tháng 9 năm 2025 về UBND xã.", ONCE, (5, 9, 2025), False),
        # The day itself is still in time.
        ("Các đơn vị gửi báo cáo về UBND xã chậm nhất ngày 05/11 hằng năm.", YEARLY, (5, 11, None), True),
        ("Gửi báo cáo về UBND xã chậm nhất đến ngày 05 tháng 11 hàng năm.", YEARLY, (5, 11, None), True),
        ("Gửi báo cáo về UBND xã muộn nhất là ngày 05/11 hằng năm.", YEARLY, (5, 11, None), True),
        ("Các đơn vị gửi báo cáo đến hết ngày 30/9/2025.", ONCE, (30, 9, 2025), True),
        ("Tổ chức lễ phát động vào ngày 26/3/2026.", ONCE, (26, 3, 2026), True),
        ("Ngày 15/12 hằng năm, các đơn vị gửi báo cáo về UBND xã.", YEARLY, (15, 12, None), True),
        ("Các đơn vị báo cáo về UBND xã không muộn hơn ngày 30/9.", ONCE, (30, 9, None), True),
        ("Hạn cuối nộp hồ sơ là ngày 30/11/2025.", ONCE, (30, 11, 2025), True),
        # A month or a quarter is in time to its last day.
        ("Phòng Văn hóa - Xã hội hoàn thành kế hoạch trong tháng 9 năm 2025.", ONCE, (None, 9, 2025), True),
        ("Hoàn thành việc kiện toàn tổ chức trong Quý III/2025.", ONCE, (None, 9, 2025), True),
        ("Hoàn thành việc kiện toàn tổ chức trong quý 4 năm 2025.", ONCE, (None, 12, 2025), True),
        # Again and again.
        ("Các thôn báo cáo về UBND xã trước ngày 25 hằng tháng.", MONTHLY, (25, None, None), False),
        ("Ngày 25 hàng tháng, các thôn gửi báo cáo về UBND xã.", MONTHLY, (25, None, None), True),
        ("Các thôn báo cáo về UBND xã trước ngày 15 tháng cuối quý.", QUARTERLY, (15, None, None), False),
        ("Báo cáo quý gửi về UBND xã trước ngày 20 của tháng cuối quý.", QUARTERLY, (20, None, None), False),
        ("Các thôn gửi báo cáo hằng quý trước ngày 25 về UBND xã.", QUARTERLY, (25, None, None), False),
        ("Các thôn gửi báo cáo về UBND xã trước ngày cuối cùng của quý.", QUARTERLY, (31, None, None), False),
        ("Các thôn gửi báo cáo về UBND xã vào ngày cuối cùng của mỗi tháng.", MONTHLY, (31, None, None), True),
        ("Các thôn gửi báo cáo về UBND xã trước 16 giờ ngày 05/9/2026.", ONCE, (5, 9, 2026), True),
        ("Các thôn báo cáo về UBND xã vào thứ sáu hằng tuần.", WEEKLY, (None, None, None), True),
        ("Các thôn báo cáo về UBND xã trước 16 giờ thứ Sáu hàng tuần.", WEEKLY, (None, None, None), True),
        # A duty without a day.
        ("Hằng tuần, các thôn báo cáo tình hình về UBND xã.", WEEKLY, (None, None, None), False),
        ("Định kỳ hằng năm, các đơn vị báo cáo kết quả về UBND xã theo quy định.", YEARLY, (None, None, None), False),
        ("Hằng tháng, các thôn báo cáo tình hình về UBND xã.", MONTHLY, (None, None, None), False),
    ],
)
def test_wordings(clause: str, rule: Rule, day: tuple[int | None, int | None, int | None], inclusive: bool) -> None:
    assert read(clause) == [(rule, day, inclusive)]


def test_two_reports_in_one_clause() -> None:
    clause = "Báo cáo 6 tháng gửi trước ngày 10/6, báo cáo năm gửi trước ngày 10/12 về Phòng Kinh tế."
    assert read(clause) == [(YEARLY, (10, 6, None), False), (YEARLY, (10, 12, None), False)]
    assert [d.duty.split(" gửi")[0] for d in deadlines(clause)] == ["Báo cáo 6 tháng", "báo cáo năm"]


def test_two_days_of_half_years_in_one_clause() -> None:
    clause = "Định kỳ 6 tháng (trước ngày 15/6) và hằng năm (trước ngày 15/12), các đơn vị báo cáo kết quả về UBND xã."
    assert [row[1] for row in read(clause)] == [(15, 6, None), (15, 12, None)]
    assert [d.duty for d in deadlines(clause)] == ["báo cáo 6 tháng", "báo cáo năm"]


@pytest.mark.parametrize(
    ("clause", "duties"),
    [
        (
            "Các đơn vị báo cáo về UBND xã trước ngày 15/6 (đối với báo cáo 6 tháng) và trước ngày 15/12 "
            "(đối với báo cáo năm).",
            ["báo cáo 6 tháng", "báo cáo năm"],
        ),
        (
            "Các đơn vị báo cáo kết quả về UBND xã: 6 tháng đầu năm trước ngày 10/6, cả năm trước ngày 10/12.",
            ["báo cáo 6 tháng đầu năm", "báo cáo cả năm"],
        ),
        (
            "Các thôn gửi báo cáo kết quả về UBND xã chậm nhất ngày 20/6 và 20/12 hằng năm.",
            ["gửi báo cáo kết quả", "gửi báo cáo kết quả"],
        ),
        ("Hạn cuối nộp hồ sơ là ngày 30/11/2025.", ["nộp hồ sơ"]),
    ],
)
def test_each_day_says_what_falls_due(clause: str, duties: list[str]) -> None:
    assert [d.duty for d in deadlines(clause)] == duties


@pytest.mark.parametrize(
    ("clause", "inclusive"),
    [
        ("Các đơn vị báo cáo UBND xã trước ngày 15/3, 15/6, 15/9 và 15/12 hằng năm.", False),
        ("Các đơn vị báo cáo UBND xã chậm nhất ngày 20/6 và 20/12.", True),
    ],
)
def test_each_day_of_a_list_has_the_bound_of_the_first(clause: str, inclusive: bool) -> None:
    assert {d.inclusive for d in deadlines(clause)} == {inclusive}


def test_every_day_of_a_list_is_read() -> None:
    clause = "Các đơn vị báo cáo UBND xã trước ngày 15/3, 15/6, 15/9 và 15/12 hằng năm."
    assert [(d.when.day, d.when.month, d.rule) for d in deadlines(clause)] == [(15, m, YEARLY) for m in (3, 6, 9, 12)]


def test_a_once_and_a_yearly_day_in_one_clause() -> None:
    clause = "Gửi kế hoạch trước ngày 20/8/2025 và báo cáo trước ngày 05/11 hằng năm về Phòng Văn hóa - Xã hội."
    assert [(row[0], row[1]) for row in read(clause)] == [(ONCE, (20, 8, 2025)), (YEARLY, (5, 11, None))]


@pytest.mark.parametrize(
    "clause",
    [
        "Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị, các đơn vị triển khai thực hiện.",
        "Các đơn vị triển khai theo Luật Thi đua, khen thưởng ngày 15/6/2022.",
        "Phong trào được triển khai thực hiện từ năm 2025 đến năm 2030.",
        "Kế hoạch có hiệu lực từ ngày 01/9/2025.",
        "Các đơn vị phấn đấu đạt 95% hồ sơ trực tuyến.",
    ],
)
def test_dates_that_limit_nothing_are_no_deadlines(clause: str) -> None:
    assert deadlines(clause) == []


def test_who_owes_what_to_whom_and_through_whom() -> None:
    clause = "Các cơ quan, đơn vị gửi báo cáo về UBND xã (qua Phòng Văn hóa - Xã hội) trước ngày 10/12 hằng năm."
    found = deadlines(clause)[0]
    assert (found.actor, found.recipient, found.via) == ("Các cơ quan, đơn vị", "UBND xã", "Phòng Văn hóa - Xã hội")
    assert found.duty == "gửi báo cáo"


def test_the_sentence_before_says_what_the_limit_is_for() -> None:
    clause = "Các thôn báo cáo kết quả về Phòng Kinh tế. Thời gian gửi báo cáo chậm nhất ngày 05/11 hằng năm."
    found = plan(source(report=clause))
    timed = [d for d in found.facts.deadlines if d.when.day == 5]
    assert [(d.actor, d.recipient) for d in timed] == [("Các thôn", "Phòng Kinh tế")]
    assert found.quote(timed[0].span) == clause


def test_the_heading_says_who_where_the_clause_does_not() -> None:
    text = source(report="Các thôn\n\n- Báo cáo kết quả về UBND xã trước ngày 10/12 hằng năm.")
    assert [d.actor for d in plan(text).facts.deadlines] == ["Các thôn"]


def test_the_span_is_the_sentence_that_proves_it() -> None:
    clause = "Các đơn vị tổ chức tốt. Các đơn vị báo cáo về UBND xã trước ngày 10/12 hằng năm. Việc khác làm sau."
    found = plan(source(report=clause))
    spans = [found.quote(d.span) for d in found.facts.deadlines]
    assert spans == ["Các đơn vị báo cáo về UBND xã trước ngày 10/12 hằng năm."]


def test_who_submits_is_the_body_alone() -> None:
    clause = "Phòng Kinh tế trình Chủ tịch UBND xã phê duyệt danh sách trước ngày 20/8/2025."
    assert [d.actor for d in deadlines(clause)] == ["Phòng Kinh tế"]


# ---- lines and rows that name the time apart


def test_a_line_of_time_belongs_to_the_task_above_it() -> None:
    text = source(
        report="Phòng Kinh tế rà soát, lập danh sách hộ tham gia.\n\n- Đơn vị phối hợp: Các thôn.\n\n"
        "- Thời gian: trước ngày 15/11/2025."
    )
    found = plan(text)
    timed = [d for d in found.facts.deadlines if d.when.day == 15]
    assert [(d.actor, d.duty, d.section) for d in timed] == [
        ("Phòng Kinh tế", "rà soát, lập danh sách hộ tham gia", "II.1")
    ]
    assert found.quote(timed[0].span) == "Thời gian: trước ngày 15/11/2025."


def test_a_line_of_time_takes_the_body_of_the_line_beside_it() -> None:
    text = source(
        report="Tổ chức Ngày hội học tập\n\n- Đơn vị chủ trì: Phòng Văn hóa - Xã hội.\n\n"
        "- Thời gian hoàn thành: Quý IV/2025."
    )
    timed = [d for d in plan(text).facts.deadlines if d.when.month == 12 and d.when.year == 2025]
    assert [(d.actor, d.duty) for d in timed] == [("Phòng Văn hóa - Xã hội", "Tổ chức Ngày hội học tập")]


TABLE = """Các nhiệm vụ cụ thể như sau:

| STT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian hoàn thành |
|---|---|---|---|---|
| 1 | Xây dựng phần mềm quản lý | Phòng Văn hóa - Xã hội | Các thôn | Trước ngày 15/9/2025 |
| 2 | Báo cáo kết quả | Phòng Kinh tế | Các thôn | 15/6 và 15/12 hằng năm |
| 3 | Tuyên truyền | Các thôn | Mặt trận Tổ quốc xã | Thường xuyên |"""


def test_rows_of_a_table_say_who_does_what_by_when() -> None:
    found = plan(source(report=TABLE))
    told = [(d.actor, d.duty, d.rule, d.when.day, d.when.month, d.inclusive) for d in found.facts.deadlines]
    assert told == [
        ("Phòng Văn hóa - Xã hội", "Xây dựng phần mềm quản lý", ONCE, 15, 9, False),
        ("Phòng Kinh tế", "Báo cáo kết quả", YEARLY, 15, 6, True),
        ("Phòng Kinh tế", "Báo cáo kết quả", YEARLY, 15, 12, True),
    ]
    assert found.quote(found.facts.deadlines[0].span).startswith("1 | Xây dựng phần mềm quản lý | ")
    assert [(d.body, d.task) for d in found.facts.duties if " | " in found.quote(d.span)] == [
        ("Phòng Văn hóa - Xã hội", "Xây dựng phần mềm quản lý"),
        ("Phòng Kinh tế", "Báo cáo kết quả"),
        ("Các thôn", "Tuyên truyền"),
    ]


def test_a_table_whose_head_names_no_time_and_no_body_says_nothing() -> None:
    table = "Biểu số liệu:\n\n| STT | Thôn | Số hộ |\n|---|---|---|\n| 1 | Báo cáo trước ngày 15/9/2025 | 120 |"
    facts = plan(source(report=table)).facts
    assert facts.deadlines == ()
    assert not [d for d in facts.duties if "120" in d.task]


# ---- computing with them


def due(rule: Rule, day: int | None, month: int | None, year: int | None = None, inclusive: bool = False) -> Deadline:
    found = plan(source()).facts.deadlines[0]
    return Deadline("II.1", found.span, "", "", "", "", rule, WrittenDate("", day, month, year), inclusive)


@pytest.mark.parametrize(
    ("deadline", "today", "wanted"),
    [
        (due(YEARLY, 15, 12), date(2026, 12, 1), date(2026, 12, 15)),
        (due(YEARLY, 15, 12), date(2026, 12, 14), date(2026, 12, 15)),
        (due(YEARLY, 15, 12), date(2026, 12, 15), date(2027, 12, 15)),
        (due(YEARLY, 15, 12, inclusive=True), date(2026, 12, 15), date(2026, 12, 15)),
        (due(ONCE, 20, 8, 2025), date(2025, 8, 1), date(2025, 8, 20)),
        (due(ONCE, 20, 8, 2025), date(2025, 8, 20), None),
        (due(ONCE, 20, 8), date(2025, 8, 1), None),
        (due(ONCE, None, 9, 2025, inclusive=True), date(2025, 9, 30), date(2025, 9, 30)),
        (due(MONTHLY, 25, None), date(2026, 1, 24), date(2026, 1, 25)),
        (due(MONTHLY, 25, None), date(2026, 12, 25), date(2027, 1, 25)),
        (due(MONTHLY, 31, None, inclusive=True), date(2026, 2, 1), date(2026, 2, 28)),
        (due(Rule.UNDATED, None, None), date(2026, 1, 1), None),
    ],
)
def test_the_next_day_is_computed(deadline: Deadline, today: date, wanted: date | None) -> None:
    assert next_due(deadline, today) == wanted


def test_before_a_day_leaves_until_the_day_before() -> None:
    day = date(2026, 12, 15)
    assert last_safe_day(due(YEARLY, 15, 12), day) == date(2026, 12, 14)
    assert last_safe_day(due(YEARLY, 15, 12, inclusive=True), day) == day


def test_several_days_of_every_month() -> None:
    assert read("Các thôn báo cáo về UBND xã trước ngày 10, 20 và 30 hằng tháng.") == [
        (MONTHLY, (day, None, None), False) for day in (10, 20, 30)
    ]
    assert [d[1][0] for d in read("Các thôn báo cáo về UBND xã vào ngày 15 và ngày 30 hằng tháng.")] == [15, 30]


def test_a_stretch_of_months_is_one_time() -> None:
    (found,) = deadlines("Đợt 1: từ tháng 1 đến tháng 6 năm 2026, các thôn tổ chức ra quân.")
    assert (found.when.written, found.when.month) == ("từ tháng 1 đến tháng 6 năm 2026", 6)
    assert next_due(found, date(2026, 3, 1)) == date(2026, 6, 30)


def test_a_weekday_comes_every_week_and_the_last_day_with_the_month() -> None:
    (friday,) = deadlines("Các thôn báo cáo về UBND xã trước 16 giờ thứ sáu hằng tuần.")
    assert next_due(friday, date(2026, 11, 20)) == date(2026, 11, 20)
    assert next_due(friday, date(2026, 11, 21)) == date(2026, 11, 27)
    (before,) = deadlines("Các thôn gửi báo cáo về UBND xã trước thứ hai hằng tuần.")
    assert next_due(before, date(2026, 11, 23)) == date(2026, 11, 30)
    (last,) = deadlines("Các thôn gửi báo cáo về UBND xã vào ngày cuối cùng của quý.")
    assert next_due(last, date(2026, 5, 1)) == date(2026, 6, 30)


@pytest.mark.parametrize(
    "clause",
    [
        "Phòng Kinh tế hoàn thành hồ sơ theo mục 2.3.",  # a number of a section
        "Trường hợp cá nhân có thu nhập thì báo cáo ……… trước ngày 15/6.",  # a line of a form
    ],
)
def test_what_is_no_deadline(clause: str) -> None:
    assert deadlines(clause) == []


@pytest.mark.parametrize(
    ("clause", "recipient", "duty"),
    [
        ("Các thôn trình UBND xã báo cáo UBND tỉnh trước ngày 15/6.", "UBND xã", ""),
        ("Sở Nội vụ báo cáo về hoạt động và kết quả trước ngày 15/6.", "", ""),
        ("Phòng Kinh tế cài đặt, sử dụng phần mềm, xong trước ngày 15/6.", "", "phần mềm"),
        ("Ban Tuyên giáo báo cáo kết quả về UBND xã trước ngày 15/6.", "UBND xã", "báo cáo kết quả"),
    ],
)
def test_words_that_look_alike_without_accents_are_told_apart(clause: str, recipient: str, duty: str) -> None:
    (found,) = deadlines(clause)
    assert found.recipient == recipient
    assert not duty or found.duty.endswith(duty)


def test_a_period_that_stands_alone_goes_on_with_the_report_before_it() -> None:
    clause = "Các thôn báo cáo kết quả về Phòng Kinh tế: 6 tháng chậm nhất ngày 12/6; năm chậm nhất ngày 10/12."
    found = deadlines(clause)
    assert [(d.when.day, d.recipient) for d in found] == [(12, "Phòng Kinh tế"), (10, "Phòng Kinh tế")]
    assert found[1].duty == "báo cáo năm"


def test_what_stands_under_the_label_of_a_body_is_owed_by_it() -> None:
    clause = (
        "Nhiệm vụ cụ thể:\n\n* Công an xã:\n\n- Gửi báo cáo về UBND xã trước ngày 10/12 hằng năm.\n\n* Trạm Y tế:\n\n"
    )
    clause += "- Gửi báo cáo về UBND xã trước ngày 15/12 hằng năm."
    assert [(d.actor, d.when.day) for d in deadlines(clause)] == [("Công an xã", 10), ("Trạm Y tế", 15)]


def test_what_follows_a_limit_says_what_it_is_for() -> None:
    text = "Hồ sơ gửi trước ngày 05/12 đối với khen thưởng hằng năm, trước ngày 20/4 đối với khen thưởng sơ kết"
    first, second = duties_of(text, find_times(text), leans=False)
    assert first.endswith("đối với khen thưởng hằng năm")
    assert second.endswith("đối với khen thưởng sơ kết")


def test_a_round_in_brackets_belongs_to_the_day_before_it() -> None:
    text = "Gửi danh sách trước ngày 20/5 (đợt 1), trước ngày 20/9 (đợt 2)"
    assert [duty[-7:] for duty in duties_of(text, find_times(text), leans=False)] == ["(đợt 1)", "(đợt 2)"]
