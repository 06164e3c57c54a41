"""What a plan's head and end say of it: number, date, issuer, title, movement, period, signer, recipients.

What is left blank in the document stays blank.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.domain import WrittenDate
from bot.gazetteer import places, provinces
from bot.text import fold

from .marker import bullet, marker
from .outline import Line, is_title

_KINDS = {
    "ke hoach": "Kế hoạch",
    "quyet dinh": "Quyết định",
    "chi thi": "Chỉ thị",
    "nghi quyet": "Nghị quyết",
    "cong dien": "Công điện",
    "chuong trinh": "Chương trình",
    "phuong an": "Phương án",
    "de an": "Đề án",
    "huong dan": "Hướng dẫn",
    "thong bao": "Thông báo",
}
_KIND_LINE = re.compile(rf"({'|'.join(_KINDS)})\b[\s.:]*")
_LETTER = re.compile(r"v\s?/\s?v:?\s+")  # "V/v tăng cường …": a letter has no kind of its own above its subject
_NUMBER = re.compile(
    r"(?:so|s[a-z0-9]{0,2}:)\s*[:.]?\s*(?P<digits>[\d\w.…]{0,8}?(?:/20\d\d)?)\s*(?P<kind>[-/]\s?[a-z]{2,6}(?:\s?[-/]\s?[a-z&]{2,12})*)"
)
_PLACE = r"(?:\|\s*)?(?P<place>[^,\n]{2,60}?)\s*,\s*ngay\s*"
_DATES = (
    re.compile(_PLACE + r"(?P<day>[^\s]{0,4}?)\s*thang\s*(?P<month>[^\s]{0,3}?)\s*nam\s*(?P<year>\d{4}|\s*)"),
    re.compile(_PLACE + r"(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4})"),
)
_PROVINCE = re.compile(r"(?:tinh|thanh pho|tp\.?)\s+(?P<name>[a-z]+(?:\s+[a-z]+){0,3})\b")
_PREAMBLE = re.compile(
    r"(?:can cu|thuc hien|theo|xet|de\b|nham|uy ban nhan dan|ubnd|chu tich"
    r"|trien khai thuc hien (?:ke hoach|quyet dinh|nghi quyet|chi thi)"
    r"|(?:i|1|a)\s*\.|phan (?:thu |[ivx\d]+\b)|chuong i\b|dieu 1\b|-{3,}|_{3,})"
)
_SIGNS = re.compile(
    r"(?:tm|kt|tl|tuq|q)\s?\.\s?|(?:pho )?(?:chu tich|truong phong|giam doc|chanh van phong)|(?:uy ban nhan dan|ubnd)$"
)
_OFFICE_LINE = re.compile(r"(?:tm|kt|tl|tuq|q)\s?\.\s?|(?:pho )?(?:chu tich|truong phong|giam doc|chanh van phong)")
_NAME = r"(?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]+\s+){1,5}[A-ZĐÀ-Ỹ][a-zà-ỹđ]+"
_PERSON = re.compile(rf"(?!Đã Ký){_NAME}$|(?:[A-ZĐÀ-Ỹ]{{2,}}\s+){{1,5}}[A-ZĐÀ-Ỹ]{{2,}}$")
# Where one line of the end goes over into what stood beside or below it: the next cell, the signature to the right of
# the recipients, the next recipient of the same cell, the name below the office.
_SEAM = re.compile(
    r"\s*\|\s*|\s+(?=(?:TM|KT|TL|TUQ|Q)\s?\.)|(?<=[;:.,])\s+(?=[-+•]\s)|(?<!PHÓ)(?<!^)\s+(?=(?:PHÓ )?CHỦ TỊCH\b)"
    rf"|(?<=CHỦ TỊCH)\s+(?={_NAME}$)|(?<=[.;])\s+(?={_NAME}$)"
)
_LEAST_RECIPIENTS = 3
_YEARS = re.compile(r"(?:tu )?(?:giai doan|nam)?\s*(20\d\d)\s*(?:-|–|—|den(?: het)?(?: nam)?)\s*(20\d\d)")


@dataclass(frozen=True)
class Metadata:
    kind: str
    number: str
    when: WrittenDate
    place: str
    title: str
    movement: tuple[str, ...]
    period: tuple[int, int] | None
    issuer_kind: str
    issuer_name: str
    province: str
    aliases: tuple[str, ...]
    signer: str
    signer_office: str
    recipients: tuple[str, ...]
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    # Vietnamese, for the report and the warnings
    blank: tuple[str, ...] = ()  # what the head leaves open: number, day
    missing: tuple[str, ...] = ()  # what is not found at all


def metadata(lines: Sequence[Line]) -> Metadata:
    """Reads the head (all before the first section) and the end (from "Nơi nhận")."""
    head, tail = _parts(lines)
    spans: dict[str, tuple[int, int]] = {}
    number = _number(head, spans)
    place, when = _date(head, spans)
    kind, title = _title(head, spans)
    issuer_kind, issuer_name = _issuer(head, tail, place, title)
    province, aliases = _province(lines, issuer_kind, issuer_name)
    signer, office = _signer(tail, spans)
    recipients = _recipients(tail, spans)
    movement = tuple(re.findall(r"[“\"]([^”\"]{5,160})[”\"]", title))
    period = _period(title, lines)
    return Metadata(
        kind,
        number,
        when,
        place,
        title,
        movement,
        period,
        issuer_kind,
        issuer_name,
        province,
        aliases,
        signer,
        office,
        recipients,
        spans,
        tuple(_blank(number, when)),
        tuple(_missing(number, when, signer, recipients)),
    )


def _parts(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    first = next(
        (i for i, line in enumerate(lines) if marker(line.text) and not _NUMBER.match(fold(line.text))), len(lines)
    )
    tail: list[Line] = []
    inside = False
    for line in lines[first:]:
        folded = fold(line.text)
        if re.match(r"noi nhan|tm\s?\.|kt\s?\.", folded) or (line.text.isupper() and _SIGNS.match(folded)):
            inside = True
        elif is_title(line, folded) or (marker(line.text) and len(line.text) > 30):
            inside = False
        if inside:
            tail += _seams(line)
    return list(lines[:first]), tail


def _seams(line: Line) -> list[Line]:
    """The line cut where it goes over into what stood beside or below it in the original."""
    cuts = [(0, 0), *(m.span() for m in _SEAM.finditer(line.text)), (len(line.text), len(line.text))]
    pieces = [(a, b) for (_, a), (b, _) in pairwise(cuts) if a < b]
    return [Line(line.start + a, line.start + b, line.text[a:b], line.heading, line.cells) for a, b in pieces]


def _number(head: list[Line], spans: dict[str, tuple[int, int]]) -> str:
    for line in head:
        found = _NUMBER.match(fold(line.text))
        if found:
            digits = line.text[found.start("digits") : found.end("digits")]
            kind = re.sub(r"\s", "", line.text[found.start("kind") : found.end("kind")])
            spans["number"] = (line.start, line.start + found.end())
            return (digits if digits.replace("/", "").isalnum() else "") + kind
    return ""


def _date(head: list[Line], spans: dict[str, tuple[int, int]]) -> tuple[str, WrittenDate]:
    for line in head:
        folded = fold(line.text)
        number = _NUMBER.match(folded)
        at = number.end() if number else 0
        at += len(folded[at:]) - len(folded[at:].lstrip())
        found = next((m for pattern in _DATES if (m := pattern.match(folded, at))), None)
        if found is None or len(folded) - found.end() > 12:
            continue
        place = line.text[found.start("place") : found.end("place")].strip()
        written = line.text[found.end("place") : found.end()].strip(" ,")
        spans["date"] = (line.start + found.start("place"), line.start + found.end())
        day, month, year = (
            int(found[part]) if found[part].strip().isdigit() else None for part in ("day", "month", "year")
        )
        return place, WrittenDate(written, day, month, year)
    return "", WrittenDate("")


def _title(head: list[Line], spans: dict[str, tuple[int, int]]) -> tuple[str, str]:
    """Kind and title. Of a decision and the plan it issues, the decision's kind and its own title."""
    for index, line in enumerate(head):
        found = _KIND_LINE.match(fold(line.text))
        if not found or not (line.text[: found.end()].strip(" :.").isupper() or line.heading):
            continue
        rest = line.text[found.end() :].strip()
        words = [rest] if rest else []
        last = line.end
        for after in head[index + 1 :]:
            if _PREAMBLE.match(fold(after.text)) and (words or not after.text.startswith(("Thực hiện", "Triển khai"))):
                break
            if len(" ".join(words)) > 400 or after.text.startswith(("CHỦ TỊCH", "ỦY BAN", "UỶ BAN")):
                break
            words.append(after.text)
            last = after.end
        title = " ".join(words).strip(" .:")
        if title:
            spans["title"] = (line.start, last)
            return _KINDS[found.group(1)], title
    for line in head:
        subject = _LETTER.match(fold(line.text))
        if subject:
            spans["title"] = (line.start, line.end)
            return "Công văn", line.text[subject.end() :].strip(" .:")
    return "", ""


