"""How the plans of one issuer stand to one another: which replaces, amends or repeats an earlier one. Pure.

What is only likely (the same subject, an overlapping time, no word of replacing) is told and decides nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import combinations

from bot.dates import find_times
from bot.domain import Plan
from bot.text import fold, squash, tokens

PREFIX = "liên quan: "  # how a warning made here begins, so that it can be made anew when the collection changes
_KINDS = r"ke hoach|quyet dinh|chuong trinh|phuong an|de an|huong dan|thong bao"
_NUMBER = r"so\s*:?\s*(?P<number>\d[\w.]*\s?[-/]\s?[\w/&-]*\w)"
_VERB = r"(?P<void>thay the|bai bo|huy bo)|sua doi|bo sung|dieu chinh"
_STATED = re.compile(rf"\b(?:{_VERB})\b[^.;\n]{{0,80}}?\b(?:{_KINDS})\s+{_NUMBER}")
_VOIDED = re.compile(rf"\b(?P<void>{_KINDS})\s+{_NUMBER}[^;\n]{{0,160}}?\bhet hieu luc")
_ITSELF = re.compile(rf"\b(?:{_KINDS}) nay\b[^.;\n]{{0,80}}$")
_AMENDING = re.compile(rf"(?:(?:{_KINDS})\s+)?(?:ve viec\s+)?(?:sua doi|bo sung|dieu chinh)\b")
# Plans on one movement that do different work stand side by side.
_PURPOSES = ("so ket", "tong ket", "kiem tra", "giam sat", "khen thuong", "tuyen truyen", "truyen thong", "phat dong")
_ALIKE_TEXT = 0.8  # share of common runs of five words; two plans of one issuer on one movement have under 0.4
_ALIKE_TITLE = 90.0  # of 100, years and numbers left out


class Kind(StrEnum):
    REPLACES = "replaces"
    AMENDS = "amends"
    REPEATS = "repeats"
    OVERLAPS = "overlaps"  # the same subject in a common time; whether it replaces is not said


# To be read after "liên quan: ", on the later plan and on the earlier one.
_TOLD = {
    Kind.REPLACES: ("thay thế {}", "được thay thế bởi {}"),
    Kind.AMENDS: ("sửa đổi, bổ sung {}", "được sửa đổi, bổ sung bởi {}"),
    Kind.REPEATS: ("gần như trùng nội dung với {}", "gần như trùng nội dung với {}"),
    Kind.OVERLAPS: ("cùng chủ đề với {}", "cùng chủ đề với {}"),
}


@dataclass(frozen=True, slots=True)
class Relation:
    later: str  # plan id
    earlier: str
    kind: Kind
    reason: str  # Vietnamese


@dataclass(frozen=True, slots=True)
class _Stated:
    void: bool
    number: str  # folded, without spaces
    year: int | None
    written: str
    of_itself: bool  # "Kế hoạch này thay thế …", or said in the title


def relate(plans: Sequence[Plan]) -> list[Plan]:
    """The plans with `replaces` and the warnings that tell of relations; those of an earlier collection are dropped."""
    told: dict[str, list[str]] = defaultdict(list)
    replaced: dict[str, str] = {}
    named = {p.id: _named(p) for p in plans}
    for found in relations(plans):
        after, before = _TOLD[found.kind]
        told[found.later].append(f"{PREFIX}{after.format(named[found.earlier])}: {found.reason}")
        told[found.earlier].append(f"{PREFIX}{before.format(named[found.later])}: {found.reason}")
        if found.kind in (Kind.REPLACES, Kind.REPEATS) and not _leads(replaced, found.earlier, found.later):
            replaced.setdefault(found.later, found.earlier)
    numbers: dict[str, set[str]] = defaultdict(set)
    for plan in plans:
        numbers[plan.issuer.slug].add(_number(plan))
    for plan in plans:
        told[plan.id] += [f"{PREFIX}{text}" for text in _missing(plan, numbers[plan.issuer.slug])]
    return [
        replace(
            p,
            replaces=replaced.get(p.id, ""),
            warnings=(*(w for w in p.warnings if not w.startswith(PREFIX)), *told[p.id]),
        )
        for p in plans
    ]


def relations(plans: Sequence[Plan]) -> list[Relation]:
    """At most one a pair of plans of one issuer; those a plan itself states first, then the newest earlier one."""
    groups: dict[str, list[Plan]] = defaultdict(list)
    for plan in plans:
        groups[plan.issuer.slug].append(plan)
    found: list[tuple[bool, Plan, Relation]] = []
    for group in groups.values():
        if len(group) < 2:
            continue
        stated = {p.id: list(_statements(p)) for p in group}
        for a, b in combinations(group, 2):
            later, earlier = (a, b) if _order(b, a) == -1 else (b, a)
            for new, old in ((later, earlier), (earlier, later)):
                said = _says(new, old, stated[new.id])
                if said:
                    found.append((False, old, said))
                    break
            else:
                seen = _looks(later, earlier)
                if seen:
                    found.append((True, earlier, seen))
    newest = sorted(found, key=lambda f: _known_date(f[1]), reverse=True)
    return [relation for *_, relation in sorted(newest, key=lambda f: f[0])]


def _statements(plan: Plan) -> Iterator[_Stated]:
    folded = fold(plan.text)
    title = plan.head.get("title")
    for pattern in (_STATED, _VOIDED):
        for match in pattern.finditer(folded):
            times = find_times(plan.text[match.end("number") : match.end("number") + 40])
            in_title = title is not None and title.start <= match.start() < title.end
            yield _Stated(
                match["void"] is not None,
                re.sub(r"\s", "", match["number"]),
                times[0].date.year if times else None,
                squash(plan.text[match.start() : match.end()]),
                in_title or bool(_ITSELF.search(folded, max(0, match.start() - 100), match.start())),
            )


def _says(new: Plan, old: Plan, stated: Sequence[_Stated]) -> Relation | None:
    number = _number(old)
    if not number[:1].isdigit() or _order(new, old) == -1:
        return None
    for each in stated:
        if each.number == number and (each.year is None or old.when.year in (None, each.year)):
            kind = Kind.REPLACES if each.void else Kind.AMENDS
            return Relation(new.id, old.id, kind, f"văn bản ghi “{each.written}”")
    return None


def _missing(plan: Plan, numbers: set[str]) -> Iterator[str]:
    """What the plan says it replaces or amends, and nobody has handed in. `numbers`: those of its issuer's plans."""
    for each in _statements(plan):
        if each.of_itself and each.number not in numbers:
            yield f"văn bản ghi “{each.written}”, nhưng văn bản đó chưa có trong bộ kế hoạch"


