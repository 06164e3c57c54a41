"""Frozen nouns ↔ JSON, for the snapshot's database. Not pickle: a snapshot may come from elsewhere."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints


def to_data(value: Any) -> Any:
    """Dataclasses as lists of their fields in order, so that a plan's map stays small."""
    if is_dataclass(value) and not isinstance(value, type):
        return [to_data(getattr(value, f.name)) for f in fields(value)]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [to_data(v) for v in value]
    if isinstance(value, dict):
        return {k: to_data(v) for k, v in value.items()}
    return value


def from_data(kind: Any, data: Any) -> Any:
    """The value of type `kind` that `to_data` wrote. Raises TypeError or ValueError when the shape is another one."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if data is None:
            return None
        return from_data(next(k for k in get_args(kind) if k is not type(None)), data)
    if origin is tuple:
        inner = get_args(kind)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(from_data(inner[0], d) for d in data)
        return tuple(from_data(k, d) for k, d in zip(inner, data, strict=True))
    if origin is dict:
        return {k: from_data(get_args(kind)[1], v) for k, v in data.items()}
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: from_data(hint, d) for (name, hint), d in zip(hints, data, strict=True)})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    return data


@lru_cache(maxsize=64)
def _hints(kind: Any) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((f.name, hints[f.name]) for f in fields(kind))