def _issuer(head: list[Line], tail: list[Line], place: str, title: str) -> tuple[str, str]:
    """Kind and name, from the letterhead, else the title, else the place beside the date and the text of the head."""
    joined = "\n".join(line.text for line in head)
    clean = re.sub(r"C[OỘ]NG H[OÒ]A X[AÃ] H[OỘ]I.*|Đ[OỘ]C L[AẬ]P.*", "", joined, flags=re.IGNORECASE)
    flat = re.sub(r"(?i)((?:ủy|uỷ|uy) ban nhân dân)\s*\n", r"\1 ", clean)
    named: Counter[tuple[str, str]] = Counter()
    for text, weight in ((flat, 2), (title, 3), ("\n".join(line.text for line in tail), 1)):
        for found in _named(text):
            named[found] += weight
    if place:
        kinds = [(k, n) for (k, n), _ in named.most_common() if fold(n) == fold(place)]
        if kinds:
            return kinds[0][0], place
    communes = [(pair, count) for pair, count in named.items() if pair[0] not in ("tỉnh", "thành phố")]
    best = max(communes or list(named.items()), key=lambda item: item[1], default=None)
    if best:
        return best[0]
    return "", place


def _named(text: str) -> list[tuple[str, str]]:
    found = []
    for match in re.finditer(
        r"(?i:\b(xã|phường|đặc khu|thị trấn|tỉnh|thành phố)) +((?:[A-ZĐÀ-Ỹ][\w’'-]*[ ]?){1,5})", text
    ):
        name = match.group(2).strip()
        if fold(name).startswith("hoi"):
            continue  # "xã Hội", from CỘNG HÒA XÃ HỘI …
        if name.isupper():
            name = " ".join(word.capitalize() for word in name.split())
        found.append((match.group(1).lower(), name))
    return found


