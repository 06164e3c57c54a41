from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import quote_plus

import pytest
from fake_service import ANSWER, FIELDS, ISSUER, NEEDS_ISSUER, PLAN, SPAN, TEXT, FakeService
from fastapi.testclient import TestClient
from httpx2 import Response

from bot.channels.web import create_app
from bot.domain import Issuer, Status
from bot.index import SnapshotError
from bot.settings import Settings

HTML = {"accept": "text/html"}


@pytest.fixture
def client(service: FakeService) -> Iterator[TestClient]:
    with TestClient(create_app(service, Settings()), raise_server_exceptions=False) as client:  # type: ignore[arg-type]
        yield client


def ask(client: TestClient, **body: object) -> Response:
    return client.post("/api/v1/ask", json={"question": "Hạn báo cáo?"} | body)


# ---- asking


def test_answer_follows_the_contract(client: TestClient, service: FakeService) -> None:
    reply = ask(client, issuer="an-phu", conversation_id="c-1", as_of="2026-12-02")
    assert reply.status_code == 200
    assert list(reply.json()) == FIELDS
    assert (reply.json()["conversation_id"], reply.json()["as_of"]) == ("c-1", "2026-12-02")
    assert service.asked == [("Hạn báo cáo?", "an-phu", "c-1", date(2026, 12, 2))]


def test_conversation_is_given_where_none_was(client: TestClient, service: FakeService) -> None:
    name = ask(client, conversation_id=None).json()["conversation_id"]
    assert re.fullmatch("[0-9a-f]{32}", name)
    assert service.asked[0][2] == name


@pytest.mark.parametrize("status", list(Status))
def test_every_status_is_an_ordinary_answer(client: TestClient, service: FakeService, status: Status) -> None:
    service.answer = replace(ANSWER, status=status, citations=(), deadlines=())
    assert ask(client).json()["status"] == status.value
    assert client.get("/?q=a", headers=HTML).status_code == 200


BAD = {
    "empty": {"question": ""},
    "blank": {"question": " \n\t "},
    "controls only": {"question": "\x00\x01"},
    "too long": {"question": "a" * 5000},
    "number": {"question": 5},
    "null": {"question": None},
    "list": {"question": ["a"]},
    "unknown issuer": {"question": "a", "issuer": "khong-co"},
    "issuer number": {"question": "a", "issuer": 1},
    "as_of word": {"question": "a", "as_of": "hôm nay"},
    "as_of number": {"question": "a", "as_of": 20261201},
    "as_of impossible": {"question": "a", "as_of": "2026-02-30"},
    "as_of far": {"question": "a", "as_of": "9999-12-31"},
    "conversation path": {"question": "a", "conversation_id": "../../etc"},
    "conversation long": {"question": "a", "conversation_id": "a" * 65},
    "extra field": {"question": "a", "isuer": "an-phu"},
    "missing": {},
    "list body": [],
    "string body": "a",
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD.keys())
def test_bad_question_is_a_vietnamese_problem(client: TestClient, service: FakeService, body: object) -> None:
    reply = client.post("/api/v1/ask", json=body)
    assert reply.status_code == 422
    assert reply.headers["content-type"] == "application/problem+json"
    problem = reply.json()
    assert problem["status"] == 422
    assert problem["title"] == "Dữ liệu gửi lên không hợp lệ"
    assert problem["detail"]
    assert not service.asked


BROKEN = {
    "cut": b'{"question": "a',
    "not utf-8": b'{"question": "\xff"}',
    "deep": b"[" * 60_000,
    "nothing": b"",
    "surrogate": b'{"question": "\\ud800"}',
    "nan": b'{"question": NaN}',
    "huge number": b'{"question": ' + b"9" * 5000 + b"}",
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
def test_broken_json_is_never_a_server_error(client: TestClient, body: bytes) -> None:
    reply = client.post("/api/v1/ask", content=body, headers={"content-type": "application/json"})
    assert reply.status_code in (400, 422)
    assert reply.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "nonsense"])
