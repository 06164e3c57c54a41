"""The tables. Every time is UTC seconds since 1970, so that both databases keep the same thing."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _of_chat(**more: bool) -> Column[int]:
    """What belongs to a chat goes when the chat is deleted."""
    return Column("chat_id", ForeignKey("chats.id", ondelete="CASCADE"), index=True, **more)  # type: ignore[arg-type]


chats = Table(
    "chats",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("key", String(64), nullable=False),  # keyed hash of the platform's id
    Column("issuer", String(120)),  # slug of the one chosen
    Column("seen", Float, nullable=False),  # last word from the user
    Column("pending", Text, nullable=False, server_default=""),  # JSON: what the last reply offered or waits for
    UniqueConstraint("channel", "key"),
)
turns = Table(
    "turns",
    METADATA,
    Column("id", Integer, primary_key=True),
    _of_chat(nullable=False),
    Column("at", Float, nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),  # JSON, as POST /api/v1/ask gives it
    Column("liked", Integer),  # 1, 0, or nothing while nobody said
)
asked = Table(
    "asked",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Float, nullable=False, index=True),
    Column("channel", String(16), nullable=False),
    Column("status", String(24), nullable=False),
    Column("kind", String(40), nullable=False),  # what was asked for, as understood
    Column("issuer", String(120), nullable=False),
    Column("question", Text),  # only where it could not be answered
)
feedback = Table(
    "feedback",
    METADATA,
    Column("id", Integer, primary_key=True),
    _of_chat(),
    Column("at", Float, nullable=False, index=True),
    Column("channel", String(16), nullable=False),
    Column("liked", Integer),  # 1, 0, or nothing where only words were sent
    Column("words", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
)
reminders = Table(
    "reminders",
    METADATA,
    Column("id", Integer, primary_key=True),
    _of_chat(nullable=False),
    Column("address", String(200), nullable=False),  # the platform's own id: it has to be sent to
    Column("issuer", String(120), nullable=False),
    Column("lead", Integer, nullable=False),  # days before the last safe day
    UniqueConstraint("chat_id", "issuer", "lead"),
)
reminded = Table(
    "reminded",
    METADATA,
    Column("id", Integer, primary_key=True),
    _of_chat(nullable=False),
    Column("event", String(200), nullable=False),  # stable id of the deadline
    Column("due", String(10), nullable=False),  # ISO date
    Column("lead", Integer, nullable=False),
    Column("at", Float, nullable=False),
    Column("outcome", String(40), nullable=False),  # queued, or why it was not sent
    UniqueConstraint("chat_id", "event", "due", "lead"),
)
incoming = Table(
    "incoming",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("key", String(120), nullable=False),  # the platform's own id of the message or update
    Column("chat", String(200), nullable=False, server_default=""),  # the platform's own id; "" once it is answered
    Column("body", Text, nullable=False),  # "" once it is answered
    Column("at", Float, nullable=False),
    Column("state", String(8), nullable=False),  # waiting, done
    Column("tries", Integer, nullable=False),
    Column("not_before", Float, nullable=False),
    UniqueConstraint("channel", "key"),
    Index("ix_incoming_next", "channel", "state", "not_before"),
    Index("ix_incoming_first", "channel", "state", "chat", "id"),
)
outgoing = Table(
    "outgoing",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("key", String(140), nullable=False),  # the same message is queued once
    Column("address", String(200), nullable=False),  # "" once it is sent
    Column("body", Text, nullable=False),  # JSON; "" once it is sent
    Column("at", Float, nullable=False),
    Column("state", String(8), nullable=False),  # waiting, sending, sent, failed
    Column("tries", Integer, nullable=False),
    Column("not_before", Float, nullable=False),
    Column("error", String(200), nullable=False),
    Column("sent_as", String(40), nullable=False, server_default=""),  # the platform's own id, where it can be edited
    UniqueConstraint("channel", "key"),
    Index("ix_outgoing_next", "channel", "state", "not_before"),
    Index("ix_outgoing_first", "channel", "state", "address", "id"),
)
kept = Table(
    "kept",
    METADATA,
    Column("name", String(80), primary_key=True),
    Column("value", Text, nullable=False),  # JSON: what a channel has to know after a restart
)
tokens = Table(
    "tokens",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("access", Text, nullable=False),
    Column("refresh", Text, nullable=False),
    Column("expires", Float, nullable=False),
    Column("busy", Float, nullable=False),  # someone is renewing it until then
)
spent = Table(
    "spent",
    METADATA,
    Column("day", String(10), primary_key=True),  # ISO date
    Column("tokens", BigInteger, nullable=False),
    Column("money", Float, nullable=False),  # đồng
)
