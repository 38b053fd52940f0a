"""How much waits to go out, for the host's figures: counted over the partial indexes, never over what is done."""

from datetime import datetime

from sqlalchemy import ColumnElement, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.nudges import DeliveryState
from bot.storage.tables import CLAIMED, DUE, PENDING, deliveries, nudges


async def waiting(connection: AsyncConnection, now: datetime) -> dict[str, int]:
    """Check-ins overdue (`due`) and `claimed`; messages due now, `made` and `sending`."""
    due_now = deliveries.c.next_try_at <= now
    parts = {
        "due": _count(nudges, DUE & (nudges.c.due_at <= now)),
        "claimed": _count(nudges, CLAIMED),
        "made": _count(deliveries, PENDING & (deliveries.c.state == DeliveryState.MADE) & due_now),
        "sending": _count(deliveries, PENDING & (deliveries.c.state == DeliveryState.SENDING)),
    }
    row = (await connection.execute(select(*(part.label(name) for name, part in parts.items())))).one()
    return dict(row._mapping)


def _count(table: Table, condition: ColumnElement[bool]) -> "ColumnElement[int]":
    return select(func.count()).select_from(table).where(condition).scalar_subquery()
