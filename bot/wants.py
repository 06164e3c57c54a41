"""What kind of answer a question wants: a date, a sum, a body, a person, a list, yes or no.

One table of cues; every kind whose cues are heard is wanted, the strongest first.
"""

from __future__ import annotations

import re
from enum import StrEnum

from .text import accented, fold


class Want(StrEnum):
    DATE = "date"
    DAYS_LEFT = "days_left"
    DURATION = "duration"
    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    PERSON = "person"
    BODY = "body"
    PLACE = "place"
    CONTACT = "contact"
    FORM = "form"
    NUMBER = "number"
    LIST = "list"
    YES_NO = "yes_no"
    WHY = "why"


# What is counted by these is no sum.
_NO_SUM = r"\b(?! (?:ngay|gio|tuan|thang|nam|lan|nguoi|buoi|cap|phan|loai|hinh|don vi|co quan|ca nhan|tap the)\b)"

# "Hạn" is a day; "gia hạn", "hạn chế" and "cấm hẳn" are none.
LIMIT = (
    r"(?<!dung )(?<!qua )(?<!truoc )(?<!gia )(?<!cam )(?<!bo )(?<!khac )(?<!dut )(?<!ngan )(?<!giam )(?<!vo )(?<!gioi )"
    r"(?<!quyen )(?<!nghi )(?<!xong )(?<!kho )(?<!chong )(?<!han )han\b(?! che| hep| ngach| muc| dien| hoi| han| man)"
)

