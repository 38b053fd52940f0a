"""Rejections in rows; who, and what they said, are sealed with the member's key."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.breath import in_breaths
from bot.domain.kinds import How
from bot.domain.rejections import Recovery, Rejection, RejectionFilter
from bot.domain.timetable import Pace
from bot.storage.keystore import Keystore
from bot.storage.members import lock_member
from bot.storage.sealing import Sealing
from bot.storage.tables import rejections
from bot.storage.tables.parts import readable

_TABLE = "rejections"
_AT_ONCE = 100
_READ = readable(rejections)
# Built once: every saved form says it.
_SINCE = select(*_READ).where(
    rejections.c.user_id == bindparam("user"),
    rejections.c.logged_at >= bindparam("since"),
    rejections.c.deleted_at.is_(None),
)


def _rejection(row: Row[Any], sealing: Sealing) -> Rejection:
    return Rejection(
        id=row.id,
        user_id=row.user_id,
        kind=row.kind,
        occurred_on=row.occurred_on,
        logged_at=row.logged_at,
        who=sealing.open(row.who, "who", row.id),
        how=None if row.how is None else How(row.how),
        said=sealing.open(row.said, "said", row.id),
        feeling=row.feeling,
        recovery=Recovery(row.recovery),
        pace=Pace(row.pace),
        deleted_at=row.deleted_at,
    )


def _narrowed(user_id: int, wanted: RejectionFilter) -> list[ColumnElement[bool]]:
    table = rejections.c
    conditions: list[ColumnElement[bool]] = [table.user_id == user_id, table.deleted_at.is_(None)]
    if wanted.kind is not None:
        conditions.append(table.kind == wanted.kind)
    if wanted.stage_kinds is not None:
        conditions.append(table.kind.in_(sorted(wanted.stage_kinds)))
    if wanted.recoveries is not None:
        conditions.append(table.recovery.in_(sorted(wanted.recoveries)))
    if wanted.since_on is not None:
        conditions.append(table.occurred_on >= wanted.since_on)
    if wanted.until_on is not None:
        conditions.append(table.occurred_on <= wanted.until_on)
    return conditions


class RejectionStore:
    """Reads and writes one member's rejections inside one transaction; every query names the owner.

    `replace` writes every field, so in a transaction that writes, `get` and `listed` keep other writers away.
    """

    def __init__(self, connection: AsyncConnection, keys: Keystore, *, locking: bool = False) -> None:
        self._connection = connection
        self._keys = keys
        self._locking = locking

    async def _read(self, user_id: int, statement: Select[Any]) -> Sequence[Row[Any]]:
        if self._locking:
            await lock_member(self._connection, user_id)
            statement = statement.with_for_update(key_share=True)
        rows: Sequence[Row[Any]] = (await self._connection.execute(statement)).all()
        return rows

    async def _sealing(self, user_id: int) -> Sealing:
        return await Sealing.of(self._keys, user_id, _TABLE)

    async def add(self, rejection: Rejection) -> None:
        """Store a new rejection."""
        await self._connection.execute(rejections.insert(), await self._row(rejection))

    async def add_many(self, new: list[Rejection]) -> None:
        """Store many rejections of one member (an import), so many at a time that the loop goes on serving others."""
        for first in range(0, len(new), _AT_ONCE):
            some = new[first : first + _AT_ONCE]
            rows = [await self._row(rejection) async for rejection in in_breaths(some)]
            await self._connection.execute(rejections.insert(), rows)

    async def _row(self, rejection: Rejection) -> dict[str, object]:
        sealing = await self._sealing(rejection.user_id)
        return {
            "id": rejection.id,
            "user_id": rejection.user_id,
            "kind": rejection.kind,
            "how": rejection.how,
            "traces": sealing.traces(rejection.id, rejection.who, rejection.said),
            "who": sealing.seal(rejection.who, "who", rejection.id),
            "said": sealing.seal(rejection.said, "said", rejection.id),
            "feeling": rejection.feeling,
            "occurred_on": rejection.occurred_on,
            "logged_at": rejection.logged_at,
            "recovery": rejection.recovery,
            "pace": rejection.pace,
            "deleted_at": rejection.deleted_at,
        }

    async def get(self, user_id: int, rejection_id: int, *, deleted: bool = False) -> Rejection | None:
        """The member's own rejection; None when it is not there, deleted, or somebody else's."""
        statement = select(*_READ).where(rejections.c.id == rejection_id, rejections.c.user_id == user_id)
        if not deleted:
            statement = statement.where(rejections.c.deleted_at.is_(None))
        row = next(iter(await self._read(user_id, statement)), None)
        return None if row is None else _rejection(row, await self._sealing(user_id))

    async def listed(
        self, user_id: int, wanted: RejectionFilter, *, limit: int | None = None, offset: int = 0
    ) -> list[Rejection]:
        """The member's rejections, newest first."""
        statement = (
            select(*_READ)
            .where(*_narrowed(user_id, wanted))
            .order_by(rejections.c.occurred_on.desc(), rejections.c.id.desc())
            .limit(limit)
            .offset(offset)
        )
        rows = await self._read(user_id, statement)
        if not rows:
            return []
        sealing = await self._sealing(user_id)
        return [_rejection(row, sealing) async for row in in_breaths(rows)]

    async def count(self, user_id: int, wanted: RejectionFilter) -> int:
        """How many rejections the filter leaves."""
        statement = select(func.count()).select_from(rejections).where(*_narrowed(user_id, wanted))
        return (await self._connection.execute(statement)).scalar_one()

    async def logged_since(self, user_id: int, since: datetime) -> list[Rejection]:
        """Rejections logged at or after an instant, for the cooling period and near-duplicates."""
        rows = (await self._connection.execute(_SINCE, {"user": user_id, "since": since})).all()
        if not rows:
            return []
        sealing = await self._sealing(user_id)
        return [_rejection(row, sealing) for row in rows]

    async def replace(self, rejection: Rejection) -> None:
        """Write every field of an existing rejection again."""
        values = await self._row(rejection)
        statement = update(rejections).where(
            rejections.c.id == rejection.id, rejections.c.user_id == rejection.user_id
        )
        await self._connection.execute(statement.values(**values))
