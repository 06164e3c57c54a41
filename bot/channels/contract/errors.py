"""Errors, and how OpenAPI tells of them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from bot.channels.problems import MEDIA_TYPE, TITLES


class Error(BaseModel):
    """Problem document (RFC 9457)."""

    type: str
    title: str = Field(description="Lỗi gì.")
    status: int = Field(description="Mã HTTP.")
    detail: str = Field(description="Lý do và cách sửa.")
    errors: list[dict[str, str]] = Field([], description="Từng trường sai: field và detail.")


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """How OpenAPI tells of errors that an address may answer with."""
    content = {MEDIA_TYPE: {"schema": Error.model_json_schema()}}
    return {status: {"description": TITLES[status], "content": content} for status in statuses}
