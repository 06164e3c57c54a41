"""Bodies of the local administration as plans name them: who acts at the head of a clause."""

from __future__ import annotations

import re

from .text import fold

_BEFORE = "|".join(
    (
        r"cac|nhung|moi|tung|toan the|tat ca cac",
        r"(?:thu truong|lanh dao|nguoi dung dau)(?: cac)?",
    )
)
_NOUN = "|".join(
    (
        # Offices and authorities.
        r"phong(?! trao| chong| ngua| chay| benh)|ban (?:chi dao|chi huy|quan ly)|ban(?! hanh| than)",
        r"bo (?!sung|tri|phan|may)|bo phan|van phong|trung tam",
        r"so(?! ket| hoa| luong| lieu)|uy ban|ubnd|hdnd|hoi dong|don vi|co quan|nganh|(?<=cac )cap|cuc|chi cuc",
        r"vien (?!tro )|tram|truong(?! hop)|kho bac|thue|ngan hang|toa an|vien kiem sat|hat kiem lam|benh vien",
        r"dai truyen thanh|dai(?! hoi| dien| hoc)",
        r"cong an|quan su|quan doi|bo doi|luc luong",
        # The Party, the Front and organisations.
        r"dang uy|chi bo|chi uy|cap uy|thuong truc|bi thu|ub mttq|ubmttq|mttq|mat tran|doan the|cong doan|doan(?! ket)",
        r"hoi(?! nghi| nhap| thao| thi)|(?<=cac )to chuc|to chuc(?= chinh tri| xa hoi| doan the| dang\b|, ca nhan)",
        # Hamlets and groups in them.
        r"thon|xom|ap\b|khu pho|khu dan cu|to dan pho|to cong nghe|to cnscd|to(?=,| xom)",
        r"to(?= [a-z]+ [a-z]+ cong dong| dan pho| giup viec| dan van)|truong thon|truong ban|dia phuong",
        # Business and people.
        r"doanh nghiep|doanh nhan|hop tac xa|htx|cong ty|tong cong ty|buu dien|vnpt|viettel",
        r"ho kinh doanh|ho gia dinh|ho dan|nguoi dan|nhan dan|nong dan|hoc sinh|sinh vien|tri thuc|nha khoa hoc",
        r"chu tich|pho chu tich|can bo|cong chuc|vien chuc|dang vien|tap the|ca nhan",
    )
)
_HEAD = rf"(?:(?:{_BEFORE})\s+)*(?:{_NOUN})"
_SUBMITS_TO = r"chu tich|pho chu tich|ubnd|uy ban|hdnd|hoi dong|lanh dao|cap|thuong truc|dang uy|ban"
_VERB = "|".join(
    (
        r"can cu|chu dong|chu tri|phoi hop|co trach nhiem|chiu trach nhiem|duoc giao|phu trach|dinh ky",
        r"thuc hien|trien khai|xay dung(?! dang)|van dong|tuyen truyen|huong dan|day manh|tiep tuc|tang cuong",
        r"to chuc(?! chinh tri| xa hoi| doan the| dang| hoi\b| tin dung|,| co lien quan| tren| va\b| thanh vien)",
        r"thanh lap|huy dong|quan triet|phan cong|tham muu|bo tri|dam bao|bao dam|ra soat|cung cap|hoan thanh",
        r"(?<!cong )(?<!doc )lap\b",
        rf"(?<!chuong )(?<!cong )(?<!quy )(?<!qua )trinh(?=\s+(?:{_SUBMITS_TO})\b)",
        r"kiem tra|theo doi|don doc|tong hop|bao cao|gui\b|nop\b|phan anh|kien nghi|de xuat|thong ke|tham dinh",
        r"lam (?:dau moi|co quan|thuong truc)|la (?:co quan|dau moi|don vi|thanh phan)|quan ly(?! nha nuoc)",
        r"thuong xuyen|kip thoi|phat hien|cu (?:can bo|nguoi)|chi dao|tiep nhan|thong tin(?! dien tu)",
        r"dang tai|cap nhat|tham gia|phat dong|phat huy|su dung|chuan bi|giup\b|ho tro|giam sat|danh gia",
        r"phe duyet|quyet dinh",
        r"ban hanh|dieu hanh|khao sat|dang ky|thong bao|gop|cam ket|xem xet|luu y|no luc|phai\b|can\b|se\b",
        r"(?<!dien )tu\b(?! phap)|nghiem tuc|tich cuc|duy tri|van hanh|nang cao|nghien cuu",
    )
)
_LEAD = re.compile(
    r"(?:(?:hang|moi) (?:nam|thang|quy),?\s*|dinh ky[^,]{0,40},\s*|khi [^,]{3,60},\s*"
    r"|(?:trong|vao) [^,]{3,40},\s*)?"
    r"(?:(?:de nghi|giao(?: cho)?|yeu cau|phan cong|de cao vai tro cua)\s*:?\s+)?"
    r"(?:(?:trach nhiem|nhiem vu|nhiem vu, quyen han)(?: cua)? )?"
)
_BODY = re.compile(_HEAD + r"\b")
# Folded, "số" is written like "sở": a first word that has an accent must have the body's. Bare ones may be chat.
_ACCENTED = {
    "so": "sở", "bo": "bộ", "to": "tổ", "hoi": "hội", "doan": "đoàn", "dai": "đài", "thue": "thuế", "cuc": "cục",
    "vien": "viện viên", "tram": "trạm", "phong": "phòng", "truong": "trường trưởng", "ap": "ấp", "xom": "xóm",
    "thon": "thôn", "hat": "hạt", "cap": "cấp", "ban": "ban bản", "can": "cán", "toa": "tòa toà", "nganh": "ngành",
}  # fmt: skip
_END = re.compile(rf"\s*(?:[,;:.]\s*)?\b(?:{_VERB})\b|[:;(]|\.\s|\.?$|\.\/")
_LONGEST = 330


def leading_body(text: str) -> tuple[int, int] | None:
    """Offsets of the body named at the head of a clause, before its first verb; None where no body leads it."""
    folded = fold(text)
    lead = _LEAD.match(folded)
    start = lead.end() if lead else 0
    head = _BODY.match(folded, start)
    if head is None or not _is_accented(text[head.start() : head.end()]):
        return None
    end = _END.search(folded, head.end())
    if end is None or end.start() - start > _LONGEST:
        return None
    stop = end.start()
    while stop > start and not (text[stop - 1].isalnum() or text[stop - 1] in ")”"):
        stop -= 1
    return (start, stop) if stop > start else None


def _is_accented(head: str) -> bool:
    """Whether no word at the head is another word of the same letters."""
    words = head.lower().split()
    return all(fold(w) == w or w in _ACCENTED.get(fold(w), w).split() for w in words)


def is_body(folded: str) -> bool:
    """Whether folded words begin with a body: "doanh nghiep"."""
    return bool(_BODY.match(folded))


def body_name(text: str) -> str:
    """The body at the head of a clause as written, "" for none."""
    found = leading_body(text)
    return text[found[0] : found[1]] if found else ""
