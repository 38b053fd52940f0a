"""Who uses a database at this moment: one bot on a SQLite file, bots side by side on PostgreSQL, or a command alone.

Kept by the operating system (a lock on a file beside SQLite's) or by PostgreSQL (an advisory lock of a connection), so
that a process that dies lets go of it, however it dies.
"""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.storage.engine import async_url

_PLACE = 0x5F0C_C0B1  # one number for all that use one PostgreSQL database
_ENDING = ".lock"
_ASK_EVERY_SECONDS = 0.2


class InUse(Exception):
    """Somebody else uses the database in a way that does not go together with ours."""


@asynccontextmanager
async def occupied(url: str, *, alone: bool = False, patience: float = 0.0) -> AsyncIterator[None]:
    """Hold a database while the block runs, `alone`, or beside other bots where the engine lets several write.

    So on SQLite a second bot is refused as well. Raises InUse when it is not free within `patience` seconds.
    """
    file = make_url(async_url(url)).database
    give_up_at = time.monotonic() + patience
    async with AsyncExitStack() as held:
        while True:
            lock = _advisory(async_url(url), alone=alone) if is_server(url) else _file_lock(file)
            try:
                await held.enter_async_context(lock)
                break
            except InUse:
                if time.monotonic() >= give_up_at:
                    raise
            await asyncio.sleep(_ASK_EVERY_SECONDS)
        yield


def is_server(url: str) -> bool:
    """Whether the address is a database server's, which several processes can share. Raises ValueError."""
    return make_url(async_url(url)).get_backend_name() != "sqlite"


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


@asynccontextmanager
async def _file_lock(database: str | None) -> AsyncIterator[None]:
    """A file of its own: a lock on the database file itself would get between SQLite and its locks."""
    if sys.platform == "win32" or not database:
        yield
        return
    import fcntl  # noqa: PLC0415 - there is none on Windows

    path = Path(database + _ENDING)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse from None
        yield
    finally:
        os.close(handle)
