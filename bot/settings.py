"""One frozen settings object, handed in from the edge; the only reader of the environment."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_ADDRESSES = (
    "chroma_url", "public_url", "telegram_url", "zalo_oa_url", "zalo_oauth_url", "zalo_bot_url", "llm_url",
)  # fmt: skip
_NUMBERS = {"port": 65535, "proxies": 10, "asks_per_minute": 1_000_000}  # name -> the most that it may be
_ORIGIN = re.compile(r"https?://(?:\*\.)?[A-Za-z0-9.-]+(?::\d{1,5})?", re.ASCII)
_COUNTS = {
    "llm_timeout": 1, "llm_at_once": 1, "llm_tokens_a_day": 0, "llm_money_a_day": 0, "llm_price_in": 0,
    "llm_price_out": 0,
}  # fmt: skip


class SettingsError(ValueError):
    """A setting that cannot be used. The message is Vietnamese and names the variable."""


@dataclass(frozen=True, slots=True)
class Settings:
    index: Path = Path("index")  # folder of snapshots
    state: str = "sqlite:///state/hoi.sqlite"  # SQLAlchemy URL of what users write
    host: str = "127.0.0.1"
    port: int = 8000  # 0 lets the system choose
    encoder: str = ""  # path of a sentence-transformers model; "" is the packaged one
    chroma_url: str = ""  # a Chroma server instead of the embedded folder
    public_url: str = ""  # the address users see, where a proxy stands in front
    proxies: int = 0  # in front, that are trusted to name the asker's address in X-Forwarded-For
    asks_per_minute: int = 300  # of one address, and as many at once; 0: any number
    embed_origins: str = "*"  # who may show /?embed=1 in a frame: origins, "*" for anybody, "none" for nobody
    operator_token: str = field(default="", repr=False)  # adds and removes plans over HTTP; "" switches that off
    openai_key: str = field(default="", repr=False)  # wanted by /v1/…; "" lets any do
    state_key: str = field(default="", repr=False)  # hashes chat ids; "" keeps one in a file beside the state
    # A channel without its token is off.
    telegram_token: str = field(default="", repr=False)
    telegram_url: str = "https://api.telegram.org"
    telegram_secret: str = field(default="", repr=False)  # comes back in the header of every webhook
    zalo_oa_app_id: str = ""
    zalo_oa_secret_key: str = field(default="", repr=False)  # signs webhooks
    zalo_oa_app_secret: str = field(default="", repr=False)  # refreshes the token
    zalo_oa_refresh_token: str = field(default="", repr=False)  # the first one; later ones are kept in the state
    zalo_oa_signed_as: str = ""  # the OA's id, where webhooks are signed with it in place of the app's
    zalo_oa_url: str = "https://openapi.zalo.me"
    zalo_oauth_url: str = "https://oauth.zaloapp.com"
    zalo_bot_token: str = field(default="", repr=False)
    zalo_bot_secret: str = field(default="", repr=False)
    zalo_bot_url: str = "https://bot-api.zaloplatforms.com"
    llm: str = ""  # provider:model; "" answers without a language model
    llm_url: str = ""  # its server, where it is not the provider's own
    llm_key: str = field(default="", repr=False)
    llm_timeout: int = 20  # seconds for a whole reply
    llm_at_once: int = 2  # questions with the model at the same time; another is answered without it
    llm_tokens_a_day: int = 500_000  # 0: no limit
    llm_money_a_day: int = 0  # đồng; 0: no limit
    llm_price_in: int = 0  # đồng for a million tokens sent
    llm_price_out: int = 0  # đồng for a million tokens received

    @classmethod
    def from_environment(cls, **overrides: str | int | Path | None) -> Settings:
        """Settings from HOI_… variables; an override wins, one that is None does not count.

        Raises SettingsError for a value that cannot be used.
        """
        given = {name: os.environ.get(f"HOI_{name.upper()}", "").strip() for name in cls.__slots__}
        raw: dict[str, Any] = {name: value for name, value in given.items() if value}
        raw |= {name: str(value) for name, value in overrides.items() if value is not None}
        index = Path(raw.pop("index", cls().index))
        raw |= {name: _number(name, raw[name], most) for name, most in _NUMBERS.items() if name in raw}
        raw |= {name: _count(name, raw[name], least) for name, least in _COUNTS.items() if name in raw}
        settings = cls(index=index, **raw)
        _check_url("HOI_STATE", settings.state, ())
        for name in _ADDRESSES:
            _check_url(f"HOI_{name.upper()}", getattr(settings, name), ("http", "https"))
        _check_origins(settings.embed_origins)
        return settings


def bare_environment() -> dict[str, str]:
    """This process's environment without our own variables and their tokens, for a process with no use for them."""
    return {name: value for name, value in os.environ.items() if not name.startswith("HOI_")}


def _number(name: str, text: str, most: int) -> int:
    if text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= most:
        return int(text)
    raise SettingsError(f"HOI_{name.upper()} phải là số nguyên từ 0 đến {most}, không phải “{text[:80]}”.")


def _check_origins(text: str) -> None:
    """They become part of a header: nothing but origins may stand there."""
    if text in ("*", "none") or all(_ORIGIN.fullmatch(origin) for origin in text.split()):
        return
    raise SettingsError(
        "HOI_EMBED_ORIGINS phải là các địa chỉ dạng https://xa.example.vn cách nhau bằng dấu cách, hoặc * (mọi trang), "
        f"hoặc none (không trang nào), không phải “{text}”."
    )


def _count(name: str, text: str, least: int) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 12 and int(text) >= least:
        return int(text)
    raise SettingsError(f"HOI_{name.upper()} phải là số nguyên từ {least} trở lên, không phải “{text}”.")


def _check_url(name: str, url: str, schemes: tuple[str, ...]) -> None:
    """An empty URL means that the thing is off."""
    if not url:
        return
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        scheme = ""
    if "://" not in url or not scheme or (schemes and scheme not in schemes):
        expected = " hoặc ".join(f"{s}://…" for s in schemes) or "dạng sqlite:///đường/dẫn hoặc postgresql://…"
        raise SettingsError(f"{name} phải là địa chỉ {expected}, không phải “{url}”.")
