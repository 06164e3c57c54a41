"""Question in, answer out: over invented plans, and over corpus/ as a transcript that a person has read.

golden/answers.txt holds the questions ("?"; "+" follows on the one above) and, under each, the status, the answer and
the sections cited. To ask more, write the question there. Rewrite the answers only after a change that was meant, and
read the difference line by line before it is committed:

    .venv/bin/python tests/test_answers.py --rewrite INDEX

where INDEX is the folder that `hoi ingest corpus/plans --index INDEX` has filled.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from made_plans import drafted, source
from small_plans import small_plan

from bot.answer import Asked, answer
from bot.domain import Answer, Status
from bot.frequency import rarity
from bot.index import Snapshot, current
from bot.question import Question

if TYPE_CHECKING:
    from bot.embed import Encoder

GOLDEN = Path(__file__).parent / "golden" / "answers.txt"
TODAY = date(2026, 11, 20)


# ---- the transcript


def conversations(transcript: str) -> list[list[str]]:
    """The questions of the transcript, those that follow on together."""
    found: list[list[str]] = []
    for line in transcript.splitlines():
        if line.startswith("? "):
            found.append([line[2:]])
        elif line.startswith("+ "):
            found[-1].append(line[2:])
    return found


def talked(questions: list[str], snapshot: Snapshot, today: date = TODAY) -> list[Answer]:
    told: list[Answer] = []
    before: Question | None = None
    for text in questions:
        said, before = answer(Asked(text, today, before=before), snapshot, rarity)
        told.append(said)
    return told


def shown(questions: list[str], answers: list[Answer]) -> str:
    blocks = []
    for sign, text, told in zip("?" + "+" * len(questions), questions, answers, strict=False):
        cited = [f"[{c.mark}] {c.plan_id} {c.section or '(ngoài các mục)'}" for c in told.citations]
        blocks.append("\n".join((f"{sign} {text}", told.status.value, told.text, *cited)) + "\n")
    return "\n".join(blocks)


TRANSCRIPT = GOLDEN.read_text(encoding="utf-8")
TALKS = conversations(TRANSCRIPT)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    from bot.embed import load_encoder

    return load_encoder()


@pytest.fixture(scope="module")
def five(five_plans_index: Path, encoder: Encoder) -> Iterator[Snapshot]:
    opened = Snapshot(current(five_plans_index), encoder, encoder.fingerprint)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def read(five: Snapshot) -> dict[str, list[Answer]]:
    """Each talk of the transcript by its first question, answered now."""
    return {talk[0]: talked(talk, five) for talk in TALKS}


@pytest.mark.parametrize("questions", TALKS, ids=[talk[0] for talk in TALKS])
def test_the_answer_is_the_one_a_person_has_read(read: dict[str, list[Answer]], questions: list[str]) -> None:
    assert shown(questions, read[questions[0]]) in TRANSCRIPT


def test_the_transcript_holds_nothing_but_what_is_asked(read: dict[str, list[Answer]]) -> None:
    assert "\n".join(shown(talk, read[talk[0]]) for talk in TALKS) == TRANSCRIPT


@pytest.mark.parametrize("talk", [talk[0] for talk in TALKS])
def test_every_citation_is_a_run_of_the_plan_and_of_an_issuer_asked(
    five: Snapshot, read: dict[str, list[Answer]], talk: str
) -> None:
    for told in read[talk]:
        for cited in told.citations:
            plan = five.plan(cited.plan_id)
            assert cited.quote == plan.text[cited.start : cited.end]
            assert cited.source_quote in plan.source
            assert cited.issuer == plan.issuer.slug
            assert cited.issuer in told.issuers
            assert f"[{cited.mark}]" in told.text


# ---- invented plans

SOURCES = {
    "kim-lien-2025.md": source(name="Kim Liên"),
    "muong-xen-2025.md": source(
        name="Mường Xén",
        number="31/KH-UBND",
        report="Các cơ quan, đơn vị báo cáo kết quả về UBND xã (qua Phòng Văn hóa - Xã hội) "
        "chậm nhất ngày 20/11 hằng năm.",
    ),
    "tan-thanh-lam-dong.md": source(
        name="Tân Thành", province="Lâm Đồng", report="Các đơn vị báo cáo về UBND xã trước ngày 01/6 hằng năm."
    ),
    "tan-thanh-lang-son.md": source(
        name="Tân Thành", province="Lạng Sơn", report="Các đơn vị báo cáo về UBND xã trước ngày 02/7 hằng năm."
    ),
    "yen-na-2025.md": small_plan(
        "Yên Na",
        more="\n3. Trạm Y tế hướng dẫn từng xóm phòng, chống cúm H5N1 trên đàn gia cầm.\n"
        "\n4. Các xóm gửi danh sách hộ đăng ký về Ủy ban nhân dân xã trước ngày 20/8/2025.\n",
    ),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Snapshot]:
    from ingest.build import build, locked
    from ingest.collection import plans

    index = tmp_path_factory.mktemp("made")
    found = plans([drafted(text, name) for name, text in SOURCES.items()], {})
    with locked(index):
        build(found, {name: str(n) for n, name in enumerate(SOURCES)}, index, encoder, progress=lambda _: None)
    opened = Snapshot(current(index), encoder, encoder.fingerprint)
    ask(opened, "Hạn báo cáo?")  # reads the tables that every later question finds read
    yield opened
    opened.close()


def ask(made: Snapshot, text: str, today: date = TODAY, chosen: str = "") -> Answer:
    return answer(Asked(text, today, chosen=made.issuer(chosen)), made, rarity)[0]


@pytest.mark.parametrize(
    "text",
    [
        "Hạn báo cáo hằng năm của xã Kim Liên là ngày nào?",
        "han bao cao hang nam cua kim lien la ngay nao",
        "kimlien nộp bc ngày mấy",
        "UBND xã Kim Lien nộp báo cáo khi nào?",
        "Kin Liên nộp báo cáo ngày nào?",
    ],
)
def test_a_deadline_however_it_is_asked(made: Snapshot, text: str) -> None:
    told = ask(made, text)
    assert told.status is Status.ANSWERED
    assert told.issuers == ("kim-lien",)
    assert "10/12" in told.text
    assert [c.section for c in told.citations] == ["II.1"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Xin chào", Status.GREETING),
        ("Cảm ơn nhé", Status.GREETING),
        ("Cách nấu phở bò?", Status.OUT_OF_SCOPE),
        ("Hạn báo cáo là ngày nào?", Status.NEEDS_ISSUER),
        ("Hạn báo cáo của xã Tân Thành là ngày nào?", Status.NEEDS_ISSUER),
        ("Hạn báo cáo của xã Hữu Kiệm là ngày nào?", Status.NOT_IN_COLLECTION),
        ("Hạn báo cáo của Tân Thành, Nghệ An là ngày nào?", Status.NOT_IN_COLLECTION),
        ("Kinh phí của xã Kim Liên là bao nhiêu tiền?", Status.NOT_STATED),
        ("Số điện thoại của xã Kim Liên?", Status.NOT_STATED),
    ],
)
def test_a_refusal_cites_nobody_elses_plan(made: Snapshot, text: str, status: Status) -> None:
    told = ask(made, text)
    assert told.status is status
    assert told.text
    assert {c.issuer for c in told.citations} <= {"kim-lien"}
    assert told.deadlines == ()


@pytest.mark.parametrize(
    ("text", "issuer", "day"),
    [
        ("Hạn báo cáo của Tân Thành, Lâm Đồng?", "tan-thanh-lam-dong", "01/6"),
        ("Hạn báo cáo của Tân Thành tỉnh Lạng Sơn?", "tan-thanh-lang-son", "02/7"),
    ],
)
def test_the_province_tells_two_of_one_name_apart(made: Snapshot, text: str, issuer: str, day: str) -> None:
    told = ask(made, text)
    assert told.issuers == (issuer,)
    assert day in told.text


def test_two_of_one_name_are_offered_with_their_provinces(made: Snapshot) -> None:
    told = ask(made, "Hạn báo cáo của xã Tân Thành?")
    assert "xã Tân Thành (Lâm Đồng)" in told.text
    assert "xã Tân Thành (Lạng Sơn)" in told.text


@pytest.mark.parametrize("chosen", ["", "tan-thanh-lam-dong", "kim-lien"])
def test_accents_that_name_another_place_are_not_answered_from_a_namesake(made: Snapshot, chosen: str) -> None:
    assert ask(made, "Hạn báo cáo của xã Tân Thạnh là ngày nào?", chosen=chosen).status is Status.NOT_IN_COLLECTION


@pytest.mark.parametrize(
    ("issuer", "today", "due", "last", "left"),
    [
        ("Kim Liên", date(2026, 12, 8), date(2026, 12, 10), date(2026, 12, 9), 2),
        ("Kim Liên", date(2026, 12, 9), date(2026, 12, 10), date(2026, 12, 9), 1),
        ("Kim Liên", date(2026, 12, 10), date(2027, 12, 10), date(2027, 12, 9), 365),
        ("Mường Xén", date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 20), 1),
        ("Mường Xén", date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 20), 0),
        ("Mường Xén", date(2026, 11, 21), date(2027, 11, 20), date(2027, 11, 20), 364),
    ],
    ids=["before: 2 days", "before: eve", "before: the day", "by: eve", "by: the day", "by: day after"],
)
def test_a_deadline_around_the_day_itself(
    made: Snapshot, issuer: str, today: date, due: date, last: date, left: int
) -> None:
    told = ask(made, f"Hạn báo cáo hằng năm của xã {issuer} là ngày nào, còn mấy ngày?", today)
    (found,) = told.deadlines
    assert (found.next, found.last_safe_day, found.days_left, found.past) == (due, last, left, False)
    assert f"{last:%d/%m/%Y}" in told.text or f"{due:%d/%m/%Y}" in told.text
    assert found.citation in {c.mark for c in told.citations}


def test_a_day_that_came_once_is_past(made: Snapshot) -> None:
    told = ask(made, "Hạn gửi danh sách hộ đăng ký ở xã Yên Na là ngày nào?")
    (found,) = told.deadlines
    assert (found.next, found.last_safe_day, found.days_left, found.past) == (None, None, None, True)
    assert "đã qua" in told.text


def test_the_day_that_the_asker_calls_today_is_counted_from(made: Snapshot) -> None:
    told = ask(made, "Hôm nay là 1/12/2027, còn mấy ngày nữa xã Kim Liên hết hạn báo cáo?")
    assert told.as_of == date(2027, 12, 1)
    assert told.deadlines[0].days_left == 9


@pytest.mark.parametrize(
    ("claimed", "denied"), [("10/12", False), ("ngày 10 tháng 12", False), ("15/12", True), ("10/11", True)]
)
def test_a_day_taken_for_granted_is_confirmed_or_corrected(made: Snapshot, claimed: str, denied: bool) -> None:
    told = ask(made, f"Hạn báo cáo của xã Kim Liên là {claimed} phải không?")
    assert told.text.startswith("Không" if denied else "Đúng")
    assert "10/12" in told.text
    assert [c.section for c in told.citations] == ["II.1"]


def test_a_conversation_keeps_its_subject(made: Snapshot) -> None:
    first, second, third, fourth = talked(
        ["Hạn báo cáo hằng năm của xã Kim Liên là ngày nào?", "còn Mường Xén?", "thế gửi về đâu?", "Yên Na"], made
    )
    assert [t.issuers for t in (first, second, third, fourth)] == [
        ("kim-lien",),
        ("muong-xen",),
        ("muong-xen",),
        ("yen-na",),
    ]
    assert "20/11" in second.text
    assert "Phòng Văn hóa - Xã hội" in third.text
    assert "Phòng Kinh tế" in fourth.text


def test_a_greeting_in_between_is_only_a_greeting(made: Snapshot) -> None:
    assert talked(["Hạn báo cáo của Kim Liên?", "cảm ơn nhé"], made)[1].status is Status.GREETING


def test_each_commune_has_its_row(made: Snapshot) -> None:
    told = ask(made, "Tất cả các xã nộp báo cáo hằng năm ngày nào?")
    assert len(told.issuers) == len(SOURCES)
    assert all(day in told.text for day in ("10/12", "20/11", "01/6", "02/7", "15/12"))


def test_which_communes_leaves_out_those_that_report_later(made: Snapshot) -> None:
    assert "yen-na" not in ask(made, "Xã nào phải nộp báo cáo trước ngày 10/12?").issuers


def test_a_clause_with_letters_and_digits_in_one_word_is_told(made: Snapshot) -> None:
    told = ask(made, "Trạm Y tế xã Yên Na hướng dẫn phòng, chống cúm gì?")
    assert told.status is Status.ANSWERED
    assert "H5N1" in told.text


# ---- what nobody would ask

# ---- several things at once


def test_two_things_asked_at_once_are_both_told(made: Snapshot) -> None:
    told = ask(made, "Xã Kim Liên nộp báo cáo trước ngày nào, ai ký kế hoạch?")
    assert told.status is Status.ANSWERED
    assert "10/12" in told.text
    assert "Người ký" in told.text


def test_a_part_that_is_not_stated_is_said_to_be_so_beside_the_other(made: Snapshot) -> None:
    told = ask(made, "Xã Kim Liên nộp báo cáo trước ngày nào, được cấp kinh phí bao nhiêu tiền?")
    assert told.status is Status.ANSWERED
    assert "10/12" in told.text
    assert "Kế hoạch của xã Kim Liên không nêu nội dung về “kinh phí”." in told.text


def test_where_no_part_is_stated_nothing_is_answered(made: Snapshot) -> None:
    told = ask(made, "Xã Kim Liên được cấp kinh phí bao nhiêu tiền, gọi số điện thoại nào?")
    assert told.status is Status.NOT_STATED


def test_parts_about_two_issuers_make_a_row_each(made: Snapshot) -> None:
    told = ask(made, "Kim Liên do ai ký, còn Mường Xén báo cáo trước ngày nào?")
    assert told.status is Status.ANSWERED
    rows = told.text.splitlines()
    assert rows[0].startswith("- Xã Kim Liên: ")
    assert rows[1].startswith("- Xã Mường Xén: ")
    assert "20/11" in rows[1]
    assert set(told.issuers) == {"kim-lien", "muong-xen"}


def test_a_part_about_a_place_without_a_plan_is_answered_from_nobody_elses(made: Snapshot) -> None:
    told = ask(made, "Kim Liên báo cáo trước ngày nào, còn xã Hữu Kiệm do ai ký?")
    assert "10/12" in told.text
    assert "Chưa có kế hoạch của xã Hữu Kiệm" in told.text
    assert "Người ký" not in told.text


def test_the_conversation_goes_on_from_the_whole_question(made: Snapshot) -> None:
    first = Asked("Kim Liên báo cáo trước ngày nào, gửi cho ai?", TODAY)
    meant = answer(first, made, rarity)[1]
    told, _ = answer(Asked("còn Mường Xén thì sao?", TODAY, before=meant), made, rarity)
    assert told.issuers == ("muong-xen",)
    assert "20/11" in told.text
    assert "Phòng Văn hóa - Xã hội" in told.text


def test_where_a_thing_stands_is_told_with_the_sentence(made: Snapshot) -> None:
    told = ask(made, "Ở xã Yên Na việc chống cúm gia cầm nằm ở mục nào?")
    assert told.status is Status.ANSWERED
    assert told.text.startswith("Mục III.3")
    assert "TỔ CHỨC THỰC HIỆN" in told.text
    assert "H5N1" in told.text


HOSTILE = {
    "nothing": "",
    "blanks": " \n\t\u00a0",
    "one letter": "a" * 2000,
    "one accented letter": "ạ" * 2000,
    "one digit": "1" * 2000,
    "punctuation": "?!.,;:…“”()[]" * 150,
    "control characters": "\x00\x01\x02\x1b[31m\x7f" * 50,
    "sql": "'; DROP TABLE plan; -- của xã Kim Liên",
    "html": "<script>alert('Kim Liên')</script>",
    "regex": "(.*)+$ [a-z \\d{1,2}(?P<x> ^|*+?{ Kim Liên",
    "query syntax": 'MATCH "x" AND (title:y^2 OR * NOT NEAR/3) xã Kim Liên',
    "many accents": "a" + "\u0323\u0302\u0301" * 600,
    "right to left": "\u202eKim Liên hạn báo cáo\u202c" + "\u200f" * 500,
    "other scripts": "한국어 русский العربية 中文 😀" * 50,
    "one word": "xã " * 660,
    "one name": "Kim Liên " * 220,
    "one cue": "báo cáo về đâu " * 130,
    "many days": "15/12 " * 330,
    "many labels": "nghị quyết 57 " * 140,
    "many parts": "xã Kim Liên nộp báo cáo ngày nào, " * 60,
    "many joints": "ai và " * 330,
    "open quotation": "“" + "a" * 1990,
}


@pytest.mark.parametrize("chosen", ["", "kim-lien"], ids=["no issuer", "chosen"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_answered_soon(made: Snapshot, text: str, chosen: str) -> None:
    began = time.process_time()
    told = ask(made, text, chosen=chosen)
    assert time.process_time() - began < 1.0
    assert told.text
    assert {c.issuer for c in told.citations} <= {"kim-lien", *told.issuers}


@pytest.mark.parametrize("day", ["31/2/2026", "ngày 31 tháng 4", "31/12/9999"])
def test_an_impossible_today_is_survived(made: Snapshot, day: str) -> None:
    assert ask(made, f"Hôm nay là {day}, hạn báo cáo xã Kim Liên là ngày nào?").text


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] != "--rewrite":
        sys.exit(__doc__)
    from bot.embed import load_encoder

    model = load_encoder()
    served = Snapshot(current(Path(sys.argv[2])), model, model.fingerprint)
    GOLDEN.write_text("\n".join(shown(talk, talked(talk, served)) for talk in TALKS), encoding="utf-8")
    served.close()
