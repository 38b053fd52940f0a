"""Alembic's entry: runs on the connection that bot.storage.schema hands over."""

from alembic import context

from bot.storage import tables
from bot.storage.columns import metadata

assert tables is not None

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    user_module_prefix="columns.",
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
