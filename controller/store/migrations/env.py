"""Owns how a migration runs: on the connection that is handed in; opens nothing itself."""

from __future__ import annotations

from alembic import context

from controller.store.models import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