def _looks(later: Plan, earlier: Plan) -> Relation | None:
    """A relation that no plan states: nearly the same text, or the same subject in a common time."""
    order = _order(later, earlier)
    alike = _same_time(later, earlier) and _likeness(later, earlier)
    if alike and alike >= _ALIKE_TEXT:
        reason = f"{alike:.0%} câu chữ giống nhau"
        if order == 1:
            return Relation(later.id, earlier.id, Kind.REPLACES, f"ban hành sau, {reason}")
        if order is None and _filled(earlier) > _filled(later):
            later, earlier = earlier, later  # a draft leaves blank what the signed plan fills in
        return Relation(later.id, earlier.id, Kind.REPEATS, reason)
    if not _same_subject(later, earlier):
        return None
    new, old = later.period, earlier.period
    if new and old and (new[1] < old[0] or old[1] < new[0]):
        return None
    if _AMENDING.match(fold(later.title)) and order in (1, None):
        return Relation(later.id, earlier.id, Kind.AMENDS, "tiêu đề nêu việc sửa đổi, bổ sung")
    if order == 1 and new and old and (new == old or (old[0] < old[1] and new[0] <= old[0] and old[1] <= new[1])):
        years = "-".join(map(str, dict.fromkeys(old)))
        return Relation(later.id, earlier.id, Kind.REPLACES, f"ban hành sau, cùng chủ đề, cùng thời gian {years}")
    unclear = "chưa rõ văn bản nào ban hành sau" if order is None else "văn bản không nói có thay thế hay không"
    return Relation(later.id, earlier.id, Kind.OVERLAPS, unclear)


def _same_subject(a: Plan, b: Plan) -> bool:
    from rapidfuzz.fuzz import ratio

    if _purposes(a) != _purposes(b):
        return False
    movements = [{squash(fold(m)) for m in p.movement} for p in (a, b)]
    if any(movements):
        return movements[0] == movements[1]
    titles = [squash(re.sub(r"[\W\d_]+|\b(?:nam|giai doan|sua doi|bo sung)\b", " ", fold(p.title))) for p in (a, b)]
    return all(titles) and ratio(*titles) >= _ALIKE_TITLE


def _purposes(plan: Plan) -> set[str]:
    title = fold(plan.title)
    return {p for p in _PURPOSES if p in title}


def _likeness(a: Plan, b: Plan) -> float:
    runs = [_runs(p.text) for p in (a, b)]
    either = len(runs[0] | runs[1])
    return len(runs[0] & runs[1]) / either if either else 0.0


@lru_cache(maxsize=64)  # each plan of an issuer is held against all its others
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = tokens(text)
    return frozenset(zip(*(words[i:] for i in range(5)), strict=False))


def _same_time(a: Plan, b: Plan) -> bool:
    """A plan made from last year's, word for word, is no repetition of it."""
    if a.period and b.period:
        return a.period == b.period
    return a.when.year == b.when.year or None in (a.when.year, b.when.year)


def _order(a: Plan, b: Plan) -> int | None:
    """1 where `a` is dated after `b`, -1 before, 0 the same day; None as far as a blank leaves it open."""
    for mine, other in zip(_parts(a), _parts(b), strict=True):
        if mine is None or other is None:
            return None
        if mine != other:
            return 1 if mine > other else -1
    return 0


def _parts(plan: Plan) -> tuple[int | None, int | None, int | None]:
    return plan.when.year, plan.when.month, plan.when.day


def _known_date(plan: Plan) -> tuple[int, ...]:
    return tuple(part or 0 for part in _parts(plan))


def _number(plan: Plan) -> str:
    """As it is compared: folded, without spaces."""
    return re.sub(r"\s", "", fold(plan.number))


def _numbered(plan: Plan) -> bool:
    return plan.number[:1].isdigit()


def _filled(plan: Plan) -> int:
    return _numbered(plan) + sum(part is not None for part in _parts(plan)) + bool(plan.signer)


def _named(plan: Plan) -> str:
    number = f"{plan.kind} số {plan.number}" if _numbered(plan) else plan.kind
    return f"{plan.id} ({squash(f'{number} {plan.when.written}') or plan.title})"


def _leads(replaced: dict[str, str], start: str, goal: str) -> bool:
    """Whether following `replaced` from `start` comes to `goal`: plans that replace each other would never end."""
    seen: set[str] = set()
    while start and start not in seen:
        if start == goal:
            return True
        seen.add(start)
        start = replaced.get(start, "")
    return False
