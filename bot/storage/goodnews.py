"""Good news in rows; who it came from is sealed with the member's key."""

from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.goodnews import GoodNewsEntry
from bot.storage.keystore import Keystore
from bot.storage.sealing import Sealing
from bot.storage.tables import goodnews
from bot.storage.tables.parts import readable

_TABLE = "goodnews"
_READ = readable(goodnews)


def _entry(row: Row[Any], sealing: Sealing) -> GoodNewsEntry:
    values = dict(row._mapping)
    values["who"] = sealing.open(row.who, "who", row.id)
    return GoodNewsEntry(**values)


class GoodNewsStore:
    """Reads and writes one member's good news inside one transaction; every query names the owner."""

    def __init__(self, connection: AsyncConnection, keys: Keystore) -> None:
        self._connection = connection
        self._keys = keys

    async def add(self, entry: GoodNewsEntry) -> None:
        """Store an entry."""
        sealing = await Sealing.of(self._keys, entry.user_id, _TABLE)
        values = {
            "id": entry.id,
            "user_id": entry.user_id,
            "kind": entry.kind,
            "traces": sealing.traces(entry.id, entry.who),
            "who": sealing.seal(entry.who, "who", entry.id),
            "rejection_id": entry.rejection_id,
            "happened_on": entry.happened_on,
            "logged_at": entry.logged_at,
        }
        await self._connection.execute(goodnews.insert().values(**values))

    async def get(self, user_id: int, entry_id: int) -> GoodNewsEntry | None:
        """The member's own entry, or None."""
        return next((one for one in await self.listed(user_id) if one.id == entry_id), None)

    async def listed(self, user_id: int) -> list[GoodNewsEntry]:
        """The member's good news, newest first."""
        statement = (
            select(*_READ)
            .where(goodnews.c.user_id == user_id)
            .order_by(goodnews.c.happened_on.desc(), goodnews.c.id.desc())
        )
        rows = (await self._connection.execute(statement)).all()
        if not rows:
            return []
        sealing = await Sealing.of(self._keys, user_id, _TABLE)
        return [_entry(row, sealing) for row in rows]

    async def delete(self, user_id: int, entry_id: int) -> bool:
        """Delete the member's own entry; False when it is not there."""
        statement = delete(goodnews).where(goodnews.c.user_id == user_id, goodnews.c.id == entry_id)
        return (await self._connection.execute(statement)).rowcount == 1
