"""A database with every table, once on a SQLite file and once on PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.engine import make_url

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


_TABLES = "tables"  # the PostgreSQL database that holds every table and no row
_files: list[bytes] = []
_servers: set[str] = set()


def _sqlite_with_tables(file: Path) -> None:
    if not _files:
        engine = create_engine(f"sqlite:///{file}")
        metadata.create_all(engine)
        engine.dispose()
        _files.append(file.read_bytes())
    file.write_bytes(_files[0])


async def _postgres_with_tables(name: str, server: str) -> None:
    connection = await asyncpg.connect(host=server, user="postgres", database="postgres")
    try:
        if server not in _servers:
            await connection.execute(f"CREATE DATABASE {_TABLES}")
            engines = Engines(f"postgresql+asyncpg://postgres@/{_TABLES}?host={server}")
            async with engines.write() as tables:
                await tables.run_sync(metadata.create_all)
            await engines.close()
            _servers.add(server)
        await connection.execute(f"DROP DATABASE {name}")
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {_TABLES} STRATEGY file_copy")
    finally:
        await connection.close()


async def with_tables(url: str) -> None:
    """Put every table into an empty database, by a copy: made once, however many tests begin with it."""
    address = make_url(url)
    assert address.database
    if address.get_backend_name() == "sqlite":
        _sqlite_with_tables(Path(address.database))
    else:
        await _postgres_with_tables(address.database, str(address.query["host"]))


@asynccontextmanager
async def opened(url: str, folder: Path) -> AsyncIterator[SqlDatabase]:
    """Open an empty database with every table; the members' keys lie in a file of the folder."""
    await with_tables(url)
    async with reopened(url, folder) as db:
        yield db


@asynccontextmanager
async def reopened(url: str, folder: Path) -> AsyncIterator[SqlDatabase]:
    """Open a database that has its tables, as a process does that comes after another one."""
    engines = Engines(url)
    if engines.sqlite:
        event.listen(engines.writer.sync_engine, "connect", _do_not_wait_for_disks)
    keys = await Keystore.open(f"sqlite+aiosqlite:///{folder / 'keys.sqlite3'}", HostKey(b"k" * 32))
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
async def postgres_database(postgres_url: str, tmp_path: Path) -> AsyncIterator[SqlDatabase]:
    """PostgreSQL alone, for its own ways."""
    async with opened(postgres_url, tmp_path) as db:
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
