"""The calendar as programs read it: parsed back by a library, its rules expanded over years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from fake_service import DEADLINE, PLAN, SPAN, FakeService
from fastapi.testclient import TestClient
from icalendar import Calendar, Event

from bot.channels.calendar import for_chats, recurrence, write
from bot.channels.web import create_app
from bot.domain import Deadline, Facts, Phase, Plan, Rule, Section, WrittenDate
from bot.due import upcoming
from bot.settings import Settings
from bot.wiring import Service, open_service

TODAY = date(2026, 11, 20)
BUILT = datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)
HORIZON = date(2031, 12, 31)


def plan(*found: Deadline, **changes: object) -> Plan:
    return replace(PLAN, **({"facts": Facts(deadlines=found)} | changes))  # type: ignore[arg-type]


def deadline(day: int | None, month: int | None, rule: Rule = Rule.YEARLY, **more: object) -> Deadline:
    when = WrittenDate(f"ngày {day}/{month}", day, month, more.pop("year", None))  # type: ignore[arg-type]
    return replace(DEADLINE, rule=rule, when=when, **more)  # type: ignore[arg-type]


def read(data: bytes) -> list[Event]:
    return list(Calendar.from_ical(data).events)


def events(*plans: Plan, **options: object) -> list[Event]:
    return read(write(plans, TODAY, BUILT, **options))  # type: ignore[arg-type]


def expanded(event: Event, end: date = HORIZON) -> list[date]:
    """What a calendar program shows of it until `end`."""
    if "RRULE" not in event:
        return [event.start]  # type: ignore[list-item]
    start = datetime.combine(event.start, datetime.min.time())  # type: ignore[arg-type]
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=start)
    return [day.date() for day in rule.between(start, datetime.combine(end, datetime.min.time()), inc=True)]


def shown(found: list[Event], end: date = HORIZON) -> list[date]:
    return sorted(day for event in found for day in expanded(event, end) if day <= end)


# ---- days


def test_a_yearly_deadline_is_one_event_until_the_period_ends() -> None:
    [event] = events(plan(deadline(15, 12), period=(2025, 2027)))
    assert expanded(event) == [date(2025, 12, 14), date(2026, 12, 14), date(2027, 12, 14)]
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event.end == event.start + timedelta(days=1)


def test_a_deadline_of_a_plan_without_an_end_goes_on() -> None:
    [event] = events(plan(deadline(15, 12, inclusive=True), period=None, when=WrittenDate("", 1, 3, 2026)))
    assert "UNTIL" not in event["RRULE"]
    assert expanded(event, date(2045, 12, 31)) == [date(year, 12, 15) for year in range(2026, 2046)]


def test_a_deadline_that_comes_once_does_not_recur() -> None:
    [event] = events(plan(deadline(20, 8, Rule.ONCE, year=2027)))
    assert (event.start, "RRULE" in event) == (date(2027, 8, 19), False)


CASES = {
    "leap day": deadline(29, 2, inclusive=True),
    "before the leap day": deadline(29, 2),
    "before march": deadline(1, 3),
    "before new year": deadline(1, 1),
    "end of the year": deadline(31, 12, inclusive=True),
    "a month alone": deadline(None, 6, inclusive=True),
    "every month": deadline(25, None, Rule.MONTHLY),
    "before the first of every month": deadline(1, None, Rule.MONTHLY),
    "the 31st of every month": deadline(31, None, Rule.MONTHLY, inclusive=True),
    "the 30th of every month, which no rule tells": deadline(30, None, Rule.MONTHLY, inclusive=True),
    "every quarter": deadline(20, None, Rule.QUARTERLY, inclusive=True),
    "twice a year": deadline(10, None, Rule.HALF_YEARLY),
    "once": deadline(29, 2, Rule.ONCE, year=2028),
    "never": deadline(None, None, Rule.UNDATED),
}


@pytest.mark.parametrize("period", [(2026, 2030), (2028, 2028), None], ids=str)
@pytest.mark.parametrize("found", CASES.values(), ids=CASES.keys())
def test_programs_show_the_days_that_the_clock_counts(found: Deadline, period: tuple[int, int] | None) -> None:
    made = plan(found, period=period, when=WrittenDate("", None, None, 2026))
    counted = [due.last_safe_day for due in upcoming([made], date(2020, 1, 1), date(2032, 1, 31))]
    assert shown(events(made)) == [day for day in counted if day <= HORIZON]


def test_a_view_is_cut_to_the_days_asked_for() -> None:
    found = events(plan(deadline(15, 12)), start=date(2027, 1, 1), end=date(2029, 6, 30))
    assert shown(found) == [date(2027, 12, 14), date(2028, 12, 14)]


@pytest.mark.parametrize("days", [[], [date(2026, 1, 1)], [date(2026, 4, 30), date(2026, 2, 27)]])
def test_no_rule_is_made_up(days: list[date]) -> None:
    assert recurrence(days) is None


# ---- alarms


def test_alarms_ring_in_the_morning_14_3_and_1_days_before() -> None:
    [event] = events(plan(deadline(15, 12, Rule.ONCE, year=2026)))
    midnight = datetime(2026, 12, 14)
    assert [midnight + alarm.TRIGGER for alarm in event.walk("VALARM")] == [
        datetime(2026, 11, 30, 8),
        datetime(2026, 12, 11, 8),
        datetime(2026, 12, 13, 8),
    ]


def test_what_is_over_rings_no_more() -> None:
    over, ahead = events(plan(deadline(20, 8, Rule.ONCE, year=2025), deadline(5, 1)))
    assert (len(over.walk("VALARM")), len(ahead.walk("VALARM"))) == (0, 3)


# ---- words


def test_the_event_tells_who_what_when_and_why() -> None:
    [event] = events(plan(deadline(15, 12)), address="https://xa.example")
    assert event["SUMMARY"] == "Hạn: báo cáo – Các cơ quan (xã An Phú)"
    told = event["DESCRIPTION"].splitlines()
    assert told[:4] == [
        "Việc: báo cáo",
        "Thực hiện: Các cơ quan",
        "Gửi về: UBND xã",
        "Thời hạn: ngày 15/12, hằng năm. Ngày cuối còn kịp là 14/12; đến 15/12 là đã quá hạn.",
    ]
    assert f"“{PLAN.quote(SPAN)}”" in told
    assert told[-1] == event["URL"] == "https://xa.example/plans/an-phu-2025#II.1"


DUTIES = {
    "Tổng hợp báo cáo": "tổng hợp báo cáo",
    "UBND xã báo cáo": "UBND xã báo cáo",
    "định kỳ 6 tháng (gửi": "định kỳ 6 tháng",
    "rà soát, cập nhật và": "rà soát, cập nhật",
    "gửi": "gửi",
    "báo cáo:": "báo cáo",
}


@pytest.mark.parametrize(("duty", "told"), DUTIES.items())
def test_a_summary_is_a_clean_phrase(duty: str, told: str) -> None:
    [event] = events(plan(deadline(15, 12, duty=duty)))
    assert event["SUMMARY"] == f"Hạn: {told} – Các cơ quan (xã An Phú)"


def test_how_often_is_told_where_the_day_does_not_say_it() -> None:
    quarterly = deadline(15, None, Rule.QUARTERLY, inclusive=True)
    half = deadline(15, 6, Rule.HALF_YEARLY, inclusive=True)
    said = replace(DEADLINE, when=WrittenDate("trước ngày 15/12 hàng năm", 15, 12))
    told = [event["DESCRIPTION"].split("Thời hạn: ")[1].split(". ")[0] for event in events(plan(quarterly, half, said))]
    assert told == ["ngày 15/None, hằng quý", "ngày 15/6, hằng năm", "trước ngày 15/12 hàng năm"]


def test_a_day_that_is_itself_in_time_is_told_so() -> None:
    [event] = events(plan(deadline(5, 11, Rule.ONCE, year=2027, inclusive=True)))
    assert "Ngày cuối còn kịp là 05/11/2027." in event["DESCRIPTION"]
    assert "quá hạn" not in event["DESCRIPTION"]
    assert "URL" not in event


def test_a_review_says_that_the_plan_names_no_day() -> None:
    phase = Phase("II", SPAN, 1, 2025, 2027, "sơ kết", 2027)
    [event] = events(plan(facts=Facts(phases=(phase,))))
    assert (event.start, event["SUMMARY"]) == (
        date(2027, 12, 31),
        "Hạn: sơ kết khi kết thúc giai đoạn 1 (xã An Phú)",
    )
    assert "Văn bản chỉ ghi năm, không ghi ngày" in event["DESCRIPTION"]


def test_a_repaired_quote_says_so() -> None:
    whole = replace(SPAN, start=0, end=len(PLAN.text))
    [event] = events(plan(deadline(15, 12, span=whole)))
    assert "đã được phục hồi" in event["DESCRIPTION"]


HOSTILE = 'nộp\r\nBEGIN:VALARM\r\nATTENDEE:mailto:a@b.c\nDESCRIPTION:x\u2028;,\\,\\n "q" \x00\x1b\u202e&amp; <b>'


def test_a_hostile_plan_opens_no_property() -> None:
    issuer = replace(PLAN.issuer, name=HOSTILE)
    section = Section("II.1", HOSTILE, 1, 0, 5, len(PLAN.text))
    made = plan(
        deadline(15, 12, duty=HOSTILE, actor=HOSTILE, recipient=HOSTILE, via=HOSTILE, section=HOSTILE),
        title=HOSTILE,
        issuer=issuer,
        sections=(section,),
        text=PLAN.text[: SPAN.start] + HOSTILE + PLAN.text[SPAN.start :],
    )
    data = write([made], TODAY, BUILT, issuer=issuer, address="https://xa.example")
    lines = data.decode().replace("\r\n ", "").split("\r\n")
    names = {line.split(":")[0].split(";")[0] for line in lines if line}
    assert names <= {
        *("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "NAME", "DESCRIPTION", "X-WR-CALNAME"),
        *("X-WR-CALDESC", "X-WR-TIMEZONE", "X-PUBLISHED-TTL", "REFRESH-INTERVAL", "SUMMARY", "DTSTART", "DTEND"),
        *("DTSTAMP", "LAST-MODIFIED", "UID", "RRULE", "CATEGORIES", "TRANSP", "URL", "ACTION", "TRIGGER"),
    }
    assert lines.count("BEGIN:VALARM") == 3
    [event] = read(data)
    assert "\x1b" not in event["DESCRIPTION"]
    assert event["SUMMARY"].startswith("Hạn: nộp BEGIN:VALARM ATTENDEE:mailto:a@b.c")


@pytest.mark.parametrize("year", [0, 1, 9999])
def test_a_hostile_year_stops_no_feed(year: int) -> None:
    found = deadline(31, 12, inclusive=True), deadline(31, 12, Rule.ONCE, inclusive=True, year=year)
    assert events(plan(*found, when=WrittenDate("", 31, 12, year), period=(year, year)))


def test_long_lines_are_folded_between_letters() -> None:
    long = "thực hiện nhiệm vụ chuyển đổi số, " * 40
    data = write([plan(deadline(15, 12, actor=long, duty=long))], TODAY, BUILT)
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no letter is cut in two
    assert len(read(data)[0]["SUMMARY"]) < 160


# ---- the feed


@pytest.fixture
def client(service: FakeService) -> Iterator[TestClient]:
    with TestClient(create_app(service, Settings()), raise_server_exceptions=False) as client:  # type: ignore[arg-type]
        yield client


FEED = "/api/v1/deadlines.ics"


def test_the_feed_is_a_calendar_with_a_name_and_a_time_to_come_back(client: TestClient) -> None:
    reply = client.get(f"{FEED}?issuer=an-phu")
    assert reply.headers["content-type"] == "text/calendar; charset=utf-8"
    assert reply.headers["content-disposition"] == 'attachment; filename="thoi-han-an-phu.ics"'
    calendar = Calendar.from_ical(reply.content)
    assert calendar.calendar_name == "Thời hạn kế hoạch – xã An Phú"
    assert calendar.refresh_interval == timedelta(hours=12)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H" in reply.content
    assert (calendar["X-PUBLISHED-TTL"], calendar["X-WR-TIMEZONE"]) == ("PT12H", "Asia/Ho_Chi_Minh")
    assert len(calendar.events) == 1


def test_an_unchanged_feed_is_not_sent_again(client: TestClient) -> None:
    first = client.get(FEED)
    tag, when = first.headers["etag"], first.headers["last-modified"]
    assert when == "Fri, 20 Nov 2026 01:02:03 GMT"
    for held in ({"if-none-match": f'"x", W/{tag}'}, {"if-none-match": "*"}, {"if-modified-since": when}):
        again = client.get(FEED, headers=held)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    for other in (
        {"if-none-match": '"x"', "if-modified-since": when},
        {"if-modified-since": "Fri, 20 Nov 2020 01:02:03 GMT"},
        {"if-modified-since": "hôm qua".encode()},
        {"if-modified-since": "Fri, 99 Nov 2020"},
    ):
        assert client.get(FEED, headers=other).status_code == 200  # type: ignore[arg-type]


def test_a_chat_sends_the_same_as_a_file(client: TestClient, service: FakeService) -> None:
    file = for_chats(service, "")("an-phu")  # type: ignore[arg-type]
    assert (file.name, file.type) == ("thoi-han-an-phu.ics", "text/calendar")
    assert file.content == client.get(f"{FEED}?issuer=an-phu").content.decode()


def test_head_tells_what_get_would(client: TestClient) -> None:
    got, head = client.get(FEED), client.head(FEED)
    assert head.status_code == 200
    for name in ("etag", "content-type", "content-length", "last-modified"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize(
    "query", ["issuer=khong-co", "issuer=", "from=x", "to=2026-02-30", "from=2026-02-02&to=2026-02-01"]
)
def test_a_bad_query_is_a_problem(client: TestClient, query: str) -> None:
    reply = client.get(f"{FEED}?{query}")
    assert (reply.status_code, reply.headers["content-type"]) == (422, "application/problem+json")


# ---- the real plans


@pytest.fixture(scope="module")
def real(five_plans_index: Path) -> Iterator[Service]:
    service = open_service(Settings(index=five_plans_index))
    yield service
    service.close()


def test_the_real_plans_expand_to_what_the_api_lists(real: Service) -> None:
    first, last = date(2026, 1, 1), date(2030, 12, 31)
    found = events(*real.plans(), start=first, end=last)
    reviews = {event.start for event in found if "sơ kết khi" in event["SUMMARY"] or "tổng kết khi" in event["SUMMARY"]}
    assert reviews == {date(2027, 12, 31), date(2030, 12, 31)}
    listed = [due.last_safe_day for due in upcoming(real.plans(), first, last)]
    assert shown(found, last) == sorted(listed)
    assert date(2026, 12, 14) in listed
    assert len({event["UID"] for event in found}) == len(found)


def test_every_real_plan_gives_a_calendar_that_quotes_it(real: Service) -> None:
    for found in real.plans():
        for event in events(found):
            quote = event["DESCRIPTION"].split("“", 1)[1].split("”\n")[0]
            assert quote in " ".join(found.text.split())
            assert f"({found.issuer.full_name})" in event["SUMMARY"]


def test_the_same_plans_give_the_same_bytes(real: Service) -> None:
    assert write(real.plans(), TODAY, BUILT) == write(real.plans(), TODAY + timedelta(days=3), BUILT)