def test_other_content_types_are_refused(client: TestClient, kind: str) -> None:
    reply = client.post("/api/v1/ask", content=b'{"question": "a"}', headers={"content-type": kind})
    assert reply.status_code == 422


def test_large_body_is_refused_by_its_header(client: TestClient) -> None:
    reply = client.post("/api/v1/ask", json={"question": "a" * 70_000})
    assert (reply.status_code, reply.json()["title"]) == (413, "Yêu cầu quá lớn")


def test_large_body_is_refused_without_a_length(client: TestClient) -> None:
    reply = client.post("/api/v1/ask", content=(b"x" * 1000 for _ in range(100)))
    assert reply.status_code == 413


def test_controls_inside_a_question_do_not_reach_the_core(client: TestClient, service: FakeService) -> None:
    ask(client, question="hạn\x00 báo\u0007 cáo")
    assert service.asked[0][0] == "hạn  báo  cáo"


# ---- plans and deadlines


def test_plans_are_listed_with_metadata(client: TestClient) -> None:
    [plan] = client.get("/api/v1/plans").json()["plans"]
    assert (plan["id"], plan["issuer"]["slug"], plan["number"]) == ("an-phu-2025", "an-phu", "/KH-UBND")
    assert "text" not in plan


def test_plan_has_text_outline_facts_and_warnings(client: TestClient) -> None:
    plan = client.get("/api/v1/plans/an-phu-2025").json()
    assert plan["text"] == TEXT
    assert [s["path"] for s in plan["outline"]] == ["I", "II", "II.1", "II.2"]
    assert set(plan["outline"][0]) == {"path", "heading", "start", "end", "empty"}
    assert plan["facts"]["deadlines"][0]["quote"] in TEXT
    assert plan["warnings"] == list(PLAN.warnings)


@pytest.mark.parametrize(
    "plan_id", ["khong-co", "..%2f..%2fetc%2fpasswd", "%00", "%ff", "a" * 4000, "%3Cscript%3E", "Đ"]
)
@pytest.mark.parametrize("root", ["/api/v1/plans/", "/plans/"])
def test_unknown_plan_is_not_found(client: TestClient, root: str, plan_id: str) -> None:
    reply = client.get(root + plan_id)
    assert (reply.status_code, reply.headers["content-type"]) == (404, "application/problem+json")


def test_deadlines_fall_within_the_days_asked_for(client: TestClient) -> None:
    found = client.get("/api/v1/deadlines?issuer=an-phu&from=2026-01-01&to=2027-12-31").json()
    assert [d["day"] for d in found["deadlines"]] == ["2026-12-15", "2027-12-15"]
    assert found["deadlines"][0]["last_safe_day"] == "2026-12-14"


def test_deadlines_start_today_where_no_day_is_given(client: TestClient) -> None:
    assert client.get("/api/v1/deadlines").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "from=x",
        "to=2026-13-01",
        "from=2026-02-02&to=2026-02-01",
        "from=2000-01-01&to=2199-01-01",
        "issuer=khong-co",
        "from=2199-12-31&to=2199-12-31x",
    ],
)
def test_bad_deadline_query_is_a_problem(client: TestClient, query: str) -> None:
    reply = client.get(f"/api/v1/deadlines?{query}")
    assert (reply.status_code, reply.headers["content-type"]) == (422, "application/problem+json")


# ---- pages


def test_home_asks_without_script(client: TestClient) -> None:
    page = client.get("/", headers=HTML).text
    assert '<form class="ask" action="/" method="get"' in page
    assert '<option value="an-phu">xã An Phú</option>' in page
    [script] = re.findall("<script[^>]*>", page)
    assert re.fullmatch(r'<script src="/static/hoi.js\?[0-9a-f]{8}" defer>', script)


