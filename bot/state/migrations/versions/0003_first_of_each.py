"""The first update and the first message of each chat are found without reading all that waits."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_index("ix_incoming_first", "incoming", ["channel", "state", "chat", "id"])
    op.create_index("ix_outgoing_first", "outgoing", ["channel", "state", "address", "id"])


def downgrade() -> None:
    op.drop_index("ix_outgoing_first", table_name="outgoing")
    op.drop_index("ix_incoming_first", table_name="incoming")
