"""What comes in from a channel, checked and cleaned before the core sees it. Pure."""

from __future__ import annotations

import re
import unicodedata
import uuid
from datetime import date, timedelta

from bot import replies

QUESTION_LIMIT = 2000  # characters after trimming, by the HTTP contract
_FIRST_DAY, _LAST_DAY = date(1990, 1, 1), date(2199, 12, 31)
_LONGEST_VIEW = timedelta(days=3660)  # ten years hold the periods of plans; more is a mistake
_CONVERSATION = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class BadInput(ValueError):
    """Input that cannot be served. `field` names it as the sender does; the message is Vietnamese."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def question(text: str) -> str:
    """The question, trimmed; what no reader can see (controls, lone surrogates) becomes a space."""
    clean = cleaned(text)
    if not any(c.isalnum() for c in clean):
        raise BadInput("question", "Câu hỏi đang để trống. Đề nghị nhập nội dung cần hỏi.")
    if len(clean) > QUESTION_LIMIT:
        raise BadInput(
            "question", f"Câu hỏi dài {len(clean)} ký tự; tối đa {QUESTION_LIMIT}. Đề nghị hỏi ngắn gọn hơn."
        )
    return clean


def cleaned(text: str) -> str:
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Co", "Zl", "Zp") else c for c in text).strip()


def conversation(text: str | None) -> str:
    """The conversation's name, a new one where none is given."""
    if text is None:
        return uuid.uuid4().hex
    if not _CONVERSATION.fullmatch(text):
        raise BadInput(
            "conversation_id", "Mã hội thoại chỉ gồm 1 đến 64 ký tự: chữ cái không dấu, chữ số và các dấu . _ : -"
        )
    return text


def day(text: str | None, field: str) -> date | None:
    """A day written YYYY-MM-DD, within the two centuries that any plan can speak of."""
    if text is None:
        return None
    try:
        found = date.fromisoformat(text) if _ISO_DAY.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        raise BadInput(field, f"Ngày “{text[:40]}” không hợp lệ. Đề nghị viết năm-tháng-ngày, ví dụ 2026-12-01.")
    if not _FIRST_DAY <= found <= _LAST_DAY:
        raise BadInput(field, f"Ngày phải nằm trong khoảng từ {_FIRST_DAY.isoformat()} đến {_LAST_DAY.isoformat()}.")
    return found


def view(first: date, last: date, field: str) -> None:
    """Raises BadInput, naming the field of the last day, where the days are no view of a calendar."""
    if not first <= last <= first + _LONGEST_VIEW:
        raise BadInput(field, replies.BAD_VIEW)
