"""Builds the service from settings, and names what whoever talks to it needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from .conversations import UnknownIssuer
from .index import UnknownPlan
from .service import Service, Where
from .settings import Settings
from .today import ZONE, today


def open_service(settings: Settings, clock: Callable[[], date] = today) -> Service:
    """Raises SnapshotError when there is no snapshot that can be served, SettingsError for a model that cannot be."""
    service = Service(settings, clock)
    service.ready()
    return service


__all__ = ["open_service", "Service", "Where", "UnknownIssuer", "UnknownPlan", "ZONE", "today"]
