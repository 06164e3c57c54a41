"""Hostile plans and questions in a real browser: nothing of them runs, and nothing of them hides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from urllib.parse import quote

import pytest
from fake_service import ANSWER, DEADLINE, ISSUER, PLAN, SPAN, FakeService
from small_server import Quiet, app_running, handled

from bot.channels.web import create_app
from bot.domain import Answer, Deadline, Edit, Issuer, Plan, Section, TextMap
from bot.settings import Settings

pytest.importorskip("playwright")
from playwright.sync_api import Browser, Page, expect

RUNS = (
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    "\"><svg onload='window.hacked = 1'>",
    "'-alert(1)-'",
    '<a href="javascript:window.hacked = 1">bấm</a>',
    "</textarea></pre></title><script>window.hacked = 1</script>",
    "<iframe srcdoc='<script>parent.hacked = 1</script>'></iframe>",
    "{{ 7 * 7 }}<style>*{display:none}</style>",
)
HIDES = "\u202e51/21 \u2066yàgn\u2069\x00\u200e\u061c"
HOSTILE = " ".join(RUNS) + HIDES
TEXT = f"{PLAN.text}\n{HOSTILE}"
HOSTILE_ISSUER: Issuer = replace(ISSUER, name=f"An {RUNS[0]}", province=RUNS[2])
HOSTILE_PLAN: Plan = replace(
    PLAN,
    issuer=HOSTILE_ISSUER,
    number=HOSTILE,
    title=HOSTILE,
    parent=HOSTILE,
    signer=HOSTILE,
    warnings=(HOSTILE,),
    source_name=HOSTILE,
    text=TEXT,
    source=f"{PLAN.source}\n{HOSTILE}!",
    map=TextMap((Edit(0, len(TEXT), 0, len(TEXT), False),)),
    sections=(*PLAN.sections, Section(RUNS[2], RUNS[1], 1, len(PLAN.text), len(PLAN.text), len(TEXT))),
)
HOSTILE_ANSWER: Answer = replace(
    ANSWER,
    text=f"- {HOSTILE} [1]\n- {HOSTILE} [9]",
    citations=(replace(ANSWER.citations[0], plan_title=HOSTILE, heading=HOSTILE, source_quote=HOSTILE),),
    deadlines=(replace(ANSWER.deadlines[0], recipient=HOSTILE, actor=HOSTILE, date=HOSTILE),) * 2,
    suggestions=(HOSTILE,),
)


class HostileService(FakeService):
    def __init__(self) -> None:
        super().__init__(HOSTILE_ANSWER)

    def plans(self) -> list[Plan]:
        return [HOSTILE_PLAN]

    def plan(self, plan_id: str) -> Plan:
        super().plan(plan_id)
        return HOSTILE_PLAN

    def issuers(self) -> tuple[Issuer, ...]:
        return (HOSTILE_ISSUER, replace(HOSTILE_ISSUER, slug="b"))

    def deadlines(self, issuer: str | None, start: date, end: date) -> list[tuple[Plan, Deadline, date]]:
        hostile = replace(DEADLINE, duty=HOSTILE, actor=HOSTILE, recipient=HOSTILE, via=HOSTILE)
        return [(HOSTILE_PLAN, hostile, start)]

    def _known(self, issuer: str | None) -> None:
        """Answers for anybody."""


@contextmanager
def serving(settings: Settings = Settings()) -> Iterator[str]:  # noqa: B008 — frozen
    with app_running(create_app(HostileService(), settings)) as address:  # type: ignore[arg-type]
        yield address


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=site)
    page = context.new_page()
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.message) or dialog.dismiss())  # type: ignore[func-returns-value]
    yield page
    assert asked == []
    context.close()


def unharmed(page: Page) -> None:
    """Nothing ran, nothing was loaded from elsewhere, nothing that could run later stands on the page."""
    assert page.evaluate("window.hacked") is None
    assert (
        page.locator("script:not([src^='/static/hoi.js']), img, svg, iframe, style, [href^='javascript']").count() == 0
    )
    attributes = page.evaluate(
        "[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(name => name.startsWith('on'))"
    )
    assert attributes == []
    seen = page.locator("body").evaluate("body => body.textContent")
    assert not set(seen) & set("\u202e\u2066\u2069\x00\u200e\u061c\ufffd")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/plans",
        "/plans/an-phu-2025",
        "/han",
        "/don-vi",
        "/so-sanh?q=hạn&a=an-phu&b=b",
        "/docs",
        "/?embed=1&issuer=an-phu",
    ],
)
def test_a_hostile_plan_is_only_text(page: Page, path: str) -> None:
    page.goto(path)
    unharmed(page)
    expect(page.get_by_role("main")).to_be_visible()


def test_a_hostile_plan_beside_its_answer_is_only_text(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Câu hỏi").fill("Hạn báo cáo?")
    page.get_by_role("button", name="Hỏi").click()
    expect(page.locator(".answer .text")).to_contain_text("window.hacked = 1")
    unharmed(page)
    page.locator(".mark").first.click()
    expect(page.locator("#van-ban")).to_contain_text("window.hacked = 1")
    unharmed(page)
    assert page.locator("#trich").inner_text() == PLAN.quote(SPAN)


@pytest.mark.parametrize("hostile", [*RUNS, HIDES + "a"])
def test_a_hostile_question_is_only_text(page: Page, hostile: str) -> None:
    sent = quote(hostile)
    for path in (f"/?q={sent}&issuer={sent}&c={sent}&embed={sent}&keep=1", f"/so-sanh?q={sent}&a={sent}&b=b"):
        page.goto(path)
        unharmed(page)
        assert page.get_by_label("Câu hỏi").input_value().strip()[:3] == hostile.lstrip("\u202e")[:3]
    for path in (
        f"/han?issuer={sent}",
        f"/don-vi?tim={sent}",
        f"/plans/an-phu-2025?trich={sent}&panel={sent}",
        f"/plans/{sent}",
    ):
        page.goto(path)
        unharmed(page)


def test_script_cannot_make_text_into_html(page: Page) -> None:
    page.goto("/")
    with pytest.raises(Exception, match="TrustedHTML"):
        page.evaluate("document.body.innerHTML = '<b>a</b>'")


# ---- in a frame of another site


class _Portal(Quiet):
    """A commune's own site: whatever is asked for stands in a frame."""

    def do_GET(self) -> None:
        address = self.path.partition("?frame=")[2]
        page = f'<!doctype html><iframe src="{address}" width="360" height="600"></iframe>'
        self.tell(200, page.encode(), {"content-type": "text/html"})