# Folded question → weight. A question may want several ("ngày nào, chỗ nào?").
_CUES: dict[Want, str] = {
    Want.DAYS_LEFT: r"(?<!xuong )(?<!rut )(?<!giam )(?<!cat )(?<!ngan )(?<!chi )con (?:lai )?"
    r"(?:bao nhieu|may|bao lau)(?: ngay| hom| bua| nua)|(?:bao nhieu|may) (?:ngay|"
    r"hom|bua) nua|(?:da |co )?(?:tre|qua|het|lo) han|con kip|kip khong|con han|bi (?:tre|muon|"
    r"qua)|(?:nop|gui|bao cao)\b.{0,40}(?:van|con|co) (?:duoc|kip)|"
    r"han .{0,40}(?:qua|het|den|toi) chua|(?:tre|muon) (?:chua|khong|ko|"
    r"roi|mat)",
    Want.DATE: r"bao gio|khi nao|luc nao|hom nao|ngay (?:nao|may|bao nhieu|gi|thang)|thang (?:may|nao)|"
    r"nam (?:nao|may|bao nhieu(?! tien))|may thang(?! (?:mot|moi|trong|tren) nam)|"
    rf"{LIMIT}|thoi han|"
    r"deadline\b|quy (?:nao|may)|dip nao|thoi (?:gian|diem) nao|(?:vao|mo|hop|sang|chieu|"
    r"ngay) thu may|muon nhat|cham nhat|truoc (?:ngay|luc|hom|khi) (?:nao|may)|dot nao|bua nao|buoi nao|"
    r"may gio|luc may|tu dau (?:toi|den) dau",
    Want.DURATION: r"(?:may|bao nhieu) thang (?:mot|moi|trong) nam|bao lau|"
    r"(?:trong|toi da|toi thieu|it nhat)\s*(?:may|bao nhieu) (?:ngay|gio|tuan|thang|"
    r"nam)\b|may (?:ngay|tuan)\b|bao nhieu (?:ngay|gio)|(?:truc|lam|keo dai|mat|het|du) may (?:gio|tieng)",
    Want.MONEY: r"(?:phu cap|thu lao|(?<!luc )(?<!so )(?<!chat )(?<!khoi )(?<!dung )(?<!trong )(?<!san )(?<!luu )"
    r"(?<!nang )(?<!tai )(?<!ham )(?<!thoi )luong|"
    r"tien cong|hoc phi|le phi|muc phat|bi phat|duoc tra|"
    rf"tra cong)\b.{{0,40}}(?:bao nhieu|may){_NO_SUM}|bao nhieu tien|(?:bao nhieu|may) (?:trieu|tram|nghin|"
    r"ngan|ty|ti|dong)\b|(?:muc|tien) thuong|"
    r"tri gia|gia bao nhieu|(?:kinh phi|ngan sach|chi phi|du toan|muc phi|hoc phi|"
    r"tien(?! do| hanh| trinh))\b.*(?:bao nhieu|"
    rf"may){_NO_SUM}|(?:bao nhieu|may){_NO_SUM}(?: \w+){{0,4}} (?:kinh phi|ngan sach|"
    r"(?<!uu )(?<!tien )(?<!cai )(?<!dau )(?<!truoc )tien(?! hanh| do| tien| trinh| phong| si| ich| dat))\b|"
    r"phat (?:bao nhieu|may)|ton (?:bao nhieu|may)|luong bao nhieu|(?:bao nhieu|may) von\b|\btong (?:so )?(?:tien|von|"
    r"kinh phi|muc dau tu)\b",
    Want.PERCENT: r"phan tram|%|(?:ti|ty) le|bao nhieu phan",
    Want.COUNT: r"(?:bao nhieu|(?<!dam )(?<!bo )may)\s+(?!mot\b|den\b|toi\b|cua\b|cho\b|trong\b|o\b|tai\b|nhat\b|thi\b|"
    r"a\b|ko\b|khong|tinh\b|moc|vay|roi|phan tram|"
    r"tien|von\b|trieu|tram|nghin|ngan|ty\b|dong\b|ngay|thang|nam\b|gio\b|nua|%|han\b|de\b|thi\b|"
    r"va\b)(?P<unit>[a-z]+(?: [a-z]+)?)",
    Want.PERSON: r"\bai (?:la nguoi |da |se |duoc |dung ten )?(?:ky|ki)\b|\b(?:ky|ki)\b(?! so| nang| thuat| su|"
    r" luat).{0,20}\bai\b|ai (?:la|lam) (?:to truong|truong|chu tich|pho|bi thu|giam doc|lanh dao|"
    r"nguoi dung dau|doi truong)|(?:ten|ho ten) (?:ong|ba|nguoi|lanh dao|can bo|dong chi|"
    r"to truong|truong)|(?:ong|ba|dong chi|lanh dao|nguoi) nao|nguoi ky(?! so)|chu ky(?! so)|"
    r"nguoi dung dau .* la ai|(?:chu tich|truong phong|to truong|truong ban|truong doan|"
    r"truong nhom|bi thu|chu nhiem).{0,40} la ai|do ai dung dau|ai dung dau|(?:truong|pho|"
    r"chu tich|bi thu|chu nhiem|giam doc)\b.{0,40} ten (?:la )?gi",
    Want.CONTACT: r"so dien thoai|so (?:duong day nong|hotline)|goi (?:vao |den )?so nao|"
    r"dien thoai (?:cua|lien he|phong|so|nao|de)|hotline|duong day nong .*(?:so|"
    r"bao nhieu)|(?:email|dia chi|website|trang web)\b(?: \w+){0,4} (?:nao|la gi|o dau|la bao nhieu)\b|"
    r"^(?:cho )?(?:(?:em|toi|minh|xin) )*(?:email|dia chi|website)\b|"
    r"(?:cho|xin|gui qua|qua) (?:\w+ ){0,2}(?:email|dia chi)\b|"
    r"so tai khoan|lien he so|fanpage nao|link\b",
    Want.FORM: r"(?<!guong )(?<!kieu )(?<!hien )\bmau (?:nao|gi|j|so|don|bao cao|bieu|to trinh|phieu|the nao|ra sao"
    r"|san|o dau|dau)\b|"
    r"(?:theo|co|dung|lay|xin|dien|can|gui|tai|cho|lam|la) (?:\w+ )?mau\b(?! hien| muc)|\bmau\b$|bieu mau|de cuong"
    r"|phu luc",
    Want.PLACE: r"o dau(?! ra| do)|cho nao|dia diem|noi nao|tai dau|dau vay|"
    r"(?:hoc|hop|to chuc|dien ra|mo) (?:o|tai) (?:\w+ ){1,2}nao",
    Want.BODY: r"\bai\b|(?:phong|don vi|co quan|ben|to chuc|hoi|hoi dong|bo phan|ban|trung tam|so|to|"
    r"doan the|cap|noi|phong ban|bo|nganh|truong|hoi dong) nao|giao (?:cho )?ai|cho ai|gap ai|"
    r"hoi ai|keu ai|bao ai|ve (?:dau|ai|phong nao)|gui (?:di )?(?:dau|ai)|nop (?:cho )?(?:dau|ai)|"
    r"ve dau|qua (?:dau|ai|phong nao|don vi nao)|nhung ai",
    Want.NUMBER: r"so (?:may|bao nhieu|hieu|van ban)\b|(?:ke hoach|van ban|quyet dinh|cong van) so nao\b|"
    r"mang so|so ke hoach|so may",
    Want.LIST: r"liet ke|gom (?:nhung |co )?(?:gi|ai|nao|cai)|nhung (?:gi|ai|nao)|nhung .{2,40} (?:nao|gi)|"
    r"cac .{2,40} (?:nao|gi)|(?:phai|can|duoc|se) (?:lam|dat|co|chuan bi|thuc hien|"
    r"chu y)(?: nhung)? (?:gi|j)|lam (?:nhung )?(?:gi|viec gi)|(?:viec|nhiem vu|noi dung|tieu chi|"
    r"trach nhiem|muc tieu|yeu cau|giai phap|hinh thuc|chi tieu|muc dich|dieu kien|nguyen tac|"
    r"quyen loi) (?:gi|nao|cua|la gi|gom|cho|doi voi|the nao|ra sao)|co may|may (?:hinh thuc|muc|"
    r"noi dung|nhiem vu|giai phap|tieu chi|yeu cau)|tat ca|day du|toan bo|nhu the nao|the nao|"
    r"ra sao",
    Want.YES_NO: r"(?:dung|phai|duoc|co) (?:khong|chu|chua|ko)\b|khong (?:a|vay|nhi|the|ha)?$|dung (?:khong|"
    r"chu|ko)|phai khong|co phai|\bco .{2,60} khong\b|duoc khong|\bha\b$|hay chua|"
    r"chua(?: a| nhi| vay| the| ha| ta| v| ad| ban| anh| chi| em| ca)*\??$|khong\?*$|khong ban|\bis it\b|^(?:does"
    r"|do|did|is|are)\b",
    Want.WHY: r"tai sao|vi sao|ly do|sao lai|\bwhy\b",
}
_COMPILED = {want: re.compile(rf"(?<![a-z0-9])(?:{cues})(?![a-z0-9])") for want, cues in _CUES.items()}


