"""Matters that a question may turn on: a reward, money, a penalty. A unit that does not speak of one is no answer.

Such questions are asked in words that plans do not use ("có được gì không?"), so words in common tell little, and a
neighbouring sentence that shares the rest of the words would pass for the answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .text import fold
from .units import Unit


@dataclass(frozen=True, slots=True)
class Matter:
    """`asked`, `spoken`: folded patterns of the question and of the unit; `own`: its headings do not count."""

    name: str  # as a refusal calls it
    asked: re.Pattern[str]
    spoken: re.Pattern[str]
    own: bool = False


def _matter(name: str, asked: str, spoken: str, own: bool = False) -> Matter:
    return Matter(name, re.compile(rf"\b(?:{asked})\b"), re.compile(rf"\b(?:{spoken})\b"), own)


MATTERS = (
    _matter(
        "khen thưởng",
        r"khen(?! ngoi)|giay khen|bang khen|(?:duoc|co|tien|muc) thuong(?! xuyen| truc| le| vu| tru)"
        r"|thuong (?:gi|khong|ko|the nao|bao nhieu)",
        r"khen|thuong(?! xuyen| truc| mai| vu| tru| le| ky| nien| quy)|ton vinh|bieu duong|tuyen duong|vinh danh"
        r"|danh hieu|huan chuong|huy chuong|ky niem chuong|co thi dua|cong nhan|qua",
    ),
    _matter(
        "kinh phí",
        r"kinh phi|ngan sach|nguon tien|tien o dau|tien (?:dau|lay)|lay tien",
        r"kinh phi|ngan sach|tien|dong|chi phi|nguon von|nguon luc|xa hoi hoa|quy|tai tro|dong gop|du toan",
    ),
    _matter(
        "xử phạt",
        r"(?:bi|xu|muc|tien) phat(?! hien| trien)|phat (?:bao nhieu|the nao|gi|tien|khong|ko|sao|nang)|ky luat",
        r"phat(?! trien| hien| dong| thanh| huy| sinh| hanh| trie)|ky luat|xu ly|tru diem|trach nhiem truoc|phe binh"
        r"|khong (?:xet|cong nhan|duoc xet)|vi pham",
    ),
    _matter(
        "miễn phí",
        r"mien phi|mat tien|ton tien|free|dong (?:bao nhieu )?(?:tien|phi)",
        r"mien phi|khong (?:thu|mat|ton|tra)|thu phi|le phi|muc phi|gia|tien|dong|kinh phi|ho tro|chi tra|tu tuc",
    ),
    _matter(
        "hồ sơ gồm những gì",
        r"(?:ho so|giay to).{0,60}(?:gom|may bo|giay to gi|nhung giay|nhung gi)|giay to gi|may bo",
        r"ho so|giay to|to trinh|bien ban|ban sao|don (?:xin|de nghi|dang ky)|\d+ bo",
        own=True,
    ),
    _matter("hiệu lực thi hành", r"hieu luc", r"hieu luc|thi hanh"),
    _matter("văn bản bị thay thế", r"(?:thay the|bai bo)\b.{0,40}\b(?:nao|gi|j)", r"thay the|bai bo|het hieu luc"),
    _matter("khiếu nại", r"khieu nai|to cao", r"khieu nai|to cao|don thu"),
    _matter(
        "kết quả đã đạt được",
        r"(?:toi gio|den gio|den nay|hien nay|hien tai|bay gio|toi nay|hien)\b.{0,40}\bda .{0,50}(?:bao nhieu|may)"
        r"|da (?:co )?(?:bao nhieu|may) .{0,40}(?:roi|chua)|da .{0,50}(?:bao nhieu|may) .{0,40}roi",
        r"da|hien co|hien nay|hien trang|tinh den|den nay|dat duoc",
        own=True,
    ),
    _matter(
        "tên công ty, nhãn hiệu",
        r"(?:cong ty|hang|thuong hieu|nhan hieu|nha thau|nha cung cap|nha mang) (?:nao|gi)",
        r"cong ty|tap doan|tnhh|nhan hieu|thuong hieu|nha thau|nha cung cap|nha mang|ngan hang",
    ),
)


@lru_cache(maxsize=1024)
def matters(said: str) -> tuple[Matter, ...]:
    """Those that the question turns on."""
    # The council's name is no question about rewards.
    folded = re.sub(r"thi dua(?:,| -)? khen thuong", "tdkt", fold(said))
    return tuple(m for m in MATTERS if m.asked.search(folded))


def speaks(unit: Unit, matter: Matter) -> bool:
    """Whether the unit, or a heading over it, speaks of the matter."""
    if matter.spoken.search(unit.words):
        return True
    return not matter.own and bool(matter.spoken.search(unit.above) or matter.spoken.search(unit.far))
