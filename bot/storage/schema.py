"""Brings a database to the schema this program knows, and refuses one it does not know."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, func, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import Engines

MIGRATIONS = Path(__file__).with_name("migrations")


class SchemaRefused(Exception):
    """The database was written by a newer program, or its rows do not fit together."""


def _config(connection: Connection | None = None, scripts: Path = MIGRATIONS) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.attributes["connection"] = connection
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


async def current(engines: Engines) -> str | None:
    """The revision the database is at; None for an empty one."""
    async with engines.read() as connection:
        return await connection.run_sync(_revision)


@cache
def _revisions(scripts: Path = MIGRATIONS) -> tuple[str, ...]:
    """Every revision there is, the newest first."""
    found = ScriptDirectory.from_config(_config(scripts=scripts)).walk_revisions()
    return tuple(script.revision for script in found)


def head() -> str:
    """The revision this program was written for."""
    return _revisions()[0]


async def is_older(engines: Engines) -> bool:
    """Whether the database was written by an earlier version, so that a migration would change it."""
    return engines.there and await current(engines) in _revisions()[1:]


async def migrate(
    engines: Engines, target: str = "head", *, scripts: Path = MIGRATIONS
) -> tuple[str | None, str | None]:
    """Bring the database to `target` and give (before, after).

    On SQLite foreign keys are off, outside the transaction, while tables are rebuilt: a batch migration with
    cascades would delete the child rows. Afterwards every reference is checked and every table counted. It is one
    transaction: old or new, whatever happens. Raises SchemaRefused.
    """
    before = await current(engines)
    if before == _revisions(scripts)[0] and target == "head":
        return before, before
    if before is not None and before not in _revisions(scripts):
        raise SchemaRefused(
            f"the database is at {before}, which this version does not know: use a newer version"
        )
    async with engines.rebuild() as connection:
        rows = await connection.run_sync(_rows)
        await connection.run_sync(run_migrations, target, scripts)
        await _check_references(connection)
        _check_counts(rows, await connection.run_sync(_rows))
    return before, await current(engines)


def run_migrations(connection: Connection, target: str = "head", scripts: Path = MIGRATIONS) -> None:
    """Every step to `target`, in the transaction of the caller."""
    config = _config(connection, scripts)
    if target == "base":
        command.downgrade(config, "base")
    else:
        command.upgrade(config, target)


def _rows(connection: Connection) -> dict[str, int]:
    """How many rows each table has that is there."""
    tables = [Table(name, MetaData()) for name in inspect(connection).get_table_names()]
    counts = ((table, connection.execute(select(func.count()).select_from(table))) for table in tables)
    return {table.name: count.scalar_one() for table, count in counts}


def _check_counts(before: dict[str, int], after: dict[str, int]) -> None:
    """A table that stays keeps its rows. Alembic's own one-row table is not asked."""
    fewer = sorted(name for name in before if after.get(name, before[name]) < before[name])
    if fewer and fewer != ["alembic_version"]:
        raise SchemaRefused(f"the migration would lose rows of {', '.join(fewer)}; it was rolled back")


async def _check_references(connection: AsyncConnection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = (await connection.execute(text("PRAGMA foreign_key_check"))).all()
    if broken:
        raise SchemaRefused(f"{len(broken)} rows point at nothing after the migration; it was rolled back")
