"""A message that was sent ahead of an answer is known, so that the answer can take its place; what a language model
has cost each day is shared by all processes and outlives them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("outgoing", sa.Column("sent_as", sa.String(40), nullable=False, server_default=""))
    op.create_table(
        "spent",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("tokens", sa.BigInteger, nullable=False),
        sa.Column("money", sa.Float, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("spent")
    with op.batch_alter_table("outgoing") as batch:
        batch.drop_column("sent_as")
