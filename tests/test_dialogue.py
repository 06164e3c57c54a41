"""A conversation, without any platform, over a real state and a service that replays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fake_clock import Clock
from fake_service import ANSWER, NEEDS_ISSUER, FakeService

from bot.channels import assemble
from bot.channels.chat import sentences
from bot.channels.chat.dialogue import Dialogue, Helpers, Who
from bot.channels.chat.nouns import Command, File, Input, Manner, Other, Pressed, Reply, Text
from bot.domain import Answer, Issuer, Status
from bot.settings import Settings
from bot.state import State, open_state

ME, OTHER = Who("telegram", "42"), Who("telegram", "43")
TODAY = date(2026, 12, 1)


@pytest.fixture
def state(tmp_path: Path, clock: Clock) -> Iterator[State]:
    state = open_state(f"sqlite:///{tmp_path}/hoi.sqlite", "secret", clock)
    yield state
    state.close()


@pytest.fixture
def talk(service: FakeService, state: State) -> Talk:
    return Talk(service, state)


class Talk:
    def __init__(self, service: FakeService, state: State, manner: Manner | None = None, **helpers: object) -> None:
        self.service, self.state = service, state
        given = Helpers(today=lambda: TODAY, **helpers)  # type: ignore[arg-type]
        self.dialogue = Dialogue(service, state, manner, "https://hoi.example", given)  # type: ignore[arg-type]

    def __call__(self, said: str | Input, who: Who = ME) -> Reply:
        finish = self.dialogue.think(who, Text(said) if isinstance(said, str) else said)
        with self.state.together():
            (reply,) = finish()
        return reply


def text(reply: Reply) -> str:
    return "\n".join(part.text for part in reply.parts)


def data(reply: Reply, label: str) -> Pressed:
    return Pressed(next(b.data for row in reply.buttons for b in row if label in b.label))


def test_an_answer_comes_with_its_quote_and_where_it_stands(talk: Talk) -> None:
    reply = talk("hạn báo cáo")
    assert [(p.kind, p.text, p.mark) for p in reply.parts] == [
        ("words", "Trước ngày 15/12 hằng năm. [1] <i>", ""),
        ("quote", "Các cơ quan báo cáo trước ngày 15/12 hằng năm.", "[1]"),
        ("source", f"Mục II.1 – BÁO CÁO – {sentences.REPAIRED}", ""),
        ("source", "Thi đua <script>alert(1)</script>", ""),
    ]
    assert reply.parts[2].url == "https://hoi.example/plans/an-phu-2025#II.1"
    assert [b.label for row in reply.buttons for b in row] == ["Ai nhận báo cáo?", sentences.LIKE, sentences.DISLIKE]


def test_a_quote_that_the_answer_repeats_is_not_shown_twice(talk: Talk) -> None:
    quote = ANSWER.citations[0].quote
    talk.service.answer = replace(ANSWER, text=f"Đoạn gần nhất: {quote} [1]")
    parts = talk("hạn báo cáo").parts
    assert [p.kind for p in parts] == ["words", "source", "source"]
    assert parts[1].text.startswith("Mục II.1")


def test_three_quotes_are_shown_and_all_are_told_when_asked(talk: Talk) -> None:
    many = tuple(replace(ANSWER.citations[0], mark=n, quote=f"Câu số {n}.") for n in range(1, 6))
    talk.service.answer = replace(ANSWER, text="Năm nơi [1] [2] [3] [4] [5]", citations=many)
    reply = talk("hạn báo cáo")
    assert reply.parts[0].text == "Năm nơi [1–5]"
    assert [p.mark for p in reply.parts if p.kind == "quote"] == ["[1]", "[2]", "[3]"]
    assert "Còn 2 câu trích nữa: nhắn /nguon" in text(reply)
    assert [p.mark for p in talk(Command("nguon")).parts if p.kind == "quote"] == [f"[{n}]" for n in range(1, 6)]


def test_quotes_are_of_the_last_answer_of_this_chat(talk: Talk) -> None:
    assert "Chưa có câu trả lời nào" in text(talk(Command("nguon")))
    talk("hạn báo cáo")
    assert "Câu trích cho câu hỏi “hạn báo cáo”" in text(talk("nguồn"))
    assert "Chưa có câu trả lời nào" in text(talk(Command("nguon"), OTHER))


def test_a_question_leans_on_those_before_it_for_two_hours(talk: Talk, clock: Clock) -> None:
    asked: list[tuple[str, ...]] = []
    known = talk.service.ask

    def ask(question: str, *, earlier: tuple[str, ...] = (), **more: object) -> Answer:
        asked.append((*earlier, question))
        return known(question, **more)  # type: ignore[arg-type]

    talk.service.ask = ask  # type: ignore[method-assign, assignment]
    for n in range(5):
        talk(f"câu {n}")
    clock.now += 7201
    talk("câu mới")
    assert asked[-2:] == [("câu 1", "câu 2", "câu 3", "câu 4"), ("câu mới",)]


def test_the_issuer_chosen_is_asked_about(talk: Talk) -> None:
    assert "An Phú" in text(talk(Command("xa", "an phu")))
    talk("hạn báo cáo")
    talk("hạn báo cáo", OTHER)
    assert [asked[1] for asked in talk.service.asked] == ["an-phu", None]


@pytest.mark.parametrize("said", [Command("start", "an-phu"), Text("xã An Phú"), Text("an phu"), Command("xa", "ph")])
def test_ways_to_choose(talk: Talk, said: Input) -> None:
    talk(said)
    assert talk.state.chats.open(*_pair(ME)).issuer == "an-phu"


def test_a_deep_link_to_nobody_greets(talk: Talk) -> None:
    assert sentences.HELLO in text(talk(Command("start", "../../etc")))
    assert talk.state.chats.open(*_pair(ME)).issuer is None


def test_an_issuer_that_left_the_collection_is_not_asked_about(talk: Talk, state: State) -> None:
    state.chats.choose(state.chats.open(*_pair(ME)), "gone")
    assert "15/12" in text(talk("hạn báo cáo"))


def test_choosing_by_a_button_or_its_number(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    issuers = tuple(Issuer(f"xa-{n}", f"Số {n}", "xã", "Nghệ An") for n in range(20))
    monkeypatch.setattr(talk.service, "issuers", lambda: issuers)
    reply = talk(Command("xa"))
    assert "20 đơn vị" in text(reply)
    talk(data(reply, "Số 2"))
    assert talk.state.chats.open(*_pair(ME)).issuer == "xa-2"
    many = talk(Command("xa", "so"))
    assert len(many.buttons) == 8
    assert "Còn 12 nơi khác" in text(many)
    talk("4")
    assert talk.state.chats.open(*_pair(ME)).issuer == "xa-11"  # in the order of their names


def test_a_name_answers_which_one_and_is_remembered(talk: Talk) -> None:
    talk.service.answer = replace(NEEDS_ISSUER, suggestions=("xã An Phú",))
    reply = talk("hạn báo cáo")
    talk.service.answer = ANSWER
    assert "Tôi ghi nhớ xã An Phú" in text(talk(data(reply, "An Phú")))
    assert talk.state.chats.open(*_pair(ME)).issuer == "an-phu"
    assert [asked[0] for asked in talk.service.asked] == ["hạn báo cáo", "xã An Phú"]


def test_a_suggestion_is_asked(talk: Talk) -> None:
    talk(data(talk("hạn báo cáo"), "Ai nhận"))
    assert talk.service.asked[-1][0] == "Ai nhận báo cáo?"
    talk("1")
    assert talk.service.asked[-1][0] == "Ai nhận báo cáo?"


def test_a_button_of_another_chat_does_nothing(talk: Talk) -> None:
    reply = talk("hạn báo cáo")
    for label in ("Ai nhận", "👎"):
        assert text(talk(data(reply, label), OTHER)) == sentences.OLD_BUTTON
    assert talk.state.reports.feedback() == []


@pytest.mark.parametrize(
    "forged", ["", "s", "s1", "s1.99", "s99999999999.0", "l1.x", "x", "n", "x' OR 1", "f2", "\0", "s1.-1"]
)
def test_forged_buttons_do_nothing(talk: Talk, forged: str) -> None:
    talk("hạn báo cáo")
    assert text(talk(Pressed(forged))) in (sentences.OLD_BUTTON, sentences.CHOOSE_GONE.format(xa="/xa"))


def test_a_thumb_counts_once(talk: Talk) -> None:
    reply = talk("hạn báo cáo")
    talk(data(reply, "👎"))
    assert text(talk(data(reply, "👍"))) == sentences.JUDGED
    assert [(f.liked, f.question) for f in talk.state.reports.feedback()] == [(False, "hạn báo cáo")]


@pytest.mark.parametrize(
    "said", [(Command("gopy", "sai ngày"),), (Command("gopy"), Text("sai ngày")), (Text("góp ý: sai ngày"),)]
)
def test_words_of_feedback_are_kept_with_what_they_are_about(talk: Talk, said: tuple[Input, ...]) -> None:
    talk("hạn báo cáo")
    for each in said:
        talk(each)
    assert [(f.words, f.question) for f in talk.state.reports.feedback()] == [("sai ngày", "hạn báo cáo")]
    talk("hạn báo cáo")
    assert len(talk.state.reports.feedback()) == 1


def test_deadlines_of_the_issuer_and_of_all(talk: Talk) -> None:
    assert "• Trước 15/12/2026 (còn 13 ngày): Xã An Phú: báo cáo, gửi về UBND xã" in text(talk("hạn"))
    talk(Command("xa", "an phu"))
    assert text(talk("/hạn")) == (
        "Các hạn sắp tới của xã An Phú:\n• Trước 15/12/2026 (còn 13 ngày): báo cáo, gửi về UBND xã"
    )


def test_reminders_go_on_and_off(talk: Talk) -> None:
    reply = talk("nhắc")
    talk(data(reply, "An Phú"))
    assert [(r.issuer, r.lead, r.address) for r in talk.state.chats.reminders()] == [
        ("an-phu", lead, "42") for lead in (14, 3, 1)
    ]
    assert "Đang nhắc hạn của xã An Phú" in text(talk("nhắc"))
    talk("tắt nhắc")
    assert talk.state.chats.reminders() == []
    talk(Command("xa", "an phu"))
    talk("nhắc bật")
    assert len(talk.state.chats.reminders()) == 3


def test_deleting_asks_first_and_leaves_nothing(talk: Talk) -> None:
    talk(Command("start", "an-phu"))
    talk("hạn báo cáo")
    talk(Command("nhac", "bật"))
    ask = talk("xóa")
    assert text(talk(data(ask, sentences.FORGET_NO))) == sentences.KEPT
    assert talk.state.chats.reminders() != []
    assert text(talk(data(ask, sentences.FORGET_YES))) == sentences.FORGOTTEN
    assert talk.state.chats.find(*_pair(ME)) is None
    assert talk.state.chats.reminders() == []


def test_the_calendar_as_a_link_and_a_file(service: FakeService, state: State) -> None:
    talk = Talk(service, state, calendar=lambda slug: File("lich.ics", "text/calendar", str(slug)))
    reply = talk(Command("lich", "an phu"))
    assert "https://hoi.example/api/v1/deadlines.ics?issuer=an-phu" in text(reply)
    assert reply.file == File("lich.ics", "text/calendar", "an-phu")
    assert Talk(service, state, Manner(files=False))(Command("lich")).file is None


def test_a_chat_is_given_the_real_calendar(service: FakeService, state: State) -> None:
    talk = assemble.dialogue(service, state, Settings(), Manner())  # type: ignore[arg-type]
    (reply,) = talk.think(ME, Command("lich", "an phu"))()
    assert reply.file is not None
    assert reply.file.name == "thoi-han-an-phu.ics"
    assert reply.file.content.startswith("BEGIN:VCALENDAR")


def test_plain_wording_needs_a_model(service: FakeService, state: State) -> None:
    assert text(Talk(service, state)("đơn giản")) == sentences.NO_MODEL
    talk = Talk(service, state, simplify=lambda question, issuer: f"{question}: dễ lắm")
    assert text(talk("đơn giản")) == sentences.NOTHING_TO_SIMPLIFY
    talk("hạn báo cáo")
    assert text(talk("dễ hiểu")) == "hạn báo cáo: dễ lắm"


@pytest.mark.parametrize(
    "said",
    ["hạn báo cáo là ngày nào", "nhắc nhở các đơn vị nộp báo cáo khi nào", "xã nào thưởng cao", "nguồn kinh phí ở đâu"],
)
def test_questions_are_no_commands(talk: Talk, said: str) -> None:
    talk(said)
    assert [asked[0] for asked in talk.service.asked] == [said]


def test_commands_are_shown_as_the_platform_writes_them(service: FakeService, state: State) -> None:
    assert "/han – " in text(Talk(service, state)("trợ giúp"))
    assert "“hạn” – " in text(Talk(service, state, Manner(slash=False))("trợ giúp"))
    assert text(Talk(service, state)("/khongco")) == sentences.UNKNOWN_COMMAND.format(trogiup="/trogiup")


@pytest.mark.parametrize("kind", ["voice", "photo", "sticker", "file", "location"])
def test_what_is_no_text_gets_a_kind_sentence(talk: Talk, kind: str) -> None:
    assert text(talk(Other(kind))) == sentences.OTHERS.get(kind, sentences.OTHER)


def test_questions_are_counted_by_what_was_asked_for(talk: Talk) -> None:
    talk("hạn báo cáo là ngày nào")
    talk.service.answer = replace(ANSWER, status=Status.NOT_STATED, citations=())
    talk("thưởng bao nhiêu tiền")
    talk.service.answer = replace(ANSWER, status=Status.GREETING)
    talk("xin chào")
    assert talk.state.reports.counts(0, 2e9) == {("answered", "date"): 1, ("not_stated", "money"): 1}
    assert [u.question for u in talk.state.reports.unanswered()] == ["thưởng bao nhiêu tiền"]


def test_an_empty_or_endless_question_is_told_so(talk: Talk) -> None:
    assert "đang để trống" in text(talk("…"))
    assert "tối đa 2000" in text(talk("a" * 2001))
    assert talk.service.asked == []


def test_buttons_fit_into_telegram(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    slug = "x" * 120
    monkeypatch.setattr(talk.service, "issuers", lambda: (Issuer(slug, "Dài", "xã", "Nghệ An"),))
    for reply in (talk(Command("xa")), talk(Command("nhac")), talk("hạn báo cáo")):
        assert all(len(b.data.encode()) <= 64 for row in reply.buttons for b in row)


def _pair(who: Who) -> tuple[str, str]:
    return who.channel, who.chat


def test_a_question_leaves_a_line_in_the_log_without_its_words(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "bot.asked"):
        talk("Hạn báo cáo là ngày nào?", Who("telegram", "987654321"))
    (line,) = caplog.records
    told = {**vars(line)["fields"], "message": line.getMessage()}
    assert (told["channel"], told["status"]) == ("telegram", "answered")
    assert "987654321" not in str(told)
    assert "báo cáo" not in str(told)
