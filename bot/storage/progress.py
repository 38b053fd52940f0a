"""One member's noes, actions and good news, counted by day. No sealed column is read, so nothing has to be opened."""

from datetime import date
from typing import Any

from sqlalchemy import Column, Select, Table, and_, bindparam, func, not_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.goodnews import ACTION_SOURCE
from bot.storage.tables import actions, goodnews, rejections


def _counted(table: Table, day: "Column[date]", kept: ColumnElement[bool]) -> Select[Any]:
    statement = select(table.c.kind, day, func.count()).where(table.c.user_id == bindparam("user"), kept)
    return statement.group_by(table.c.kind, day).order_by(day, table.c.kind)


_NOES = _counted(rejections, rejections.c.occurred_on, rejections.c.deleted_at.is_(None))
_NEWS = _counted(goodnews, goodnews.c.happened_on, goodnews.c.id.is_not(None))
# Built once: every saved form says it.
_TOTAL = select(func.count()).where(
    rejections.c.user_id == bindparam("user"), rejections.c.deleted_at.is_(None)
)
# What stands for good news, so that it can be shown to the group, is not something that was done.
_DEEDS = (
    select(actions.c.done_on, func.count())
    .where(
        and_(
            actions.c.user_id == bindparam("user"),
            not_(actions.c.source.startswith(ACTION_SOURCE, autoescape=True)),
        )
    )
    .group_by(actions.c.done_on)
)


class ProgressStore:
    """Counts in one transaction; every query names the owner."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def total(self, user_id: int) -> int:
        """How many noes there are; deleted ones are not among them."""
        return int((await self._connection.execute(_TOTAL, {"user": user_id})).scalar_one())

    async def noes(self, user_id: int) -> list[tuple[str, date, int]]:
        """How many of each kind came on each day; deleted ones are not among them."""
        return [(row[0], row[1], row[2]) for row in await self._connection.execute(_NOES, {"user": user_id})]

    async def good_news(self, user_id: int) -> list[tuple[str, date, int]]:
        """How many of each kind came on each day."""
        return [(row[0], row[1], row[2]) for row in await self._connection.execute(_NEWS, {"user": user_id})]

    async def actions(self, user_id: int) -> dict[date, int]:
        """How much was done on each day."""
        return {row[0]: row[1] for row in await self._connection.execute(_DEEDS, {"user": user_id})}
