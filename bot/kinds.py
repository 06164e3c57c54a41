"""Whether a text holds a value of the kind that a question wants: a day, a sum, a number of households, a company."""

from __future__ import annotations

import re
from functools import lru_cache

from . import tables
from .bodies import body_name
from .dates import dates_a_document, find_times
from .domain import Plan
from .matters import matters, speaks
from .question import Question
from .terms import spaced
from .text import accented, fold
from .topics import Topic
from .units import Unit, units
from .wants import Want

# Kinds whose values are recognised by their form; without one the unit is no answer.
HARD = frozenset(
    {
        Want.DATE,
        Want.DAYS_LEFT,
        Want.MONEY,
        Want.PERCENT,
        Want.COUNT,
        Want.DURATION,
        Want.CONTACT,
        Want.PERSON,
        Want.NUMBER,
    }
)

_SUM = re.compile(r"(?:nghin|ngan|trieu|ty|ti|1\.000|000)?\s*\b(?:dong|trieu|nghin)\b")
_MONEY = re.compile(r"\d[\d.,]*\s*(?:nghin|ngan|trieu|ty|ti|dong)\b")
# Numbers in figures or in words, accents counted: "năm" is five where it is no year.
_NUMERAL = re.compile(
    r"(?<![\w/.-])\d[\d.,]*|\b(?:hai|ba|bốn|sáu|bảy|bẩy|tám|chín|mười)\b"
    r"|(?<!hằng )(?<!hàng )(?<!mỗi )(?<!từng )(?<!trong )(?<!cuối )(?<!đầu )(?<!các )(?<!một )(?<!những )(?<!của )"
    r"\bnăm\b"
    r"(?! (?:\d|học|qua|nay|sau|trước|tài chính|tới|đầu|cuối|thực hiện))"
)
_COUNTED = re.compile(r"\s*(?:%|°|[^\W\d_])")
_CELL_FIGURE = re.compile(r"(?:^|\|)\s*(?:[\d.,%/ <>=-]+|[ivx]+)\s*(?:\||$)|\d")
_DURATION = re.compile(
    r"\d+\s*\)?\s*(?:\([^)]{1,20}\)\s*)?(?:phut|gio|ngay|tuan|thang|nam)\b(?!\s*\d)|suot (?:ngay|dem|nam|mua)"
)
_FREQUENCY = re.compile(
    r"(?:hang|moi|tung) (?:nam|thang|quy|tuan|ngay)|\blan\b|thuong xuyen|dinh ky|/(?:nam|thang|quy|tuan|ngay)"
)
_HOW_OFTEN = re.compile(r"\b(?:mot|1|may|bao nhieu) lan\b|dinh ky|thuong xuyen|bao lau (?:phai|thi|lai|kiem|hop|bao)")
_HOW_LONG = re.compile(r"bao lau|(?:may|bao nhieu) (?:ngay|tuan|thang)\b")
_REPEATS = re.compile(
    r"tai thoi diem|ke tu ngay|(?:tu|den|het|trong|vao) thang \d|"
    r"h[a]ng (?:nam|thang|quy|tuan|ngay)|dinh ky (?:hang|moi|\d|thang|quy|nam)|\b0?6 thang|thu (?:hai|ba|"
    r"tu|nam|sau|bay)\b|chu nhat|\d\)?\s*(?:gio|h)\b|\bngay \d{1,2}\b|nam 20\d\d|20\d\d|moi (?:nam|thang|quy|tuan)|"
    r"truoc moi|sau moi|\b(?:sau|trong|truoc|qua) (?:vong |thoi han |thoi gian )?(?:toi da |khong qua |it nhat )?\d+ "
    r"(?:\([^)]{1,20}\) )?(?:phut|gio|ngay|tuan|thang|nam)\b|\bngay (?:sau|truoc) khi\b|"
    r"(?:theo|tu|tinh tu) (?:nam|ngay|thang|thoi diem) (?!\d)[a-z]+"
)
_NUMBERED = re.compile(r"\d+/20\d\d/")  # a document's number holds its year
_CONTACT = re.compile(r"(?<![\d/])0\d[\d. ]{6,}\d|@|https?:|www\.|\.vn\b")
_PLACE = re.compile(
    r"\b(?:tại|ở|trên|địa điểm|trụ sở|nhà văn hóa|hội trường|trường|trung tâm|sân|phòng|website)\b|http|\.vn"
)
_FORM = re.compile(r"\b(?:mẫu|biểu|phụ lục|đề cương)\b")
_PAYS = re.compile(r"\b(?:gop|dong|nop|tra|thu|mat|ton|phi|le phi|ung ho)\b")
_NOT_PAID = re.compile(r"\bkhông (?:vận động|thu|phải (?:nộp|đóng|trả|chi)|mất|tốn|trả)\b|\bmiễn (?:phí|thu|giảm)")
_WHICH_WEEKDAY = re.compile(r"\bthu may\b|ngay nao trong tuan")
_WEEKDAY = re.compile(r"\bthứ (?:hai|ba|tư|năm|sáu|bảy)\b|chủ nhật|cuối tuần")
_PERSON = re.compile(r"(?:đồng chí|ông|bà|Đ/c)\s+[A-ZĐÀ-Ỹ]")
# "Tổ trưởng là ai?" is answered by an office as well: "do Phó Chủ tịch … làm Tổ trưởng".
_ROLE = re.compile(
    r"\b((?:to|doi|nhom|doan|pho|truong|chu|uy|thu)? ?(?:truong|pho|ban|tich|nhiem|vien|thu ky|dau|truc))\b"
    r"(?: \w+){0,14} (?:la|do) ai|\bai (?:la|lam|giu) (\w+ \w+)"
)
_OFFICE = re.compile(
    r"\b(?:Phó )?(?:Chủ tịch|Giám đốc|Trưởng (?:phòng|ban|trạm|công an)|Bí thư|Chỉ huy trưởng|Chánh Văn phòng"
    r"|Hiệu trưởng"
    r"|Thủ trưởng|Lãnh đạo|Trưởng|Phó Trưởng)\b"
)