def test_answer_on_the_page_links_to_the_section(client: TestClient, service: FakeService) -> None:
    page = client.get("/?q=H%E1%BA%A1n+b%C3%A1o+c%C3%A1o&issuer=an-phu&c=abc", headers=HTML).text
    assert service.asked == [("Hạn báo cáo", "an-phu", "abc", None)]
    place = f"{SPAN.start}-{SPAN.end}-"
    assert len(re.findall(rf'href="/plans/an-phu-2025\?trich={place}[0-9a-f]{{8}}#trich"', page)) == 2
    assert 'id="trich-1"' in page
    assert "Mục II.1 – BÁO CÁO" in page
    assert "14/12/2026" in page
    assert "Đã phục hồi từ bản quét lỗi" in page


def test_page_offers_issuers_for_the_same_question(client: TestClient, service: FakeService) -> None:
    service.answer = NEEDS_ISSUER
    page = client.get("/?q=ai+nh%E1%BA%ADn&c=abc", headers=HTML).text
    assert f'href="/?q={quote_plus("ai nhận")}&amp;issuer=an-phu&amp;c=abc&amp;keep=1"' in page


def test_hostile_question_and_plan_are_escaped(client: TestClient) -> None:
    hostile = '"><script>alert(1)</script>'
    for page in (
        client.get("/", params={"q": hostile, "issuer": "an-phu"}),
        client.get("/plans"),
        client.get("/plans/an-phu-2025"),
    ):
        assert page.status_code == 200
        assert "<script>" not in page.text
        assert "<b>" not in page.text


@pytest.mark.parametrize("query", ["q=", "q=%20", "q=%00", "q=%ff%fe", "q=" + "a" * 3000, "q=a&issuer=khong-co"])
def test_page_tells_what_is_wrong_and_keeps_the_form(client: TestClient, query: str) -> None:
    reply = client.get(f"/?{query}", headers=HTML)
    assert reply.status_code in (200, 422)
    assert '<form class="ask"' in reply.text
    assert ('role="alert"' in reply.text) == (reply.status_code == 422)


def test_the_issuer_is_kept_where_somebody_chose_it(client: TestClient, service: FakeService) -> None:
    chosen = client.get("/?q=a&issuer=an-phu&keep=1").headers["set-cookie"]
    assert chosen.startswith("hoi_issuer=an-phu; HttpOnly; Max-Age=31536000; Path=/; SameSite=lax")
    client.get("/?q=b")
    assert service.asked[-1][:2] == ("b", "an-phu")
    client.get("/?q=c&issuer=&keep=1")
    client.get("/?q=d")
    assert service.asked[-1][:2] == ("d", None)


@pytest.mark.parametrize("path", ["/?issuer=an-phu", "/?issuer=an-phu&keep=1&embed=1", "/han?issuer=an-phu", "/"])
def test_no_cookie_where_nobody_chose(client: TestClient, path: str) -> None:
    assert "set-cookie" not in client.get(path).headers


@pytest.mark.parametrize("kept", ["khong-co", "<script>", "a" * 3000])
def test_an_issuer_that_is_gone_is_forgotten(client: TestClient, service: FakeService, kept: str) -> None:
    for path in ("/?q=a", "/han"):
        assert client.get(path, headers={"cookie": f"hoi_issuer={kept}"}).status_code == 200
    assert service.asked[-1][1] is None


def test_the_cookie_travels_by_https_alone_where_people_do(service: FakeService) -> None:
    client = TestClient(create_app(service, Settings(public_url="https://hoi.example.vn")))  # type: ignore[arg-type]
    assert "Secure" in client.get("/?issuer=an-phu&keep=1").headers["set-cookie"]


def test_page_survives_a_bad_conversation(client: TestClient) -> None:
    assert client.get("/?q=a&c=../x", headers=HTML).status_code == 200


def test_plan_page_has_an_anchor_for_each_section(client: TestClient) -> None:
    page = client.get("/plans/an-phu-2025", headers=HTML).text
    assert re.findall(r'<div class="section" id="([^"]+)"', page) == ["I", "II", "II.1", "II.2"]
    assert "Mục này để trống trong văn bản." in page
    assert "Số của kế hoạch để trống." in page
    assert "Bản nhận được có chữ bị lỗi quét" in page


