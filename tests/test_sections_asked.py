"""A section named by its number."""

from __future__ import annotations

import pytest

from bot.answerers.sections import asked_path
from bot.text import fold
from bot.topics import Topic, topics


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ("Điều 5 nói gì", "Điều 5"),
        ("dieu 05 quy dinh gi", "Điều 5"),
        ("khoản 2 Điều 8 quy định gì", "Điều 8.2"),
        ("điểm a khoản 1 Điều 9 ghi gì", "Điều 9.1.a"),
        ("mục V.2 nói gì", "V.2"),
        ("mục 2 phần V ghi gì", "V.2"),
        ("chương II quy định gì", "Chương II"),
        ("kế hoạch nói gì về đào tạo", ""),
    ],
)
def test_the_path_that_officials_say(said: str, path: str) -> None:
    assert asked_path(fold(said)) == path


@pytest.mark.parametrize("said", ["Điều 13 của quy chế quy định gì?", "muc v.2 noi gi", "Nội dung Điều 4 là gì"])
def test_asking_for_a_section_is_heard(said: str) -> None:
    assert Topic.SECTION in topics(said)


@pytest.mark.parametrize("said", ["Điều kiện được khen là gì?", "báo cáo trước ngày 5 tháng 11 nói gì"])
def test_other_questions_ask_for_no_section(said: str) -> None:
    assert Topic.SECTION not in topics(said)
