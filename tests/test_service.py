"""The one front door of every channel, over the plans of the corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

import bot.service
from bot.answer import Asked, Step
from bot.domain import Answer, Status
from bot.index import Snapshot, SnapshotError
from bot.question import Question
from bot.settings import Settings
from bot.wiring import Service, UnknownIssuer, UnknownPlan, open_service

TODAY = date(2026, 11, 20)
HOSTILE = ["../../etc/passwd", "..", "/", "giao-minh-2025/../x", "giao-minh-2025\0", "%2e%2e", "' OR 1=1 --", ""]


@pytest.fixture(scope="module")
def service(five_plans_index: Path) -> Iterator[Service]:
    opened = open_service(Settings(index=five_plans_index), clock=lambda: TODAY)
    yield opened
    opened.close()


def known(answer: Answer) -> tuple[Status, tuple[str, ...], str, list[str]]:
    return answer.status, answer.issuers, answer.text, [c.quote for c in answer.citations]


# ---- whose plan


def test_the_issuer_that_was_chosen_is_asked(service: Service) -> None:
    told = service.ask("Hạn gửi báo cáo hằng năm là ngày nào?", issuer="giao-minh")
    assert told.issuers == ("giao-minh",)
    assert "15/12" in told.text
    assert {c.issuer for c in told.citations} == {"giao-minh"}


def test_a_name_in_the_question_wins_over_the_one_chosen(service: Service) -> None:
    told = service.ask("Hạn gửi báo cáo hằng năm của xã Vũ Dương là ngày nào?", issuer="giao-minh")
    assert told.issuers == ("vu-duong",)


@pytest.mark.parametrize("slug", ["khong-co", "GIAO-MINH", *HOSTILE])
def test_an_unknown_issuer_is_refused(service: Service, slug: str) -> None:
    with pytest.raises(UnknownIssuer):
        service.ask("Hạn báo cáo?", issuer=slug)
    with pytest.raises(UnknownIssuer):
        service.deadlines(slug, TODAY, TODAY)


def test_a_misspelt_issuer_is_not_taken_for_none(service: Service) -> None:
    for door in (service.ask, service.ask_stream, service.write, service.write_stream):
        with pytest.raises(TypeError, match="isuer"):
            door("explain", isuer="giao-minh")  # type: ignore[operator]


@pytest.mark.parametrize("plan_id", HOSTILE)
def test_a_plan_id_is_no_path(service: Service, plan_id: str) -> None:
    with pytest.raises(UnknownPlan):
        service.plan(plan_id)


# ---- when


def test_the_day_is_the_clocks_where_none_is_given(service: Service) -> None:
    assert service.ask("Hạn báo cáo của xã Giao Minh?").as_of == TODAY
    assert service.ask("Hạn báo cáo của xã Giao Minh?", as_of=date(2025, 1, 2)).as_of == date(2025, 1, 2)


def test_deadlines_fall_inside_the_days_asked_for(service: Service) -> None:
    start, end = date(2026, 1, 1), date(2027, 12, 31)
    found = service.deadlines("giao-minh", start, end)
    days = [due for _, _, due in found]
    assert {date(2026, 12, 15), date(2027, 12, 15)} <= set(days)
    assert days == sorted(days)
    assert all(start <= day <= end and plan.issuer.slug == "giao-minh" for plan, _, day in found)
    assert service.deadlines("giao-minh", end, start) == []
    assert {plan.issuer.slug for plan, _, _ in service.deadlines(None, start, end)} > {"giao-minh"}


# ---- conversations


def test_a_conversation_remembers_whose_plan_it_is_about(service: Service) -> None:
    alone = service.ask("Hạn gửi báo cáo hằng năm là ngày nào?", conversation_id="one")
    assert alone.status is Status.NEEDS_ISSUER
    service.ask("Xã Giao Minh có mấy giai đoạn?", conversation_id="one")
    followed = service.ask("Hạn gửi báo cáo hằng năm là ngày nào?", conversation_id="one")
    assert followed.issuers == ("giao-minh",)
    assert "15/12" in followed.text


def test_earlier_questions_are_a_conversation_too(service: Service) -> None:
    followed = service.ask("Hạn gửi báo cáo hằng năm là ngày nào?", earlier=("Xã Giao Minh có mấy giai đoạn?",))
    assert followed.issuers == ("giao-minh",)


def test_conversations_do_not_hear_each_other(service: Service) -> None:
    service.ask("Xã Giao Minh có mấy giai đoạn?", conversation_id="mine")
    assert service.ask("Hạn gửi báo cáo hằng năm là ngày nào?", conversation_id="yours").status is Status.NEEDS_ISSUER
    assert service.ask("Hạn gửi báo cáo hằng năm là ngày nào?").status is Status.NEEDS_ISSUER


# ---- many at once


QUESTIONS = [
    ("Hạn gửi báo cáo hằng năm của xã Giao Minh là ngày nào?", None),
    ("Phường Bàn Thạch khen thưởng tổng kết bằng hình thức nào?", None),
    ("Ai ký kế hoạch?", "vu-duong"),
    ("Phong trào chia mấy giai đoạn?", "quang-trach"),
    ("Căn cứ ban hành là gì?", "trung-khanh"),
    ("Xã nào báo cáo trước ngày 15/12?", None),
    ("Giá vàng hôm nay bao nhiêu?", None),
]


def test_eight_threads_get_the_answers_of_one(five_plans_index: Path, service: Service) -> None:
    alone = [known(service.ask(question, issuer=issuer)) for question, issuer in QUESTIONS]
    fresh = Service(Settings(index=five_plans_index), clock=lambda: TODAY)  # opens while all are asking

    def ask(each: tuple[str, str | None]) -> tuple[Status, tuple[str, ...], str, list[str]]:
        return known(fresh.ask(each[0], issuer=each[1]))

    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(ask, QUESTIONS * 8))
    assert together == alone * 8
    fresh.close()


# ---- a new snapshot is swapped in


@pytest.fixture
def swapping(
    five_plans_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Service, Callable[[str], None], list[str]]:
    """A service, what swaps a build of this name in, and the names of builds closed so far."""
    made, index, closed = five_plans_index / (five_plans_index / "CURRENT").read_text("utf-8"), tmp_path, []

    def swap(name: str) -> None:
        (index / name).symlink_to(made)
        (index / "CURRENT").write_text(name, encoding="utf-8")

    close = Snapshot.close
    monkeypatch.setattr(Snapshot, "close", lambda snapshot: (closed.append(snapshot.build.name), close(snapshot))[1])
    swap("a")
    return Service(Settings(index=index), clock=lambda: TODAY), swap, closed


def test_a_replaced_snapshot_is_closed_one_generation_later(
    swapping: tuple[Service, Callable[[str], None], list[str]],
) -> None:
    opened, swap, closed = swapping
    assert len(opened.plans()) == 5
    swap("b")
    assert len(opened.plans()) == 5
    assert closed == []
    swap("c")
    assert len(opened.plans()) == 5
    assert closed == ["a"]
    opened.close()
    assert closed == ["a", "b", "c"]


def test_a_snapshot_is_not_closed_while_a_question_uses_it(
    swapping: tuple[Service, Callable[[str], None], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, swap, closed = swapping
    inside = bot.service.answer

    def slow(asked: Asked, snapshot: Snapshot, rarity: Callable[[str], float], step: Step) -> tuple[Answer, Question]:
        for name in ("b", "c", "d"):
            swap(name)
            opened.ready()
        assert closed == ["b"]
        return inside(asked, snapshot, rarity, step)

    monkeypatch.setattr(bot.service, "answer", slow)
    assert opened.ask("Hạn gửi báo cáo hằng năm của xã Giao Minh?").status is Status.ANSWERED
    assert closed == ["b", "a"]
    opened.close()


# ---- what is not there


def test_no_index_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="hoi ingest"):
        open_service(Settings(index=tmp_path / "khong-co"))


def test_what_is_served_outlives_a_broken_pointer(five_plans_index: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    index.mkdir()
    build = (five_plans_index / "CURRENT").read_text(encoding="utf-8")
    (index / build).symlink_to(five_plans_index / build)
    (index / "CURRENT").write_text(build, encoding="utf-8")
    opened = open_service(Settings(index=index))
    for spoilt in (b"", b"\xff\xfe", b"khong-co"):
        (index / "CURRENT").write_bytes(spoilt)
        opened.ready()
        assert len(opened.plans()) == 5
    (index / "CURRENT").unlink()
    opened.ready()
    opened.close()


def test_a_service_that_was_closed_opens_again(five_plans_index: Path) -> None:
    opened = open_service(Settings(index=five_plans_index))
    opened.close()
    assert len(opened.plans()) == 5
    opened.close()
