"""What may become of a message that is sent, other than that it arrives."""

from __future__ import annotations


class Later(Exception):
    """It has to be sent again. `seconds`: the platform wants nothing sent for so long; 0: this message alone waits,
    longer with every try. `doubtful`: it may have arrived all the same."""

    def __init__(self, reason: str, seconds: float = 0.0, *, doubtful: bool = False) -> None:
        super().__init__(reason)
        self.seconds, self.doubtful = seconds, doubtful


class NotSent(Exception):
    """It cannot be sent, now or later; the reason is for the operator."""


class WrongToken(Exception):
    """The platform knows no bot of this token."""


class Gone(NotSent):
    """Nothing can be sent to this chat any more: it has blocked us, or is no more."""
