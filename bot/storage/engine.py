"""Opens the database. SQLite gets one writer and a few readers; PostgreSQL gets a pool."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, NullPool
from sqlalchemy.util import await_only

from bot.errors import DiskFull
from bot.storage.ballast import Ballast
from bot.storage.onehop import WRITE, OneHopConnection, run_aside, use_one_hop

BUSY_TIMEOUT_MS = 5000
READERS = 4

_POSTGRES_DISK_FULL = "53100"

_PRAGMAS = (
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
)


def async_url(url: str) -> str:
    """The same address with the asynchronous driver this project uses. Raises ValueError for other engines."""
    parsed = make_url(url)
    drivers = {
        "sqlite": "sqlite+aiosqlite",
        "postgresql": "postgresql+asyncpg",
        "postgres": "postgresql+asyncpg",
    }
    name = parsed.drivername.split("+")[0]
    if name not in drivers:
        raise ValueError(f"{name} is not a database this bot knows: use sqlite or postgresql")
    return parsed.set(drivername=drivers[name]).render_as_string(hide_password=False)


def make_folder(url: str) -> None:
    """Make the folder a SQLite file lies in, for its owner alone; nothing to do for a server's address."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        Path(address.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def _write_ahead(cursor: Any) -> None:
    """Set the journal. Of two that open a new file at once SQLite refuses one without waiting, so that one waits here."""
    until = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            await_only(asyncio.sleep(0.01))
        else:
            return


def _prepare_sqlite(engine: Engine, begin: str, *, foreign_keys: bool = True) -> None:
    """Set the pragmas on every connection and take over BEGIN from the driver, which would begin too late."""
    use_one_hop(engine)

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        _write_ahead(cursor)
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        cursor.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        driver = connection.connection.dbapi_connection
        assert isinstance(driver, OneHopConnection)
        driver.begin_with_next(begin)


def _open(url: str, size: int, begin: str) -> AsyncEngine:
    engine = create_async_engine(
        url, hide_parameters=True, pool_size=size, max_overflow=0, poolclass=AsyncAdaptedQueuePool
    )
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine.sync_engine, begin)
    return engine


def _is_full(error: DBAPIError) -> bool:
    """Whether the database said that its disk is full: SQLite by its result code, PostgreSQL by its state."""
    found = error.orig
    code = getattr(found, "sqlite_errorcode", None)
    return code == sqlite3.SQLITE_FULL or getattr(found, "sqlstate", None) == _POSTGRES_DISK_FULL


class Engines:
    """The reader and the writer of one database.

    On SQLite every write begins with BEGIN IMMEDIATE on the single writer connection: a deferred transaction that
    upgrades later ignores the busy timeout. On PostgreSQL both are the same pool.
    """

    def __init__(self, url: str) -> None:
        address = async_url(url)
        self.sqlite = make_url(address).get_backend_name() == "sqlite"
        self.writer = _open(address, 1 if self.sqlite else 10, WRITE)
        self.reader = _open(address, READERS, "BEGIN") if self.sqlite else self.writer
        self._turn = asyncio.Lock() if self.sqlite else None
        self.ballast = Ballast.beside(self.writer.url.database) if self.sqlite else None
        self.on_write: Callable[[float], None] = lambda _seconds: None
        self.on_full: Callable[[], None] = lambda: None

    @property
    def there(self) -> bool:
        """Whether the SQLite file exists; a server's database is taken to. Opening one that does not would make it."""
        return not self.sqlite or Path(self.writer.url.database or "").exists()

    @asynccontextmanager
    async def write(self, *, aside: bool = False) -> AsyncIterator[AsyncConnection]:
        """A connection inside a write transaction: committed at the end, rolled back on any error.

        `aside` is for work over many rows: on SQLite no statement of it runs on the event loop. Raises DiskFull when there
        was no room for it. `on_write` hears how long it waited and wrote, in seconds.
        """
        begun = time.monotonic()
        try:
            async with self._turn or nullcontext(), self.writer.begin() as connection:
                run_aside(connection, aside=aside)
                yield connection
        except DBAPIError as error:
            if not _is_full(error):
                raise
            self.on_full()
            raise DiskFull from None
        finally:
            self.on_write(time.monotonic() - begun)

    async def make_room(self) -> bool:
        """On a full disk: let the ballast go, so that an erasure can be written. Whether there was any."""
        return self.ballast is not None and await asyncio.to_thread(self.ballast.free)

    @asynccontextmanager
    async def read(self, *, aside: bool = False) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one consistent picture and is never written through. `aside` as in `write`."""
        async with self.reader.connect() as connection:
            run_aside(connection, aside=aside)
            yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one instant from its first statement to its last, and is never written through."""
        async with self.reader.connect() as connection:
            run_aside(connection, aside=True)
            if not self.sqlite:
                options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
                await connection.execution_options(**options)
            async with connection.begin():
                yield connection

    @asynccontextmanager
    async def rebuild(self) -> AsyncIterator[AsyncConnection]:
        """A connection for migrations: SQLite's foreign keys are off there, set before the transaction begins."""
        if not self.sqlite:
            async with self.writer.begin() as connection:
                yield connection
            return
        engine = create_async_engine(self.writer.url, hide_parameters=True, poolclass=NullPool)
        _prepare_sqlite(engine.sync_engine, WRITE, foreign_keys=False)
        try:
            async with self._turn or asyncio.Lock(), engine.begin() as connection:
                yield connection
        finally:
            await engine.dispose()

    async def truncate_log(self) -> None:
        """After an erasure: move every page out of SQLite's write-ahead log and empty it."""
        if not self.sqlite:
            return
        # Nothing is executed through SQLAlchemy here: that would begin a transaction, in which no checkpoint runs.
        async with self._turn or asyncio.Lock(), self.writer.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            await (await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")).close()

    async def close(self) -> None:
        """Give every connection back."""
        await self.writer.dispose()
        if self.reader is not self.writer:
            await self.reader.dispose()