@lru_cache(maxsize=1 << 14)  # the units of a plan are judged by every question
def holds(text: str, want: Want) -> bool:
    """Whether the text holds a value of the kind wanted. Kinds that no form tells are held by any text."""
    folded = fold(text)
    match want:
        case Want.DATE | Want.DAYS_LEFT:
            times = find_times(text)
            cited = [t for t in times if dates_a_document(text, t)]
            for time in cited:  # "Tờ trình số 118/TTr-SNV ngày 12 tháng 01 năm 2026" sets no day
                folded = folded[: time.start] + " " * (time.end - time.start) + folded[time.end :]
            return len(cited) < len(times) or bool(_REPEATS.search(_NUMBERED.sub(" ", folded)))
        case Want.MONEY:
            return bool(_MONEY.search(folded))
        case Want.PERCENT:
            return bool(re.search(r"\d\s*%|phan tram", folded))
        case Want.COUNT:
            return _counts_something(text) or bool(_ONCE.search(text.lower()))
        case Want.NUMBER:
            return bool(re.search(r"\d", text)) or bool(_NUMERAL.search(text.lower()))
        case Want.DURATION:
            return bool(_DURATION.search(folded))
        case Want.PLACE:
            return bool(_PLACE.search(text.lower()))
        case Want.FORM:
            return bool(_FORM.search(text.lower()))
        case Want.CONTACT:
            return bool(_CONTACT.search(folded))
        case Want.PERSON:
            return bool(_PERSON.search(text))
    return True


