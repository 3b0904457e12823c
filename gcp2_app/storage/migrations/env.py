"""Runs the migrations on the connection that :mod:`gcp2_app.storage.migrate` hands over."""

from alembic import context

from gcp2_app.storage.schema import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    # SQLite alters a table by making it anew.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
