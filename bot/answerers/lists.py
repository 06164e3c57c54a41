"""Lists whole and in order, from the outline: duties of a body, criteria for an audience, contents of a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..domain import Criterion, Plan, Section, Span
from ..findings import Claim, Finding
from ..matters import Matter, matters
from ..question import Question
from ..terms import Term, spaced, spaced_exact
from ..text import fold
from ..topics import Topic
from ..units import above, content_start, paragraphs
from ..wants import Want
from .shared import Context, empty_heading, in_words, line, says, span

_ORGANISES = re.compile(
    r"to chuc (?:va )?(?:trien khai |thuc hien)|trach nhiem|phan cong|nhiem vu cua|to chuc thi hanh"
)
_CRITERIA = re.compile(r"tieu chi|tieu chuan")
_KINDS = {
    "muc dich": r"muc dich",
    "yeu cau": r"yeu cau",
    "noi dung": r"noi dung",
    "giai phap": r"giai phap",
    "muc tieu": r"muc tieu|chi tieu",
    "chi tieu": r"chi tieu|muc tieu",
    "nhiem vu": r"nhiem vu",
    "kinh phi": r"kinh phi",
    "doi tuong": r"doi tuong",
    "quyen loi": r"quyen loi",
    "tieu chuan": "tieu chuan",
}
_ENOUGH, _WHOLE = 0.6, 0.98
# Words that name the kind of thing asked for, not whose it is.
_ASKING = frozenset(
    (
        "tieu chi chuan nhiem vu trach noi dung giai phap muc dich yeu cau lam dat xet duoc giao viec de nghi "
        "vai tro thuc hien hinh theo ke hoach thi dua phong trao can dieu kien muon"
    ).split()
)
_REWARD = frozenset("duoc xet khen thuong binh chon tang".split())
_LISTED = re.compile(
    r"noi dung|giai phap|nhiem vu|muc|tieu chi|yeu cau|chi tieu|hinh thuc|viec|y\\b|nhom|dieu|"
    r"khoan|phan|mang|linh vuc"
)
_UNHEADED = 0.25  # weight left to a word that stands in no heading of the plan: it does not choose among them
_LABEL = 90  # characters of a line that only names the list below it
_OTHERS = re.compile(r"(?:cac )?(?:doi tuong|ca nhan|to chuc, ca nhan) khac")
_RESIDENT = (
    r"\b(?:nguoi dan|ba con|dan thuong|dan lang|nong dan|tieu thuong|ho kinh doanh|ho gia dinh|buon ban|noi tro"
    r"|huu tri|nghi huu|"
    r"tu do|khong phai (?:la )?(?:can bo|cong chuc|dang vien)|doi tuong khac)\b"
)
_MOST = 14  # items shown; the rest are counted


def answer(question: Question, plan: Plan, context: Context) -> Finding | None:
    if {Want.DATE, Want.MONEY, Want.PERSON, Want.PERCENT, Want.DURATION, Want.DAYS_LEFT} & set(question.wants):
        return None
    if Want.BODY in question.wants and not {Topic.OUTLINE, Topic.CRITERIA} & set(question.topics):
        return None
    if Want.COUNT in question.wants and not _LISTED.match(question.counted):
        return None
    if context.best and context.best.unit.lead_in and context.best.core >= _WHOLE:
        return None  # "… đạt các tiêu chuẩn sau:" says all that is asked
    labelled = _labelled(question, plan) if Topic.CRITERIA in question.topics else None
    if labelled:
        return labelled
    chosen = section_asked(question, plan)
    if chosen is None:
        return _of_others(question, plan) if Topic.CRITERIA in question.topics else None
    score, section = chosen
    top = context.best
    if top and top.unit.section != section.path and top.core > score + 0.15 and Want.LIST not in question.wants:
        return None
    if section.empty or not all(_speaks(plan, section, m) for m in matters(question.said)):
        return None
    return listed(question, plan, section)


def _speaks(plan: Plan, section: Section, matter: Matter) -> bool:
    words = spaced_exact(" ".join((*plan.headings(section.path), plan.text[section.start : section.end])))
    return bool(matter.spoken.search(words))


def section_asked(question: Question, plan: Plan) -> tuple[float, Section] | None:
    """The section whose heading, or leading body, is what the question names, and the share of the terms it holds."""
    criteria = Topic.CRITERIA in question.topics
    duty = Topic.DUTY in question.topics
    kinds = (
        [pattern for cue, pattern in _KINDS.items() if says(question, rf"\b{cue}\b")]
        if Topic.OUTLINE in question.topics
        else []
    )
    subject = [t for t in question.terms if not set(t.forms[0].split()) <= _ASKING]
    if criteria:
        # "Doanh nghiệp được xét khen theo tiêu chí nào?" asks whose criteria; the reward is only what they are for.
        subject = [t for t in subject if not set(t.forms[0].split()) <= _REWARD] or subject
    everything = spaced(" / ".join(name_of(plan, s) for s in plan.sections))
    headed = {t.forms for t in subject if any(f" {f} " in everything for f in t.forms)}
    found = []
    for section in plan.sections:
        names = name_of(plan, section)
        if not names:
            continue
        framed = spaced(names)
        headings = " / ".join(fold(s.heading) for s in above(plan, section.path))
        if criteria and not duty and not _CRITERIA.search(headings):
            continue
        if duty and not criteria and not _ORGANISES.search(headings):
            continue
        if kinds and not subject and not any(re.search(k, fold(section.heading)) for k in kinds):
            continue
        if kinds and not any(re.search(k, headings) for k in kinds):
            continue
        over = [spaced(name_of(plan, s)) for s in above(plan, section.path)[1:3]] if criteria else []
        total = sum(t.weight * (1.0 if t.forms in headed else _UNHEADED) for t in subject)
        got = sum(t.weight * _held_at(t, (framed, *over)) for t in subject)
        title = spaced(plan.title)
        free = sum(
            t.weight
            for t in subject
            if not any(f" {f} " in framed for f in t.forms) and any(f" {f} " in title for f in t.forms)
        )
        share = got / (total - free) if total - free > 0.5 else (0.7 if kinds else 0.0)
        if kinds and any(re.search(k, fold(section.heading)) for k in kinds):
            share += 0.1
        if over and _CRITERIA.search(fold(section.heading)) and got:
            share += 0.15
        asking = sum(f" {t.forms[0]} " in framed for t in question.terms if t not in subject)
        share += 0.03 * asking
        # A heading that says more than was asked is a worse match: "phòng" alone does not choose among seven.
        said = max(1, len(framed.split()))
        found.append(
            (
                share - 0.003 * said + (0.02 if not section.empty else 0),
                -section.level if kinds else section.level,
                section,
            )
        )
    best = max(found, key=lambda f: f[:2], default=None)
    if best is None or best[0] < _ENOUGH:
        return None
    return best[0], best[2]


_HELD = (1.0, 0.85, 0.5)  # what a word proves in the section's own heading, in the one over it, in the next


def _held_at(term: Term, headings: Sequence[str]) -> float:
    places = zip(_HELD, headings, strict=False)
    return next((share for share, words in places if any(f" {form} " in words for form in term.forms)), 0.0)


def _labelled(question: Question, plan: Plan) -> Finding | None:
    """Criteria that stand under a label of their own inside a section: "- Doanh nhân: …"."""
    subject = [t for t in question.terms if not set(t.forms[0].split()) <= _ASKING]
    said = spaced(question.said)
    found = []
    for criterion in plan.facts.criteria:
        heading = plan.headings(criterion.section)
        if criterion.audience in (heading[-1] if heading else ""):
            continue
        framed = spaced(criterion.audience)
        named = any(spaced(name) in said for name in re.split(r",| và ", criterion.audience) if " " in name.strip())
        if named or any(" " in f and f" {f} " in framed for t in subject for f in t.forms):
            found.append(criterion)
    return _quoted(plan, found)


def _of_others(question: Question, plan: Plan) -> Finding | None:
    """Residents and whoever else the plan has no criteria of their own for: "- Đối tượng khác: …"."""
    if not says(question, _RESIDENT):
        return None
    return _quoted(plan, [c for c in plan.facts.criteria if _OTHERS.match(fold(c.audience))])


def _quoted(plan: Plan, found: Sequence[Criterion]) -> Finding | None:
    if not found:
        return None
    return Finding(plan, tuple(Claim(line(c.text, 600), (c.span,)) for c in found), brief=line(found[0].text, 200))


def name_of(plan: Plan, section: Section) -> str:
    """Its heading, else the body that leads its clause."""
    if section.heading:
        return section.heading
    from ..bodies import body_name

    stop = plan.text.find("\n", section.body)
    return body_name(plan.text[section.body : stop if stop > 0 else section.end])


def listed(question: Question, plan: Plan, section: Section) -> Finding | None:
    """All that stands under the section, an item a line, each with its citation."""
    rows = items(plan, section)
    if not rows:
        return None
    claims: list[Claim] = []
    if Want.COUNT in question.wants and says(question, "may|bao nhieu") and len(rows) > 1:
        claims.append(Claim(f"{in_words(len(rows)).capitalize()} nội dung:", tuple(rows), (str(len(rows)),)))
    single = len(rows) == 1
    for row in rows[:_MOST]:
        text = plan.text[content_start(plan.text, row.start, row.end) : row.end]
        claims.append(Claim(("" if single else "- ") + line(text, 900 if single else 330), (row,)))
    if len(rows) > _MOST:
        claims.append(
            Claim(
                f"… và {len(rows) - _MOST} ý nữa trong mục {section.path}.",
                (rows[_MOST],),
                (str(len(rows) - _MOST), section.path),
            )
        )
    return Finding(
        plan,
        tuple(claims),
        brief=line("; ".join(plan.text[content_start(plan.text, r.start, r.end) : r.end] for r in rows[:4]), 260),
    )


def items(plan: Plan, section: Section) -> list[Span]:
    """Its sub-sections' heads where it has any, else its paragraphs."""
    inner = [
        s for s in plan.sections if section.start <= s.start and s.end <= section.end and s.level == section.level + 1
    ]
    if inner:
        rows = []
        for child in inner:
            stop = plan.text.find("\n", child.start)
            rows.append(
                span(plan, child.start, min(stop if stop > 0 else child.end, child.end) if child.heading else child.end)
            )
        return rows
    rows = []
    for paragraph in paragraphs(plan, section.body, section.end):
        if plan.text[paragraph.start : paragraph.end].strip():
            rows.append(span(plan, paragraph.start, paragraph.end))
    return rows


