"""Looks after the room on the disk: keeps the spare file in its place, and tells the host before the disk is full."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from bot.operations.health import DISK_FULL_SHARE
from bot.operations.vitals import Disk

TELL_EVERY = timedelta(hours=6)


class Spare(Protocol):
    """The spare file beside the database; see bot.storage.ballast."""

    @property
    def path(self) -> Path: ...
    @property
    def whole(self) -> bool: ...
    def fill(self) -> bool: ...


class Room:
    """The job of every few minutes, for a SQLite database in a file."""

    def __init__(self, spare: Spare, database: Path, tell: Callable[[str], Awaitable[None]]) -> None:
        self._spare = spare
        self._database = database
        self._tell = tell
        self._told_at: datetime | None = None

    def look(self) -> Disk | None:
        """How full the disk is; None when the folder is gone."""
        parts = (self._database, self._database.with_name(f"{self._database.name}-wal"))
        try:
            usage = shutil.disk_usage(self._database.parent)
            size = sum(part.stat().st_size for part in parts if part.exists())
        except OSError:
            return None
        return Disk(total=usage.total, free=usage.free, database=size, ballast=self._spare.whole)

    async def tend(self, now: datetime) -> None:
        """Put the spare file back where it went, and tell the host, four times a day at most, of a disk nearly full."""
        await asyncio.to_thread(self._spare.fill)
        disk = self.look()
        if disk is None or disk.used_share < DISK_FULL_SHARE:
            self._told_at = None
        elif self._told_at is None or now - self._told_at >= TELL_EVERY:
            self._told_at = now
            await self._tell("disk-nearly-full")
