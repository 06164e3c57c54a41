"""Search as you type: "@bot giao" in any chat lists issuers; the one that is chosen is sent as /xa."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from telegram import Bot, InlineQuery, InlineQueryResultArticle, InputTextMessageContent

from bot.channels.chat import choose
from bot.domain import Issuer

_SHOWN = 20  # Telegram takes 50; nobody reads them
_KEPT = 300  # seconds for which Telegram may give the same list to others

Issuers = Callable[[], Sequence[Issuer]]  # blocks


def found(typed: str, issuers: Sequence[Issuer]) -> list[InlineQueryResultArticle]:
    """A result for each issuer that fits; all, while nothing is typed."""
    fits = choose.matching(typed, issuers) if typed.strip() else issuers
    return [
        InlineQueryResultArticle(
            choose.token(issuer.slug),
            issuer.full_name[:1].upper() + issuer.full_name[1:],
            InputTextMessageContent(f"/xa {issuer.slug}"),
            description=issuer.province,
        )
        for issuer in fits[:_SHOWN]
    ]


async def answer(bot: Bot, query: InlineQuery, issuers: Sequence[Issuer]) -> None:
    """Raises TelegramError."""
    await bot.answer_inline_query(query.id, found(query.query, issuers), cache_time=_KEPT)