def fits(question: Question, plan: Plan, unit: Unit, text: str) -> bool:
    """Whether the unit holds a value of every kind wanted that can be recognised."""
    if unit.cells and {Want.COUNT, Want.PERCENT} & set(question.wants) and not _counts_something(text):
        # A figure and what it counts stand in two places of a table: the cell and the head of its column.
        return bool(_CELL_FIGURE.search(fold(text))) and all(speaks(unit, m) for m in matters(question.said))
    # Only where the lines over the row speak of money is the table read back to its head.
    named = unit.cells and bool(_SUM.search(unit.above))
    if named and Want.MONEY in question.wants and tables.measured(plan, unit, _SUM):
        return all(speaks(unit, m) for m in matters(question.said) if m.name not in ("kinh phí", "miễn phí"))
    hard = [w for w in question.wants if w in HARD]
    if Want.DURATION in hard and _HOW_LONG.search(fold(question.said)):
        hard = [w for w in hard if w is not Want.DATE]  # "chậm nhất mấy ngày" asks for no day
    hard += [w for w in question.wants if w is Want.FORM and accented(question.text)]
    hard += [w for w in question.wants if w is Want.PLACE and Topic.ADDRESSEE not in question.topics]
    if Want.DURATION in hard and _HOW_OFTEN.search(fold(question.said)) and _FREQUENCY.search(fold(text)):
        hard.remove(Want.DURATION)
    if _WHICH_WEEKDAY.search(fold(question.text)) and not _WEEKDAY.search(text.lower()):
        return False
    if Want.MONEY in hard and _PAYS.search(fold(question.said)) and _NOT_PAID.search(text.lower()):
        hard.remove(Want.MONEY)  # "phải góp bao nhiêu tiền": "không vận động đóng góp"
    if Want.PERSON in hard and _names_office(question, text):
        hard.remove(Want.PERSON)
    if not all(holds(text, want) for want in hard) or not all(speaks(unit, m) for m in matters(question.said)):
        return False
    return _counts(question, plan, text) and _is_kind(question, unit) and _weighs(question, plan, text)


def _names_office(question: Question, text: str) -> bool:
    """Whether the text gives the post that the question asks about to the holder of an office."""
    asked = _ROLE.search(fold(question.said))
    post = asked and (asked[1] or asked[2] or "").strip()
    return (
        bool(post)
        and bool(re.search(rf"\b(?:lam|la|giu chuc|:)\s*{post}\b|\b{post}\s*(?::|la|do)\s", fold(text)))
        and bool(_OFFICE.search(text))
    )


def _weighs(question: Question, plan: Plan, text: str) -> bool:
    """ "Có 60 người, đúng không?" is judged by what counts people, where the plan counts any."""
    if Want.YES_NO not in question.wants:
        return True
    said = fold(question.said)
    for figure in question.figures:
        noun = re.search(rf"(?<!\d){re.escape(figure)}\s+([a-z]{{2,}})", said)
        if noun and any(_numbers(plan.text[u.start : u.end], noun[1], share=figure.endswith("%")) for u in units(plan)):
            return _numbers(text, noun[1], share=figure.endswith("%")) or _denies(text, noun[1])
    return True


def _denies(text: str, noun: str) -> bool:
    """ "Chỉ một đợt", "không phải báo trước": what is said instead of a number."""
    return bool(re.search(r"\bkhông phải\b", text.lower())) or f"mot {noun} " in f"{fold(text)} "


@lru_cache(maxsize=1 << 13)  # asked of all units beside each of them
def _numbers(text: str, noun: str, share: bool) -> bool:
    follows = re.compile(rf"\s*{'%' * share}\s*(?:[a-z]+\s+)?{noun}\b")
    folded = fold(text)
    return any(follows.match(folded, number.end()) for number in _NUMERAL.finditer(text.lower()))


