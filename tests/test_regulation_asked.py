"""Questions on a regulation: its effect, its tables, what it denies, its labels; asked of an ingested document."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.wiring import Service, open_service

DOCUMENT = """HỘI ĐỒNG NHÂN DÂN TỈNH NGHỆ AN

Số: 36/2025/NQ-HĐND

Nghệ An, ngày 18 tháng 11 năm 2025

NGHỊ QUYẾT

Quy định chính sách học phí trên địa bàn tỉnh Nghệ An năm học 2025 - 2026

Điều 1. Mức học phí

Đơn vị tính: 1.000 đồng/học sinh/tháng

| Địa bàn | Mầm non | Tiểu học | Trung học cơ sở |
| --- | --- | --- | --- |
| Đô thị | 190 | 185 | 110 |
| Nông thôn | 140 | 135 | 95 |
| Miền núi | 105 | 100 | 80 |

Điều 2. Nguyên tắc hỗ trợ

1. Mỗi học sinh chỉ được hỗ trợ một lần trong năm học; không áp dụng hỗ trợ cho học sinh đã thôi học.

2. Hồ sơ được trả kết quả trong 07 ngày làm việc kể từ ngày nhận đủ giấy tờ.

3. Mỗi điểm trường có 02 giáo viên tiếp nhận hồ sơ.

Điều 3. Tổ chức thực hiện

* Sở Tư pháp:

- Thẩm định hồ sơ đề nghị miễn giảm học phí.

* Công an tỉnh:

- Xác minh nơi cư trú của người học.

Điều 4. Hiệu lực thi hành

Nghị quyết này có hiệu lực kể từ ngày 28 tháng 11 năm 2025.

TM. HỘI ĐỒNG NHÂN DÂN

CHỦ TỊCH

Nguyễn Văn An
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("regulation")
    (folder / "plans").mkdir()
    Path(folder, "plans", "nghe-an-2025-hoc-phi.md").write_text(DOCUMENT, encoding="utf-8")
    index = folder / "index"
    subprocess.run(
        [sys.executable, "-m", "bot", "ingest", str(folder / "plans"), "--index", str(index)],
        check=True,
        capture_output=True,
    )
    found = open_service(Settings(index=index, state=f"sqlite:///{folder / 'state.sqlite'}"))
    yield found
    found.close()


@pytest.mark.parametrize(
    ("said", "as_of", "told"),
    [
        ("Nghị quyết này có hiệu lực từ ngày nào?", date(2025, 12, 1), "28 tháng 11 năm 2025"),
        ("nghi quyet da co hieu luc chua", date(2025, 11, 20), "Chưa."),
        ("nghị quyết đã có hiệu lực chưa?", date(2025, 12, 1), "Rồi."),
        ("còn mấy ngày nữa nghị quyết có hiệu lực", date(2025, 11, 20), "còn 8 ngày"),
        ("Nghị quyết số mấy, ban hành ngày nào?", date(2025, 12, 1), "36/2025/NQ-HĐND"),
        ("học phí tiểu học ở nông thôn bao nhiêu tiền một tháng", date(2025, 12, 1), "Tiểu học: 135"),
        ("hoc phi mam non mien nui bao nhieu", date(2025, 12, 1), "Mầm non: 105"),
        ("Sở nào thẩm định hồ sơ miễn giảm học phí?", date(2025, 12, 1), "Sở Tư pháp: Thẩm định"),
        ("ai xác minh nơi cư trú của người học", date(2025, 12, 1), "Công an tỉnh: Xác minh"),
        ("Công an tỉnh thẩm định hồ sơ miễn giảm học phí đúng không?", date(2025, 12, 1), "Không. Sở Tư pháp"),
        ("mỗi học sinh được hỗ trợ mấy lần trong năm học", date(2025, 12, 1), "chỉ được hỗ trợ một lần"),
        ("hồ sơ mấy ngày thì trả kết quả", date(2025, 12, 1), "07 ngày làm việc"),
        ("hồ sơ trả kết quả trong 15 ngày làm việc phải không?", date(2025, 12, 1), "Không."),
    ],
)
def test_what_the_document_says(service: Service, said: str, as_of: date, told: str) -> None:
    answer = service.ask(said, issuer="nghe-an", as_of=as_of)
    assert told in answer.text


@pytest.mark.parametrize(
    "said",
    [
        "Cả tỉnh có bao nhiêu giáo viên tiếp nhận hồ sơ học phí?",  # two at each school is no total
        "năm học 2023 - 2024 học phí mầm non ở đô thị là bao nhiêu?",  # another year's
    ],
)
def test_what_it_does_not_say_is_not_answered(service: Service, said: str) -> None:
    assert service.ask(said, issuer="nghe-an", as_of=date(2025, 12, 1)).status == "not_stated"


def test_a_row_of_a_table_is_proved_with_its_head_and_its_unit(service: Service) -> None:
    answer = service.ask("học phí tiểu học ở đô thị bao nhiêu tiền", issuer="nghe-an", as_of=date(2025, 12, 1))
    quotes = " / ".join(citation.quote for citation in answer.citations)
    assert "Đô thị | 190 | 185" in quotes
    assert "Địa bàn | Mầm non" in quotes
    assert "1.000 đồng" in quotes


def test_a_follow_up_puts_its_own_words_in_place_of_the_others(service: Service) -> None:
    service.ask("học phí tiểu học ở đô thị bao nhiêu tiền", issuer="nghe-an", conversation_id="c-follow-up")
    assert "140" in service.ask("còn mầm non nông thôn?", issuer="nghe-an", conversation_id="c-follow-up").text
