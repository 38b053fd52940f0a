"""Brings a database to the schema this program knows, and refuses one it does not know."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import Engines

MIGRATIONS = Path(__file__).with_name("migrations")


class SchemaRefused(Exception):
    """The database was written by a newer program, or its rows do not fit together."""


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


async def current(engines: Engines) -> str | None:
    """The revision the database is at; None for an empty one."""
    async with engines.read() as connection:
        return await connection.run_sync(_revision)


@cache
def _revisions() -> tuple[str, ...]:
    """Every revision this program knows, the newest first."""
    return tuple(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def head() -> str:
    """The revision this program was written for."""
    return _revisions()[0]


async def migrate(engines: Engines, target: str = "head") -> tuple[str | None, str | None]:
    """Bring the database to `target` and give (before, after).

    On SQLite foreign keys are off, outside the transaction, while tables are rebuilt: a batch migration with
    cascades would delete the child rows. Afterwards every reference is checked. Raises SchemaRefused.
    """
    before = await current(engines)
    if before == head() and target == "head":
        return before, before
    if before is not None and before not in _revisions():
        raise SchemaRefused(
            f"the database is at {before}, which this version does not know: use a newer version"
        )
    async with engines.rebuild() as connection:
        await connection.run_sync(run_migrations, target)
        await _check_references(connection)
    return before, await current(engines)


def run_migrations(connection: Connection, target: str = "head") -> None:
    """Every step to `target`, in the transaction of the caller."""
    config = _config(connection)
    if target == "base":
        command.downgrade(config, "base")
    else:
        command.upgrade(config, target)


async def _check_references(connection: AsyncConnection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = (await connection.execute(text("PRAGMA foreign_key_check"))).all()
    if broken:
        raise SchemaRefused(f"{len(broken)} rows point at nothing after the migration; it was rolled back")
