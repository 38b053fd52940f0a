"""One receipt per interaction that wrote something, because Discord replays events after a resume."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import receipts


def _claim(insert: Any) -> Any:
    new = insert(receipts).on_conflict_do_nothing(index_elements=["interaction_id"])
    return new.returning(receipts.c.interaction_id)


# Built once: every saved form says it.
_CLAIM = {"sqlite": _claim(sqlite_insert), "postgresql": _claim(postgresql_insert)}


class ReceiptStore:
    """Claims interaction ids inside the transaction that does their work."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def claim(self, interaction_id: int, user_id: int, made_id: int | None, now: datetime) -> bool:
        """True for the first delivery of this interaction, False for a replay (which then must write nothing)."""
        row = {"interaction_id": interaction_id, "user_id": user_id, "made_id": made_id, "made_at": now}
        statement = _CLAIM[self._connection.dialect.name]
        return (await self._connection.execute(statement, row)).first() is not None

    async def made(self, interaction_id: int) -> int | None:
        """What the interaction made the first time, if anything."""
        statement = select(receipts.c.made_id).where(receipts.c.interaction_id == interaction_id)
        return (await self._connection.execute(statement)).scalar_one_or_none()
