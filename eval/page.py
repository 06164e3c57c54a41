"""`python -m eval.page`: how heavy the page is and how soon an answer stands on it, in Debian's chromium."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from eval.bench import ROOT, serving
from eval.cases import read_cases

BROWSER = Path("/usr/bin/chromium")
ASKED = 30
# From the click until the answer has been laid out and painted.
_ASK = """() => new Promise(done => {
  const result = document.querySelector("#ket-qua"), started = performance.now();
  new MutationObserver((_, watch) => {
    if (!result.querySelector(".answer .text")) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - started)));
  }).observe(result, { childList: true });
  document.querySelector(".ask button").click();
})"""


def main() -> int:
    """Prints a table; 1 where there is no browser."""
    if not BROWSER.exists():
        print(f"Không có {BROWSER} (gói chromium của Debian).", file=sys.stderr)
        return 1
    cases = read_cases(ROOT / "eval" / "cases" / "dev.jsonl")
    questions = [case.question for case in cases][:ASKED]
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        index = Path(folder, "index")
        ingest = [sys.executable, "-m", "bot", "ingest", "corpus/plans", "--index", str(index)]
        subprocess.run(ingest, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        with serving(index, Path(folder)) as (_, host, port, _):
            browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
            for name, width, slower in (("máy để bàn", 1280, 1), ("điện thoại, CPU chậm 4 lần", 360, 4)):
                page = _page(browser, f"http://{host}:{port}", width, slower)
                weight, painted = _first(page)
                took = [_asked(page, question) for question in questions]
                print(f"{name}: trang đầu {weight / 1024:.0f} KiB, hiện sau {painted:.0f} ms")
                print(
                    f"  {len(took)} câu, từ lúc bấm đến lúc thấy câu trả lời: đầu tiên {took[0]:.0f} ms, "
                    f"giữa {median(took):.0f} ms, lâu nhất {max(took):.0f} ms"
                )
            browser.close()
    return 0


def _page(browser: Browser, address: str, width: int, slower: int) -> Page:
    page = browser.new_context(base_url=address, viewport={"width": width, "height": 740}).new_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    return page


def _first(page: Page) -> tuple[int, float]:
    """Bytes of all that the first page loads, uncompressed; milliseconds until something stands on it."""
    sizes: list[int] = []
    page.on("response", lambda reply: sizes.append(len(reply.body())))
    page.goto("/", wait_until="networkidle")
    return sum(sizes), float(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))


def _asked(page: Page, question: str) -> float:
    page.get_by_label("Câu hỏi").fill(question)
    return float(page.evaluate(_ASK))


if __name__ == "__main__":
    sys.exit(main())
