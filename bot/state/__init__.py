"""What users write, apart from the plans: chats and their issuer, turns, reminders, feedback, the queues. SQLite or
PostgreSQL, by URL."""

from .database import State, open_state
from .errors import StateError
from .memory import Memory
from .queues import Incoming, Outgoing
from .records import Chat, Feedback, Reminder, Token, Turn, Unanswered

__all__ = [
    "State",
    "StateError",
    "open_state",
    "Chat",
    "Feedback",
    "Incoming",
    "Memory",
    "Outgoing",
    "Reminder",
    "Token",
    "Turn",
    "Unanswered",
]
