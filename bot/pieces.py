"""The text of a question that asks two or three things, cut where a new thing is asked. Pure."""

from __future__ import annotations

import re

from .terms import expand
from .text import accented, fold

_MOST = 3  # pieces of a question

_JOINTS = re.compile(
    r"\s*[;?]+\s*|\s*,(?!\d)\s*|\s+(?:và|va|rồi|roi|với lại|voi lai|còn|con(?! (?:nit|em|nguoi)\b))\s+"
    r"(?!(?:bao nhieu|bao nhiêu|mấy|may|lại|lai|kịp|kip|hạn|han|hiệu lực|hieu luc)\b(?! \w+ (?:nào|nao)\b))",
    re.IGNORECASE,
)
_LEADS = re.compile(r"^(?:va|roi|con|voi lai|ma|the|vay|nhung)\s+(?!lai\b|bao nhieu|may\b|kip\b|han\b)")
_ASKS = re.compile(
    r"\b(?:gi|nao(?! cung)|ai(?! cung| tao sinh)|bao nhieu|bao gio|bao lau|tai sao|vi sao|ra sao"
    r"|may(?! tinh| moc| bay| quay| do| phat| nuoc| chu)"
    r"|(?:o|ve|den|toi|tai|tu|di|gui|nop|qua|hoi|vao|bao|lay|cho|len) dau(?! tu| thau| nam| thang| tien| moi| vao)"
    r"|(?:thi|bi|co|lam|tinh|hieu) sao|sao khong)\b"
    r"|\b(?:khong|chua|(?<!mot )sao|dau)(?: (?:a|vay|nhi|the|ha|ta|ad|ban|anh|chi|em|nhe|nha|day|nua|luon|duoc))*\W*$"
)
# "Không phải cán bộ gì", "mấy hội thì …", "ai biết chỉ giúp" ask nothing; other accents make another word.
_NO_QUESTION = re.compile(
    r"\bai biet\b|\b(?:khong|chua|chang) (?:phai |co |can )(?:\w+ ){0,3}(?:gi|nao|ai)\b|^.*\bthi\W*$"
)
_OTHER_WORDS = re.compile(r"\bAI\b|\b[mM](?:ay|áy|ây|ày|ảy)\b|\b[đĐ](?:ầu|ấu|ậu)\b|\b[dD](?:âu|ầu|ậu|ấu)\b")
# What only seeks assent, or asks for leave to ask.
_TAG = re.compile(
    r"^(?:co )?(?:dung|phai|duoc|ok|co|that|chac|biet)(?: (?:vay|the|la|roi))?(?: (?:khong|chu|chua|ha|a|nhi))+\W*$"
    r"|^(?:\w+ ){0,3}(?:cho|xin|nho|muon) (?:\w+ ){0,2}hoi(?: (?:mot )?(?:chut|xiu|ti|ty|cau|ty xiu))?"
    r"(?: (?:co )?duoc)?(?: khong)?(?: (?:a|nhe|nha|voi|vay))*\W*$|^(?:\w+ ){0,2}biet (?:khong|chua)(?: a)?\W*$"
)
# Such a piece goes on with the one before it.
_BOUND = re.compile(
    r"^(?:hay|hoac|thi|tuc|moi (?:ben|noi|xa|phuong))\b|^(?:co |thay |la )*(?:giong|khac|lech|trung nhau|cung|chenh)\b"
)


def pieces(text: str) -> tuple[str, ...]:
    """The runs of the question that each hold a question word; one that has none goes with the one after it."""
    found: list[tuple[int, int]] = []
    waiting: int | None = None
    for start, end in _cut(text):
        said = fold(expand(text[start:end])).strip()
        bare = _LEADS.sub("", said)
        bound = bool(_BOUND.match(bare) or _TAG.match(bare))
        if bound and found and waiting is None:
            found[-1] = (found[-1][0], end)
        elif _asks(text[start:end]) and not bound and len(found) < _MOST:
            found.append((start if waiting is None else waiting, end))
            waiting = None
        elif found and waiting is None and text[end : end + 1] == "?":
            found[-1] = (found[-1][0], end)
        elif waiting is None:
            waiting = start
    if found and waiting is not None:
        found[-1] = (found[-1][0], len(text))
    return tuple(text[start:end] for start, end in found)


def _cut(text: str) -> list[tuple[int, int]]:
    marks = [m.span() for m in _JOINTS.finditer(text)]
    starts = [0, *(end for _, end in marks)]
    ends = [*(start for start, _ in marks), len(text)]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if text[a:b].strip()]


def _asks(piece: str) -> bool:
    spoken = _OTHER_WORDS.sub("-", piece) if accented(piece) else re.sub(r"\bAI\b", "-", piece)
    return bool(_ASKS.search(_NO_QUESTION.sub("-", fold(expand(spoken)))))


def spoken(text: str) -> str:
    """The piece as a question of its own: without the word that joins it to the one before it."""
    text = text.strip(" ,;?")
    lead = _LEADS.match(fold(text))
    return text[lead.end() :] if lead else text
