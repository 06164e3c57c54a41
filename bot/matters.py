"""Matters that a question may turn on: a reward, money, a penalty. A unit that does not speak of one is no answer.

Such questions are asked in words that plans do not use ("có được gì không?"), so words in common tell little, and a
neighbouring sentence that shares the rest of the words would pass for the answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .text import accented, fold, respell
from .units import Unit


@dataclass(frozen=True, slots=True)
class Matter:
    """`asked`: folded pattern of the question, `typed`: the same for one with accents, None where they do not matter;
    `spoken`: accented pattern of the unit; `own`: its headings do not count.

    Plans have accents, so "tiền" is not heard in "tiên tiến", nor "quà" in "kết quả".
    """

    name: str  # as a refusal calls it
    asked: re.Pattern[str]
    typed: re.Pattern[str] | None
    spoken: re.Pattern[str]
    own: bool = False


def _matter(name: str, asked: str, spoken: str, own: bool = False, typed: str = "") -> Matter:
    return Matter(name, _words(asked), _words(typed) if typed else None, _words(spoken), own)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b")


MATTERS = (
    _matter(
        "khen thưởng",
        r"khen(?! ngoi)|giay khen|bang khen|(?:duoc|co|tien) thuong(?! xuyen| truc| le| vu| tru)"
        r"|muc thuong (?:la|bao nhieu|cho|khi|cua)"
        r"|thuong (?:gi|khong|ko|the nao|bao nhieu)",
        r"khen|thưởng|tôn vinh|biểu dương|tuyên dương|vinh danh|danh hiệu|huân chương|huy chương|kỷ niệm chương"
        r"|cờ thi đua|công nhận|tặng",
        typed=r"khen(?! ngợi)|giấy khen|bằng khen|(?:được|có|tiền|mức) thưởng|thưởng (?:gì|không|ko|thế nào|bao nhiêu)",
    ),
    _matter(
        "kinh phí",
        r"kinh phi|ngan sach|nguon tien|tien o dau|tien (?:dau|lay)|lay tien (?:o )?(?:dau|tu)",
        r"kinh phí|ngân sách|tiền|\d+ (?:triệu |tỷ )?đồng|chi phí|nguồn vốn|nguồn lực|xã hội hóa|quỹ|tài trợ"
        r"|đóng góp|dự toán",
    ),
    _matter(
        "xử phạt",
        r"(?:bi|xu|muc|tien) phat(?! hien| trien)|phat (?:bao nhieu|the nao|gi|tien|khong|ko|sao|nang)|ky luat",
        r"phạt|kỷ luật|xử lý|trừ điểm|trách nhiệm trước|phê bình|không (?:xét|công nhận|được xét)|vi phạm",
        typed=r"(?:bị|xử|mức|tiền) phạt|phạt (?:bao nhiêu|thế nào|gì|tiền|không|ko|sao|nặng)|kỷ luật|kỉ luật",
    ),
    _matter(
        "miễn phí",
        r"mien phi|mat tien|ton tien|free"
        r"|(?<!lao )(?<!cong )(?<!hoi )(?<!giup )(?<!tro )dong (?:bao nhieu )?(?:tien|phi)",
        r"miễn phí|không (?:thu|mất|tốn|trả)|thu phí|lệ phí|mức phí|tiền|\d đồng|kinh phí|hỗ trợ|chi trả"
        r"|tự (?:túc|mua|trả|chi trả|lo)",
        typed=r"miễn phí|mất tiền|tốn tiền|free|(?<!giúp )(?<!trợ )đóng (?:bao nhiêu )?(?:tiền|phí)",
    ),
    _matter(
        "hồ sơ gồm những gì",
        r"(?:ho so|giay to).{0,60}(?:gom(?! lai)|may bo|giay to gi|nhung giay|nhung gi)|giay to gi|may bo",
        r"hồ sơ(?= (?:\S+ ){0,14}$)|hồ sơ (?:\S+ ){0,14}gồm|thành phần hồ sơ|\d+ bộ hồ sơ|giấy tờ|tờ trình"
        r"|biên bản|bản sao|đơn (?:xin|đề nghị|đăng ký)|căn cước|xuất trình|mang theo|\d+ bộ"
        r"|giấy (?:chứng nhận|xác nhận|phép)|chứng chỉ|bằng văn bản|văn bản (?:xác nhận|công nhận|đề nghị)",
        own=True,
    ),
    _matter("hiệu lực thi hành", r"hieu luc", r"hiệu lực|thi hành"),
    _matter("văn bản bị thay thế", r"(?:thay the|bai bo)\b.{0,40}\b(?:nao|gi|j)", r"thay thế|bãi bỏ|hết hiệu lực"),
    _matter("khiếu nại", r"khieu nai|to cao", r"khiếu nại|tố cáo|đơn thư"),
    _matter(
        "kết quả đã đạt được",
        r"(?:toi gio|den gio|den nay|hien nay|hien tai|bay gio|toi nay|hien)\b.{0,40}\bda .{0,50}(?:bao nhieu|may)"
        r"|da (?:co )?(?:bao nhieu|may) .{0,40}(?:roi|chua)|da .{0,50}(?:bao nhieu|may) .{0,40}roi",
        r"đã|hiện có|hiện nay|hiện trạng|tính đến|đến nay|đạt được",
        own=True,
    ),
    _matter(
        "tên công ty, nhãn hiệu",
        r"(?:cong ty|hang|thuong hieu|nhan hieu|nha thau|nha cung cap|nha mang) (?:nao|gi)",
        r"công ty|tập đoàn|tnhh|nhãn hiệu|thương hiệu|nhà thầu|nhà cung cấp|nhà mạng|ngân hàng",
    ),
)


# "Muốn được khen thì phải …" asks for a condition.
_TO_BE_REWARDED = re.compile(
    r"\b(?:muon|de) (?:\w+ ){0,4}(?:khen|thuong)\b|(?:khen|thuong)\b(?: \w+){0,4} (?:thi|can"
    r"|phai) (?:\w+ ){0,4}(?:phai|can|co|dat|lam)\b"
    r"|moi (?:duoc|dc) (?:\w+ )?(?:khen|thuong)"
)
_REWARDED = re.compile(r"\b(?:giấy |bằng )?(?:khen|thưởng|thuong)(?: thưởng| thuong)?\b")


@lru_cache(maxsize=1024)
def matters(said: str) -> tuple[Matter, ...]:
    """Those that the question turns on."""
    # The council's name is no question about rewards.
    folded = re.sub(r"thi dua(?:,| -)? khen thuong", "tdkt", fold(said))
    typed = re.sub(r"thi đua(?:,| -)? khen thưởng", "tđkt", respell(said.lower())) if accented(said) else ""
    if _TO_BE_REWARDED.search(folded):
        typed, folded = _REWARDED.sub("", typed), _REWARDED.sub("", folded)  # conditions, which do not say what for
    return tuple(m for m in MATTERS if (m.typed.search(typed) if typed and m.typed else m.asked.search(folded)))


def speaks(unit: Unit, matter: Matter) -> bool:
    """Whether the unit, or a heading over it, speaks of the matter."""
    return bool(matter.spoken.search(unit.exact)) or (not matter.own and bool(matter.spoken.search(unit.heads)))
