"""`hoi diff OLD NEW`: what changed between two plans in deadlines, phases, awards and duties."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.arguments import Parser
from bot.domain import Award, Deadline, Duty, Facts, Phase, Plan
from bot.render import visible
from bot.settings import Settings
from bot.text import fold, squash

from .check import deadline_line, phase_line
from .manage import guarded
from .read import ReadError

_T = TypeVar("_T")
_SAME = 75.0  # of 100: two lines nearer than this speak of the same thing, changed
_SHOWN = 200  # characters of a line
_LEAD = 40  # characters shown before the first difference of a long line


@dataclass(frozen=True, slots=True)
class Item:
    """A fact as it is compared: `topic` finds its partner, `line` is what an official reads."""

    topic: str
    line: str
    section: str


@dataclass(frozen=True, slots=True)
class Change:
    old: Item | None
    new: Item | None


def main(argv: Sequence[str] | None = None) -> int:
    """0: compared, differences or none; 1: one of the two cannot be had."""
    parser = Parser("hoi diff", "So sánh hai kế hoạch: thời hạn, giai đoạn, khen thưởng, nhiệm vụ khác nhau chỗ nào.")
    parser.add_argument("old", metavar="CŨ", help="mã kế hoạch trong chỉ mục, hoặc đường dẫn tệp")
    parser.add_argument("new", metavar="MỚI", help="mã kế hoạch trong chỉ mục, hoặc đường dẫn tệp")
    parser.add_argument("--index", type=Path, metavar="THƯ_MỤC", help="thư mục chỉ mục (HOI_INDEX, mặc định: index)")
    given = parser.parse_args(argv)
    settings = Settings.from_environment(index=given.index)
    return guarded("hoi diff", lambda: _compare(given.old, given.new, settings))


def _compare(old: str, new: str, settings: Settings) -> None:
    print(visible(told(_plan(old, settings), _plan(new, settings))))


def _plan(name: str, settings: Settings) -> Plan:
    """Raises ReadError, SnapshotError."""
    path = Path(name)
    if path.is_file():
        from .collection import catalogue, plans
        from .mend import mender
        from .parse import draft
        from .read import read

        return plans([draft(read(path), mender())], catalogue([path]))[0]
    from .served import served

    found = next((p for p in served(settings.index).plans if p.id == name), None)
    if found is None:
        raise ReadError(f"“{name}” không phải là tệp, cũng không phải mã kế hoạch trong chỉ mục (xem hoi plans).")
    return found


def told(old: Plan, new: Plan) -> str:
    """The whole comparison in Vietnamese."""
    lines = [f"Cũ:  {_head(old)}", f"Mới: {_head(new)}"]
    for title, changes in differences(old.facts, new.facts):
        lines += ["", f"{title}: {_count(changes)}", *(line for c in changes for line in _lines(c))]
    return "\n".join(lines)


def differences(old: Facts, new: Facts) -> list[tuple[str, list[Change]]]:
    """Title of the part and its changes, those of the old plan's order first. Pure."""
    return [
        ("Thời hạn", _changes(old.deadlines, new.deadlines, _deadline)),
        ("Giai đoạn", _changes(old.phases, new.phases, _phase)),
        ("Khen thưởng", _changes(old.awards, new.awards, _award)),
        ("Nhiệm vụ", _changes(old.duties, new.duties, _duty)),
    ]


def _changes(old: Sequence[_T], new: Sequence[_T], item: Callable[[_T], Item]) -> list[Change]:
    """Equal lines are left out; the rest are paired by topic, the nearest first; what has no partner came or went."""
    from rapidfuzz.fuzz import ratio

    before, after = list(map(item, old)), list(map(item, new))
    for each in list(before):
        same = next((a for a in after if _key(a.line) == _key(each.line)), None)
        if same:
            before.remove(each)
            after.remove(same)
    scored = [
        (ratio(b.topic, a.topic), i, j)
        for i, b in enumerate(before)
        for j, a in enumerate(after)
        if b.topic and a.topic
    ]
    partner: dict[int, int] = {}
    for score, i, j in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if score >= _SAME and i not in partner and j not in partner.values():
            partner[i] = j
    changed = [Change(b, after[partner[i]] if i in partner else None) for i, b in enumerate(before)]
    return changed + [Change(None, a) for j, a in enumerate(after) if j not in partner.values()]


def _deadline(fact: Deadline) -> Item:
    line = deadline_line(fact)
    return Item(_key(fact.duty), squash(f"{line} (qua {fact.via})" if fact.via else line), fact.section)


def _phase(fact: Phase) -> Item:
    return Item(f"giai doan {fact.number}", phase_line(fact), fact.section)


def _award(fact: Award) -> Item:
    line = squash(f"{fact.form} ({fact.occasion})" if fact.occasion else fact.form)
    return Item(_key(line), line, fact.section)


def _duty(fact: Duty) -> Item:
    line = squash(f"{fact.body}: {fact.task}")
    return Item(_key(line), line, fact.section)


def _key(text: str) -> str:
    """Folded, the commonest abbreviation spelt one way: "Ủy ban nhân dân" for "UBND" is no change."""
    return squash(fold(text)).strip(" .;,").replace("uy ban nhan dan", "ubnd")


def _lines(change: Change) -> Iterator[str]:
    if change.old and change.new:
        at = _common(change.old.line, change.new.line)
        yield f"  ~ đổi: {_shown(change.old, at)}"
        yield f"    thành: {_shown(change.new, at)}"
    elif change.new:
        yield f"  + thêm: {_shown(change.new)}"
    elif change.old:
        yield f"  - bỏ: {_shown(change.old)}"


def _common(old: str, new: str) -> int:
    """How many first characters the two share."""
    return next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def _shown(item: Item, difference: int = 0) -> str:
    """The line; of a long one the part that holds the difference."""
    text = item.line
    start = text.rfind(" ", 0, max(0, difference - _LEAD)) + 1 if len(text) > _SHOWN else 0
    shown = text[start : start + _SHOWN].strip()
    shown = f"{'… ' if start else ''}{shown}{' …' if start + _SHOWN < len(text) else ''}"
    return f"[mục {item.section}] {shown}" if item.section else shown


def _count(changes: Sequence[Change]) -> str:
    if not changes:
        return "không thay đổi"
    added, gone = sum(c.old is None for c in changes), sum(c.new is None for c in changes)
    changed = len(changes) - added - gone
    parts = ((changed, "đổi"), (added, "thêm"), (gone, "bỏ"))
    return ", ".join(f"{count} {word}" for count, word in parts if count)


def _head(plan: Plan) -> str:
    number = f"số {plan.number}" if plan.number else "không thấy số"
    return f"{plan.id} – {plan.title or plan.source_name} ({number}, {plan.when.written or 'không thấy ngày'})"
