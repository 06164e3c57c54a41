"""Source → paragraphs: what is joined, what is left out, and the map that leads every character back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import TextMap
from ingest.clean import Paragraph, paragraphs

LONG = (
    "Tăng cường sự lãnh đạo, chỉ đạo của cấp ủy, chính quyền, nâng cao trách nhiệm của người đứng đầu các cơ quan, "
    "đơn vị trong lãnh đạo, chỉ đạo và tổ chức thực hiện Phong trào thi đua trên địa bàn xã theo tầm"
)


def texts(source: str) -> list[str]:
    return [p.text for p in paragraphs(source)]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        pytest.param(f"{LONG}\n\nquan trọng.", [f"{LONG} quan trọng."], id="goes on in lower case after a page end"),
        pytest.param(f"{LONG}\n\n7\n\nquan trọng.", [f"{LONG} quan trọng."], id="with the page number between"),
        pytest.param(f"{LONG}\n\f- 7 -\nquan trọng.", [f"{LONG} quan trọng."], id="with a form feed and - 7 -"),
        pytest.param(f"{LONG}\n\nTrang 7/12\n\nquan trọng.", [f"{LONG} quan trọng."], id="with Trang 7/12"),
        pytest.param(f"{LONG}\n\nỦy ban nhân dân xã.", [f"{LONG} Ủy ban nhân dân xã."], id="long and without an end"),
        pytest.param(f"{LONG}.\n\nỦy ban.", [f"{LONG}.", "Ủy ban."], id="a full stop ends it"),
        pytest.param(f"{LONG}\n\n- Các thôn;", [LONG, "- Các thôn;"], id="a bullet opens an item"),
        pytest.param(f"{LONG}\n\nb) Các thôn;", [LONG, "b) Các thôn;"], id="a letter opens an item"),
        pytest.param("Mục đích\n\nNâng cao nhận thức.", ["Mục đích", "Nâng cao nhận thức."], id="a short line stands"),
        pytest.param(
            "Kế hoạch số 356/KH-\n\nUBND ngày 14/02/2025.", ["Kế hoạch số 356/KH-UBND ngày 14/02/2025."], id="number"
        ),
        pytest.param("đầu tư công...\n\nđể tháo gỡ.", ["đầu tư công... để tháo gỡ."], id="trails off and goes on"),
        pytest.param("KẾ HOẠCH\nTriển khai Phong trào", ["KẾ HOẠCH", "Triển khai Phong trào"], id="capitals stand"),
    ],
)
def test_joins_what_a_page_end_broke_and_nothing_else(source: str, wanted: list[str]) -> None:
    assert texts(source) == wanted


WRAPPED = """1. Tăng cường sự lãnh đạo của cấp ủy, tổ chức đảng, chỉ đạo,
điều hành của các cấp chính quyền, nâng cao trách nhiệm của
Ủy ban nhân dân xã.
2. Đẩy mạnh công tác truyền thông, nâng cao nhận thức, trách
nhiệm của các ngành; phấn đấu hoàn thành các chỉ tiêu trong năm
2025 và các năm tiếp theo.
Kinh phí do ngân sách bảo đảm."""


def test_lines_broken_at_the_width_of_the_page_are_joined() -> None:
    assert [t.split(".")[0] for t in texts(WRAPPED)] == ["1", "2", "Kinh phí do ngân sách bảo đảm"]
    assert texts(WRAPPED)[0].endswith("nâng cao trách nhiệm của Ủy ban nhân dân xã.")


def test_lines_that_are_paragraphs_stay_apart() -> None:
    source = "Thành phần\nChủ tịch UBND xã\nPhòng Kinh tế\nCông an xã\nCác ông Trưởng thôn"
    assert texts(source) == source.split("\n")


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        pytest.param("**trước ngày 15/12** hằng năm", "trước ngày 15/12 hằng năm", id="bold"),
        pytest.param("(*sau đây viết tắt là Phong trào*)", "(sau đây viết tắt là Phong trào)", id="italic in brackets"),
        pytest.param("Số liệu (*) tính đến 30/6", "Số liệu (*) tính đến 30/6", id="a footnote's star"),
        pytest.param("diện tích 20*30 m", "diện tích 20*30 m", id="a product"),
        pytest.param("* Đối với các thôn", "* Đối với các thôn", id="a star as bullet"),
        pytest.param(r"1\. Mục đích \(b/c\)", "1. Mục đích (b/c)", id="escapes"),
        pytest.param(r"giá \* chưa gồm thuế", "giá * chưa gồm thuế", id="an escaped star"),
        pytest.param("Sở Nội vụ;<br>Sở Tài chính;<br/>UBND", "Sở Nội vụ; Sở Tài chính; UBND", id="line break tags"),
        pytest.param("> Trích dẫn", "Trích dẫn", id="quote"),
        pytest.param("Số:\u00a0 12/KH-UBND\t ", "Số: 12/KH-UBND", id="white space"),
        pytest.param("Ke\u0302\u0301 hoa\u0323ch", "Kế hoạch", id="decomposed letters"),
    ],
)
def test_markup_goes_and_words_stay(source: str, wanted: str) -> None:
    assert texts(source) == [wanted]


def test_markdown_headings_keep_their_rank() -> None:
    found = paragraphs("## **I. MỤC ĐÍCH**\n### 1. Yêu cầu\nNội dung")
    assert [(p.text, p.heading) for p in found] == [("I. MỤC ĐÍCH", 2), ("1. Yêu cầu", 3), ("Nội dung", 0)]


def test_rows_of_a_table_are_paragraphs_and_its_rules_are_nothing() -> None:
    found = paragraphs("| TT | Nội dung |\n|----|:---:|\n| 1 | Tập huấn |\n\n| 2 | Tuyên truyền |")
    assert [(p.text, p.cells) for p in found] == [
        ("TT | Nội dung", True),
        ("1 | Tập huấn", True),
        ("2 | Tuyên truyền", True),
    ]


@pytest.mark.parametrize("source", ["", "\n\n", "***", "# ", "|--|", "7", "\f", "<br>"])
def test_nothing_gives_no_paragraph(source: str) -> None:
    assert [t for t in texts(source) if not t.strip()] == []


def check_map(source: str, paragraph: Paragraph) -> None:
    at = 0
    for edit in paragraph.map.edits:
        assert edit.text_start == at < edit.text_end
        at = edit.text_end
        if edit.same:
            piece = paragraph.text[edit.text_start : edit.text_end]
            assert piece == source[edit.source_start : edit.source_end]
    assert at == len(paragraph.text)
    assert [e.source_start for e in paragraph.map.edits] == sorted(e.source_start for e in paragraph.map.edits)


SPACES = ["\n", "\n\n", "\r\n", "\f", "\t", " ", "\x85", "\u2028", "\u00a0", "\u200b"]
MARKUP = ["*", "**", "# ", "## ", "- ", "+ ", "| ", " |", "|--|", "\\", "<br>", "(", ")", ".", ";", ",", "..."]
MARKERS = ["I. ", "1. ", "1.1. ", "a) ", "đ) ", "Điều 2. ", "12", "Trang 3", "KH-", "356/KH-", "UBND"]
WORDS = ["Kế hoạch", "triển khai", "HẰNG NĂM", "đ", "Đ", "\u0301", "e\u0302\u0301", "😀", LONG]
PIECES = st.sampled_from([*SPACES, *MARKUP, *MARKERS, *WORDS])
SOURCES = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=80))


@settings(max_examples=300, deadline=None)
@given(SOURCES)
def test_every_character_leads_back_to_the_source(source: str) -> None:
    for paragraph in paragraphs(source):
        assert paragraph.text == paragraph.text.strip() != ""
        assert "\n" not in paragraph.text
        check_map(source, paragraph)


@settings(max_examples=200, deadline=None)
@given(SOURCES, st.data())
def test_a_span_leads_to_a_run_that_holds_what_it_was_made_from(source: str, data: st.DataObject) -> None:
    for paragraph in paragraphs(source):
        start = data.draw(st.integers(0, len(paragraph.text) - 1))
        end = data.draw(st.integers(start + 1, len(paragraph.text)))
        lo, hi = paragraph.map.to_source(start, end)
        assert 0 <= lo < hi <= len(source)
        for edit in paragraph.map.edits:
            a, b = max(edit.text_start, start), min(edit.text_end, end)
            if a < b and edit.same:
                shift = edit.source_start - edit.text_start
                assert lo <= a + shift
                assert b + shift <= hi
            elif a < b:
                assert lo <= edit.source_start
                assert edit.source_end <= hi


@settings(max_examples=200, deadline=None)
@given(SOURCES)
def test_letters_are_neither_lost_nor_made(source: str) -> None:
    """What stands in the text are letters of the source in their order, and only those that no edit covers are gone."""
    covered = bytearray(len(source))
    for paragraph in paragraphs(source):
        for edit in paragraph.map.edits:
            covered[edit.source_start : edit.source_end] = b"\1" * (edit.source_end - edit.source_start)
    left = "".join(c for c, held in zip(source, covered, strict=True) if not held)
    assert "UBND" not in left
    assert "hoạch" not in left


def test_an_empty_span_leads_nowhere() -> None:
    assert TextMap(()).to_source(0, 5) == (0, 0)
    assert paragraphs("Kế hoạch")[0].map.to_source(3, 3) == (0, 0)


def test_a_name_with_a_dash_that_the_page_broke_stays_one_paragraph() -> None:
    once = "Hội đồng Thi đua - Khen thưởng tỉnh họp."
    assert texts(f"{once}\n\n3. Chủ tịch Hội đồng Thi đua\n- Khen thưởng tỉnh quyết định.")[1:] == [
        "3. Chủ tịch Hội đồng Thi đua - Khen thưởng tỉnh quyết định."
    ]
    assert texts(f"{once}\n\nHội đồng Thi đua:\n- Khen thưởng tỉnh;")[1:] == [
        "Hội đồng Thi đua:",
        "- Khen thưởng tỉnh;",
    ]
    assert texts("Nhiệm vụ của các phòng\n- Phòng Kinh tế lập kế hoạch") == [
        "Nhiệm vụ của các phòng",
        "- Phòng Kinh tế lập kế hoạch",
    ]


def test_a_heading_that_ends_in_a_word_before_numbers_keeps_its_first_item_below() -> None:
    assert texts("Điều 6. Xếp loại hằng năm\n\n1. Hoàn thành tốt") == ["Điều 6. Xếp loại hằng năm", "1. Hoàn thành tốt"]
    assert texts("theo quy định tại Điều\n\n5 của Luật này.") == ["theo quy định tại Điều 5 của Luật này."]


def test_a_marker_on_a_line_of_its_own_opens_the_paragraph_of_the_next_line() -> None:
    assert texts("1.\nHộp thư của cơ quan\n\na)\nHộp thư do cơ quan quản lý.") == [
        "1. Hộp thư của cơ quan",
        "a) Hộp thư do cơ quan quản lý.",
    ]
