"""What asks nothing of a document."""

from __future__ import annotations

from datetime import date

import pytest

from bot.acts import foreign
from bot.domain import Issuer
from bot.frequency import rarity
from bot.question import understand
from bot.text import accented, fold

HERE = (Issuer("kim-lien", "Kim Liên", "xã", "Nghệ An"), Issuer("yen-na", "Yên Na", "xã", "Nghệ An"))
STORMS = "khi mưa to, bão đổ bộ thì sơ tán các hộ ven sông; khách sạn phải có thang thoát hiểm; giá trị hỗ trợ"


def is_foreign(text: str, documents: str = STORMS) -> bool:
    question = understand(text, HERE, date(2026, 11, 20), rarity)
    held = f" {documents} ".replace(",", " ").replace(";", " ")

    def holds(phrase: str) -> bool:
        return f" {phrase} " in (held if accented(phrase) else fold(held))

    return foreign(question, bool(question.issuers), holds)


@pytest.mark.parametrize(
    "text",
    [
        "làm giúp mình bài thơ về mưa",
        "viet ho toi doan code",
        "Kể chuyện cười nghe chơi đi",
        "dịch giúp câu này sang tiếng Anh",
        "Mai Kim Liên có mưa không?",
        "mai kim lien co mua to ko",
        "thời tiết Yên Na ngày mai",
        "bạn có người yêu chưa",
        "giá vàng hôm nay bao nhiêu",
        "Xã Kim Liên có quán ăn nào ngon không?",
        "ra yên na chơi nên đi đâu",
        "thủ tục đổi bằng lái xe cần giấy tờ gì",
    ],
)
def test_no_document_is_asked(text: str) -> None:
    assert is_foreign(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mưa to thì hộ ven sông Kim Liên phải làm gì?",
        "hom nay mua to thi so tan ho nao",
        "khách sạn ở Kim Liên phải có thang gì",
        "quán ăn ở Kim Liên bị kiểm tra khi nào",
        "truong ban la ai",
        "kể tên các hộ phải sơ tán",
        "hôm nay còn bao nhiêu ngày tới hạn báo cáo",
        "ai viết báo cáo cho xã Yên Na",
        "ngôn ngữ nào được dùng",
        "ngon ngu nao duoc dung",
    ],
)
def test_a_question_of_a_document_is_left_alone(text: str) -> None:
    assert not is_foreign(text)


def test_what_the_documents_speak_of_is_theirs_even_in_everyday_words() -> None:
    fair = "quán ăn trong chợ phải sạch, thức ăn ngon, giá niêm yết"
    assert not is_foreign("quán ăn trong chợ Kim Liên phải thế nào", fair)
    assert is_foreign("quán ăn nào ngon ở Kim Liên", STORMS)
