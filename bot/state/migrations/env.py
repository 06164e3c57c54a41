"""Runs inside the transaction that `open_state` has begun."""

from alembic import context

from bot.state.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True)
context.run_migrations()
