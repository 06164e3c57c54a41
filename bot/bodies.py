"""Bodies of the local administration as plans name them: who acts at the head of a clause."""

from __future__ import annotations

import re

from .text import fold

_HEAD = (
    r"(?:(?:cac|nhung|moi|tung|toan the|tat ca cac|thu truong(?: cac)?|lanh dao(?: cac)?|nguoi dung dau(?: cac)?)\s+)*"
    r"(?:phong(?! trao| chong| ngua)|ban(?! hanh| than)|bo (?!sung|tri|phan|may)|bo phan|"
    r"van phong|trung tam|so(?! ket| hoa| luong| lieu)|uy ban|ubnd|ub mttq|ubmttq|hdnd|"
    r"hoi(?! nghi| nhap| thao| thi)"
    r"|doan(?! ket)|cong an|cong doan|quan su|quan doi|bo doi|don vi|co quan|tram|truong|mat tran|"
    r"mttq|(?<=cac )to chuc|to chuc(?= chinh tri| xa hoi| doan the| dang\b|, ca nhan)|doan the|"
    r"to cong nghe|to cnscd|to(?= [a-z]+ [a-z]+ cong dong| dan pho| giup viec| dan van)"
    r"|to(?=,| xom)|thon|xom|ap\b|khu pho|to dan pho|khu dan cu|doanh nghiep|doanh nhan|nong dan|"
    r"hoc sinh|sinh vien|tri thuc|nha khoa hoc|hop tac xa|htx|ho kinh doanh|ho gia dinh|ho dan|"
    r"chu tich|pho chu tich|truong thon|bi thu|truong ban|nguoi dan|nhan dan"
    r"|can bo|cong chuc|vien chuc|dang vien|dang uy|chi bo|chi uy|cap uy|thuong truc|ngan hang|"
    r"kho bac|thue|toa an|vien kiem sat|buu dien|vnpt|viettel|benh vien|dai truyen thanh|"
    r"hat kiem lam|ban chi dao|hoi dong"
    r"|nganh|(?<=cac )cap|tap the|ca nhan|dia phuong|dai(?! hoi| dien| hoc)|vien |cuc|chi cuc|"
    r"tong cong ty|cong ty|luc luong)"
)
_VERB = (
    r"(?:can cu|chu dong|chu tri|phoi hop|co trach nhiem|chiu trach nhiem|thuc hien|phan cong|"
    r"tham muu|xay dung(?! dang)|van dong|tuyen truyen|trien khai|huong dan|kiem tra"
    r"|theo doi|don doc|tong hop|bao cao|gui\b|dinh ky|day manh|tiep tuc|bo tri|dam bao|bao dam|"
    r"to chuc(?! chinh tri| xa hoi| doan the| dang| hoi\b| tin dung|,| co lien quan| tren| va\b|"
    r" thanh vien)"
    r"|ra soat|tang cuong|cung cap|lam (?:dau moi|co quan|thuong truc)|la (?:co quan|dau moi|"
    r"don vi|thanh phan)|duoc giao|quan ly(?! nha nuoc)|thuong xuyen|kip thoi|phat hien|"
    r"hoan thanh|lap\b|thanh lap"
    r"|cu (?:can bo|nguoi)|huy dong|quan triet|chi dao|de xuat|tiep nhan|thong tin(?! dien tu)|"
    r"dang tai|cap nhat|nop\b|phan anh|kien nghi|tham gia|phat dong|phat huy|su dung|chuan bi|"
    r"giup\b|ho tro|thong ke|tham dinh"
    r"|giam sat|danh gia|phe duyet|quyet dinh|ban hanh|dieu hanh|khao sat|dang ky|thong bao|gop|"
    r"cam ket|xem xet|luu y|no luc|phai\b|can\b|se\b|tu\b|nghiem tuc|tich cuc|duy tri|van hanh|"
    r"phu trach|nang cao|nghien cuu)"
)
_LEAD = re.compile(
    r"(?:(?:h[a]ng|moi) (?:nam|thang|quy),?\s*|dinh ky[^,]{0,40},\s*|khi [^,]{3,60},\s*|(?:trong|"
    r"vao) [^,]{3,40},\s*)?(?:(?:de nghi|giao(?: cho)?|yeu cau|phan cong|"
    r"de cao vai tro cua)\s*:?\s+)?"
)
_BODY = re.compile(_HEAD + r"\b")
_END = re.compile(rf"\s*(?:[,;:.]\s*)?(?:\b{_VERB}\b)|[:;(]|\.\s|\.?$|\.\/")
_LONGEST = 330


def leading_body(text: str) -> tuple[int, int] | None:
    """Offsets of the body named at the head of a clause, before its first verb; None where no body leads it."""
    folded = fold(text)
    lead = _LEAD.match(folded)
    start = lead.end() if lead else 0
    head = _BODY.match(folded, start)
    if head is None:
        return None
    end = _END.search(folded, head.end())
    if end is None or end.start() - start > _LONGEST:
        return None
    stop = end.start()
    while stop > start and not (text[stop - 1].isalnum() or text[stop - 1] in ")”"):
        stop -= 1
    return (start, stop) if stop > start else None


def body_name(text: str) -> str:
    """The body at the head of a clause as written, "" for none."""
    found = leading_body(text)
    return text[found[0] : found[1]] if found else ""
