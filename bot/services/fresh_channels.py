"""When a new channel of direct messages may be opened: ten in ten minutes, for all processes and over restarts."""

import json
from datetime import UTC, datetime, timedelta

from bot.services.outbox import Pace
from bot.services.ports import Database

OPENED = "dm-channels-opened"
TRIES = 3
SOON = timedelta(seconds=1)


async def opens_at(db: Database, pace: Pace, user_id: int, now: datetime) -> datetime | None:
    """Take one opening: None when it may be now, else when this member's turn comes. One write for each opening."""
    for _ in range(TRIES):
        async with db.write() as tx:
            seen = await tx.facts.get(OPENED)
            opened = [datetime.fromtimestamp(at, UTC) for at in json.loads(seen or "[]")]
            free_at = pace.opens_at(user_id, now, opened)
            if free_at is not None:
                return free_at
            taken = [at.timestamp() for at in pace.opened]
            if await tx.facts.swap(OPENED, seen, json.dumps(taken), now):
                return None
    return now + SOON
