"""When anything at all is due next, in one statement: for whoever moves the clock instead of waiting for it."""

from datetime import datetime

from sqlalchemy import bindparam, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.wins import WinState
from bot.storage.tables import DUE, PENDING, deliveries, guilds, nudges, wins

_LATER = wins.c.publish_at > bindparam("now", type_=wins.c.publish_at.type)
_EVERYTHING = union_all(
    select(func.min(nudges.c.due_at).label("at")).where(DUE),
    select(func.min(deliveries.c.next_try_at)).where(PENDING),
    select(func.min(guilds.c.weekly_due_at)),
    select(func.min(wins.c.publish_at)).where(wins.c.state == WinState.WAITING, _LATER),
).subquery()
# Built once: whoever walks through time asks hundreds of times.
_EARLIEST = select(func.min(_EVERYTHING.c.at))


async def earliest_due(connection: AsyncConnection, now: datetime) -> datetime | None:
    """The earliest check-in, delivery, weekly post or waiting win; in the past while something is left to do.

    An anonymous win whose time has come and that waits for company is not counted: no clock ends that wait.
    """
    earliest: datetime | None = (await connection.execute(_EARLIEST, {"now": now})).scalar_one()
    return earliest
