"""Documents as they come → text. One file a format; each gives an `Extracted` or raises `Unreadable`."""
