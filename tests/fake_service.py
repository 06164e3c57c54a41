"""A plain service over one short invented plan: replays the answers it was given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.domain import (
    Answer,
    Citation,
    Deadline,
    DueDate,
    Edit,
    Facts,
    Issuer,
    ModelUse,
    Plan,
    Rule,
    Section,
    Span,
    Status,
    TextMap,
    WrittenDate,
)
from bot.index import SnapshotError
from bot.wiring import UnknownIssuer, UnknownPlan

SOURCE = (
    "KE HOACH <b>thi đua</b>\n"
    "I. MỤC ĐÍCH\n"
    "Nâng cao nhận thức & kỹ năng.\n"
    "II. BÁO CÁO\n"
    "1. Các cơ quan báo cáo trước ngày 15/12 hằng năm.\n"
    "2. Khen thưởng đột xuất\n"
    "Nơi nhận: Như trên."
)
TEXT = SOURCE.replace("KE HOACH", "KẾ HOẠCH")
ISSUER = Issuer("an-phu", "An Phú", "xã", "Nghệ An")


def _section(path: str, heading: str, level: int, begin: str, finish: str, *, empty: bool = False) -> Section:
    start, end = TEXT.index(begin), TEXT.index(finish)
    body = TEXT.index("\n", start) + 1 if heading else start + 3
    return Section(path, heading, level, start, min(body, end), end, empty)


_SENTENCE = "Các cơ quan báo cáo trước ngày 15/12 hằng năm."
SPAN = Span("an-phu-2025", TEXT.index(_SENTENCE), TEXT.index(_SENTENCE) + len(_SENTENCE))
DEADLINE = Deadline("II.1", SPAN, "Các cơ quan", "báo cáo", "UBND xã", "", Rule.YEARLY, WrittenDate("15/12", 15, 12))
PLAN = Plan(
    id="an-phu-2025",
    issuer=ISSUER,
    kind="Kế hoạch",
    number="/KH-UBND",
    when=WrittenDate("tháng 8 năm 2025", None, 8, 2025),
    place="An Phú",
    title="Thi đua <script>alert(1)</script>",
    movement=(),
    period=(2025, 2030),
    parent="",
    signer="Nguyễn Văn A",
    signer_office="Chủ tịch",
    recipients=("Như trên",),
    text=TEXT,
    source=SOURCE,
    map=TextMap((Edit(0, 8, 0, 8, False), Edit(8, len(TEXT), 8, len(SOURCE), True))),
    sections=(
        _section("I", "MỤC ĐÍCH", 1, "I. MỤC", "II. BÁO"),
        _section("II", "BÁO CÁO", 1, "II. BÁO", "Nơi nhận"),
        _section("II.1", "", 2, "1. Các", "2. Khen"),
        _section("II.2", "Khen thưởng đột xuất", 2, "2. Khen", "Nơi nhận", empty=True),
    ),
    facts=Facts(deadlines=(DEADLINE,)),
    warnings=("Số của kế hoạch để trống.",),
    source_name="an-phu.md",
)
ANSWER = Answer(
    Status.ANSWERED,
    "Trước ngày 15/12 hằng năm. [1] <i>",
    date(2026, 12, 1),
    ("an-phu",),
    (
        Citation(
            1,
            PLAN.id,
            PLAN.title,
            "an-phu",
            "II.1",
            "BÁO CÁO",
            _SENTENCE,
            "Cac co quan",
            True,
            SPAN.start,
            SPAN.end,
            "/plans/an-phu-2025#II.1",
        ),
    ),
    (
        DueDate(
            "Các cơ quan",
            "báo cáo",
            "UBND xã",
            Rule.YEARLY,
            "15/12",
            date(2026, 12, 15),
            date(2026, 12, 14),
            13,
            False,
            1,
        ),
    ),
    ("Ai nhận báo cáo?",),
)
# Of an answer over HTTP, in their order: the contract.
FIELDS = [
    "status",
    "answer",
    "issuers",
    "conversation_id",
    "as_of",
    "took_ms",
    "citations",
    "deadlines",
    "suggestions",
]
NEEDS_ISSUER = Answer(Status.NEEDS_ISSUER, "Đề nghị cho biết xã nào.", date(2026, 12, 1))


class FakeService:
    """Keeps every call of `ask`; raises `broken` where one is set."""

    def __init__(self, answer: Answer = ANSWER) -> None:
        self.answer = answer
        self.asked: list[tuple[str, str | None, str | None, date | None]] = []
        self.earlier: list[tuple[str, ...]] = []
        self.broken: Exception | None = None
        self.closed = False

    def ask(
        self,
        question: str,
        *,
        issuer: str | None = None,
        conversation_id: str | None = None,
        as_of: date | None = None,
        earlier: Sequence[str] = (),
        **_: object,
    ) -> Answer:
        if self.broken:
            raise self.broken
        self._known(issuer)
        self.asked.append((question, issuer, conversation_id, as_of))
        self.earlier.append(tuple(earlier))
        return replace(self.answer, as_of=as_of or self.answer.as_of)

    def ask_stream(self, question: str, **given: Any) -> Iterator[str | Answer]:
        return iter((self.ask(question, **given),))

    def write(self, intent: str, question: str = "", *, plan_id: str = "", section: str = "", **given: Any) -> Answer:
        if plan_id:
            self.plan(plan_id)
        return replace(self.ask(question, **given), model=ModelUse(False, "off"))

    def write_stream(self, intent: str, question: str = "", **given: Any) -> Iterator[str | Answer]:
        return iter((self.write(intent, question, **given),))

    def plans(self, issuer: str | None = None) -> list[Plan]:
        if self.broken:
            raise self.broken
        self._known(issuer)
        return [PLAN]

    def built(self) -> datetime:
        return datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)

    def plan(self, plan_id: str) -> Plan:
        if plan_id != PLAN.id:
            raise UnknownPlan(plan_id)
        return PLAN

    def issuers(self) -> tuple[Issuer, ...]:
        return (ISSUER,)

    def deadlines(self, issuer: str | None, start: date, end: date) -> list[tuple[Plan, Deadline, date]]:
        self._known(issuer)
        days = [date(year, 12, 15) for year in range(start.year, end.year + 1)]
        return [(PLAN, DEADLINE, day) for day in days if start <= day <= end]

    def ready(self) -> None:
        if isinstance(self.broken, SnapshotError):
            raise self.broken

    def close(self) -> None:
        self.closed = True

    def _known(self, issuer: str | None) -> None:
        if issuer not in (None, ISSUER.slug):
            raise UnknownIssuer(issuer)
