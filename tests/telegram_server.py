"""Telegram's Bot API in small: checks what the real one checks, and keeps what it was sent.

Limits are the real ones: 4,096 UTF-16 units after the entities are read, 64 bytes in a button, a message a second in a
chat, 20 a minute in a group, 30 a second in all. A poll's offset confirms what came before it.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections import defaultdict, deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from html import unescape
from typing import Any
from urllib.parse import parse_qs
from urllib.request import Request, urlopen

from tests import small_server
from tests.small_server import Reply
from tests.small_server import Request as Asked

TOKEN = "123456:real-ones-look-like-this"
SECRET = "only_Telegram-knows"
ME = {
    "id": 123456,
    "is_bot": True,
    "first_name": "Hỏi kế hoạch",
    "username": "hoikehoach_bot",
    "supports_inline_queries": True,
}
_TAGS = frozenset("b strong i em u ins s strike del a code pre blockquote tg-spoiler".split())
_TAG = re.compile(r"<(/?)([a-z][a-z-]*)((?:\s+[a-z-]+(?:=\"[^\"<>]*\")?)*)\s*>")


class Refused(Exception):
    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.parameters = code, parameters


@dataclass
class Sent:
    method: str
    chat: int
    text: str  # as a reader sees it
    markup: str
    buttons: list[list[dict[str, str]]]
    answers: int | None
    file: tuple[str, str, bytes] | None
    at: float
    id: int = 0
    before: list[str] = field(default_factory=list)  # what it said before each edit


@dataclass
class Telegram:
    strict: bool = True  # enforces how fast one may send
    lag: float = 0.0  # seconds between keeping a message and telling so
    sent: list[Sent] = field(default_factory=list)
    pressed: list[str] = field(default_factory=list)
    found: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # of searches
    commands: list[dict[str, str]] = field(default_factory=list)
    webhook: dict[str, Any] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    deleted: set[int] = field(default_factory=set)  # messages that somebody has deleted
    edits: int = 0
    refused: list[str] = field(default_factory=list)  # what was wrong with requests
    flood: int = 0  # so many messages are told to wait
    broken: int = 0  # so many requests get no reply
    address: str = ""

    def __post_init__(self) -> None:
        self._lock = threading.Condition()
        self._updates: deque[dict[str, Any]] = deque()
        self._ids = 1000
        self._recent: defaultdict[int, deque[float]] = defaultdict(deque)
        self._all: deque[float] = deque()
        self._wait_until = 0.0
        self._queries: set[str] = set()

    # ---- what people do

    def says(self, chat: int, text: str = "", **more: Any) -> int:
        """A message in a private chat, or in a group where `chat` is negative; its update's id."""
        entities = [
            {"type": "bot_command", "offset": 0, "length": len(text.split()[0])} if text.startswith("/") else None,
            *(
                {"type": "mention", "offset": m.start(), "length": len(m[0])}
                for m in re.finditer(r"(?<!\w)@\w+", text)
                if not text.startswith("/")
            ),
        ]
        message = self._message(chat) | ({"text": text} if text else {}) | more
        message["entities"] = [e for e in entities if e]
        return self.happens({"message": message})

    def presses(self, chat: int, data: str) -> int:
        query = {"id": str(self._next()), "from": _user(7), "message": self._message(chat), "data": data}
        self._queries.add(query["id"])
        return self.happens({"callback_query": query | {"chat_instance": "1"}})

    def happens(self, update: dict[str, Any]) -> int:
        with self._lock:
            number = self._next()
            self._updates.append({"update_id": number} | update)
            self._lock.notify_all()
            return number

    def _message(self, chat: int) -> dict[str, Any]:
        kind = {"id": chat, "type": "private"} if chat > 0 else {"id": chat, "type": "group", "title": "Tổ"}
        return {"message_id": self._next(), "date": int(time.time()), "chat": kind, "from": _user(abs(chat))}

    def _next(self) -> int:
        with self._lock:
            self._ids += 1
            return self._ids

    # ---- what a test looks at

    def to(self, chat: int) -> list[Sent]:
        with self._lock:
            return [sent for sent in self.sent if sent.chat == chat]

    def wait_for(self, count: int, chat: int | None = None, seconds: float = 30.0) -> list[Sent]:
        """The messages sent (to this chat) when there are so many."""
        until = time.monotonic() + seconds
        while True:
            with self._lock:
                found = [sent for sent in self.sent if chat in (None, sent.chat)]
                if len(found) >= count:
                    return found
                left = until - time.monotonic()
                assert left > 0, f"{len(found)} of {count} messages: {[s.text[:60] for s in found]} {self.refused}"
                self._lock.wait(min(left, 0.5))

    def unconfirmed(self) -> int:
        with self._lock:
            return len(self._updates)

    def deliver(self, seconds: float = 30.0) -> None:
        """Calls the webhook for each update, again where it was not answered with 2xx."""
        while True:
            with self._lock:
                if not self._updates:
                    return
                update = self._updates[0]
            headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": self.webhook["secret"]}
            request = Request(self.webhook["url"], json.dumps(update).encode(), headers)
            with urlopen(request, timeout=seconds) as reply:
                assert 200 <= reply.status < 300
            with self._lock:
                self._updates.popleft()

    # ---- methods

    def reply(self, request: Asked) -> Reply | None:
        if self.broken > 0:
            self.broken -= 1
            return None
        found = re.fullmatch(r"/bot([^/]+)/(\w+)", request.path)
        try:
            if not found or found[1] != TOKEN:
                raise Refused(401, "Unauthorized")
            return Reply({"ok": True, "result": self.call(found[2], *_read(request.headers, request.body))})
        except Refused as error:
            if error.code == 400:
                self.refused.append(str(error))
            told = {"ok": False, "error_code": error.code, "description": str(error)}
            return Reply(told | ({"parameters": error.parameters} if error.parameters else {}), error.code)

    def call(self, method: str, given: dict[str, Any], files: dict[str, tuple[str, str, bytes]]) -> Any:
        match method:
            case "getMe":
                return ME
            case "getUpdates":
                return self._get_updates(given)
            case "deleteWebhook":
                assert given.get("drop_pending_updates") in (None, "false", "False"), "pending updates were dropped"
                self.webhook = {}
                return True
            case "setWebhook":
                return self._set_webhook(given)
            case "setMyCommands":
                return self._set_commands(given)
            case "answerInlineQuery":
                results = json.loads(given["results"])
                if len(results) > 50 or not all(1 <= len(r["id"].encode()) <= 64 for r in results):
                    raise Refused(400, "Bad Request: RESULT_ID_INVALID")
                self.found[given["inline_query_id"]] = results
                return True
            case "answerCallbackQuery":
                if given["callback_query_id"] not in self._queries:
                    raise Refused(
                        400, "Bad Request: query is too old and response timeout expired or query id is invalid"
                    )
                self.pressed.append(given["callback_query_id"])
                return True
            case "editMessageText":
                return self._edit(given)
            case "sendMessage" | "sendDocument":
                return self._send(method, given, files)
        raise Refused(404, "Not Found")

    def _get_updates(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        if self.webhook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        offset, limit = int(given.get("offset", 0)), min(100, int(given.get("limit", 100)))
        allowed = json.loads(given.get("allowed_updates", "[]"))
        until = time.monotonic() + min(50.0, float(given.get("timeout", 0)))
        with self._lock:
            while self._updates and self._updates[0]["update_id"] < offset:
                self._updates.popleft()
            while not self._updates and time.monotonic() < until:
                self._lock.wait(0.1)
            found = list(self._updates)[:limit]
        return [u for u in found if not allowed or any(kind in u for kind in allowed)]

    def _set_webhook(self, given: dict[str, Any]) -> bool:
        if not given["url"].startswith("https://"):
            raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", given.get("secret_token", "x")):
            raise Refused(400, "Bad Request: secret token contains unallowed characters")
        assert given.get("drop_pending_updates") in (None, "false", "False"), "pending updates were dropped"
        self.webhook = {"url": given["url"], "secret": given.get("secret_token", "")}
        return True

    def _set_commands(self, given: dict[str, Any]) -> bool:
        commands = json.loads(given["commands"])
        if len(commands) > 100 or not all(re.fullmatch(r"[a-z0-9_]{1,32}", c["command"]) for c in commands):
            raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        if not all(1 <= len(c["description"]) <= 256 for c in commands):
            raise Refused(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands = commands
        return True

    def _send(self, method: str, given: dict[str, Any], files: dict[str, tuple[str, str, bytes]]) -> dict[str, Any]:
        chat = int(given["chat_id"])
        if chat in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        markup, file = given.get("text", ""), None
        text = markup
        if method == "sendMessage":
            text = _text(given)
        else:
            file = files[given["document"].removeprefix("attach://")] if "document" in given else files["document"]
            if not file[2]:
                raise Refused(400, "Bad Request: file must be non-empty")
        rows = _buttons(given)
        answers = json.loads(given.get("reply_parameters", "{}")).get("message_id")
        with self._lock:
            self._pace(chat)
            told = self._message(chat) | {"from": ME, "text": text}
            self.sent.append(Sent(method, chat, text, markup, rows, answers, file, time.time(), told["message_id"]))
            self._lock.notify_all()
        time.sleep(self.lag)
        return told

    def _edit(self, given: dict[str, Any]) -> dict[str, Any]:
        chat, number = int(given["chat_id"]), int(given["message_id"])
        text, rows = _text(given), _buttons(given)
        with self._lock:
            self._pace(chat)
            found = next((s for s in self.sent if (s.chat, s.id) == (chat, number)), None)
            if found is None or number in self.deleted:
                raise Refused(400, "Bad Request: message to edit not found")
            if (found.markup, found.buttons) == (given["text"], rows):
                raise Refused(
                    400,
                    "Bad Request: message is not modified: specified new message content and reply markup are exactly "
                    "the same as a current content and reply markup of the message",
                )
            found.before.append(found.text)
            found.text, found.markup, found.buttons, found.at = text, given["text"], rows, time.time()
            self.edits += 1
            self._lock.notify_all()
        time.sleep(self.lag)
        return self._message(chat) | {"message_id": number, "from": ME, "text": text}

    def _pace(self, chat: int) -> None:
        now = time.monotonic()
        if self.flood > 0:
            self.flood -= 1
            self._wait_until = now + 1.0
        if now < self._wait_until:
            raise Refused(429, "Too Many Requests: retry after 1", retry_after=1)
        if not self.strict:
            return
        recent, limit, span = self._recent[chat], *((1, 0.9) if chat > 0 else (20, 60.0))
        for seen, seconds in ((recent, span), (self._all, 1.0)):
            while seen and seen[0] <= now - seconds:
                seen.popleft()
        if len(recent) >= limit or len(self._all) >= 33:  # a little more than 30: it is an average
            self.refused.append("too fast")
            raise Refused(429, "Too Many Requests: retry after 3", retry_after=3)
        recent.append(now)
        self._all.append(now)


def read_html(markup: str) -> str:
    """What a reader sees. Raises Refused where Telegram could not read it."""
    opened: list[str] = []
    text, here = "", 0
    for start in (m.start() for m in re.finditer("<", markup)):
        match = _TAG.match(markup, start)
        if match is None or match[2] not in _TAGS:
            raise Refused(400, f"Bad Request: can't parse entities: Unsupported start tag at byte offset {start}")
        if match[1]:
            if not opened or opened.pop() != match[2]:
                raise Refused(400, f"Bad Request: can't parse entities: Unmatched end tag at byte offset {start}")
        else:
            if match[2] == "blockquote" and "blockquote" in opened:
                raise Refused(400, "Bad Request: can't parse entities: blockquote entities can't be nested")
            opened.append(match[2])
        text += markup[here:start]
        here = match.end()
    if opened:
        raise Refused(400, f"Bad Request: can't parse entities: Can't find end tag corresponding to {opened[-1]}")
    return unescape(text + markup[here:])


def _text(given: dict[str, Any]) -> str:
    """As a reader sees it."""
    text = read_html(given["text"]) if given.get("parse_mode") == "HTML" else given["text"]
    length = len(text.strip().encode("utf-16-le")) // 2
    if not length:
        raise Refused(400, "Bad Request: message text is empty")
    if length > 4096:
        raise Refused(400, "Bad Request: message is too long")
    return text


def _buttons(given: dict[str, Any]) -> list[list[dict[str, str]]]:
    rows: list[list[dict[str, str]]] = json.loads(given.get("reply_markup", "{}")).get("inline_keyboard", [])
    for button in (b for row in rows for b in row if "switch_inline_query_current_chat" not in b):
        if not 1 <= len(button["callback_data"].encode()) <= 64:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return rows


def _user(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "Người dân"}


@contextmanager
def running(telegram: Telegram | None = None) -> Any:
    """The server on a port of its own; `address` is what HOI_TELEGRAM_URL wants."""
    telegram = telegram or Telegram()

    with small_server.running(telegram) as telegram.address:
        yield telegram


def _read(headers: Any, body: bytes) -> tuple[dict[str, Any], dict[str, tuple[str, str, bytes]]]:
    kind = headers.get("content-type", "")
    if kind.startswith("application/x-www-form-urlencoded"):
        return {name: values[-1] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}, {}
    if kind.startswith("application/json"):
        return json.loads(body), {}
    given: dict[str, Any] = {}
    files: dict[str, tuple[str, str, bytes]] = {}
    if kind.startswith("multipart/form-data"):
        message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
        for part in message.iter_parts():
            name, content = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
            if filename := part.get_filename():
                files[str(name)] = (filename, part.get_content_type(), content)
            else:
                given[str(name)] = content.decode()
    return given, files
