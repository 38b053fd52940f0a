"""Which patterns a member has said are not theirs. Nothing of the entries is in it."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import declined_patterns

_DECLINE = {
    "sqlite": sqlite_insert(declined_patterns).on_conflict_do_nothing(),
    "postgresql": postgresql_insert(declined_patterns).on_conflict_do_nothing(),
}


class PatternStore:
    """Reads and writes one member's own answers inside one transaction; every query names the owner."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def declined(self, user_id: int) -> set[tuple[str, str]]:
        """Pattern and theme of each that is not theirs."""
        table = declined_patterns.c
        statement = select(table.pattern, table.theme).where(table.user_id == user_id)
        return {(row.pattern, row.theme) for row in await self._connection.execute(statement)}

    async def decline(self, user_id: int, pattern: str, theme: str, now: datetime) -> None:
        """Note it; said twice it is noted once."""
        row = {"user_id": user_id, "pattern": pattern, "theme": theme, "declined_at": now}
        await self._connection.execute(_DECLINE[self._connection.dialect.name], row)

    async def take_back(self, user_id: int, pattern: str, theme: str) -> bool:
        """Forget the answer; False when there was none."""
        table = declined_patterns.c
        statement = delete(declined_patterns).where(
            table.user_id == user_id, table.pattern == pattern, table.theme == theme
        )
        return (await self._connection.execute(statement)).rowcount == 1