def of_unit(question: Question, plan: Plan, path: str, at: int) -> Finding | None:
    """The list that a lead-in ("… như sau:") announces."""
    section = plan.section(path)
    if section is None:
        return None
    first, *after = paragraphs(plan, plan.text.rfind("\n", 0, at) + 1, section.end)
    mark = plan.text[first.start : content_start(plan.text, first.start, first.end)]
    rows = []
    for paragraph in after:
        # The next label of the same rank begins another list.
        if (
            mark.strip()
            and plan.text[paragraph.start : content_start(plan.text, paragraph.start, paragraph.end)] == mark
        ):
            break
        rows.append(span(plan, paragraph.start, paragraph.end))
    if not rows:
        return None
    items = [
        Claim("- " + line(plan.text[content_start(plan.text, r.start, r.end) : r.end], 330), (r,)) for r in rows[:_MOST]
    ]
    announced = plan.text[content_start(plan.text, first.start, first.end) : first.end]
    if len(announced) > _LABEL:  # it says something of its own besides "Tiêu chuẩn:"
        items.insert(0, Claim(line(announced, 500), (span(plan, first.start, first.end),)))
    return Finding(plan, tuple(items))


def empty_asked(question: Question, plan: Plan) -> Section | None:
    return empty_heading(question, plan, 0.55)
