"""Telegram: python-telegram-bot's Application polls, sends and keeps the jobs; what is said goes through the state,
like on every platform. Translates, never decides."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from telegram import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    ReplyParameters,
    Update,
    User,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels import telegram_html, telegram_search, telegram_updates
from bot.channels.channel import Heard, Pace
from bot.channels.chat import sentences
from bot.channels.chat.nouns import Reply
from bot.channels.keeper import Keeper
from bot.channels.outcome import Gone, Later, NotSent, WrongToken
from bot.channels.telegram_app import Job, application, failed, in_thread, not_polled
from bot.channels.telegram_search import Issuers
from bot.index import SnapshotError
from bot.settings import Settings
from bot.state import State

_LOG = logging.getLogger(__name__)
NAME = "telegram"
_POLL = timedelta(seconds=20)
_SEARCHES = 8  # under way at once; each letter typed is one
_GONE = ("chat not found", "user is deactivated", "kicked", "deactivated", "not a member")
_SAME = "message is not modified"
_PAUSES = (1.0, 60.0)  # seconds between two tries to reach Telegram at the start: the first, the longest


class Telegram:
    """A Channel. For one event loop; `start` before anything is sent."""

    name = NAME
    pace = Pace(per_second=30.0, per_chat=1.0, per_group=3.0)

    def __init__(self, settings: Settings, state: State, issuers: Issuers, wake: Callable[[], None]) -> None:
        """`wake` is called when something was kept that is to be answered."""
        # They write each address, and the token stands in it.
        for noisy in ("httpx", "httpcore"):
            logging.getLogger(noisy).setLevel(logging.WARNING)
        self._settings, self._issuers, self._wake = settings, issuers, wake
        self._searches: set[asyncio.Task[None]] = set()
        self._keeper = Keeper(lambda updates: state.queues.receive(NAME, updates))
        self._me = User(0, "", is_bot=True)  # known when Telegram has told
        self._app = application(settings, state, self.keep)

    # ---- what arrives

    async def keep(self, updates: Sequence[Any]) -> None:
        """Returns when what is for us is durable; each is kept once, however often Telegram sends it."""
        found = [(telegram_updates.read(body), body) for body in updates]
        for update, _ in found:
            if update and update.inline_query and len(self._searches) < _SEARCHES:
                task = asyncio.create_task(self._search(update))
                self._searches.add(task)
                task.add_done_callback(self._searches.discard)
        for_us = [(str(u.update_id), chat, body) for u, body in found if u and (chat := telegram_updates.chat_of(u))]
        await asyncio.gather(*(self._keeper.keep(update) for update in for_us))
        if for_us:
            self._wake()

    async def _search(self, update: Update) -> None:
        """Not kept: a letter later it is asked again."""
        assert update.inline_query
        try:
            issuers = await asyncio.to_thread(self._issuers)
            await telegram_search.answer(self._app.bot, update.inline_query, issuers)
        except (TelegramError, SnapshotError) as error:
            _LOG.info("telegram: a search is not answered: %s", type(error).__name__)

    def heard(self, body: Any) -> Heard | None:
        update = telegram_updates.read(body)
        return telegram_updates.heard(update, self._me) if update else None

    # ---- what is sent

    def is_group(self, address: str) -> bool:
        return address.startswith("-")

    def bodies(self, reply: Reply, heard: Heard | None) -> list[dict[str, Any]]:
        bodies: list[dict[str, Any]] = [{"text": page} for page in telegram_html.pages(reply)]
        if reply.file:
            file = reply.file
            bodies.append({"file": {"name": file.name, "type": file.type, "content": file.content}})
        if bodies and heard and heard.answers:
            bodies[0]["answers"] = heard.answers
        if bodies and reply.buttons:
            bodies[-1]["buttons"] = [[[b.label, b.data] for b in row] for row in reply.buttons]
        if bodies and reply.asks == "name" and self._me.supports_inline_queries:
            bodies[-1]["search"] = True
        return bodies

    async def noticed(self, heard: Heard) -> None:
        try:
            await self._app.bot.answer_callback_query(heard.button)
        except TelegramError as error:  # the sign on the button turns until it ends by itself
            _LOG.info("telegram: a button's press is not confirmed: %s", type(error).__name__)

    async def send(self, address: str, body: dict[str, Any]) -> str | None:
        try:
            return await self._send(address, body)
        except RetryAfter as error:
            raise Later("flood control", _seconds(error)) from None
        except Forbidden as error:
            raise Gone(error.message) from None
        except ChatMigrated as error:
            raise Gone(f"the group is now {error.new_chat_id}") from None
        except InvalidToken:
            raise Later("the token was refused", 300.0) from None
        except BadRequest as error:  # a NetworkError to the library, but nothing that another try mends
            if _SAME in error.message.lower():
                return None  # an edit that had arrived
            kind = Gone if any(word in error.message.lower() for word in _GONE) else NotSent
            raise kind(error.message) from None
        except NetworkError as error:
            raise Later(type(error).__name__, doubtful=True) from None
        except TelegramError as error:
            raise NotSent(error.message) from None

    async def _send(self, address: str, body: dict[str, Any]) -> str | None:
        if message := body.get("message"):
            await self._edit(address, int(message), body)
            return None
        answers = body.get("answers")
        common: dict[str, Any] = {
            "chat_id": int(address),
            "reply_parameters": ReplyParameters(int(answers), allow_sending_without_reply=True) if answers else None,
            "reply_markup": _keyboard(body.get("buttons", ()), search=body.get("search", False)),
        }
        if file := body.get("file"):
            document = InputFile(file["content"].encode(), file["name"])
            document.mimetype = file["type"]
            await self._app.bot.send_document(document=document, **common)
            return None
        preview = LinkPreviewOptions(is_disabled=True)
        sent = await self._app.bot.send_message(
            text=body["text"], parse_mode="HTML", link_preview_options=preview, **common
        )
        return str(sent.message_id)

    async def _edit(self, address: str, message: int, body: dict[str, Any]) -> None:
        await self._app.bot.edit_message_text(
            chat_id=int(address),
            message_id=message,
            text=body["text"],
            parse_mode="HTML",
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_markup=_keyboard(body.get("buttons", ()), search=body.get("search", False)),
        )

    # ---- its life

    async def start(self, jobs: Sequence[tuple[Job, float]] = ()) -> None:
        """Waits until Telegram can be reached; then `jobs` run, each every so many seconds. Raises WrongToken."""
        pause, longest = _PAUSES
        while True:
            try:
                await self._app.initialize()
                self._me = await self._app.bot.get_me()
                await self._tell_commands()
                break
            except InvalidToken:
                raise WrongToken from None
            except TelegramError as error:
                _LOG.warning("telegram: cannot be reached (%s); again in %.0f s", type(error).__name__, pause)
                await asyncio.sleep(pause)
                pause = min(longest, 2 * pause)
        self._app.add_error_handler(failed)
        await self._app.start()
        queue = self._app.job_queue
        assert queue is not None
        for job, seconds in jobs:
            queue.run_repeating(in_thread(job), seconds, first=1.0, name=job.__name__)

    async def poll(self) -> None:
        """Begins to fetch what is new; what arrived while nobody asked comes first. A webhook is taken down."""
        assert self._app.updater is not None
        await self._app.updater.start_polling(
            timeout=_POLL,
            bootstrap_retries=-1,
            allowed_updates=telegram_updates.ALLOWED,
            drop_pending_updates=False,
            error_callback=not_polled,
        )

    async def set_webhook(self) -> None:
        """Asks Telegram to call us, where our public address is known."""
        url = self._settings.public_url.rstrip("/")
        if not url.startswith("https://"):
            _LOG.warning("telegram: HOI_PUBLIC_URL is no https:// address; set the webhook yourself")
            return
        try:
            await self._app.bot.set_webhook(
                f"{url}/webhooks/telegram",
                secret_token=self._settings.telegram_secret,
                allowed_updates=telegram_updates.ALLOWED,
                drop_pending_updates=False,
            )
        except TelegramError as error:
            _LOG.error("telegram: the webhook is not set: %s", error.message)

    async def stop_polling(self) -> None:
        if self._app.updater and self._app.updater.running:
            await self._app.updater.stop()

    async def stop(self) -> None:
        if self._app.running:
            await self._app.stop()
        await self._app.shutdown()

    async def _tell_commands(self) -> None:
        """The menu of commands, told once for each wording of it."""
        told = {name: about for name, about in sentences.COMMANDS.items() if name != "dongian" or self._settings.llm}
        if self._app.bot_data.get("commands") == told:
            return
        await self._app.bot.set_my_commands([BotCommand(name, about) for name, about in told.items()])
        self._app.bot_data["commands"] = told
        await self._app.update_persistence()


def _keyboard(rows: Sequence[Sequence[Sequence[str]]], *, search: bool) -> InlineKeyboardMarkup | None:
    if not rows and not search:
        return None
    keys = [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in rows]
    if search:
        keys.append([InlineKeyboardButton(sentences.SEARCH, switch_inline_query_current_chat="")])
    return InlineKeyboardMarkup(keys)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