def _province(lines: Sequence[Line], kind: str, name: str) -> tuple[str, tuple[str, ...]]:
    """The province, and the gazetteer's spelling of the name where it is another one.

    The provinces that the document names are weighed by how often; the gazetteer says which of them has such a place.
    """
    if kind in ("tỉnh", "thành phố"):
        return name, ()
    known = provinces()
    votes: Counter[str] = Counter()
    for line in lines:
        folded = fold(line.text)
        for match in _PROVINCE.finditer(folded):
            words = match["name"].split()
            for count in range(min(4, len(words)), 0, -1):
                if " ".join(words[:count]) in known:
                    votes[known[" ".join(words[:count])]] += 1
                    break
    here = [p for p in places().get(fold(name), ()) if p.kind not in ("tỉnh", "thành phố")]
    same_kind = [p for p in here if p.kind == kind] or here
    for province, _ in votes.most_common():
        if any(p.province == province for p in same_kind):
            return province, _spellings(name, province)
    if votes:
        province = votes.most_common(1)[0][0]
        return province, _near(name, province)
    if len({p.province for p in same_kind}) == 1:
        return same_kind[0].province, _spellings(name, same_kind[0].province)
    return "", ()


def _spellings(name: str, province: str) -> tuple[str, ...]:
    return tuple(p.name for p in places().get(fold(name), ()) if p.province == province and p.name != name)


