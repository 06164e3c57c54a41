"""What OpenAI's clients send."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field, StrictStr


class ChatPart(BaseModel):
    """A part of a message; only text is read."""

    type: str
    text: StrictStr | None = None


class ChatMessage(BaseModel):
    role: str
    content: StrictStr | list[ChatPart] | None = None


class StreamOptions(BaseModel):
    include_usage: bool | None = None


class ChatRequest(BaseModel):
    """What OpenAI's clients send, as far as it means something here."""

    model: StrictStr
    messages: list[ChatMessage] = Field(min_length=1, max_length=2000)
    n: Literal[1] | None = None
    stream: bool | None = None
    stream_options: StreamOptions | None = None
