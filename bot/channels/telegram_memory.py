"""The Application's own memory over a restart: in the state, like all else. Chats and users are no part of it: what is
remembered of them belongs to the dialogue, and goes with /xoa."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram.ext import BasePersistence, PersistenceInput

from bot.state import Memory as Kept

_NAME = "telegram"


class Memory(BasePersistence[dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    def __init__(self, kept: Kept) -> None:
        super().__init__(PersistenceInput(bot_data=True, chat_data=False, user_data=False, callback_data=False))
        self._kept = kept

    async def get_bot_data(self) -> dict[Any, Any]:
        found = await asyncio.to_thread(self._kept.get, _NAME)
        return found if isinstance(found, dict) else {}

    async def update_bot_data(self, data: dict[Any, Any]) -> None:
        if data != await self.get_bot_data():
            await asyncio.to_thread(self._kept.put, _NAME, data)

    async def refresh_bot_data(self, bot_data: dict[Any, Any]) -> None: ...

    async def get_user_data(self) -> dict[int, dict[Any, Any]]:
        return {}

    async def get_chat_data(self) -> dict[int, dict[Any, Any]]:
        return {}

    async def get_callback_data(self) -> None: ...

    async def get_conversations(self, name: str) -> dict[Any, Any]:
        return {}

    async def update_user_data(self, user_id: int, data: dict[Any, Any]) -> None: ...

    async def update_chat_data(self, chat_id: int, data: dict[Any, Any]) -> None: ...

    async def update_callback_data(self, data: Any) -> None: ...

    async def update_conversation(self, name: str, key: Any, new_state: object | None) -> None: ...

    async def refresh_user_data(self, user_id: int, user_data: dict[Any, Any]) -> None: ...

    async def refresh_chat_data(self, chat_id: int, chat_data: dict[Any, Any]) -> None: ...

    async def drop_user_data(self, user_id: int) -> None: ...

    async def drop_chat_data(self, chat_id: int) -> None: ...

    async def flush(self) -> None: ...