def _near(name: str, province: str) -> tuple[str, ...]:
    """The one place of the province whose name is a slip of one letter away."""
    from rapidfuzz.distance import Levenshtein

    near = [
        p.name
        for found in places().values()
        for p in found
        if p.province == province and Levenshtein.distance(fold(p.name), fold(name)) == 1
    ]
    return tuple(near) if len(near) == 1 else ()


def _signer(tail: list[Line], spans: dict[str, tuple[int, int]]) -> tuple[str, str]:
    signer, office = "", []
    first = None
    for line in tail:
        folded = fold(line.text)
        if signer:
            break  # a plan attached to a decision follows its signature
        if _OFFICE_LINE.match(folded) or (line.text.isupper() and _SIGNS.match(folded)):
            office.append(line.text)
            first = line.start if first is None else first
        elif office and _PERSON.match(line.text) and not bullet(line.text):
            signer = line.text
            spans["signer"] = (first if first is not None else line.start, line.end)
    offices = [o for o in office if not re.match(r"tm\s?\.", fold(o))] or office
    joined = " ".join(dict.fromkeys(offices))
    merged = re.search(r"(?:KT\..*|(?:PHÓ )?CHỦ TỊCH.*)", joined)
    return signer, (merged.group() if merged else joined) if signer else ""


def _recipients(tail: list[Line], spans: dict[str, tuple[int, int]]) -> tuple[str, ...]:
    names: list[str] = []
    kept: tuple[list[str], tuple[int, int]] = ([], (0, 0))
    inside, start, end = False, 0, 0
    for line in tail:
        folded = fold(line.text)
        if folded.startswith("noi nhan"):
            # The plan's own list stands last; a decision before it has another. A form's is short.
            if len(names) >= _LEAST_RECIPIENTS:
                kept = names, (start, end)
            inside, start, end, names = True, line.start, line.end, []
        elif inside and bullet(line.text):
            name = line.text[bullet(line.text) :].strip(" ;.,")
            if not folded[bullet(line.text) :].startswith("luu"):
                names.append(name)
            end = line.end
        elif inside and names and line.cells and line.text.startswith("("):
            names[-1] += f" {line.text.strip(' ;.,')}"  # "(để b/c)" in a column of its own
            end = line.end
        elif inside and not (line.cells or _SIGNS.match(folded) or _PERSON.match(line.text)):
            inside = False
    if len(names) < min(_LEAST_RECIPIENTS, len(kept[0])):
        names, (start, end) = kept
    if names:
        spans["recipients"] = (start, end)
    return tuple(names)


def _period(title: str, lines: Sequence[Line]) -> tuple[int, int] | None:
    """Years covered: those of the title, else those of the clause on the time of execution."""
    years = _YEARS.search(fold(title))
    if years:
        return int(years[1]), int(years[2])
    one = re.findall(r"nam (20\d\d)", fold(title))
    if one:
        return int(one[0]), int(one[0])
    for line in lines:
        folded = fold(line.text)
        if re.search(r"trien khai thuc hien|thuc hien|thoi gian", folded):
            span = re.search(r"tu nam (20\d\d) den (?:het )?nam (20\d\d)", folded)
            if span:
                return int(span[1]), int(span[2])
    return None


def _blank(number: str, when: WrittenDate) -> Iterator[str]:
    if number and not number[0].isdigit():
        yield f"số văn bản để trống ({number})"
    parts = (("ngày", when.day), ("tháng", when.month), ("năm", when.year))
    blanks = [name for name, part in parts if part is None]
    if when.written and blanks:
        yield f"{' và '.join(blanks)} ban hành để trống hoặc không đọc được ({when.written})"


def _missing(number: str, when: WrittenDate, signer: str, recipients: tuple[str, ...]) -> Iterator[str]:
    if not number:
        yield "không thấy số văn bản"
    if not when.written:
        yield "không thấy ngày ban hành"
    if not signer:
        yield "không thấy người ký"
    if not recipients:
        yield "không thấy nơi nhận"
