"""What the chats talk through, built from settings."""

from __future__ import annotations

from bot.channels.calendar import for_chats
from bot.channels.chat.dialogue import Dialogue, Helpers
from bot.channels.chat.nouns import Manner
from bot.settings import Settings
from bot.state import State
from bot.wiring import Service


def dialogue(service: Service, state: State, settings: Settings, manner: Manner) -> Dialogue:
    helpers = Helpers(
        calendar=for_chats(service, settings.public_url),
        simplify=service.simplify if settings.llm else None,
        waiting=settings.llm_at_once if settings.llm else 0,
    )
    return Dialogue(service, state, manner, settings.public_url, helpers)
