"""Answers with a language model behind the service, spoken to over real HTTP."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from scripted_model import Reply, Script, Scripted, liar, lie, said, serving, shown, truth

from bot.domain import Answer, Status
from bot.settings import Settings, SettingsError
from bot.wiring import Service, open_service
from eval.__main__ import measure
from eval.cases import CaseError, read_cases

ROOT = Path(__file__).parent.parent
DAY = date(2026, 12, 1)
KEY = "sk-khoa-bi-mat-0123456789"
DUE = "Hạn gửi báo cáo hằng năm của xã Giao Minh là ngày nào?"
RIGHT = "Các đơn vị gửi báo cáo về UBND xã (qua Phòng Văn hóa - Xã hội) trước ngày 15/12 hằng năm."
Open = Callable[..., tuple[Service, Scripted]]


@pytest.fixture
def opened(five_plans_index: Path, tmp_path: Path) -> Iterator[Open]:
    """A service over the five plans, and the model it asks. Services of one test share a state."""
    with ExitStack() as stack:

        def open_with(script: Script, **settings: int | str) -> tuple[Service, Scripted]:
            model = stack.enter_context(serving(script))
            given = {"llm": "openai:scripted", "llm_url": model.url, "llm_key": KEY, **settings}
            given |= {"state": f"sqlite:///{tmp_path}/hoi.sqlite"}
            service = open_service(Settings(index=five_plans_index, **given), clock=lambda: DAY)  # type: ignore[arg-type]
            stack.callback(service.close)
            return service, model

        yield open_with


@pytest.fixture(scope="module")
def plain(five_plans_index: Path) -> Iterator[Service]:
    service = open_service(Settings(index=five_plans_index), clock=lambda: DAY)
    yield service
    service.close()


def always(*sentences: tuple[str, list[int]], **reply: object) -> Script:
    return lambda _: Reply(said(*sentences), **reply)  # type: ignore[arg-type]


def same(told: Answer, composed: Answer) -> bool:
    return (told.text, told.citations, told.status) == (composed.text, composed.citations, composed.status)


# ---- wording


def test_a_right_wording_is_served_with_the_citations_of_the_composed_answer(opened: Open, plain: Service) -> None:
    service, _ = opened(always((RIGHT, [1])))
    told, composed = service.ask(DUE), plain.ask(DUE)
    assert told.model is not None
    assert told.model.used
    assert told.text == f"{RIGHT} [1]"
    assert (told.citations, told.deadlines, told.status) == (composed.citations, composed.deadlines, composed.status)
    assert composed.model is None


FALSE = {
    "wrong date": "Hạn gửi báo cáo hằng năm là trước ngày 15/11.",
    "false number in words": "Hạn gửi báo cáo hằng năm là trước ngày mười lăm tháng mười một.",
    "another commune": "Xã Vũ Dương gửi báo cáo trước ngày 15/12 hằng năm.",
    "another commune's award": "Báo cáo tốt được tặng Giấy khen của Thủ trưởng Sở, ngành.",
    "flipped negation": "Các đơn vị không phải gửi báo cáo về Ủy ban nhân dân xã trước ngày 15/12 hằng năm.",
    "a link": "Gửi báo cáo trước ngày 15/12 tại https://example.com.",
    "another language": "Send the report before 15/12 every year please.",
}


@pytest.mark.parametrize("false", FALSE.values(), ids=FALSE.keys())
def test_a_false_sentence_is_dropped_and_the_rest_served(opened: Open, false: str) -> None:
    service, _ = opened(always((RIGHT, [1]), (false, [1])))
    told = service.ask(DUE)
    assert told.model is not None
    assert told.model.used
    assert told.text == f"{RIGHT} [1]"


@pytest.mark.parametrize("false", FALSE.values(), ids=FALSE.keys())
def test_an_answer_that_loses_its_core_is_served_as_composed(opened: Open, plain: Service, false: str) -> None:
    service, _ = opened(always((false, [1])))
    told = service.ask(DUE)
    assert told.model is not None
    assert (told.model.used, told.model.why) == (False, "unsupported")
    assert same(told, plain.ask(DUE))


@pytest.mark.parametrize("rests_on", [[], [2], [99], [-1], [1, 7]])
def test_an_invented_citation_proves_nothing(opened: Open, plain: Service, rests_on: list[int]) -> None:
    service, _ = opened(always((RIGHT, rests_on)))
    assert same(service.ask(DUE), plain.ask(DUE))


def test_every_fact_has_to_be_told(opened: Open, plain: Service) -> None:
    question = "Còn bao nhiêu ngày đến hạn báo cáo của xã Giao Minh?"
    service, model = opened(always((RIGHT, [1])))  # leaves out the days that code has counted
    told = service.ask(question)
    assert told.model is not None
    assert told.model.why == "unsupported"
    assert same(told, plain.ask(question))
    model.script = truth
    told = service.ask(question)
    assert told.model is not None
    assert told.model.used
    assert "14 ngày" in told.text


def test_a_denial_keeps_its_opening_word(opened: Open, plain: Service) -> None:
    question = "Xã Giao Minh nộp báo cáo trước 05/11 phải không?"
    composed = plain.ask(question)
    assert composed.text.startswith("Không.")
    service, _ = opened(always((composed.text.split(" [")[0].removeprefix("Không. "), [1])))
    assert same(service.ask(question), composed)


@pytest.mark.parametrize(
    "question",
    [
        "Hạn gửi báo cáo hằng năm là ngày nào?",  # whose?
        "Xã Kim Liên khen thưởng thế nào?",
        "Giá vàng hôm nay bao nhiêu?",
        "xin chào",
        "Phường Bàn Thạch khen thưởng tổng kết bằng hình thức nào?",
    ],
)
def test_a_refusal_is_not_sent_to_the_model(opened: Open, plain: Service, question: str) -> None:
    service, model = opened(truth)
    told = service.ask(question)
    assert told.status is not Status.ANSWERED
    assert same(told, plain.ask(question))
    assert told.model is not None
    assert told.model.why == "not_needed"
    assert model.requests == []


def test_the_model_sees_quotes_and_facts_but_no_links_ids_or_key(opened: Open) -> None:
    service, model = opened(truth)
    service.ask(DUE)
    service.write("summarise", plan_id="giao-minh-2025")
    sent = str(model.requests)
    assert "trước ngày 15/12" in sent
    for hidden in ("giao-minh", "/plans/", "http", KEY):
        assert hidden not in sent
    assert model.keys == [f"Bearer {KEY}"] * 2
    assert set(shown(model.requests[0])) == {"question", "sources"}


# ---- failing


DEAD = {
    "half a JSON": (Reply(said((RIGHT, [1]))[:60]), "broken"),
    "a connection that is cut": (Reply(said((RIGHT, [1])), cut=True), "broken"),
    "words instead of JSON": (Reply("Tôi không chắc."), "broken"),
    "a refusal": (Reply("", finish="content_filter"), "refused"),
    "a refusal in another field": (Reply("", refusal="Không."), "broken"),
    "a megabyte": (Reply('{"enough": true, "sentences": [' + '{"text": "' + "a" * 2**20, pieces=64), "too_long"),
    "quotes that do not suffice": (Reply(said(enough=False)), "insufficient"),
    "429": (Reply(status=429), "limited"),
    "500": (Reply(status=500), "down"),
    "401": (Reply(status=401), "denied"),
    "a hang": (Reply(hang=5.0), "timeout"),
    "a slow stream": (Reply(said((RIGHT, [1])), pieces=100, pause=0.2), "timeout"),
}


@pytest.mark.parametrize(("reply", "why"), DEAD.values(), ids=DEAD.keys())
def test_whatever_fails_the_composed_answer_is_served(opened: Open, plain: Service, reply: Reply, why: str) -> None:
    service, _ = opened(lambda _: reply, llm_timeout=1)
    started = time.monotonic()
    told = service.ask(DUE)
    assert time.monotonic() - started < 3
    assert told.model is not None
    assert (told.model.used, told.model.why) == (False, why)
    assert same(told, plain.ask(DUE))


@pytest.mark.parametrize("status", [401, 429, 500])
def test_the_key_is_in_no_log_and_no_settings(opened: Open, caplog: pytest.LogCaptureFixture, status: int) -> None:
    with caplog.at_level(logging.DEBUG):
        service, _ = opened(lambda _: Reply(status=status))  # the server's error repeats the key
        told = service.ask(DUE)
    assert KEY not in str(told)
    # The client library logs requests at its own debug level; ours must not hold the key either way.
    assert KEY not in "\n".join(r.getMessage() for r in caplog.records)
    assert KEY not in repr(service._settings)


def test_a_dead_model_is_left_alone_and_asked_again_once_it_answers(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.llm.breaker.FIRST", 0.05)
    service, model = opened(lambda _: Reply(hang=30), llm_timeout=1)
    first, *others = [(time.monotonic(), service.ask(DUE).model) for _ in range(20)]
    assert first[1] is not None
    assert first[1].why == "timeout"
    assert {use.why for _, use in others if use} == {"resting"}
    assert others[-1][0] - others[0][0] < 2  # nobody else has waited for it
    model.script = lambda r: truth(r) if r["messages"][-1]["content"].startswith("{") else Reply("có")
    deadline = time.monotonic() + 10
    while not service.ask(DUE).model.used:  # type: ignore[union-attr]
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_only_so_many_are_with_the_model_at_once(opened: Open) -> None:
    def slow(request: dict[str, object]) -> Reply:
        time.sleep(0.5)
        return truth(request)

    service, model = opened(slow, llm_at_once=2)
    with ThreadPoolExecutor(6) as threads:
        outcomes = [a.model.why for a in threads.map(service.ask, [DUE] * 6) if a.model]
    assert sorted(outcomes) == ["", "", "busy", "busy", "busy", "busy"]
    assert len(model.requests) == 2


def test_a_spent_budget_is_told(opened: Open) -> None:
    service, model = opened(lambda r: Reply(truth(r).text, usage=(900, 400)), llm_tokens_a_day=2600)
    outcomes = [service.ask(DUE).model for _ in range(3)]
    assert [use.why for use in outcomes if use] == ["", "budget", "budget"]
    assert len(model.requests) == 1
    again, another = opened(truth, llm_tokens_a_day=2600)  # a restart, or a second process
    told = again.ask(DUE).model
    assert told is not None
    assert (told.why, another.requests) == ("budget", [])


def test_a_state_that_cannot_hold_the_budget_is_told_at_the_start(five_plans_index: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    state = f"sqlite:///{tmp_path}/file/hoi.sqlite"
    with pytest.raises(SettingsError, match="HOI_STATE"):
        open_service(Settings(index=five_plans_index, state=state, llm="openai:x", llm_url="http://127.0.0.1:1"))


# ---- settings


@pytest.mark.parametrize("name", ["gpt-5", "khong-co:x", "openai:", "litellm:x"])
def test_a_model_that_cannot_be_loaded_is_told_at_the_start(five_plans_index: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="HOI_LLM"):
        open_service(Settings(index=five_plans_index, llm=name))


def test_a_missing_package_is_named(five_plans_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from langchain.chat_models import base

    base._get_chat_model_creator.cache_clear()  # another test may have loaded it
    monkeypatch.setitem(sys.modules, "langchain_anthropic", None)  # as where it is not installed
    with pytest.raises(SettingsError, match=r"hoi-ke-hoach\[anthropic\]"):
        open_service(Settings(index=five_plans_index, llm="anthropic:x", llm_key="k"))


# ---- a liar


@pytest.mark.parametrize("first", [0, 1])
def test_no_lie_of_a_model_gets_through(opened: Open, plain: Service, first: int) -> None:
    service, model = opened(liar(first), llm_tokens_a_day=0)
    questions = [
        f"{what} của {whose}?"
        for whose in ("xã Giao Minh", "phường Bàn Thạch", "xã Vũ Dương", "xã Quảng Trạch")
        for what in (
            "Hạn báo cáo",
            "Các giai đoạn",
            "Người ký kế hoạch",
            "Nhiệm vụ của Phòng Văn hóa - Xã hội",
            "Căn cứ",
        )
    ]
    told_lies = 0
    for question in questions:
        before = len(model.requests)
        told, composed = service.ask(question), plain.ask(question)
        assert (told.status, told.citations) == (composed.status, composed.citations)
        sources = [s for request in model.requests[before:] for s in shown(request)["sources"]]
        lies = {lie(source["text"], turn) for source in sources for turn in range(8)}
        assert not [false for false in lies if false in told.text]
        told_lies += len(lies)
    assert told_lies > 100


# ---- what only a model can do

SECTION = {"plan_id": "giao-minh-2025", "section": "VI.1"}
WRITTEN = [
    ("summarise", "", {"plan_id": "giao-minh-2025"}),
    ("summarise", "", {"issuer": "vu-duong"}),
    ("report", "", {"issuer": "giao-minh"}),
    ("explain", "", SECTION),
    ("explain", "Hạn báo cáo của xã Quảng Trạch?", {}),
    ("combine", "Doanh nghiệp ở xã Giao Minh phải làm gì và được khen thưởng thế nào?", {}),
]


@pytest.mark.parametrize(("intent", "question", "where"), WRITTEN)
def test_what_a_model_writes_rests_on_quotes(
    opened: Open, plain: Service, intent: str, question: str, where: dict[str, str]
) -> None:
    service, _ = opened(truth)
    told = service.write(intent, question, **where)  # type: ignore[arg-type]
    assert told.status is Status.ANSWERED
    assert told.model is not None
    assert told.model.used, told.model.why
    assert len({c.issuer for c in told.citations}) == 1
    for cited in told.citations:
        assert plain.plan(cited.plan_id).text[cited.start : cited.end] == cited.quote
        assert f"[{cited.mark}]" in told.text


@pytest.mark.parametrize(("intent", "question", "where"), WRITTEN)
def test_without_a_model_the_plans_own_words_are_given(
    plain: Service, intent: str, question: str, where: dict[str, str]
) -> None:
    told = plain.write(intent, question, **where)  # type: ignore[arg-type]
    assert told.model is not None
    assert (told.model.used, told.model.why) == (False, "off")
    assert told.text.startswith("Phần này cần mô hình ngôn ngữ")
    assert told.citations
    assert all(" ".join(c.quote.split())[:60] in told.text for c in told.citations)


def test_a_liar_writes_nothing_false(opened: Open) -> None:
    service, _ = opened(liar())
    told = service.write("explain", "", **SECTION)  # type: ignore[arg-type]
    assert told.model is not None
    assert told.model.used
    for false in ("Phạm Quốc Bảo", "999/QĐ-UBND", "31/02/2031", "năm mươi triệu", "mười chín tháng mười một"):
        assert false not in told.text


# A clause in plain words: (section, the sentence, the sources it names, whether it is true).
PLAINLY = {
    "as it is": ("VI.1", "Các đơn vị báo cáo kết quả về Ủy ban nhân dân xã trước ngày 15/12 hằng năm.", [7], True),
    "whose heading it stands under": ("VI.3", "Phòng Văn hóa - Xã hội tham mưu đôn đốc, kiểm tra các xóm.", [3], True),
    "a choice": ("VI.1", "Đơn vị được khuyến khích phát động Phong trào thi đua hằng năm.", [3], True),
    "wrong actor": ("VI.1", "Ủy ban nhân dân xã báo cáo kết quả Phong trào về Phòng Văn hóa - Xã hội.", [7], False),
    "wrong recipient": ("VI.1", "Các đơn vị báo cáo kết quả về cấp có thẩm quyền trước ngày 15/12.", [7], False),
    "a choice made a duty": ("VI.1", "Các đơn vị phải phát động Phong trào thi đua hằng năm.", [3], False),
    "a duty made a choice": ("VI.1", "Đơn vị được khuyến khích báo cáo kết quả trước ngày 15/12.", [3, 7], False),
    "made wider": ("VI.1", "Mọi người dân báo cáo kết quả Phong trào thi đua trước ngày 15/12.", [7], False),
    "made narrower": ("VI.1", "Chỉ trường học báo cáo kết quả Phong trào thi đua.", [1, 7], False),
    "who only helps": ("VI.3", "Ban Xây dựng Đảng tham mưu đôn đốc, kiểm tra các xóm.", [2, 3], False),
    "turned round": ("VI.3", "Các cơ quan, đơn vị, xóm kiểm tra Phòng Văn hóa - Xã hội.", [3], False),
    "who proposes": ("VI.3", "Phòng Văn hóa - Xã hội khen thưởng các tập thể, cá nhân xuất sắc.", [5], False),
    "who decides": ("VI.3", "Cấp có thẩm quyền trình Phòng Văn hóa - Xã hội khen thưởng.", [5], False),
}


@pytest.mark.parametrize(("section", "sentence", "rests_on", "true"), PLAINLY.values(), ids=PLAINLY.keys())
def test_plain_words_leave_to_each_its_own_part(
    explaining: tuple[Service, Scripted], section: str, sentence: str, rests_on: list[int], true: bool
) -> None:
    service, model = explaining
    model.script = lambda r: Reply(
        said((sentence, rests_on), *((s["text"], [s["number"]]) for s in shown(r)["sources"]))
    )
    told = service.write("explain", plan_id="giao-minh-2025", section=section)
    assert told.model is not None
    assert told.model.used
    assert (sentence in told.text) is true


@pytest.fixture(scope="module")
def explaining(five_plans_index: Path) -> Iterator[tuple[Service, Scripted]]:
    with serving(truth) as model:
        settings = Settings(index=five_plans_index, llm="openai:scripted", llm_url=model.url, llm_tokens_a_day=0)
        service = open_service(settings, clock=lambda: DAY)
        yield service, model
        service.close()


def test_an_answer_is_said_again_in_plain_words_for_a_chat(opened: Open, plain: Service) -> None:
    service, model = opened(truth)
    told = service.simplify(DUE, "giao-minh")
    assert told is not None
    assert "15/12" in told
    assert "[1] Mục VI.1" in told
    assert plain.simplify(DUE) is None
    model.script = lambda _: Reply(status=500)
    assert service.simplify(DUE) is None


def test_a_conversation_gives_what_is_to_be_explained(opened: Open) -> None:
    service, model = opened(truth)
    service.ask(DUE, conversation_id="c")
    told = service.write("explain", conversation_id="c")
    assert told.issuers == ("giao-minh",)
    assert "15/12" in told.text
    assert shown(model.requests[-1])["question"] == DUE


@pytest.mark.parametrize(
    ("intent", "question", "where", "said_so"),
    [
        ("summarise", "", {}, "văn bản của nơi nào"),
        ("explain", "", {"plan_id": "giao-minh-2025", "section": "XX.9"}, "không có mục XX.9"),
        ("combine", "Giá vàng và giá bạc hôm nay?", {}, "ngoài phạm vi"),
    ],
)
def test_what_cannot_be_written_is_said_politely(
    plain: Service, intent: str, question: str, where: dict[str, str], said_so: str
) -> None:
    told = plain.write(intent, question, **where)  # type: ignore[arg-type]
    assert told.status is not Status.ANSWERED
    assert said_so in told.text
    assert told.citations == ()


# ---- off, and measured


def test_without_a_model_nothing_of_it_is_loaded(five_plans_index: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from bot.settings import Settings; from bot.wiring import open_service\n"
        f"service = open_service(Settings(index=Path({str(five_plans_index)!r})))\n"
        f"service.ask({DUE!r}); print([m for m in sys.modules if m.startswith(('bot.llm', 'openai'))])\n"
        "service.write('summarise', plan_id='giao-minh-2025'); print('bot.llm.model' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, encoding="utf-8", cwd=ROOT)
    assert done.stdout.split("\n")[:2] == ["[]", "False"]


def test_the_evaluation_uses_a_model_only_where_it_is_asked_to(
    five_plans_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [c for c in read_cases(ROOT / "eval" / "cases" / "dev.jsonl") if c.kind == "deadline"][:3]
    with pytest.raises(CaseError, match="HOI_LLM"):
        measure(cases, five_plans_index, tmp_path, llm=True)
    with serving(liar()) as model:
        monkeypatch.setenv("HOI_LLM", "openai:liar")
        monkeypatch.setenv("HOI_LLM_URL", model.url)
        rows, used = measure(cases, five_plans_index, tmp_path)
        assert (model.requests, "llm" in used) == ([], False)
        lied, used = measure(cases, five_plans_index, tmp_path, llm=True)
    assert model.requests
    assert used["llm"] == "openai:liar"
    assert sum(used["llm_outcomes"].values()) == len(cases)
    assert [row.verdict.passed for row in lied] == [row.verdict.passed for row in rows]
    assert all(row.verdict.sound for row in lied)
