"""What one wants who asks nothing of a document: a poem, tomorrow's weather, advice, company.

Such a question shares words with documents by chance. It is theirs only if its telling words stand in them: the more
of them, the less the act fits what a document can do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .near import standing
from .question import Question
from .text import accented, fold, respell

_NEVER = 2.0  # more than any share: no document does that


@dataclass(frozen=True, slots=True)
class Act:
    """`typed`: pattern of the question with accents; `folded`: the same without, for one that is typed so.

    `needs`: the share of the question's words that must stand in the documents for it to be about them.
    """

    needs: float
    typed: re.Pattern[str]
    folded: re.Pattern[str]

    def said(self, text: str) -> str:
        """How it is done in the text, "" where it is not."""
        found = self.typed.search(respell(text.lower())) if accented(text) else self.folded.search(fold(text))
        return found.group() if found else ""


def _act(needs: float, typed: str, folded: str = "") -> Act:
    """`folded` where it is not enough to take the accents away: "trưởng ban là ai" asks after nobody's name."""
    return Act(needs, re.compile(rf"\b(?:{typed})\b"), re.compile(rf"\b(?:{folded or fold(typed)})\b"))


_DAY = (
    r"(?:hôm nay|ngày mai|sáng mai|chiều mai|tối mai|mai|(?:sáng|trưa|chiều|tối|đêm) nay|bây giờ|tối qua|hôm qua"
    r"|tuần (?:này|sau))"
)
_SKY = r"(?:mưa|nắng|âm u|lạnh|nóng|rét)(?: (?:to|nhỏ|rào|lớn|nhiều|gắt|lắm))*"
_MAKES = r"(?:viết|làm|soạn|sáng tác|kể|hát|vẽ|đọc)"
_MADE = (
    r"(?:bài thơ|bài văn|bài hát|thơ tình|chuyện cười|truyện cười|truyện ngắn|câu chuyện|thư tình|đoạn code|code|"
    r"chương trình python|bức tranh|câu đối|caption|stt|status)"
)
_HELP = r"(?:giúp|hộ|dùm|giùm|cho|tặng)"
_ASKING = r"^(?:(?:bạn|em|ad|admin|bot|anh|chị|ơi|à|nhờ|hãy|xin|giúp|hộ)[ ,]+)*"
_NO = r"(?:không|ko|k|hông|hok|chưa|thế nào)"
_YOU = r"(?:bạn|bot|em|ad|admin)"
_PERSON = (
    r"(?:đã |có )?(?:người yêu|bạn trai|bạn gái|vợ con|ăn cơm|khỏe không|tên (?:là )?gì|bao nhiêu tuổi|là ai"
    r"|là (?:người|robot|máy))"
)
_STAY = r"(?:quán ăn|quán nhậu|quán cà phê|quán cafe|khách sạn|nhà nghỉ|chỗ chơi|chỗ ăn)"
_LIKED = r"(?:rẻ|đẹp|gần biển|xịn|nổi tiếng)"
ACTS = (
    # To make what is in no document.
    _act(_NEVER, rf"{_MAKES} {_HELP}\b.{{0,24}}\b{_MADE}|giải {_HELP}\b.{{0,12}}\b(?:phương trình|bài toán)"),
    _act(0.9, rf"{_ASKING}(?:{_MAKES}\b.{{0,24}}\b{_MADE}|kể chuyện|dịch\b.{{0,24}}\bsang tiếng)|dịch {_HELP}"),
    # What the sky does on a day.
    _act(
        _NEVER,
        rf"{_DAY}\b.{{0,30}}\b(?:có|trời) {_SKY} {_NO}|{_DAY}\b.{{0,30}}\bthời tiết (?:thế nào|ra sao)"
        rf"|(?:thời tiết|dự báo)\b.{{0,40}}\b{_DAY}",
    ),
    # Company for the one who talks; without accents "ban" may be the end of "trưởng ban".
    _act(_NEVER, rf"{_YOU} {_PERSON}", rf"^{fold(_YOU)} {fold(_PERSON)}"),
    # Prices, scores and draws of the day.
    _act(
        0.6, rf"(?:giá|tỷ giá|xổ số|vé tàu|vé xe|vé máy bay)\b.{{0,50}}\b{_DAY}|{_DAY}\b.{{0,30}}\b(?:giá|tỷ giá|xổ số)"
    ),
    _act(0.85, rf"(?:trận|đá banh|bóng đá|tỷ số|tỉ số)\b.{{0,30}}\b{_DAY}|{_DAY}\b.{{0,30}}\b(?:trận|đá banh|bóng đá)"),
    # Advice on taste, travel or health. "Ngôn ngữ" and "ngọn lửa" are other words.
    _act(
        0.75,
        r"nên (?:đi đâu|đi chơi|đi\b|ăn gì|ăn\b|mua gì|mua\b|mặc gì|uống|chơi|ở đâu)|(?:bị|cho) .{0,24}uống thuốc gì",
    ),
    _act(
        0.75,
        rf"món (?:gì|nào)|ngon|đặc sản|homestay|{_STAY}\b.{{0,16}}\b{_LIKED}|{_LIKED}\b.{{0,16}}\b{_STAY}",
        rf"mon (?:gi|nao)|ngon(?! ngu| lua| doi| nui| nen)|dac san|homestay|{fold(_STAY)}\b.{{0,16}}\b{fold(_LIKED)}",
    ),
)
# What a citizen applies for, asked of no issuer.
_ERRAND = _act(
    0.82,
    r"(?:thủ tục|đăng ký|xin cấp|cấp lại|làm lại|đổi)\b.{2,60}\b(?:giấy tờ gì|hồ sơ gì|cần (?:những )?gì|ở đâu"
    r"|(?:hết|mất) bao nhiêu|bao lâu)",
)


def foreign(question: Question, named: bool, holds: Callable[[str], bool]) -> bool:
    """Whether it asks nothing of a document. `named`: it is about a certain issuer; `holds`: whether documents in
    scope hold a phrase."""
    acts = ACTS if named or question.topics else (*ACTS, _ERRAND)
    done = [(act.needs, said) for act in acts if (said := act.said(question.text))]
    if any(needs >= _NEVER for needs, _ in done):
        return True
    needs = max((needs for needs, said in done if not holds(said)), default=0.0)
    return needs > 0 and standing(question.terms, holds) < needs
