from __future__ import annotations

import pytest

from ingest.readers.headings import with_numbers
from ingest.readers.layout import Line, Page, Word


def page(*lines: str, confidence: float = 0.9) -> Page:
    made = [Line(tuple(Word(w, 0, 0, 1, 1) for w in line.split()), 1) for line in lines]
    return Page(tuple(made), (), confidence)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        (["I. MỤC ĐÍCH", "II. NỘI DUNG"], ["I.", "II."]),
        (["IL MỤC ĐÍCH", "II NỘI DUNG", "IIIL TIÊU CHÍ"], ["I.", "II.", "III."]),
        (["I. A B", "II. C D", "II. ĐỐI TƯỢNG"], ["I.", "II.", "III."]),
        (["I. PHẦN", "II. HAI", "III. BA", "I. PHẦN", "II. HAI"], ["I.", "II.", "III.", "I.", "II."]),
        (["I. A B", "IV. C D"], ["I.", "IV."]),
        (["I. MỤC ĐÍCH", "V/v TRIỂN KHAI"], ["I.", "V/v"]),
        (["I. Mục đích", "l. Yêu cầu"], ["I.", "l."]),
    ],
)
def test_number_of_a_heading_is_what_the_order_wants(read: list[str], meant: list[str]) -> None:
    [found] = with_numbers([page(*read)])
    assert [line.words[0].text for line in found.lines] == meant


def test_pages_with_a_text_layer_stay_as_they_are() -> None:
    before = page("I. A B", "II. C D", "II. E G", confidence=1)
    assert [*with_numbers([before])] == [before]
