"""Why a model's text was not used."""

from __future__ import annotations

from enum import StrEnum


class Why(StrEnum):
    """Told in the JSON as it stands."""

    OFF = "off"  # no model is configured
    NOT_NEEDED = "not_needed"  # a refusal, or a list that code tells better
    BUSY = "busy"  # as many questions as allowed are with it already
    BUDGET = "budget"  # the day's tokens or money are spent
    RESTING = "resting"  # it failed a moment ago and is not asked until it answers again
    TIMEOUT = "timeout"
    DOWN = "down"  # no connection, or an error of the server
    LIMITED = "limited"  # the server asks to slow down
    DENIED = "denied"  # the key or the model's name is not accepted
    REFUSED = "refused"
    BROKEN = "broken"  # not the JSON asked for
    TOO_LONG = "too_long"
    INSUFFICIENT = "insufficient"  # the model says that the quotes do not suffice
    UNSUPPORTED = "unsupported"  # too much of it did not pass the check


class ModelError(Exception):
    """The model gave nothing that can be shown. Holds no text of the server's, which may repeat the key."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why

    @property
    def rests(self) -> bool:
        """Whether the next question would likely fail the same way, so that the model is left alone for a while."""
        return self.why in (Why.TIMEOUT, Why.DOWN, Why.LIMITED, Why.DENIED)
