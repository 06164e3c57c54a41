"""To whom a report goes, and through which office."""

from __future__ import annotations

import re

from bot.bodies import body_name
from bot.text import fold

_NO_BODY = "|".join(
    (
        r"viec\b|ket qua|cong tac|ngay\b|truoc\b|tinh hinh",
        r"nang cao|thang\b|cuoi\b|het\b",
    )
)
_SENT_TO = (
    r"\b(?:gui|bao cao|nop|trinh|phan anh|de xuat)\b[^;.]{0,140}?"
    rf"\b(?:ve|cho|toi|den|voi)\s+(?!{_NO_BODY})(?P<to>[a-z][^;.,()]{{2,90}})"
)
_REPORTED = (
    r"\b(?:bao cao|trinh)\s+"
    r"(?P<to2>(?:chu tich|ubnd|uy ban|hoi dong|ban chi dao|so(?! ket)|phong|bo)\b[^;.,()]{0,80})"
)
_RECIPIENT = re.compile(rf"{_SENT_TO}|{_REPORTED}")
_END_WORDS = "|".join(
    (
        r"truoc|cham nhat|muon nhat|dinh ky|hang nam|trong|vao|xong|khi|den ngay",
        r"de|theo|qua|thong qua|nham|dung|nhung|xem xet|tong hop|va bao cao|cac noi dung",
        r"bao cao|ve|ky|ket qua|tinh hinh|quyet dinh|chi dao|khen thuong|kiem tra|theo doi|phe duyet|ban hanh",
    )
)
_STOP = re.compile(rf"\s+(?:{_END_WORDS})\b|\s*\d")
_OFFICES = "|".join(
    (
        r"phong|van phong|ban|bo phan|trung tam|so|cong an|to|hoi",
        r"cong chuc|thuong truc|co quan|email|he thong|dia chi",
    )
)
_VIA = re.compile(rf"\(?\s*\b(?:thong\s+)?qua\s+(?P<via>(?:{_OFFICES})\b[^);.,]{{0,90}})")
_TOWARDS = {"về", "cho", "tới", "đến", "với", "ve", "den"}


def addressee(text: str) -> tuple[str, str]:
    """To whom and through whom: ("Ủy ban nhân dân xã", "Phòng Văn hóa - Xã hội"); blanks where not said."""
    folded = fold(text)
    told = (m.span("to" if m["to"] else "to2") for m in _RECIPIENT.finditer(folded) if _speaks_to(text, m))
    recipients = (_cut(text, folded, *span) for span in told)
    recipient = next((who for who in recipients if names_somebody(who)), "")
    via = ""
    passing = _VIA.search(folded)
    if passing:
        via = _cut(text, folded, *passing.span("via"))
    return recipient, via


def speaks_of_recipient(folded: str) -> bool:
    return _RECIPIENT.search(folded) is not None


def _speaks_to(text: str, found: re.Match[str]) -> bool:
    """Folded, "vệ sinh" begins like "về": the accents tell."""
    return found["to"] is None or text[: found.start("to")].split()[-1].lower() in _TOWARDS


def names_somebody(who: str) -> bool:
    """Whether it is a body or a name, not what a report is about: "báo cáo về hoạt động"."""
    return bool(who) and (who[0].isupper() or bool(body_name(f"{who}:")) or fold(who) == "cap tren")


def _cut(text: str, folded: str, start: int, end: int) -> str:
    stop = _STOP.search(folded, start, end)
    return text[start : stop.start() if stop else end].strip(" ,.;:-()")
