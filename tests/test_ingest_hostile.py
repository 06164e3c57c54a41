"""Text that no plan holds ends with a result or a clear error; what it costs must not grow faster than the text."""

from __future__ import annotations

import pytest
from made_plans import drafted, plan, sections

from ingest.clean import Paragraph, paragraphs
from ingest.facts.limits import limits
from ingest.mend import mend
from ingest.read import ReadError
from ingest.repair import Restorer, load_restorer

PLAN = "KẾ HOẠCH\n\nTriển khai Phong trào\n\nI. MỤC ĐÍCH\n\n"


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return load_restorer()


def mended(restorer: Restorer, source: str) -> list[Paragraph]:
    return mend(restorer, paragraphs(source))[0]


@pytest.mark.parametrize("repeated", ["trước ngày 01/12 hằng năm, ", "1/", "trước ngày 01/12. "])
def test_a_paragraph_of_dates(repeated: str) -> None:
    made = plan(f"{PLAN}1. Nội dung: {repeated * 1500}")
    assert [s.path for s in made.sections] == ["I", "I.1"]
    assert len(made.facts.deadlines) < 2000


def test_a_time_after_a_long_text_is_read_by_the_words_before_it() -> None:
    before = "các cơ quan, đơn vị " * 500
    assert len(limits(f"{before}trước ngày 01/12")) == 1
    assert limits(f"{before}báo cáo 6 cuối tháng 12") == []


def test_items_inside_items_without_end() -> None:
    found = sections(PLAN + "1. a\n" * 3000)
    assert len(found) == 3001
    assert max(s.level for s in found) < 20
    assert len({s.path for s in found}) == len(found)


def test_closing_words_again_and_again() -> None:
    found = sections(f"{PLAN}1. Nội dung một.\n\n" + "Trên đây là kế hoạch.\n\n" * 1500 + "2. Nội dung hai.")
    assert [s.path for s in found] == ["I", "I.1", "I.2"]


def test_labels_of_time_and_no_task() -> None:
    made = plan(PLAN + "Thời gian: trước ngày 01/12.\n\n" * 500)
    assert len(made.facts.deadlines) == 500


@pytest.mark.parametrize("repeated", ["“", "Luật ", "Quyết định số ", "Các cơ quan, đơn vị, ", "l1", "IVX"])
def test_one_clause_or_one_word_without_end(restorer: Restorer, repeated: str) -> None:
    text = repeated * 3000
    assert "".join(p.text for p in mended(restorer, text)).startswith(text[:1])


def test_a_slip_is_found_at_the_end_of_a_long_clause(restorer: Restorer) -> None:
    clause = "chỉ đạo thực hiện nhiệm vụ " * 400
    assert mended(restorer, f"{clause}chuyên đổi số.")[0].text.endswith("chuyển đổi số.")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("1. Nội dung của mục này.\n\n" * 5001, "quá nhiều đoạn văn"),
        ("Các cơ quan, đơn vị, " * 3000, "đoạn văn quá dài"),
    ],
)
def test_more_than_any_plan_has_is_refused(source: str, told: str) -> None:
    with pytest.raises(ReadError, match=told):
        drafted(source)
