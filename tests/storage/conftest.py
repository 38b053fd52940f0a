"""A database with every table, once on a SQLite file and once on PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.crypto import HostKey
from bot.storage.columns import metadata
from bot.storage.engine import Engines
from bot.storage.keystore import Keystore
from bot.storage.schema import migrate
from bot.storage.unit import SqlDatabase
from tests.storage.everything import fill


def _do_not_wait_for_disks(connection: Any, _record: object) -> None:
    """These tests kill processes, not machines; what was committed is there either way."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


@asynccontextmanager
async def opened(url: str, folder: Path) -> AsyncIterator[SqlDatabase]:
    """Open a database and make its tables; the members' keys lie in a file of the folder."""
    engines = Engines(url)
    if engines.sqlite:
        event.listen(engines.writer.sync_engine, "connect", _do_not_wait_for_disks)
    keys = await Keystore.open(f"sqlite+aiosqlite:///{folder / 'keys.sqlite3'}", HostKey(b"k" * 32))
    async with engines.write() as connection:
        await connection.run_sync(metadata.create_all)
    try:
        yield SqlDatabase(engines, keys)
    finally:
        await engines.close()
        await keys.close()


@pytest.fixture
async def database(database_url: str, tmp_path: Path) -> AsyncIterator[SqlDatabase]:
    """Both engines, one after the other; a test that takes it runs twice."""
    async with opened(database_url, tmp_path) as db:
        yield db


@pytest.fixture
async def sqlite_database(sqlite_url: str, tmp_path: Path) -> AsyncIterator[SqlDatabase]:
    """A SQLite file alone, for what does not touch the engines' own ways."""
    async with opened(sqlite_url, tmp_path) as db:
        yield db


@pytest.fixture
async def filled(database_url: str) -> AsyncIterator[Engines]:
    """A migrated database with rows in every table, once on each engine."""
    engines = Engines(database_url)
    await migrate(engines)
    async with engines.write() as connection:
        await fill(connection, each=25)
    yield engines
    await engines.close()
