"""Hand-made plans, answers, cases and a service for the tests of eval/."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from bot.domain import Answer, Citation, Facts, Issuer, Passage, Plan, Status, TextMap, WrittenDate
from eval.cases import Case
from eval.judge import Verdict
from eval.metrics import Row
from eval.run import Mode

DAY = date(2026, 11, 20)
RIGHT = "Các đơn vị gửi báo cáo trước ngày 15/12 hằng năm."


def plan(name: str, text: str = RIGHT) -> Plan:
    issuer = Issuer(slug=name, name=name.title(), kind="xã", province="Tỉnh")
    return Plan(
        id=f"{name}-1",
        issuer=issuer,
        kind="Kế hoạch",
        number="",
        when=WrittenDate(""),
        place="",
        title="",
        movement=(),
        period=None,
        parent="",
        signer="",
        signer_office="",
        recipients=(),
        text=text,
        source=text,
        map=TextMap(()),
        sections=(),
        facts=Facts(),
        warnings=(),
    )


def citation(name: str = "mot", quote: str = RIGHT, section: str = "VI.1", mark: int = 1) -> Citation:
    return Citation(
        mark=mark,
        plan_id=f"{name}-1",
        plan_title="",
        issuer=name,
        section=section,
        heading="",
        quote=quote,
        source_quote=quote,
        repaired=False,
        start=0,
        end=len(quote),
        url="",
    )


def answer(text: str = "Trước ngày 15/12 hằng năm. [1]", *citations: Citation, **fields: Any) -> Answer:
    given: dict[str, Any] = {"status": Status.ANSWERED, "citations": citations or (citation(),)} | fields
    return Answer(text=text, as_of=DAY, **given)


def case(**fields: Any) -> Case:
    given: dict[str, Any] = {
        "id": "c-1",
        "set": "dev",
        "kind": "deadline",
        "question": "Bao giờ gửi báo cáo?",
        "issuer": None,
        "history": (),
        "as_of": DAY,
        "status": Status.ANSWERED,
        "issuers": ("mot",),
        "must": (("15/12",),),
        "must_not": ("05/11",),
        "sections": (("mot-1", "VI.1"),),
        "words": "trước ngày 15/12",
    }
    return Case(**(given | fields))


PLANS = {p.id: p for p in (plan("mot"), plan("hai"))}


class FakeFront:
    """Answers by what `reply` says; remembers each conversation."""

    def __init__(self, reply: Callable[[str, list[str]], Answer]) -> None:
        self.reply = reply
        self.asked: dict[str | None, list[str]] = {}

    def ask(
        self, question: str, *, issuer: str | None = None, conversation_id: str | None = None, as_of: date | None = None
    ) -> Answer:
        turns = self.asked.setdefault(conversation_id, [])
        turns.append(question)
        return self.reply(question, turns[:-1])

    def search(self, question: str, issuers: tuple[str, ...], limit: int = 10, mode: Mode = "both") -> list[Passage]:
        wrong = Passage("p0", "mot-1", "I", (), "", 0, 0)
        right = Passage("p1", "mot-1", "VI.1.a", (), "", 0, 0)
        return {"both": [right], "words": [wrong, right], "meaning": [wrong]}[mode]

    def plans(self) -> list[Plan]:
        return list(PLANS.values())


def row(passed: bool = True, status: Status = Status.ANSWERED, took_ms: float = 1.0, **fields: Any) -> Row:
    verdict = Verdict(() if passed else ("sai",), 0, (), ())
    given: dict[str, Any] = {"case": case(), "verdict": verdict, "folded": None, "ranks": {}}
    return Row(answer=replace(answer(), status=status), took_ms=took_ms, **(given | fields))


LINE = {"id": "a", "class": "award", "question": "Thưởng gì?", "status": "answered", "must": ["x", ["y", "z"]]}


def write_lines(path: Path, *lines: Any) -> Path:
    path.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines), encoding="utf-8")
    return path