def _counts(question: Question, plan: Plan, text: str) -> bool:
    """Households are counted in households: "bao nhiêu hộ" is not answered by a share, nor by a number of villages."""
    if Want.COUNT not in question.wants or not question.counted:
        return True
    unit = question.counted.split()[0]
    if unit == "nguoi":
        return any(_PEOPLE.match(fold(text), n.end()) for n in _NUMERAL.finditer(text.lower()))
    if unit == "lan" and _ONCE.search(text.lower()):
        return True
    if unit == "do" and "°" in text:
        return True
    if unit in _MEASURED and re.search(rf"\d\s*(?:{_MEASURED[unit]})(?![a-z])", fold(text)):
        return True
    if (
        " " in question.counted
        and f" {question.counted} " in spaced(text)
        and any(not _EACH.search(text[: m.start()].lower()) for m in _TO_EACH.finditer(fold(text)))
    ):
        return True  # "Giấy khen cho 12 tập thể và 25 cá nhân"
    if not any(f" {unit} " in u.words for u in units(plan)):
        return True
    if re.search(rf"\d\s*%\s+(?:tong )?so {unit}\b", fold(text)):
        return True
    # A share counts them where a least number is asked for: "ít nhất 50% số hộ".
    share = r"\s*%?" if re.search(r"it nhat|toi thieu", fold(question.said)) else ""
    follows = re.compile(rf"{share}\s*(?:\([^)]{{1,20}}\)\s*)?(?:[a-z]+\s+){{0,2}}{unit}\b")
    folded = fold(text)
    of_each = bool(re.search(r"\b(?:moi|mot|tung|1)\b", fold(question.said)))
    return any(
        follows.match(folded, number.end()) and (of_each or not _EACH.search(text[: number.start()].lower()))
        for number in _NUMERAL.finditer(text.lower())
    )


def _counts_something(text: str) -> bool:
    lowered = text.lower()
    return any(_COUNTED.match(lowered, number.end()) for number in _NUMERAL.finditer(lowered))


# People are counted as pupils, members, households' heads.
_PEOPLE = re.compile(
    r"\s*(?:\([^)]{1,20}\)\s*)?(?:[a-z]+\s+)?(?:nguoi|ca nhan|hoc sinh|[a-z]+ vien|can bo|tre|khach|chu ho|dong chi"
    r"|lao dong|cong nhan|nhan luc|ho dan|ho gia dinh)\b"
)
# "Mỗi điểm tiêm có 01 người" does not say how many there are.
_EACH = re.compile(r"\bmỗi (?!năm|quý|tháng|tuần|ngày|đợt|kỳ)[^.;]*$")
# What is measured, not counted: how much land is told in hectares.
_MEASURED = {
    "dat": "m2|m²|ha|hec ?ta|met vuong|cong",
    "nuoc": "m3|m³|lit|khoi|met khoi",
    "rac": "tan|kg|ta|m3",
    "gao": "tan|kg|ta",
    "thoc": "tan|kg|ta",
    "duong": "km|m|met",
    "dien": "kwh|kw|mw",
    "xang": "lit|m3",
    "dau": "lit|m3",
    "thuoc": "lieu|lo|vien|hop|lit|kg",
}
_ONCE = re.compile(r"\b(?:một|hai|ba|\d+) lần\b")
_TO_EACH = re.compile(
    r"\b(?:cho|doi voi)\b[^.;]{0,30}\d+ (?:\([^)]{1,20}\) )?(?:tap the|ca nhan|ho|gia dinh|nguoi|don vi)\b"
)
_GENERIC = frozenset("ai phong don vi co quan ben noi to chuc bo phan cap ban doan the nguoi nhom".split())


def _is_kind(question: Question, unit: Unit) -> bool:
    """ "Công ty nào" is answered by a company, "bệnh viện nào" by a hospital."""
    if Want.BODY not in question.wants:
        return True
    asked = re.search(r"([a-z]+(?: [a-z]+)?) nao\b", fold(question.said))
    if asked is None or asked[1].split()[-1] in _GENERIC or asked[1] in _GENERIC or not body_name(asked[1]):
        return True
    if asked[1].split()[0] in ("la", "cua", "do", "thi", "ve", "cho"):
        return f" {asked[1].split()[-1]} " in unit.words + spaced(unit.owner)
    noun = asked[1] if f" {asked[1]} " in f" {fold(question.said)} " else ""
    return f" {noun} " in unit.words or f" {noun.split()[-1]} " in unit.words + spaced(unit.owner)