@pytest.fixture(scope="module")
def portal() -> Iterator[str]:
    with handled(_Portal) as address:
        yield address


def framed(page: Page, portal: str, address: str) -> str:
    """The heading that a reader of the portal sees in the frame; "" where the browser refuses to show it."""
    page.goto(f"{portal}/?frame={address}")
    frame = page.frames[1]
    frame.wait_for_load_state()
    heading = frame.locator("main#noi-dung h1")
    return heading.inner_text() if heading.count() else ""


def test_only_the_page_made_for_it_stands_in_a_frame(page: Page, site: str, portal: str) -> None:
    assert framed(page, portal, f"{site}/?embed=1&issuer=an-phu").startswith("Hỏi về kế hoạch của xã An")
    for path in ("/", "/?embed=0", "/plans?embed=1", "/so-sanh?embed=1", "/plans/an-phu-2025?embed=1"):
        assert framed(page, portal, site + path) == ""


def test_the_embedded_page_asks_inside_its_frame(page: Page, site: str, portal: str) -> None:
    framed(page, portal, f"{site}/?embed=1&issuer=an-phu")
    frame = page.frames[1]
    expect(frame.locator(".bar")).to_have_count(0)
    frame.get_by_label("Câu hỏi").fill("Hạn báo cáo?")
    frame.get_by_role("button", name="Hỏi").click()
    frame.locator(".mark").first.click()
    expect(frame.locator("#trich")).to_be_in_viewport()
    assert "embed=1" in frame.evaluate("location.search")


@pytest.mark.parametrize(
    ("origins", "shown"), [("none", False), ("https://khac.example.vn", False), ("{portal}", True)]
)
def test_the_operator_says_who_may_embed(chromium: Browser, portal: str, origins: str, shown: bool) -> None:
    with serving(Settings(embed_origins=origins.format(portal=portal))) as site:
        page = chromium.new_page()
        assert bool(framed(page, portal, f"{site}/?embed=1")) == shown
        page.close()
