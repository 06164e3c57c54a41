"""What a question is about, where a fact of the plan can answer it: scored cues, one table.

A topic is an offer, not a verdict: its answerer declines when the plan's facts do not fit the question, which is then
answered from the sentences found.
"""

from __future__ import annotations

import re
from enum import StrEnum

from .text import fold
from .wants import LIMIT


class Topic(StrEnum):
    SIGNER = "signer"
    NUMBER = "number"
    ISSUED = "issued"
    TITLE = "title"
    RECIPIENTS = "recipients"
    BASIS = "basis"
    PHASE = "phase"
    AWARD = "award"
    DEADLINE = "deadline"
    ADDRESSEE = "addressee"
    UPCOMING = "upcoming"
    TERM = "term"
    DUTY = "duty"
    CRITERIA = "criteria"
    OUTLINE = "outline"
    SECTION = "section"
    EFFECT = "effect"


# Every plan has an answer to these: certainty cannot choose among plans, and a place inside one is not meant.
IN_EVERY = frozenset(
    (
        Topic.SIGNER,
        Topic.NUMBER,
        Topic.ISSUED,
        Topic.TITLE,
        Topic.RECIPIENTS,
        Topic.DEADLINE,
        Topic.UPCOMING,
        Topic.BASIS,
    )
)

