"""Actions in rows; the member's own words are sealed with their key."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.actions import Action
from bot.storage.keystore import Keystore
from bot.storage.members import lock_member
from bot.storage.sealing import Sealing
from bot.storage.tables import actions
from bot.storage.tables.parts import readable

_TABLE = "actions"
_READ = readable(actions)


def _action(row: Row[Any], sealing: Sealing | None) -> Action:
    values = dict(row._mapping)
    values["note"] = None if sealing is None else sealing.open(row.note, "note", row.id)
    return Action(**values)


class ActionStore:
    """Reads and writes one member's actions inside one transaction; every query names the owner."""

    def __init__(self, connection: AsyncConnection, keys: Keystore) -> None:
        self._connection = connection
        self._keys = keys

    async def lock(self, user_id: int) -> None:
        """Hold off everything else that changes what is this member's until the transaction ends (PostgreSQL)."""
        await lock_member(self._connection, user_id)

    async def add(self, action: Action) -> bool:
        """Store a new action; False when its source has already made one, and then nothing is written."""
        values = asdict(action)
        if action.note is not None:
            sealing = await Sealing.of(self._keys, action.user_id, _TABLE)
            values["note"] = sealing.seal(action.note, "note", action.id)
            values["traces"] = sealing.traces(action.id, action.note)
        insert = sqlite_insert if self._connection.dialect.name == "sqlite" else postgresql_insert
        statement = (
            insert(actions).values(**values).on_conflict_do_nothing(index_elements=["user_id", "source"])
        )
        return (await self._connection.execute(statement.returning(actions.c.id))).first() is not None

    async def _opened(self, rows: list[Row[Any]]) -> list[Action]:
        """The rows as actions; the key is asked for only when there is something to open."""
        sealed = next((row.user_id for row in rows if row.note is not None), None)
        sealing = None if sealed is None else await Sealing.of(self._keys, sealed, _TABLE)
        return [_action(row, sealing) for row in rows]

    async def get(self, user_id: int, action_id: int) -> Action | None:
        """The member's own action, or None."""
        statement = select(*_READ).where(actions.c.user_id == user_id, actions.c.id == action_id)
        return next(iter(await self._opened(list(await self._connection.execute(statement)))), None)

    async def of_source(self, user_id: int, source: str) -> Action | None:
        """The action that a source made, or None."""
        statement = select(*_READ).where(actions.c.user_id == user_id, actions.c.source == source)
        return next(iter(await self._opened(list(await self._connection.execute(statement)))), None)

    async def of_sources(self, user_id: int, start: str) -> Action | None:
        """The latest action whose source begins so, or None."""
        theirs = (actions.c.user_id == user_id) & actions.c.source.startswith(start, autoescape=True)
        statement = select(*_READ).where(theirs).order_by(actions.c.id.desc()).limit(1)
        return next(iter(await self._opened(list(await self._connection.execute(statement)))), None)

    async def listed(self, user_id: int, *, limit: int | None = None, offset: int = 0) -> list[Action]:
        """The member's actions, the latest day first."""
        statement = (
            select(*_READ)
            .where(actions.c.user_id == user_id)
            .order_by(actions.c.done_on.desc(), actions.c.id.desc())
            .limit(limit)
            .offset(offset)
        )
        return await self._opened(list(await self._connection.execute(statement)))

    async def count(self, user_id: int) -> int:
        """How many actions the member has logged."""
        statement = select(func.count()).where(actions.c.user_id == user_id)
        return (await self._connection.execute(statement)).scalar_one()

    async def logged_since(self, user_id: int, since: datetime) -> list[Action]:
        """Actions logged at or after an instant, the latest first."""
        statement = select(*_READ).where(actions.c.user_id == user_id, actions.c.logged_at >= since)
        ordered = statement.order_by(actions.c.logged_at.desc(), actions.c.id.desc())
        return await self._opened(list(await self._connection.execute(ordered)))

    async def kinds_on(self, user_id: int, done_on: date) -> list[str]:
        """The kinds of the scoring actions done on one day."""
        statement = select(actions.c.kind).where(
            actions.c.user_id == user_id, actions.c.done_on == done_on, actions.c.scores
        )
        return list((await self._connection.execute(statement)).scalars())

    async def kinds_since(self, user_id: int, since_on: date) -> set[str]:
        """The kinds of everything done on or after a day."""
        statement = select(actions.c.kind).where(actions.c.user_id == user_id, actions.c.done_on >= since_on)
        return set((await self._connection.execute(statement.distinct())).scalars())

    async def scored_since(self, user_id: int, since_on: date) -> int:
        """How many actions done on or after a day score."""
        statement = select(func.count()).where(
            actions.c.user_id == user_id, actions.c.done_on >= since_on, actions.c.scores
        )
        return (await self._connection.execute(statement)).scalar_one()

    async def scored_by_day(self, user_ids: Iterable[int]) -> dict[int, list[tuple[date, int]]]:
        """Per member, the days with scoring actions and how many: what counters are recounted from."""
        table = actions.c
        statement = (
            select(table.user_id, table.done_on, func.count().label("number"))
            .where(table.user_id.in_(list(user_ids)), table.scores)
            .group_by(table.user_id, table.done_on)
        )
        found: dict[int, list[tuple[date, int]]] = {}
        for row in await self._connection.execute(statement):
            found.setdefault(row.user_id, []).append((row.done_on, row.number))
        return found

    async def set_kind(self, user_id: int, action_id: int, kind: str) -> None:
        """Call the member's own action by another kind."""
        statement = update(actions).where(actions.c.user_id == user_id, actions.c.id == action_id)
        await self._connection.execute(statement.values(kind=kind))

    async def set_note(self, user_id: int, action_id: int, note: str | None) -> None:
        """Seal another note in place of the member's own."""
        sealing = await Sealing.of(self._keys, user_id, _TABLE)
        statement = update(actions).where(actions.c.user_id == user_id, actions.c.id == action_id)
        values = {"note": sealing.seal(note, "note", action_id), "traces": sealing.traces(action_id, note)}
        await self._connection.execute(statement.values(values))

    async def delete(self, user_id: int, action_id: int) -> bool:
        """Delete the member's own action; False when it is not there."""
        statement = delete(actions).where(actions.c.user_id == user_id, actions.c.id == action_id)
        return (await self._connection.execute(statement)).rowcount == 1