def wants(text: str) -> tuple[Want, ...]:
    """In the order of the table: the most particular kinds stand first."""
    text = text if text.isupper() else re.sub(r"\bAI\b", "-", text)  # it is no "ai"
    # "máy" and "may" are no "mấy", "máu" and "màu" no "mẫu" where accents are typed.
    # So is "phát" no "phạt".
    spoken = re.sub(r"\bphát\b", "p", text) if accented(text) else text
    spoken = re.sub(r"\b[mM](?:ay|áy|ây|ày|ảy|au|áu|àu|âu)\b", "m", spoken) if accented(text) else text
    folded = _EVERY.sub(" ", " ".join(fold(spoken).replace("?", " ").split()))
    heard = tuple(want for want, cues in _COMPILED.items() if cues.search(folded))
    if not heard and _WONDERS.search(folded):
        return (Want.YES_NO,)
    # "Còn bao nhiêu ngày" asks for a day to count to, not for a length of time.
    # "Mấy hội … làm gì": beside another question word "mấy" says several, it does not count.
    several = (
        bool(re.search(r"\bmay\b", folded))
        and bool(re.search(r"\b(?:gi|nao|ai|dau)\b", folded))
        and not re.search(r"bao nhieu|\bco may\b", folded)
    )
    dropped = {Want.DURATION} if Want.DAYS_LEFT in heard else set()
    if Want.PERCENT in heard and not re.search(r"bao nhieu tien|(?:trieu|nghin|ngan|dong)\b", folded):
        dropped.add(Want.MONEY)  # "học phí bằng bao nhiêu phần trăm"
    return tuple(w for w in heard if w not in dropped and not (w is Want.COUNT and several))


# "… là do Sở Nội vụ tổ chức à": told as a fact, and asked by its last word; "ạ" after another question is only polite.
_WONDERS = re.compile(r"\w+ (?:a|ha|nhi|chu)$")
_EVERY = re.compile(r"(?:nam|thang|ngay|quy|ai|dau|noi|xa|cap) nao cung")  # "every year", no question


def counted(text: str) -> str:
    """What is counted: "bao nhieu tap the" → "tap the"; "" when nothing is."""
    found = _COMPILED[Want.COUNT].search(" ".join(fold(text).split()))
    return found["unit"] if found else ""
