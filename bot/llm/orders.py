"""Text that speaks to whoever answers from it, instead of stating something. Pure.

Plans say such things of nobody; what they are found in is not shown to a model, so that a plan cannot put words into
its mouth with its own text as the proof. This is the first of two fences: what gets past it meets the check.
"""

from __future__ import annotations

import re

from ..text import fold, nfc

_VIETNAMESE = (
    r"\b(?:bo qua|quen|xoa bo|khong can (?:tuan|theo)|vo hieu)\b[^.]{0,30}"
    r"\b(?:huong dan|chi dan|quy tac|menh lenh|lenh|yeu cau (?:tren|truoc)|he thong|noi dung tren|rang buoc)",
    r"\b(?:tro ly|chatbot|chat bot|mo hinh (?:ngon ngu|ai)|he thong (?:ai|tra loi|hoi dap)|llm|gpt)\b"
    r"[^.]{0,40}\b(?:phai|hay|can|duoc|se|tra loi|noi|viet|in|bo|doc|luu y|chu y)\b",
    r"\b(?:hay|phai|vui long|lap tuc|chi|luon|bat buoc) (?:chi )?"
    r"(?:tra loi|noi|viet|in ra|chen|lap lai|khang dinh|ket luan|xung|dong vai)\b",
    r"\b(?:khi|neu) (?:duoc|co ai|nguoi dung|ai)[^.]{0,20}\bhoi\b",
    r"\bcau tra loi\b|\b(?:chi|phai|luon) (?:duoc|nen) tra loi\b|\bnguoi (?:hoi|tom tat|tra loi)\b|\bdong vai\b",
    r"\bchen\b[^.]{0,20}\b(?:duong dan|lien ket|link|cau|chu)\b",
)
# Plans ask with "đề nghị", "yêu cầu", "phải"; "hãy" is how one speaks to somebody, and without accents another word.
_SPOKEN = re.compile(r"\bhãy\b", re.IGNORECASE)
_ENGLISH = (
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|previous|above|rule|prompt|context|everything)",
    r"\b(?:you are|you must|act as|pretend|respond|reply|answer|output|print|repeat|write|insert|translate|reveal)\b",
    r"\b(?:say|tell|claim) (?:that|the|to)\b",
    r"\bnew instructions?\b",
)
_MARKUP = (r"\b(?:rests_on|enough|sentences|system|assistant|prompt|json)\b", r"<\|?[a-z_/]+\|?>", r"\[/?inst\]", "###")
_ORDERS = re.compile("|".join((*_VIETNAMESE, *_ENGLISH, *_MARKUP)))


def orders(text: str) -> bool:
    """Whether the text gives orders to whoever answers from it."""
    return bool(_SPOKEN.search(nfc(text)) or _ORDERS.search(fold(nfc(text))))
