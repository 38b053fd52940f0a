"""Who uses a database at this moment: bots side by side, or one command that needs it for itself.

Kept by the operating system (a lock on a file beside SQLite's) or by PostgreSQL (an advisory lock of a connection), so
that a process that dies lets go of it, however it dies.
"""

import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.storage.engine import async_url

_PLACE = 0x5F0C_C0B1  # one number for all that use one PostgreSQL database
_ENDING = ".lock"


class InUse(Exception):
    """Somebody else uses the database in a way that does not go together with ours."""


@asynccontextmanager
async def occupied(url: str, *, alone: bool = False) -> AsyncIterator[None]:
    """Hold a database while the block runs, beside other bots or `alone`. Raises InUse at once when it cannot be."""
    address = make_url(async_url(url))
    if address.get_backend_name() != "sqlite":
        async with _advisory(async_url(url), alone=alone):
            yield
    elif address.database:
        with _file_lock(Path(address.database + _ENDING), alone=alone):
            yield
    else:
        yield


@asynccontextmanager
async def _advisory(url: str, *, alone: bool) -> AsyncIterator[None]:
    engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    lock = func.pg_try_advisory_lock if alone else func.pg_try_advisory_lock_shared
    try:
        async with engine.connect() as connection:
            if not (await connection.execute(select(lock(_PLACE)))).scalar_one():
                raise InUse
            yield
    finally:
        await engine.dispose()


@contextmanager
def _file_lock(path: Path, *, alone: bool) -> Iterator[None]:
    """A file of its own: a lock on the database file itself would get between SQLite and its locks."""
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415 - there is none on Windows

    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse from None
        yield
    finally:
        os.close(handle)
