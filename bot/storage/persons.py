"""People named in what members wrote: found by the traces of a row, and opened in those few rows alone."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Table, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.people import Place
from bot.storage.keystore import Keystore
from bot.storage.members import lock_member
from bot.storage.owned import OWNED, Owned
from bot.storage.sealing import Sealing

_AT_ONCE = 500
TRACED = {owned.name: owned for owned in OWNED if "traces" in owned.table.c}

Change = Callable[[str, str], tuple[str, int]]
"""Given `table.column` and its text: another text, and how many times it differs."""


class PersonStore:
    """Looks across members, inside one transaction; nothing it gives holds a word of theirs."""

    def __init__(self, connection: AsyncConnection, keys: Keystore) -> None:
        self._connection = connection
        self._keys = keys

    async def holding(self, words: Iterable[str]) -> list[Place]:
        """The rows that may hold all of these words, by their traces alone."""
        wanted, found = frozenset(words), list[Place]()
        for name, owned in TRACED.items():
            table = owned.table
            statement = select(table.c.id, table.c.user_id, table.c.traces).where(table.c.traces.is_not(None))
            rows = await self._connection.stream(statement.order_by(table.c.user_id))
            async for batch in rows.partitions(_AT_ONCE):
                keys = await self._keys.several(list({row.user_id for row in batch}))
                found += [
                    Place(name, row.id, row.user_id)
                    for row in batch
                    if (key := keys.get(row.user_id)) is not None
                    and Sealing(key, name).may_hold(row.traces, row.id, wanted)
                ]
        return found

    async def change(self, place: Place, change: Change, *, store: bool) -> int:
        """Open the texts of one row and change them; gives how many times. They are stored only when told to."""
        owned = TRACED[place.table]
        if store:
            await lock_member(self._connection, place.user_id)
        key = await self._keys.existing(place.user_id)
        row = (await self._connection.execute(_one(owned.table, place))).mappings().first()
        if key is None or row is None:
            return 0
        sealing = Sealing(key, owned.name)
        before = {column: sealing.open(row[column], column, place.row_id) for column in owned.sealed}
        after, times = _changed(owned, before, change)
        if store and times:
            values: dict[str, Any] = {c: sealing.seal(text, c, place.row_id) for c, text in after.items()}
            values["traces"] = sealing.traces(place.row_id, *after.values())
            mine = (owned.table.c.id == place.row_id) & (owned.owner == place.user_id)
            await self._connection.execute(update(owned.table).where(mine).values(values))
        return times


def _one(table: Table, place: Place) -> Any:
    columns = [table.c[column] for column in TRACED[table.name].sealed]
    return select(*columns).where(table.c.id == place.row_id, table.c.user_id == place.user_id)


def _changed(owned: Owned, texts: dict[str, str | None], change: Change) -> tuple[dict[str, str | None], int]:
    after, times = dict(texts), 0
    for column, text in texts.items():
        if text is not None:
            after[column], more = change(f"{owned.name}.{column}", text)
            times += more
    return after, times
