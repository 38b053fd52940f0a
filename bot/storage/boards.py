"""The counters behind the leaderboard. They change in the transaction of the action they count."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.boards import ALL_TIME_ON, GROUP, Period, Tally
from bot.storage.tables import counters

Counts = Mapping[tuple[Period, date], int]


class BoardStore:
    """Reads and writes counters inside one transaction. A row with nothing in it is deleted, never kept at zero."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, guild_ids: Iterable[int], user_id: int, counts: Counts) -> None:
        """Add to a member's counters and the group's, in each of these servers; negative counts take away.

        Rows are touched in the order of their keys, so that two transactions never wait for each other.
        """
        rows = [
            {
                "guild_id": guild_id,
                "period": period,
                "starts_on": starts_on,
                "user_id": who,
                "actions": number,
            }
            for guild_id in sorted(guild_ids)
            for (period, starts_on), number in sorted(counts.items())
            for who in (GROUP, user_id)
            if number
        ]
        if not rows:
            return
        insert = sqlite_insert if self._connection.dialect.name == "sqlite" else postgresql_insert
        statement = insert(counters)
        grown = counters.c.actions + statement.excluded.actions
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["guild_id", "period", "starts_on", "user_id"], set_={"actions": grown}
            ),
            rows,
        )
        if any(number < 0 for number in counts.values()):
            await self._drop_empty({row["guild_id"] for row in rows}, user_id)

    async def _drop_empty(self, guild_ids: Iterable[Any], user_id: int) -> None:
        statement = delete(counters).where(
            counters.c.guild_id.in_(list(guild_ids)),
            counters.c.user_id.in_((GROUP, user_id)),
            counters.c.actions <= 0,
        )
        await self._connection.execute(statement)

    async def of_member(self, guild_id: int, user_id: int) -> dict[tuple[Period, date], int]:
        """All counters of one member in one server; those of the group under the id 0."""
        statement = select(counters).where(counters.c.guild_id == guild_id, counters.c.user_id == user_id)
        rows = await self._connection.execute(statement)
        return {(Period(row.period), row.starts_on): row.actions for row in rows}

    async def guilds_of(self, user_id: int) -> list[int]:
        """The servers in which a member has counters."""
        statement = select(counters.c.guild_id).where(counters.c.user_id == user_id).distinct()
        return sorted((await self._connection.execute(statement)).scalars())

    async def clear(self, guild_id: int) -> None:
        """Delete every counter of one server."""
        await self._connection.execute(delete(counters).where(counters.c.guild_id == guild_id))

    async def top(self, guild_id: int, period: Period, starts_on: date, limit: int) -> list[Tally]:
        """The members with the most actions."""
        table = counters.c
        statement = (
            select(table.user_id, table.actions)
            .where(*_in(guild_id, period, starts_on))
            .order_by(table.actions.desc(), table.user_id)
            .limit(limit)
        )
        return [Tally(row.user_id, row.actions) for row in await self._connection.execute(statement)]

    async def tally(self, guild_id: int, period: Period, starts_on: date, user_id: int) -> int:
        """One counter; 0 when there is none. The group's own is under the id 0."""
        table = counters.c
        statement = select(table.actions).where(
            table.guild_id == guild_id,
            table.period == period,
            table.starts_on == starts_on,
            table.user_id == user_id,
        )
        return (await self._connection.execute(statement)).scalar_one_or_none() or 0

    async def ahead(self, guild_id: int, period: Period, starts_on: date, actions: int) -> int:
        """How many members have more actions."""
        statement = select(func.count()).where(
            *_in(guild_id, period, starts_on), counters.c.actions > actions
        )
        return (await self._connection.execute(statement)).scalar_one()

    async def neighbours(
        self, guild_id: int, period: Period, starts_on: date, you: Tally
    ) -> tuple[Tally | None, Tally | None]:
        """Who stands right above and right below, in the order of `top`."""
        table = counters.c
        tied = table.actions == you.actions
        above = or_(table.actions > you.actions, and_(tied, table.user_id < you.user_id))
        below = or_(table.actions < you.actions, and_(tied, table.user_id > you.user_id))
        found: list[Tally | None] = []
        for side, order in (
            (above, (table.actions, table.user_id.desc())),
            (below, (table.actions.desc(), table.user_id)),
        ):
            statement = select(table.user_id, table.actions).where(*_in(guild_id, period, starts_on), side)
            row = (await self._connection.execute(statement.order_by(*order).limit(1))).first()
            found.append(None if row is None else Tally(row.user_id, row.actions))
        return found[0], found[1]

    async def people(self, guild_id: int, period: Period, starts_on: date, limit: int) -> int:
        """How many members are on the board, counted up to a limit."""
        some = select(counters.c.user_id).where(*_in(guild_id, period, starts_on)).limit(limit).subquery()
        return (await self._connection.execute(select(func.count()).select_from(some))).scalar_one()

    async def first_timers(self, guild_id: int, week_on: date, limit: int) -> list[int]:
        """Members whose very first actions are of this week: their week's count is all they have."""
        statement = newcomers_in(guild_id, week_on, limit)
        return list((await self._connection.execute(statement)).scalars())


def newcomers_in(guild_id: int, week_on: date, limit: int) -> Select[int]:
    """Who has no more actions ever than in this week: for each member of the week one look by the whole key."""
    week, ever = counters.alias("week"), counters.alias("ever")
    same = and_(
        ever.c.guild_id == guild_id, ever.c.period == Period.ALL, ever.c.starts_on == ALL_TIME_ON,
        ever.c.user_id == week.c.user_id, ever.c.actions == week.c.actions,
    )  # fmt: skip
    return (
        select(week.c.user_id)
        .join(ever, same)
        .where(
            week.c.guild_id == guild_id, week.c.period == Period.WEEK, week.c.starts_on == week_on,
            week.c.user_id != GROUP,
        )
        .order_by(week.c.user_id)
        .limit(limit)
    )  # fmt: skip


def _in(guild_id: int, period: Period, starts_on: date) -> tuple[ColumnElement[bool], ...]:
    table = counters.c
    return (
        table.guild_id == guild_id, table.period == period, table.starts_on == starts_on, table.user_id != GROUP
    )  # fmt: skip
