"""When the nightly copy of the data is made: in a quiet hour, or as soon as it can be when that hour was missed."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.operations.vitals import Disk

QUIET_HOUR = 3
"""UTC: night in Lagos and Cairo, before work in Karachi and Manila, late evening in the Americas."""
A_NIGHT = timedelta(hours=20)
MISSED_AFTER = timedelta(hours=26)
AGAIN_AFTER = timedelta(hours=1)


def due(newest_at: datetime | None, now: datetime) -> bool:
    """Whether a copy is to be made, given when the newest one was."""
    if newest_at is None:
        return True
    age = now - newest_at
    return age >= MISSED_AFTER or (age >= A_NIGHT and now.hour == QUIET_HOUR)


def fits(disk: Disk | None) -> bool:
    """Whether a copy leaves at least as much room as it takes; unknown counts as room."""
    return disk is None or disk.free >= 2 * disk.database


class Nightly:
    """The job of every few minutes. A copy that would fill the disk is not begun, and the host is told."""

    def __init__(
        self,
        newest_at: Callable[[], datetime | None],
        make: Callable[[datetime], Awaitable[None]],
        disk: Callable[[], Disk | None],
        tell: Callable[[str], Awaitable[None]],
    ) -> None:
        self._newest_at = newest_at
        self._make = make
        self._disk = disk
        self._tell = tell
        self._tried_at: datetime | None = None

    async def run(self, now: datetime) -> None:
        """Make the copy if it is due and fits; what did not succeed is tried again an hour later."""
        tried = self._tried_at is not None and timedelta(0) <= now - self._tried_at < AGAIN_AFTER
        if tried or not due(self._newest_at(), now):
            return
        self._tried_at = now
        if fits(self._disk()):
            await self._make(now)
        else:
            await self._tell("no-room-for-a-backup")
