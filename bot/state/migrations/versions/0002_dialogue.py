"""What a dialogue remembers, whose update waits, and what a channel keeps over a restart."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("chats", sa.Column("pending", sa.Text(), nullable=False, server_default=""))
    op.add_column("turns", sa.Column("liked", sa.Integer(), nullable=True))
    op.add_column("incoming", sa.Column("chat", sa.String(length=200), nullable=False, server_default=""))
    op.create_table(
        "kept",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_kept")),
    )


def downgrade() -> None:
    op.drop_table("kept")
    for table, column in (("incoming", "chat"), ("turns", "liked"), ("chats", "pending")):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)
