"""The program's own small facts: a hash, a hold, a last tick. Nothing about a member belongs here."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import facts


class FactStore:
    """Names and values inside one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, name: str) -> str | None:
        """The value, or None when it was never set."""
        statement = select(facts.c.value).where(facts.c.name == name)
        return (await self._connection.execute(statement)).scalar_one_or_none()

    async def set(self, name: str, value: str, now: datetime) -> None:
        """Keep a value under a name, in place of an earlier one."""
        insert = sqlite_insert if self._connection.dialect.name == "sqlite" else postgresql_insert
        statement = insert(facts).values(name=name, value=value, set_at=now)
        changes = {"value": statement.excluded.value, "set_at": statement.excluded.set_at}
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=changes))

    async def swap(self, name: str, seen: str | None, value: str, now: datetime) -> bool:
        """Keep a value if the one there is still what was `seen` (None: there was none); of two, one alone gets True."""
        if seen is not None:
            statement = update(facts).where(facts.c.name == name, facts.c.value == seen)
            return (await self._connection.execute(statement.values(value=value, set_at=now))).rowcount == 1
        insert = sqlite_insert if self._connection.dialect.name == "sqlite" else postgresql_insert
        made = insert(facts).values(name=name, value=value, set_at=now).on_conflict_do_nothing()
        return (await self._connection.execute(made.returning(facts.c.name))).first() is not None

    async def forget(self, name: str) -> None:
        """Drop a fact; nothing happens when it is not there."""
        await self._connection.execute(delete(facts).where(facts.c.name == name))

    async def oldest(self, prefix: str, limit: int) -> list[tuple[str, str]]:
        """Names that begin with a prefix, with their values; those set the longest ago come first."""
        begins = facts.c.name.startswith(prefix, autoescape=True)
        statement = select(facts.c.name, facts.c.value).where(begins).order_by(facts.c.set_at, facts.c.name)
        return [(row.name, row.value) for row in await self._connection.execute(statement.limit(limit))]

    async def names(self, prefix: str) -> list[str]:
        """The names that begin with a prefix, in their order."""
        statement = select(facts.c.name).where(facts.c.name.startswith(prefix, autoescape=True))
        return sorted((await self._connection.execute(statement)).scalars())
