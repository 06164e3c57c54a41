"""Draws a conversation with the bot: its real messages, over a real index, in a page that looks like a chat.

`python -m tests.chat_picture --index index --out docs/chat-telegram.png`; needs playwright and Debian's chromium.
"""

from __future__ import annotations

import argparse
from contextlib import closing
from datetime import date
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from bot.channels import telegram_html
from bot.channels.chat.dialogue import Dialogue, Helpers, Who
from bot.channels.chat.nouns import Command, Input, Pressed, Reply, Text
from bot.settings import Settings
from bot.state import open_state
from bot.wiring import open_service

_DAY = date(2026, 12, 1)
_ME = Who("telegram", "1")
_STYLE = """
body { margin: 0; background: #d7e3ec; font: 15px/1.4 "DejaVu Sans", sans-serif; color: #111; }
main { width: 400px; padding: 14px; display: flex; flex-direction: column; gap: 8px; }
.me, .bot { border-radius: 12px; padding: 8px 11px; max-width: 340px; white-space: pre-wrap; overflow-wrap: anywhere; }
.me { align-self: flex-end; background: #dff5c8; } .bot { align-self: flex-start; background: #fff; }
blockquote { margin: 4px 0; padding: 3px 8px; border-left: 3px solid #3a8ccb; background: #eef5fb; border-radius: 4px; }
.keys { align-self: flex-start; width: 362px; display: grid; gap: 4px; margin-top: -4px; }
.row { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; gap: 4px; }
.row span { background: #8fa9bb; color: #fff; border-radius: 8px; padding: 6px; text-align: center; font-size: 13px; }
a { color: #1f6fad; text-decoration: none; }
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--out", type=Path, default=Path("docs/chat-telegram.png"))
    args = parser.parse_args()
    with (
        TemporaryDirectory() as folder,
        closing(open_service(Settings(index=args.index), lambda: _DAY)) as service,
        closing(open_state(f"sqlite:///{folder}/hoi.sqlite", "any")) as state,
    ):
        dialogue = Dialogue(service, state, public_url="https://hoi.example", helpers=Helpers(today=lambda: _DAY))

        def says(shown: str, said: Input) -> Reply:
            finish = dialogue.think(_ME, said)
            with state.together():
                (reply,) = finish()
            drawn.append(f'<div class="me">{escape(shown)}</div>')
            drawn.extend(f'<div class="bot">{page}</div>' for page in telegram_html.pages(reply))
            rows = ("".join(f"<span>{escape(b.label)}</span>" for b in row) for row in reply.buttons)
            keys = "".join(f'<div class="row">{row}</div>' for row in rows)
            drawn.append(f'<div class="keys">{keys}</div>' if keys else "")
            return reply

        drawn: list[str] = []
        asked = says("han gui bao cao hang nam la ngay nao", Text("han gui bao cao hang nam la ngay nao"))
        issuer = next(b for row in asked.buttons for b in row if "Giao Minh" in b.label)
        says(f"▸ {issuer.label}", Pressed(issuer.data))
        says("/han", Command("han"))
        answer = says("/nhac", Command("nhac"))
        says(f"▸ {answer.buttons[0][0].label}", Pressed(answer.buttons[0][0].data))
    page = f"<!doctype html><meta charset=utf-8><style>{_STYLE}</style><main>{''.join(drawn)}</main>"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        tab = browser.new_page(viewport={"width": 428, "height": 200}, device_scale_factor=1.5)
        tab.set_content(page)
        args.out.parent.mkdir(exist_ok=True)
        tab.locator("main").screenshot(path=args.out)
        browser.close()


if __name__ == "__main__":
    main()
