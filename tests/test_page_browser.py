"""The page over the real plans, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

pytest.importorskip("playwright")
from playwright.sync_api import Browser, BrowserContext, Page, expect

QUESTION = "Hạn gửi báo cáo hằng năm là ngày nào?"
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
PAGES = {
    "home": "/",
    "answer": "/?q=Hạn gửi báo cáo hằng năm là ngày nào?&issuer=giao-minh",
    "which issuer": "/?q=Hạn gửi báo cáo hằng năm là ngày nào?&issuer=",
    "damaged": "/?q=hạn báo cáo&issuer=trung-khanh",
    "refused": "/?q=",
    "comparison": "/so-sanh?q=hạn báo cáo hằng năm&a=giao-minh&b=vu-duong",
    "deadlines": "/han",
    "issuers": "/don-vi",
    "no issuer": "/don-vi?tim=khong co",
    "plans": "/plans",
    "plan": "/plans/giao-minh-2025",
    "damaged plan": "/plans/trung-khanh-2025",
    "missing plan": "/plans/khong-co",
    "api": "/docs",
    "embedded": "/?embed=1&q=hạn báo cáo&issuer=giao-minh",
}


@pytest.fixture
def context(chromium: Browser, five_plans_site: str) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=five_plans_site, viewport=DESKTOP, locale="vi-VN")  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield page
    # A page that is refused on purpose is told in the console too.
    assert [text for text in wrong if "status of 4" not in text] == []


@pytest.fixture
def without_script(chromium: Browser, five_plans_site: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=five_plans_site, java_script_enabled=False)
    yield context.new_page()
    context.close()


def ask(page: Page, question: str = QUESTION, issuer: str = "giao-minh") -> None:
    page.goto("/")
    page.get_by_label("Đơn vị").select_option(issuer)
    page.get_by_label("Câu hỏi").fill(question)
    page.get_by_role("button", name="Hỏi").click()
    expect(page.get_by_role("heading", name="Trả lời")).to_be_visible()


def quoted(page: Page) -> str:
    """What is highlighted, as one text."""
    return " ".join(" ".join(page.locator("#van-ban mark").all_inner_texts()).split())


def quote_of(page: Page, number: int = 1) -> str:
    return " ".join(page.locator(f"#trich-{number} blockquote").inner_text().split()).strip("“”")


# ---- asking


def test_the_answer_comes_with_numbered_quotes_and_is_announced(page: Page) -> None:
    ask(page)
    expect(page.locator(".answer .text")).to_contain_text("Trước ngày 15/12 hằng năm")
    assert page.locator(".mark").all_inner_texts() == ["[1]"]
    assert "15/12" in quote_of(page)
    expect(page.get_by_role("status")).to_contain_text("Trước ngày 15/12 hằng năm")
    expect(page.get_by_role("heading", name="Trả lời")).to_be_focused()
    assert page.title().startswith(QUESTION)
    assert "issuer=giao-minh" in page.url
    assert "keep" not in page.url  # passed on, it does not choose for somebody else


def test_the_issuer_is_chosen_once(page: Page) -> None:
    ask(page)
    page.goto("/")
    expect(page.get_by_label("Đơn vị")).to_have_value("giao-minh")
    expect(page.get_by_role("heading", level=1)).to_contain_text("xã Giao Minh")
    page.goto("/han")
    expect(page.get_by_label("Đơn vị")).to_have_value("giao-minh")
    ask(page, issuer="")
    page.goto("/")
    expect(page.get_by_label("Đơn vị")).to_have_value("")


def test_a_link_of_somebody_else_does_not_choose(page: Page) -> None:
    ask(page)
    page.goto("/?q=Ai ký kế hoạch?&issuer=vu-duong")
    page.goto("/")
    expect(page.get_by_label("Đơn vị")).to_have_value("giao-minh")


def test_back_returns_to_the_answer_before(page: Page) -> None:
    ask(page)
    first = page.locator(".answer .text").inner_text()
    page.locator(".chips a").last.click()
    expect(page.locator(".answer .text")).not_to_have_text(first)
    page.go_back()
    expect(page.locator(".answer .text")).to_contain_text("15/12")
    expect(page.get_by_label("Câu hỏi")).to_have_value(QUESTION)
    page.go_back()
    expect(page.get_by_text("Ví dụ", exact=True)).to_be_visible()


def test_back_returns_to_the_plan_beside_its_own_answer(page: Page) -> None:
    ask(page)
    page.locator(".mark").click()
    expect(page.locator("#trich")).to_be_in_viewport()
    page.locator(".chips a").last.click()
    expect(page.locator(".answer .text")).not_to_contain_text("15/12")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.go_back()
    expect(page.locator("#trich")).to_contain_text("15/12")
    expect(page.locator(".answer .text")).to_contain_text("15/12")


def test_a_question_without_issuer_offers_them(page: Page) -> None:
    ask(page, issuer="")
    page.get_by_role("link", name="xã Vũ Dương").click()
    expect(page.locator(".answer .text")).to_contain_text("05 tháng 11")
    expect(page.get_by_label("Đơn vị")).to_have_value("vu-duong")


def test_everything_plain_works_without_script(without_script: Page) -> None:
    page = without_script
    ask(page)
    wanted = quote_of(page)
    expect(page.locator(".tools")).to_be_hidden()
    page.locator(".mark").first.click()
    assert re.search(r"/plans/giao-minh-2025\?trich=\d+-\d+-[0-9a-f]{8}#trich$", page.url)
    assert quoted(page) == wanted
    expect(page.locator("#trich")).to_be_in_viewport()
    page.goto("/")
    expect(page.get_by_label("Đơn vị")).to_have_value("giao-minh")


# ---- the plan beside the answer


def test_a_mark_opens_the_plan_beside_the_answer_at_the_quote(page: Page) -> None:
    ask(page)
    page.locator(".mark").click()
    panel = page.get_by_role("dialog")
    expect(panel.locator("#trich")).to_be_in_viewport()
    assert quoted(page) == quote_of(page)
    section = panel.locator(".section", has=page.locator("#trich")).last
    expect(section).to_have_attribute("id", "VI.1")
    text, beside = page.locator(".answer .text").bounding_box(), panel.bounding_box()
    assert text
    assert beside
    assert text["x"] + text["width"] <= beside["x"]


def test_back_and_forward_close_and_open_the_plan(page: Page) -> None:
    ask(page)
    page.locator(".mark").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator(".answer .text")).to_contain_text("15/12")
    page.go_forward()
    expect(page.locator("#trich")).to_be_in_viewport()
    page.get_by_role("button", name="Đóng").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_on_a_phone_the_plan_covers_the_screen(page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    ask(page)
    page.locator(".mark").click()
    expect(page.locator("#trich")).to_be_in_viewport()
    expect(page.get_by_role("dialog")).to_have_css("width", "360px")
    assert page.get_by_role("dialog").evaluate("panel => panel.matches(':modal')")  # nothing behind it can be reached
    page.go_back()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_on_a_phone_the_answer_comes_to_the_top(page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    ask(page)
    expect(page.locator(".answer .text")).to_be_in_viewport(ratio=1)
    box = page.locator(".answer").bounding_box()
    assert box
    assert box["y"] < PHONE["height"] / 10


def test_damaged_lines_are_shown_with_the_line_as_received(page: Page) -> None:
    ask(page, "hạn báo cáo", "trung-khanh")
    received = page.locator("#trich-1 .received").inner_text()
    assert "Bản nhận được ghi:" in received
    page.locator(".mark").first.click()
    expect(page.locator("#van-ban .received.shown").first).to_be_visible()
    others = page.locator("#van-ban .received:not(.shown)")
    expect(others.first).to_be_hidden()
    page.get_by_label("Hiện bản nhận được").check()
    expect(others.first).to_be_visible()


def test_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Câu hỏi")).to_be_focused()
    page.keyboard.type("Hạn gửi báo cáo hằng năm của xã Giao Minh là ngày nào?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Trả lời")).to_be_focused()
    mark = page.locator(".mark").first
    for _ in range(4):
        page.keyboard.press("Tab")
        if mark.evaluate("mark => mark === document.activeElement"):
            break
    expect(mark).to_be_focused()
    assert mark.evaluate("mark => getComputedStyle(mark).outlineWidth") == "3px"
    page.keyboard.press("Enter")
    expect(page.locator("#trich")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(mark).to_be_focused()


# ---- compare, deadlines, copy, print


def test_two_issuers_answer_side_by_side(page: Page) -> None:
    page.goto("/so-sanh")
    page.get_by_label("Câu hỏi").fill("hạn báo cáo hằng năm")
    page.get_by_label("Đơn vị thứ nhất").select_option("giao-minh")
    page.get_by_label("Đơn vị thứ hai").select_option("vu-duong")
    page.get_by_role("button", name="So sánh").click()
    expect(page.locator(".answer")).to_have_count(2)
    left, right = page.locator(".answer").first, page.locator(".answer").last
    expect(left).to_contain_text("15/12")
    expect(right).to_contain_text("05 tháng 11")
    boxes = left.bounding_box(), right.bounding_box()
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] == boxes[1]["y"]
    right.locator(".mark").first.click()
    expect(page.locator("#trich")).to_be_in_viewport()
    expect(page.locator("#khung-mo")).to_have_attribute("href", re.compile("/plans/vu-duong-2026"))


def test_deadlines_by_month_each_with_its_clause(page: Page) -> None:
    page.goto("/han?issuer=giao-minh")
    assert page.locator(".month h2").all_inner_texts() == [
        text for text in page.locator(".month h2").all_inner_texts() if re.fullmatch(r"Tháng \d+ năm \d{4}", text)
    ]
    card = page.locator(".due-card").first
    expect(card).to_contain_text("15/12/")
    expect(card).to_contain_text(re.compile(r"Còn \d+ ngày|Hôm nay|Không còn kịp"))
    expect(page.get_by_role("link", name="Thêm vào lịch")).to_have_attribute(
        "href", "/api/v1/deadlines.ics?issuer=giao-minh"
    )
    card.locator(".source a").click()
    expect(page.locator("#trich")).to_be_in_viewport()
    assert quoted(page) in " ".join(card.locator("blockquote").inner_text().split())


@pytest.mark.parametrize("secure", [True, False], ids=["clipboard", "no secure connection"])
def test_copy_takes_answer_quotes_and_where_they_stand(context: BrowserContext, page: Page, secure: bool) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    if not secure:
        page.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined })")
    ask(page)
    page.get_by_role("button", name="Sao chép").click()
    expect(page.get_by_role("status")).to_have_text("Đã sao chép câu trả lời và câu trích.")
    other = context.new_page()
    other.goto("/")
    text = other.evaluate("navigator.clipboard.readText()").replace("\r", "")
    assert "Trước ngày 15/12 hằng năm" in text
    assert "[1] “Định kỳ hằng năm" in text
    assert "Mục VI.1 – " in text
    assert text.count("xã Giao Minh") == 1  # in the plan's title


def test_on_paper_stand_question_answer_and_quotes_only(page: Page) -> None:
    ask(page)
    page.emulate_media(media="print")
    for shown in (".asked", ".answer .text", "#trich-1 blockquote", "#trich-1 .source"):
        expect(page.locator(shown)).to_be_visible()
    for hidden in (".bar", ".ask", ".tools", ".chips"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.pdf()[:5] == b"%PDF-"


# ---- how it looks and what it weighs


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_nothing_serious_for_people_with_disabilities(page: Page, path: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.goto(path)
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found = Axe().run(page).response["violations"]
            assert [
                (v["id"], v["nodes"][0]["html"][:200]) for v in found if v["impact"] in ("serious", "critical")
            ] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_serious_in_the_open_plan(page: Page, size: dict[str, int], scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    ask(page, "hạn báo cáo", "trung-khanh")
    page.locator(".mark").first.click()
    expect(page.locator("#trich")).to_be_in_viewport()
    assert page.get_by_role("dialog").evaluate("panel => getComputedStyle(panel).animationName") == "none"
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found if v["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_finger_finds_every_button(page: Page, path: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(path)
    small = page.evaluate(
        """[...document.querySelectorAll("button, select, input, .button, .chips a, .bar a, summary")]
        .filter(e => e.checkVisibility() && !["checkbox", "hidden"].includes(e.type))
        .filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"""
    )
    assert small == []


def test_the_first_page_weighs_little(page: Page) -> None:
    sizes: list[int] = []
    page.on("response", lambda reply: sizes.append(len(reply.body())))
    page.goto("/", wait_until="networkidle")
    assert len(sizes) == 3
    assert sum(sizes) <= 60 * 1024
