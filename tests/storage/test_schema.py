"""Migrations: the way up, the way down, and the tables the code believes in."""

from collections.abc import AsyncIterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from bot.storage import tables
from bot.storage.columns import metadata
from bot.storage.engine import Engines
from bot.storage.schema import SchemaRefused, current, head, migrate


@pytest.fixture
async def engines(database_url: str) -> AsyncIterator[Engines]:
    opened = Engines(database_url)
    yield opened
    await opened.close()


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


def _names(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


async def test_an_empty_database_becomes_the_tables_the_code_believes_in(engines: Engines) -> None:
    assert await current(engines) is None
    assert await migrate(engines) == (None, head())
    assert tables.members.metadata is metadata
    async with engines.read() as connection:
        assert await connection.run_sync(_differences) == []
        assert await connection.run_sync(_names) == {*metadata.tables, "alembic_version"}


async def test_down_to_nothing_and_up_again(engines: Engines) -> None:
    await migrate(engines)
    await migrate(engines, "base")
    async with engines.read() as connection:
        assert await connection.run_sync(_names) == {"alembic_version"}
    await migrate(engines)
    async with engines.read() as connection:
        assert await connection.run_sync(_differences) == []


async def test_migrating_twice_changes_nothing(engines: Engines) -> None:
    await migrate(engines)
    assert await migrate(engines) == (head(), head())


async def test_a_database_of_a_newer_program_is_refused(engines: Engines) -> None:
    await migrate(engines)
    async with engines.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaRefused, match="newer version"):
        await migrate(engines)


async def test_every_sqlite_connection_keeps_what_it_promises(sqlite_url: str) -> None:
    opened = Engines(sqlite_url)
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 5000,
    }
    try:
        for engine in (opened.writer, opened.reader):
            async with engine.connect() as connection:
                for pragma, value in expected.items():
                    assert (await connection.execute(text(f"PRAGMA {pragma}"))).scalar_one() == value
    finally:
        await opened.close()
