"""What the state raises."""

from __future__ import annotations


class StateError(RuntimeError):
    """The state cannot be opened, read or written. The message is Vietnamese and repeats no word of the driver's."""