def test_missing_page_is_told_in_html_to_a_browser(client: TestClient) -> None:
    reply = client.get("/plans/khong-co", headers=HTML)
    assert reply.status_code == 404
    assert "<h1>Không tìm thấy</h1>" in reply.text


def test_documentation_loads_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/docs", headers=HTML)
    assert page.status_code == 200
    assert "POST /api/v1/ask" in page.text
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page.text)
    assert client.get("/openapi.json").json()["paths"].keys() >= {"/api/v1/ask", "/api/v1/plans", "/api/v1/deadlines"}


def test_a_comparison_says_where_a_name_in_the_question_won(
    client: TestClient, service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "issuers", lambda: (ISSUER, replace(ISSUER, slug="b", name="Khác")))
    monkeypatch.setattr(service, "_known", lambda issuer: None)
    page = client.get("/so-sanh?q=hạn của xã An Phú&a=an-phu&b=b").text
    assert [asked[:3] for asked in service.asked] == [
        ("hạn của xã An Phú", "an-phu", None),
        ("hạn của xã An Phú", "b", None),
    ]
    assert page.count("Câu hỏi nêu tên đơn vị khác") == 1
    assert "không phải của xã Khác" in page


@pytest.mark.parametrize("query", ["a=an-phu&b=an-phu", "a=an-phu", "a=an-phu&b=khong-co", "q="])
def test_a_comparison_needs_two_issuers_and_a_question(client: TestClient, service: FakeService, query: str) -> None:
    reply = client.get(f"/so-sanh?q=hạn&{query}")
    assert (reply.status_code, service.asked) == (422, [])
    assert 'role="alert"' in reply.text


def many(count: int) -> tuple[Issuer, ...]:
    return tuple(Issuer(f"xa-{n}", f"Thôn Đoài {n}", "xã", f"Tỉnh {n % 34}") for n in range(count))


