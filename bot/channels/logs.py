"""Log lines as JSON on stderr, each with the id of the request it belongs to; the text of a question is in none."""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

REQUEST = ContextVar("REQUEST", default="")  # id of what is being served; "" outside of a request


class Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := REQUEST.get():
            told["id"] = request
        told |= getattr(record, "fields", {})
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def begin() -> None:
    """Our own parts tell what they do; libraries only their warnings: httpx would tell addresses, tokens included."""
    handler = logging.StreamHandler()
    handler.setFormatter(Json())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in ("bot", "hoi"):
        logging.getLogger(name).setLevel(logging.INFO)


def asked(channel: str, status: str, issuers: tuple[str, ...], citations: int, seconds: float) -> None:
    """One line for each question that was answered."""
    fields = {
        "channel": channel,
        "status": status,
        "issuers": list(issuers),
        "citations": citations,
        "ms": round(seconds * 1000, 1),
    }
    logging.getLogger("bot.asked").info("asked", extra={"fields": fields})
