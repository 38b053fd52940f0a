"""Everything that belongs to one member, table by table: what an export gives and an erasure takes. One registry.

A table with a column for a user that is missing here makes `tests/meta/test_owned.py` fail.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, LargeBinary, Row, Table, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.breath import in_breaths
from bot.storage import tables
from bot.storage.keystore import Keystore
from bot.storage.sealing import Sealing
from bot.storage.tables.parts import readable


@dataclass(frozen=True, slots=True)
class Owned:
    """One table with the column that names its owner."""

    table: Table
    owner: Column[Any]

    @property
    def name(self) -> str:
        """The table's name, which is also its name in an export."""
        return self.table.name

    @property
    def sealed(self) -> tuple[str, ...]:
        """The columns whose text is sealed with the owner's key."""
        return tuple(column.name for column in self.table.c if isinstance(column.type, LargeBinary))


# In the order of erasure: what points at something goes before it, the member goes last.
OWNED = tuple(
    Owned(table, table.c.user_id)
    for table in (
        tables.kudos,
        tables.wins,
        tables.nudges,
        tables.post_names,
        tables.deliveries,
        tables.actions,
        tables.challenge_days,
        tables.challenges,
        tables.declined_patterns,
        tables.drafts,
        tables.journal_answers,
        tables.journal,
        tables.goodnews,
        tables.rejections,
        tables.counters,
        tables.memberships,
        tables.receipts,
        tables.members,
    )
)


class OwnedStore:
    """Reads, counts and deletes all of one member's rows inside one transaction."""

    def __init__(self, connection: AsyncConnection, keys: Keystore) -> None:
        self._connection = connection
        self._keys = keys

    async def rows(self, user_id: int) -> dict[str, list[dict[str, object]]]:
        """Every row of the member's, by table, with their texts opened. Values are as Python has them."""
        found: dict[str, list[dict[str, object]]] = {}
        for owned in OWNED:
            order = owned.table.primary_key.columns
            statement = select(*readable(owned.table)).where(owned.owner == user_id).order_by(*order)
            rows = (await self._connection.execute(statement)).all()
            found[owned.name] = [await self._opened(owned, user_id, row) async for row in in_breaths(rows)]
        return found

    async def _opened(self, owned: Owned, user_id: int, row: Row[Any]) -> dict[str, object]:
        values = dict(row._mapping)
        if any(values[column] is not None for column in owned.sealed):
            sealing = await Sealing.of(self._keys, user_id, owned.name)
            for column in owned.sealed:
                values[column] = sealing.open(values[column], column, row.id)
        return values

    async def counts(self, user_id: int) -> dict[str, int]:
        """How many rows of each table are the member's."""
        found = {}
        for owned in OWNED:
            statement = select(func.count()).select_from(owned.table).where(owned.owner == user_id)
            found[owned.name] = (await self._connection.execute(statement)).scalar_one()
        return found

    async def erase(self, user_id: int) -> None:
        """Delete every row of the member's. Their part of the group's counters must have been taken away before."""
        for owned in OWNED:
            await self._connection.execute(delete(owned.table).where(owned.owner == user_id))