@pytest.mark.parametrize("path", ["/", "/so-sanh", "/han", "/?q=hạn&issuer=xa-7", "/so-sanh?a=xa-7&b=xa-8"])
def test_a_whole_country_weighs_no_more_than_a_page_may(
    client: TestClient, service: FakeService, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(service, "issuers", lambda: many(3321))
    monkeypatch.setattr(service, "_known", lambda issuer: None)
    page = client.get(path)
    assert page.status_code == 200
    assert len(page.content) < 40_000
    assert 'href="/don-vi"' in page.text
    assert ('<option value="xa-7" selected>' in page.text) == ("xa-7" in path)
    assert ('<option value="xa-41">' in page.text) == ("xa-7" in path)  # its province


def test_an_issuer_is_found_by_parts_of_its_name(
    client: TestClient, service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "issuers", lambda: many(3321))
    found = client.get("/don-vi", params={"tim": "thon doai 777"}).text
    assert re.findall(r'href="/\?issuer=(xa-\d+)&amp;keep=1"', found) == ["xa-777"]
    assert len(re.findall("keep=1", client.get("/don-vi?tim=ĐOÀI").text)) == 100
    assert "Còn nhiều đơn vị khác" in client.get("/don-vi").text
    assert "Không có đơn vị nào khớp với “&lt;b&gt;”" in client.get("/don-vi?tim=<b>").text


# ---- probes, headers, failures


@pytest.mark.parametrize("path", ["/", "/plans", "/healthz", "/khong-co", "/static/style.css", "/api/v1/plans"])
def test_every_reply_is_guarded(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/static/..%2f..%2fsettings.py", "/static/%00", "/static/", "/api", "/docs/x"])
def test_other_addresses_are_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_wrong_method_names_the_right_one(client: TestClient) -> None:
    reply = client.get("/api/v1/ask")
    assert (reply.status_code, reply.headers["allow"], reply.json()["title"]) == (
        405,
        "POST",
        "Phương thức không được hỗ trợ",
    )


def test_ready_only_with_a_snapshot(client: TestClient, service: FakeService) -> None:
    assert client.get("/readyz").status_code == 200
    service.broken = SnapshotError("Chưa có chỉ mục. Dựng bằng: hoi ingest")
    reply = client.get("/readyz")
    assert (reply.status_code, reply.json()["detail"]) == (503, "Chưa có chỉ mục. Dựng bằng: hoi ingest")
    assert client.get("/healthz").status_code == 200
    assert ask(client).status_code == 503


def test_failure_is_polite_and_tells_nothing_inside(client: TestClient, service: FakeService) -> None:
    service.broken = RuntimeError("secret path")
    for reply in (ask(client), client.get("/?q=a", headers=HTML)):
        assert reply.status_code == 500
        assert "secret" not in reply.text
        assert "Lỗi hệ thống" in reply.text
        assert reply.headers["x-error-id"] == reply.headers["x-request-id"]
        assert f"Mã lỗi: {reply.headers['x-error-id']}." in reply.text
        assert reply.headers["x-content-type-options"] == "nosniff"


# ---- limits


def limited(service: FakeService, proxies: int = 0) -> TestClient:
    return TestClient(create_app(service, Settings(asks_per_minute=3, proxies=proxies)))  # type: ignore[arg-type]


def test_who_asks_too_often_is_told_when_to_ask_again(service: FakeService) -> None:
    client = limited(service)
    assert [ask(client).status_code for _ in range(4)] == [200, 200, 200, 429]
    reply = ask(client)
    assert reply.headers["content-type"] == "application/problem+json"
    assert 1 <= int(reply.headers["retry-after"]) <= 20
    assert reply.json()["detail"].startswith("Địa chỉ mạng này vừa gửi nhiều câu hỏi. Đề nghị hỏi lại sau")
    assert len(service.asked) == 3


def test_the_page_keeps_what_was_typed_when_it_refuses(service: FakeService) -> None:
    client = limited(service)
    for _ in range(3):
        ask(client)
    reply = client.get("/?q=hạn báo cáo", headers=HTML)
    assert reply.status_code == 429
    assert int(reply.headers["retry-after"]) >= 1
    assert 'value="hạn báo cáo"' in reply.text
    assert 'role="alert"' in reply.text


def test_reading_is_not_limited(service: FakeService) -> None:
    client = limited(service)
    for path in ("/", "/plans", "/plans/an-phu-2025", "/han", "/api/v1/plans") * 3:
        assert client.get(path).status_code == 200


def test_a_question_that_cannot_be_asked_costs_nothing(service: FakeService) -> None:
    client = limited(service)
    for _ in range(9):
        assert ask(client, question=" ").status_code == 422
    assert ask(client).status_code == 200


@pytest.mark.parametrize(("proxies", "status"), [(0, 429), (1, 200)])
def test_a_proxy_names_the_address_only_where_it_is_trusted(service: FakeService, proxies: int, status: int) -> None:
    client = limited(service, proxies)
    for n in range(9):
        reply = client.post(
            "/api/v1/ask", json={"question": "a"}, headers={"x-forwarded-for": f"9.9.9.9, 203.0.113.{n}"}
        )
    assert reply.status_code == status


def test_metrics_count_requests_and_answers(client: TestClient, service: FakeService) -> None:
    ask(client)
    client.get("/khong-co")
    service.answer = NEEDS_ISSUER
    ask(client)
    text = client.get("/metrics").text
    assert 'hoi_http_requests_total{method="POST",status="200"} 2' in text
    assert 'hoi_http_requests_total{method="GET",status="404"} 1' in text
    assert 'hoi_answers_total{status="needs_issuer"} 1' in text
    assert 'hoi_answer_seconds_bucket{le="+Inf"} 2' in text


def test_bad_input_is_told_apart_by_field(client: TestClient) -> None:
    problem = client.post(
        "/api/v1/ask", content=json.dumps({"issuer": 1}), headers={"content-type": "application/json"}
    ).json()
    assert {e["field"] for e in problem["errors"]} == {"question", "issuer"}
