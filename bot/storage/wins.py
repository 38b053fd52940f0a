"""Wins in rows, and the thanks they got."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.nudges import DeliveryState
from bot.domain.wins import Win, WinState
from bot.storage.tables import deliveries, kudos, wins


def _win(row: Row[Any]) -> Win:
    values = dict(row._mapping)
    values["state"] = WinState(values["state"])
    return Win(**values)


class WinStore:
    """Reads and writes wins and kudos inside one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @property
    def _insert(self) -> Any:
        return sqlite_insert if self._connection.dialect.name == "sqlite" else postgresql_insert

    async def _listed(self, *conditions: ColumnElement[bool]) -> list[Win]:
        statement = select(wins).where(*conditions).order_by(wins.c.id)
        return [_win(row) for row in await self._connection.execute(statement)]

    async def add(self, win: Win) -> bool:
        """Store a win; False when the action already has one in this server, and then nothing is written."""
        statement = self._insert(wins).values(**asdict(win)).on_conflict_do_nothing(
            index_elements=["guild_id", "action_id"]
        )  # fmt: skip
        return (await self._connection.execute(statement.returning(wins.c.id))).first() is not None

    async def get(self, win_id: int) -> Win | None:
        """The win, whosever it is."""
        return next(iter(await self._listed(wins.c.id == win_id)), None)

    async def of_action(self, user_id: int, action_id: int) -> list[Win]:
        """The wins that came of one action, one for each server at most."""
        return await self._listed(wins.c.user_id == user_id, wins.c.action_id == action_id)

    async def of_actions(self, user_id: int, action_ids: Iterable[int]) -> list[Win]:
        """The wins that came of these actions."""
        return await self._listed(wins.c.user_id == user_id, wins.c.action_id.in_(list(action_ids)))

    async def named(self, guild_id: int, user_id: int) -> list[Win]:
        """What a member showed by name in one server and what has not ended."""
        by_name = (wins.c.guild_id == guild_id) & (wins.c.user_id == user_id) & ~wins.c.anonymous
        return await self._listed(by_name, wins.c.state.in_((WinState.WAITING, WinState.POSTED)))

    async def of_delivery(self, guild_id: int, delivery_id: int) -> Win | None:
        """The win that a post of one server shows."""
        of_guild = (wins.c.guild_id == guild_id) & (wins.c.delivery_id == delivery_id)
        return next(iter(await self._listed(of_guild)), None)

    async def of_message(self, guild_id: int, message_id: int) -> Win | None:
        """The win that a message of one server shows."""
        of_post = select(deliveries.c.id).where(
            deliveries.c.guild_id == guild_id, deliveries.c.message_id == message_id
        )
        found = await self._listed(wins.c.guild_id == guild_id, wins.c.delivery_id.in_(of_post))
        return next(iter(found), None)

    async def standing(self, limit: int) -> list[tuple[int, int, int]]:
        """Posts of ended wins that still stand in a channel: (delivery, channel, message)."""
        table = deliveries.c
        statement = (
            select(table.id, table.channel_id, table.message_id)
            .join_from(wins, deliveries, table.id == wins.c.delivery_id)
            .where(
                wins.c.state.in_((WinState.WITHDRAWN, WinState.REMOVED)),
                table.state == DeliveryState.SENT,
                table.message_id.is_not(None),
                table.channel_id.is_not(None),
            )
            .limit(limit)
        )
        return [(row.id, row.channel_id, row.message_id) for row in await self._connection.execute(statement)]

    async def cleared(self, delivery_ids: Iterable[int]) -> None:
        """These posts are gone from their channels."""
        statement = update(deliveries).where(deliveries.c.id.in_(list(delivery_ids)))
        await self._connection.execute(statement.values(state=DeliveryState.WITHDRAWN, message_id=None))

    async def guilds_waiting(self, now: datetime) -> list[int]:
        """The servers in which an anonymous win has waited long enough."""
        statement = select(wins.c.guild_id).where(wins.c.state == WinState.WAITING, wins.c.publish_at <= now)
        return sorted((await self._connection.execute(statement.distinct())).scalars())

    async def waiting(self, guild_id: int) -> list[Win]:
        """What waits in one server, locked until the transaction ends."""
        statement = (
            select(wins)
            .where(wins.c.guild_id == guild_id, wins.c.state == WinState.WAITING)
            .order_by(wins.c.id)
            .with_for_update()
        )
        return [_win(row) for row in await self._connection.execute(statement)]

    async def post(self, win_id: int, delivery_id: int, now: datetime) -> None:
        """A win appears, in this message."""
        changes = {"state": WinState.POSTED, "delivery_id": delivery_id, "publish_at": now}
        await self._connection.execute(update(wins).where(wins.c.id == win_id).values(**changes))

    async def end(self, win_id: int, state: WinState) -> None:
        """A win is taken back by its member or removed by a lead."""
        await self._connection.execute(update(wins).where(wins.c.id == win_id).values(state=state))

    async def thank(self, win_id: int, user_id: int, now: datetime) -> bool:
        """One member thanks the author; False when they already had."""
        statement = self._insert(kudos).values(win_id=win_id, user_id=user_id, given_at=now)
        once = statement.on_conflict_do_nothing(index_elements=["win_id", "user_id"]).returning(
            kudos.c.win_id
        )
        return (await self._connection.execute(once)).first() is not None

    async def thanks(self, win_ids: Iterable[int]) -> dict[int, int]:
        """How many people gave thanks for each of these wins."""
        statement = select(kudos.c.win_id, func.count().label("number")).where(
            kudos.c.win_id.in_(list(win_ids))
        )
        rows = await self._connection.execute(statement.group_by(kudos.c.win_id))
        return {row.win_id: row.number for row in rows}
