"""Whether the database takes a write at this moment, and how much waits in it. It never raises: a host wants an answer."""

import asyncio
import logging
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.errors import DiskFull
from bot.storage.queue import waiting
from bot.storage.unit import SqlDatabase

ALIVE = "alive"
"""The fact that is written to find out; its value is when."""
ASK_EVERY = timedelta(seconds=15)
PATIENCE_SECONDS = 5.0

log = logging.getLogger(__name__)


class DatabaseProbe:
    """Writes one small fact, at most every 15 s, however often it is asked; one write that hangs is not joined by another."""

    def __init__(self, db: SqlDatabase) -> None:
        self._db = db
        self._asked_at: datetime | None = None
        self._writable = False
        self._writing: asyncio.Task[bool] | None = None

    async def writable(self, now: datetime) -> bool:
        """Whether a write was committed within five seconds."""
        if self._asked_at is not None and timedelta(0) <= now - self._asked_at < ASK_EVERY:
            return self._writable
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write(now))
        done, _ = await asyncio.wait({self._writing}, timeout=PATIENCE_SECONDS)
        self._asked_at, self._writable = now, bool(done) and self._writing.result()
        return self._writable

    async def _write(self, now: datetime) -> bool:
        try:
            async with self._db.write(aside=True) as tx:
                await tx.facts.set(ALIVE, now.isoformat(), now)
        except (SQLAlchemyError, DiskFull, OSError) as error:
            log.error("the database takes no write: %s", type(error).__name__)
            return False
        return True

    async def waiting(self, now: datetime) -> dict[str, int] | None:
        """What is to go out, by state; None when it cannot be read."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS), self._db.engines.read(aside=True) as connection:
                return await waiting(connection, now)
        except (SQLAlchemyError, OSError):
            return None
