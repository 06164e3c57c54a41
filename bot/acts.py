"""What one wants who asks nothing of a document: a poem, the weather of tomorrow, advice, company.

Such a question shares words with documents by chance. It is theirs only if its telling words stand in them, the more
of them the less the act fits what a document can do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .question import Question
from .text import accented, fold, respell

_NEVER = 2.0


@dataclass(frozen=True, slots=True)
class Act:
    """`asked`: pattern of the folded question, `typed`: of one with accents, None where they do not matter.

    `needs`: the share of the question's words that must stand in the documents for it to be about them.
    """

    asked: re.Pattern[str]
    typed: re.Pattern[str] | None
    needs: float


def _act(needs: float, asked: str, typed: str = "") -> Act:
    return Act(re.compile(rf"\b(?:{asked})\b"), re.compile(rf"\b(?:{typed})\b") if typed else None, needs)


_WHEN = r"(?:hom nay|ngay mai|sang mai|chieu mai|toi mai|mai|(?:sang|trua|chieu|toi|dem) nay|bay gio|toi qua|hom qua|tuan (?:nay|sau))"
_DAY = r"(?:hôm nay|ngày mai|sáng mai|chiều mai|tối mai|mai|(?:sáng|trưa|chiều|tối|đêm) nay|bây giờ|tối qua|hôm qua|tuần (?:này|sau))"
_SKY = r"(?:mua|nang|am u|lanh|nong|ret|bao nhieu do)"
_WEATHER = r"(?:mưa|nắng|âm u|lạnh|nóng|rét|bao nhiêu độ)"

ACTS = (
    # To make something that is in no document.
    _act(
        _NEVER,
        r"(?:viet|lam|soan|sang tac|ke|hat|ve|doc)\b.{0,24}\b(?:bai tho|bai van|bai hat|tho tinh|chuyen cuoi|truyen cuoi"
        r"|truyen ngan|cau chuyen|thu tinh|doan code|code|chuong trinh python|buc tranh|cau doi)"
        r"|dich\b.{0,24}\bsang tieng|\b(?:python|javascript|excel)\b.{0,30}\b(?:code|ham|file)",
        r"(?:viết|làm|soạn|sáng tác|kể|hát|vẽ|đọc)\b.{0,24}\b(?:bài thơ|bài văn|bài hát|thơ tình|chuyện cười|truyện cười"
        r"|truyện ngắn|câu chuyện|thư tình|đoạn code|code|chương trình python|bức tranh|câu đối)"
        r"|dịch\b.{0,24}\bsang tiếng|(?:python|javascript|excel)\b.{0,30}\b(?:code|hàm|file)",
    ),
    # What the sky does on a day.
    _act(
        _NEVER,
        rf"{_WHEN}\b.{{0,30}}\b(?:co|troi) (?:\w+ )?{_SKY}\b.{{0,12}}\b(?:khong|ko|k|hong|hok|chua|the nao)"
        rf"|(?:thoi tiet|du bao)\b.{{0,40}}\b{_WHEN}|{_WHEN}\b.{{0,30}}\bthoi tiet (?:the nao|ra sao)",
        rf"{_DAY}\b.{{0,30}}\b(?:có|trời) (?:\w+ )?{_WEATHER}\b.{{0,12}}\b(?:không|ko|k|hông|hok|chưa|thế nào)"
        rf"|(?:thời tiết|dự báo)\b.{{0,40}}\b{_DAY}|{_DAY}\b.{{0,30}}\bthời tiết (?:thế nào|ra sao)",
    ),
    # Company for the one who talks.
    _act(
        _NEVER,
        r"(?:ban|bot|may|em|ad|admin) (?:da |co )?(?:nguoi yeu|ban trai|ban gai|vo con|an com|khoe khong|ten (?:la )?gi"
        r"|bao nhieu tuoi|la ai|la (?:nguoi|robot|may))|(?:minh|toi|em) (?:buon|chan|co don|that tinh) qua",
        r"(?:bạn|bot|mày|em|ad|admin) (?:đã |có )?(?:người yêu|bạn trai|bạn gái|vợ con|ăn cơm|khỏe không|tên (?:là )?gì"
        r"|bao nhiêu tuổi|là ai|là (?:người|robot|máy))|(?:mình|tôi|em) (?:buồn|chán|cô đơn|thất tình) quá",
    ),
    # Prices and scores of the day.
    _act(
        0.6,
        rf"(?:gia|ty gia|ti so|ty so|tran|xo so|ve tau|ve xe|ve may bay)\b.{{0,50}}\b{_WHEN}"
        rf"|{_WHEN}\b.{{0,30}}\b(?:gia|ty gia|ti so|ty so|tran|xo so)",
    ),
    _act(0.85, rf"(?:tran|da banh|bong da)\b.{{0,30}}\b{_WHEN}|{_WHEN}\b.{{0,30}}\b(?:tran|da banh|bong da)"),
    # Advice of one's own taste or health.
    _act(
        0.75,
        r"nen (?:di dau|di choi|di\b|an gi|an\b|mua gi|mua\b|chon|mac gi|uong|choi|o dau)|ngon|quan (?:an|nhau|ca phe|cafe)"
        r"|khach san|nha nghi|homestay|dac san|uong thuoc gi|mon gi",
        r"nên (?:đi đâu|đi chơi|đi\b|ăn gì|ăn\b|mua gì|mua\b|chọn|mặc gì|uống|chơi|ở đâu)|ngon|quán (?:ăn|nhậu|cà phê|cafe)"
        r"|khách sạn|nhà nghỉ|homestay|đặc sản|uống thuốc gì|món gì",
    ),
)
# What a citizen applies for; told of a document only where it is about that.
_ERRAND = _act(
    0.85,
    r"(?:thu tuc|dang ky|xin cap|cap lai|lam lai|doi|lam)\b.{2,60}\b(?:giay to gi|can (?:nhung )?gi|o dau|het bao nhieu|mat bao lau"
    r"|bao lau|mat bao nhieu|ho so gi)",
)


def foreign(question: Question, named: bool, held: Callable[[], float]) -> bool:
    """Whether it asks nothing of a document. `named`: of an issuer; `held`: share of it that stands in documents."""
    needs = max((a.needs for a in (*ACTS, *(() if named else (_ERRAND,))) if _is(a, question.text)), default=0.0)
    return needs >= _NEVER or (needs > 0 and held() < needs)


def _is(act: Act, text: str) -> bool:
    if accented(text) and act.typed:
        return bool(act.typed.search(respell(text.lower())))
    return bool(act.asked.search(fold(text)))