# topic → (weight, folded pattern)…; a topic needs 2 to be heard.
_CUES: dict[Topic, tuple[tuple[float, str], ...]] = {
    Topic.SIGNER: (
        (
            3,
            r"\b(?:ai|nguoi|ong|ba|vi|lanh dao|"
            r"dong chi)\b.{0,25}(?<!nhat )(?<!dinh )(?<!hoc )(?<!thoi )\b(?:ky|ki)\b(?! ket| nang| tu|"
            r" hieu| so(?! (?:may|bao|nao)))",
        ),
        (
            3,
            r"\b(?:ky|ki)\b (?:ten|ban hanh|boi|quyet dinh|ke hoach|van ban).{0,30}\b(?:ai|ong|ba|nao)\b|"
            r"\b(?:ky|ki)\b .{0,30}\b(?:la ai|ten gi)",
        ),
        (3, r"dung ten|nguoi (?:ky|ki)\b|chu (?:ky|ki)\b(?! so\b)|(?:chu tich|pho)\b.{0,20}\b(?:ky|ki)\b"),
        (2, r"chuc (?:vu|danh|trach)"),
        (
            -4,
            r"hiep dong|cam ket|giay khen|bang khen|trinh .{0,20}(?:ky|ki)|(?:ky|ki) so\b(?! may| bao| nao)|(?:ky"
            r"|ki) (?:nang|"
            r"thuat|su|luat)",
        ),
    ),
    Topic.NUMBER: (
        (
            2.2,
            r"(?:ke hoach|quyet dinh|van ban|kh)\b.{0,90}\bso (?:may|bao nhieu|hieu|nao)\b|\bso (?:hieu|"
            r"van ban)|ky hieu|mang so|so cua (?:ke hoach|quyet dinh|van ban)|\bso (?:may|"
            r"bao nhieu)\b.{0,20}(?:ke hoach|quyet dinh|van ban)|^so (?:may|va|voi)|so (?:va|voi) ngay|"
            r"so (?:cua )?(?:ke hoach|quyet dinh|van ban)\b.{0,20}(?:la )?(?:may|bao nhieu)|"
            r"\bso (?:quyet dinh|ke hoach|van ban|nghi quyet)\b.{0,80}(?:la gi|la may|la bao nhieu|lan luot)",
        ),
        (
            -2,
            r"(?:nghi quyet|cong van|chi thi|luat|thong tu|nghi dinh)\b.{0,60}\bso\b|(?:cua|o) (?:tinh|bo|"
            r"so\b(?! (?:bao|may|hieu))|trung uong|chinh phu|thu tuong|cap tren)|can cu|(?<!thi )dua|"
            r"theo (?:ke hoach|quyet dinh)|thuc hien|dien thoai|truoc do|da co|cap tinh|ke hoach tinh|"
            r"lam goc|\bma (?:\w+ ){0,4}(?:dan|vien dan|nhac|neu|can cu)\b",
        ),
    ),
    Topic.ISSUED: (
        (
            3.2,
            r"(?:ban hanh|ra doi|cong bo|ky|ki)\b.{0,25}(?:ngay|thang|nam|khi|luc|bao gio|hom)\s*(?:nao|"
            r"may|bao|\b)|ngay (?:ban hanh|ky|ki)\b|\b(?:ky|ki) ngay|(?:ra|co) (?:ke hoach|quyet dinh|"
            r"van ban) (?:ngay|thang|nam|khi|luc|hoi)",
        ),
        (
            -3,
            r"bao cao|nop|(?:nghi quyet|nghi dinh|quyet dinh|cong van|chi thi|thong tu|ke hoach|"
            r"chuong trinh) (?:so )?\d+|truoc (?:khi|ngay|luc)|hiep dong|phai ky|nghi quyet|cong van|"
            r"chi thi|luat|phai (?:ban hanh|xay dung)|can cu|hieu luc|cua tinh",
        ),
    ),
    Topic.TITLE: (
        (
            2.5,
            r"(?:la|ten) phong trao [“\"]|ten (?:day du |goi )?(?:cua )?(?:cac )?(?:phong trao|ke hoach|"
            r"van ban)|(?:phong trao|ke hoach).{0,25}ten (?:la )?(?:gi|day du)|may phong trao|"
            r"phong trao (?:gi|nao)\b|ke hoach (?:ve viec gi|noi ve|ve cai gi|gi\b)|trich yeu|tieu de",
        ),
    ),
    Topic.RECIPIENTS: (
        (3, r"noi nhan"),
        (
            2.5,
            r"(?:van ban|ke hoach|quyet dinh)\b.{0,35}\b(?:gui|chuyen (?:cho|den|toi|"
            r"ve))\b.{0,40}(?:khong|ai|nao|dau|nhung)|nhan (?:duoc )?(?:ban )?(?:ke hoach|van ban|"
            r"quyet dinh)|danh sach (?:gui|nhan)|duoc gui (?:ban|van ban|ke hoach)",
        ),
        (-2, r"bao cao|nop|rieng|xay dung|kien nghi|phan anh|xin chinh|de xuat|gop y"),
    ),
    Topic.BASIS: (
        (
            2.5,
            r"can cu (?:vao |theo )?(?:nhung |cac )?(?:van ban|luat|quyet dinh|ke hoach|nghi quyet|"
            r"chi thi|nghi dinh|phap ly|cong van|cong dien|co so|gi\b|nao|dau|vao dau)|co so phap ly|dua (?:tren|"
            r"vao|theo) (?:nhung |cac )?(?:van ban|luat|quyet dinh|ke hoach|nghi quyet|chi thi|nghi dinh|"
            r"gi|dau)",
        ),
        (
            2.5,
            r"(?:thuc hien|trien khai|lam) (?:theo )?(?:ke hoach|quyet dinh|chi thi|nghi quyet|van ban|"
            r"cong van) (?:nao|so may|gi)|theo (?:ke hoach|quyet dinh|chi thi|nghi quyet|van ban|"
            r"cong van) (?:nao|so may|gi)",
        ),
        (
            2.2,
            r"(?:ke hoach|quyet dinh|chi thi|nghi quyet|van ban|cong van|huong dan) (?:nao |so may |"
            r"gi )?(?:cua|do) (?:uy ban nhan dan |ubnd )?(?:tinh|thanh pho|bo|thu tuong|chinh phu|"
            r"trung uong|cap tren|chu tich tinh|so)\b",
        ),
        (2, r"(?:nghi quyet|nghi dinh|quyet dinh|cong van|chi thi|thong tu|ke hoach|chuong trinh) (?:so )?\d+"),
        (
            2,
            r"(?:nghi quyet|nghi dinh|cong van|chi thi|luat|thong tu|to trinh)\b.{0,80}\b(?:so may|"
            r"ngay nao|ngay may|so hieu|ngay bao nhieu|cua ai|ai ban hanh|so bao nhieu|nao)",
        ),
        (
            2.3,
            r"(?:ke hoach|quyet dinh|chi thi|nghi quyet|van ban|chuong trinh)\b.{0,50}\b(?:cua|cap|"
            r"do) (?:uy ban nhan dan |ubnd )?(?:tinh|thanh pho|bo|trung uong)|ke hoach tinh|"
            r"ke hoach rieng|da co ke hoach",
        ),
        (
            4,
            r"\b(?:bo|huy|thay|dep) (?:cai |ban |di )?(?:nghi quyet|quyet dinh|van ban|quy dinh|quy che"
            r"|ke hoach) (?:nao|cu)\b",
        ),
        (
            2.3,
            r"(?:ke hoach|quyet dinh|chi thi|nghi quyet|van ban|chuong trinh)\b.{0,80}\bma (?:\w+ ){0,4}"
            r"(?:vien )?dan\b",
        ),
        (2, r"\bluat nao|nghi quyet nao|quyet dinh nao|chi thi nao|cong (?:van|dien) nao|cap tren nao|dua vao dau"),
    ),
    Topic.PHASE: (
        (2.5, r"nam (?:so ket|tong ket)|giai doan|chang duong|may chang|moi chang|chang nao|trong chang"),
        (2.2, r"(?:phong trao|ke hoach|lam|chay|keo dai|thuc hien)\b.{0,25}(?:toi|den|het|tu) (?:nam )?20\d\d"),
        (
            2.2,
            r"(?:so ket|tong ket)\b.{0,40}\b(?:nam nao|nam may|khi nao|luc nao|bao gio|chua|nam bao nhieu|"
            r"thang nao|luc may|dip nao)|(?:khi nao|bao gio|luc nao|nam nao|nam may|"
            r"den luc).{0,40}(?:so ket|tong ket)|(?:cung )?(?:so ket|tong ket).{0,20}(?:nam|luc)",
        ),
        (
            2.2,
            r"(?:phong trao|ke hoach|thuc hien|trien khai|keo dai|dien ra|chay)\b.{0,40}(?:tu nam may|"
            r"toi nam may|den nam may|tu nam nao|den nam nao|toi nam nao|may nam|bao lau|tu bao gio|"
            r"den khi nao|den bao gio|het nam nao|tu luc nao|keo dai)",
        ),
        (-2.5, r"khen|thuong|bao cao|han\b|bang khen|giay khen|hinh thuc"),
    ),
    Topic.AWARD: (
        (
            2.5,
            r"(?:hinh thuc|danh hieu|loai|muc)\b.{0,25}\bkhen|khen.{0,40}(?:hinh thuc|nhung gi|gom|"
            r"bang gi|cai gi|gi\b|the nao|ra sao|sao\b)|khen (?:tong ket|so ket|hang nam|hang)|(?:kieu|"
            r"loai|bang) (?:gi )?khen|khen bang gi|(?:tang|thuong)(?: thuong)? (?:gi|nhung gi|hinh thuc|"
            r"cai gi)|giay khen|bang khen|hinh thuc (?:gi|nao)",
        ),
        (2.2, r"huan chuong|bang khen|giay khen|co thi dua|ky niem chuong|danh hieu"),
        (1.2, r"khen|thuong\b|ton vinh|bieu duong"),
        (
            -2,
            r"\bai\b.{0,40}(?:khen|trinh)|phong nao|don vi nao|co quan nao|tong hop|ho so|can cu|"
            r"tieu chuan|tieu chi|dieu kien|lay bo|dua vao|bao nhieu lan|uu tien|tien thuong|bao nhieu tien|"
            r"kem bao nhieu",
        ),
    ),
    Topic.UPCOMING: (
        (
            3,
            r"sap toi.{0,25}(?:han|phai|viec|nop|bao cao)|(?:han|viec) (?:nao |gi )?(?:sap|gan|ke tiep)|"
            r"han gan nhat|cac han|nhung han|tat ca (?:cac )?han|lich (?:bao cao|nop)|(?:thang|tuan|"
            r"quy) (?:nay|toi).{0,25}(?:han|nop|bao cao|viec gi)",
        ),
    ),
    Topic.DEADLINE: (
        (
            2,
            rf"{LIMIT}|thoi han|"
            r"deadline|muon nhat|cham nhat|tre han|qua han",
        ),
        (1.6, r"(?:bao cao|nop|gui|trinh|dang ky|hoan thanh|xong|lam xong|ket thuc|ban hanh|xay dung)"),
        (
            1,
            r"\b(?:tre|muon)\b|khi nao|bao gio|ngay (?:nao|may|bao nhieu)|luc nao|hom nao|thang (?:nao|"
            r"may)|truoc ngay|bao nhieu ngay|may ngay|con kip|tre|\d{1,2}[/-]\d{1,2}|dinh ky|"
            r"bao lau mot lan|may thang|van duoc|kip|som hon|muon hon|cham hon",
        ),
        (-2, r"ngay ban hanh|ngay ky|hieu luc"),
    ),
    Topic.ADDRESSEE: (
        (
            3,
            r"(?:bao cao|nop|gui|phan anh|bao (?:cho|ve|len|voi)|trinh|de xuat|"
            r"kien nghi)\b.{0,50}(?:ve dau|di dau|gui dau|cho ai|den dau|toi dau|o dau|cho phong nao|"
            r"ve phong nao|phong nao|don vi nao|co quan nao|cho co quan nao|ve ai|ve co quan nao|"
            r"cho cap nao|cho noi nao)",
        ),
        (-3, r"\bla (?:don vi|phong|co quan|ben|ai|to chuc)"),
        (2.5, r"(?:len|cho|ve|toi) (?:nhung |cac )?so nao"),
        (2.2, r"^gui (?:cho )?(?:ai|dau|co quan nao|ve dau)|gui ve dau|nop ve dau|nop dau"),
    ),
    Topic.TERM: (
        (
            2.6,
            r"(?:cum tu|thuat ngu|khai niem|(?:chu|tu) [“\"])\b.{0,60}(?:la|chi|gom|nghia)\b|nghia la (?:gi|sao)|"
            r"duoc hieu|goi tat|viet tat|dinh nghia|[“\"].{3,60}[”\"].{0,90}(?:tinh|gom|gop|bao gom|"
            r"chi nhung)",
        ),
        (2, r"[a-z]+ [a-z]+ la gi(?:$|,.*)"),
        (-3, r"(?:tieu chuan|tieu chi|dieu kien|ho so|quy trinh|thu tuc|giay to)\b.*[“\"].*"),
    ),
    Topic.EFFECT: (
        (
            5,
            r"hieu luc|co gia tri (?:tu|den|khi)|(?:quyet dinh|van ban|nghi quyet|chi thi|quy che|quy dinh)\b.{0,40}"
            r"(?:ap dung|thi hanh|chay) (?:tu|khi|bao gio|luc|chua|roi)|bat dau ap dung|"
            r"(?:bao gio|khi nao|tu (?:ngay|khi|luc) nao|ngay nao|hom nao)(?: \w+){0,3} (?:ap dung|thi hanh)\b|"
            r"\b(?:ap dung|thi hanh|theo) (?:\w+ ){0,4}(?:quy dinh|quyet dinh|nghi quyet|quy che"
            r"|muc)(?: \w+){0,2} moi\b"
            r".{0,60}\bchua$|\bda (?:\w+ ){0,6}(?:quy dinh|quyet dinh|nghi quyet|quy che) moi\b.{0,60}\bchua$",
        ),
        (-4, r"nang cao|het hieu luc|con hieu luc"),
    ),
    Topic.SECTION: (
        (
            4,
            r"(?:dieu|khoan|diem|muc|phan|chuong|phu luc) (?:thu )?(?:\d+|[ivxl]+|[a-z])\b.{0,80}\b(?:noi|quy dinh|"
            r"ghi|neu|viet|trinh bay|noi dung)\b.{0,20}\b(?:gi|nao|sao|j)\b|noi dung (?:cua )?(?:dieu|khoan|muc|phan|"
            r"chuong|phu luc) (?:\d+|[ivxl]+)|(?:dieu|khoan|chuong|muc|phan) (?:\d+|[ivxl]+)(?:\.\w+)* "
            r"(?:\w+ ){0,8}(?:la gi|gom (?:nhung )?gi|co (?:nhung )?gi)",
        ),
    ),
    Topic.DUTY: (
        (
            2,
            r"(?:phai|can|duoc giao|se|co)\s*(?:lam|thuc hien|viec|nhiem vu)\s*(?:nhung )?(?:gi|viec gi|"
            r"nhiem vu gi)|lam gi|trach nhiem (?:gi|cua|nhu)|nhiem vu (?:gi|cua|nhu)|duoc (?:giao|"
            r"de nghi) (?:viec |lam |nhiem vu |nhung )*gi|giao (?:viec|nhiem vu) gi|vai tro",
        ),
    ),
    Topic.CRITERIA: (
        (
            2.2,
            r"(?:cham|danh gia|bi cham|duoc cham)(?: diem| thi dua)? (?:theo|dua|tren|bang)|"
            r"theo (?:nhung )?diem (?:nao|gi)|tieu chi|tieu chuan|(?:duoc|muon|de) (?:xet|binh xet|khen|"
            r"cong nhan)|cham (?:diem|theo)|dieu kien|can (?:dat )?(?:nhung )?gi",
        ),
    ),
    Topic.OUTLINE: (
        (
            2,
            r"(?:may|bao nhieu|nhung|cac) (?:noi dung|giai phap|nhiem vu|muc|yeu cau|muc dich|muc tieu|"
            r"chi tieu|phan|tieu chi)|(?:noi dung|giai phap|muc dich|yeu cau|muc tieu|"
            r"chi tieu)\b.{0,40}(?:la gi|gi\b|gom|nao|the nao|ra sao)",
        ),
    ),
}
_COMPILED = {
    topic: tuple((w, re.compile(rf"(?<![a-z0-9])(?:{p})(?![a-z0-9])")) for w, p in cues)
    for topic, cues in _CUES.items()
}
_HEARD = 2.0
# Words that end or begin like "ký" and sign nothing.
_REGISTERS = re.compile(
    r"\b(?:dang|dinh|thoi|hoc|nhat|truong|nhiem|luu) (?:ky|ki)\b|chu (?:ky|ki) so\b|\bky (?:ket|su|thuat|nang|cuoi"
    r"|luat)\b"
)


def topics(text: str) -> tuple[Topic, ...]:
    """Topics heard, the likeliest first. `text` is expanded, issuers' names taken out."""
    folded = " ".join(fold(text).replace("?", " ").split())
    # The council's name is no question about rewards.
    folded = re.sub(r"thi dua(?:,| -)? khen thuong", "tdkt", folded)
    scores = {t: sum(w for w, p in cues if p.search(folded)) for t, cues in _COMPILED.items()}
    registering = _REGISTERS.sub("", folded)
    for topic in (Topic.SIGNER, Topic.ISSUED):
        scores[topic] = sum(w for w, p in _COMPILED[topic] if p.search(registering))
    heard = [t for t, score in scores.items() if score >= _HEARD]
    return tuple(sorted(heard, key=lambda t: -scores[t]))
