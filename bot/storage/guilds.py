"""Servers in rows: settings, the weekly post's due time, their own catalogue entries, and what a purge takes along."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.actions import GuildAction
from bot.domain.guilds import Guild, ShownWin
from bot.domain.nudges import Delivery, Purpose
from bot.domain.wins import WinState
from bot.storage.deliveries import delivery_of
from bot.storage.share import Share, narrowed, ours_first
from bot.storage.tables import (
    actions,
    counters,
    deliveries,
    guild_actions,
    guilds,
    memberships,
    post_names,
    wins,
)

_DUE = (
    select(guilds)
    .where(guilds.c.weekly_due_at <= bindparam("now", type_=guilds.c.weekly_due_at.type))
    .order_by(guilds.c.weekly_due_at)
    .limit(bindparam("most"))
)
_OUR_DUE = narrowed(_DUE, guilds.c.guild_id)
_ENTRY = (guild_actions.c.id, guild_actions.c.guild_id, guild_actions.c.label)


def _guild(row: Row[Any]) -> Guild:
    return Guild(**row._mapping)


class GuildStore:
    """Reads and writes servers inside one transaction."""

    def __init__(self, connection: AsyncConnection, share: Share | None = None) -> None:
        self._connection = connection
        self._share = share

    @property
    def _insert(self) -> Any:
        return sqlite_insert if self._connection.dialect.name == "sqlite" else postgresql_insert

    async def get(self, guild_id: int) -> Guild | None:
        """The server, also one the bot was removed from."""
        row = (await self._connection.execute(select(guilds).where(guilds.c.guild_id == guild_id))).first()
        return None if row is None else _guild(row)

    async def lock(self, guild_id: int) -> Guild | None:
        """The server, kept from other writers until the transaction ends."""
        statement = select(guilds).where(guilds.c.guild_id == guild_id).with_for_update()
        row = (await self._connection.execute(statement)).first()
        return None if row is None else _guild(row)

    async def add(self, guild: Guild) -> bool:
        """Store a server; False when it is known already, and then nothing is written."""
        statement = (
            self._insert(guilds).values(**asdict(guild)).on_conflict_do_nothing(index_elements=["guild_id"])
        )
        return (await self._connection.execute(statement.returning(guilds.c.guild_id))).first() is not None

    async def update(self, guild_id: int, **changes: object) -> Guild | None:
        """Change some fields and give back the server, or None when there is none."""
        statement = update(guilds).where(guilds.c.guild_id == guild_id).values(**changes).returning(guilds)
        row = (await self._connection.execute(statement)).first()
        return None if row is None else _guild(row)

    async def present(self) -> list[int]:
        """The servers the bot has not been removed from."""
        statement = select(guilds.c.guild_id).where(guilds.c.removed_at.is_(None)).order_by(guilds.c.guild_id)
        return list((await self._connection.execute(statement)).scalars())

    async def due(self, now: datetime, limit: int) -> list[Guild]:
        """Servers whose weekly post is due, the longest waiting first. Of several processes each begins with its own."""
        rows = await ours_first(self._connection, self._share, _DUE, _OUR_DUE, now, limit)
        return [_guild(row) for row in rows]

    async def earliest_due(self) -> datetime | None:
        """When the next weekly post of any server is due."""
        earliest: datetime | None = (
            await self._connection.execute(select(func.min(guilds.c.weekly_due_at)))
        ).scalar_one_or_none()
        return earliest

    async def advance(self, guild_id: int, seen: datetime, following: datetime | None) -> bool:
        """Move the due time on if it is still the one that was seen: of two processes one alone gets True."""
        statement = update(guilds).where(guilds.c.guild_id == guild_id, guilds.c.weekly_due_at == seen)
        return (await self._connection.execute(statement.values(weekly_due_at=following))).rowcount == 1

    async def removed_before(self, before: datetime, limit: int) -> list[int]:
        """Servers the bot was removed from before an instant, the earliest first."""
        statement = (
            select(guilds.c.guild_id).where(guilds.c.removed_at < before).order_by(guilds.c.removed_at)
        )
        return list((await self._connection.execute(statement.limit(limit))).scalars())

    async def purge(self, guild_id: int) -> int:
        """Delete everything of a server's and nothing of its members' own. Gives the number of rows deleted.

        Thanks go with the wins and catalogue entries with the server, by their foreign keys.
        """
        deleted = 0
        for table in (wins, memberships, counters, deliveries, guilds):
            statement = delete(table).where(table.c.guild_id == guild_id)
            deleted += (await self._connection.execute(statement)).rowcount
        return deleted

    async def people(self, guild_id: int, limit: int) -> int:
        """How many members are in the server, as far as the bot met them, counted up to a limit."""
        some = (
            select(memberships.c.user_id)
            .where(memberships.c.guild_id == guild_id, memberships.c.left_at.is_(None))
            .limit(limit)
            .subquery()
        )
        return (await self._connection.execute(select(func.count()).select_from(some))).scalar_one()

    async def entries(self, guild_ids: Iterable[int]) -> list[GuildAction]:
        """The catalogue entries these servers added, in the order they were added."""
        statement = (
            select(*_ENTRY)
            .where(guild_actions.c.guild_id.in_(list(guild_ids)), guild_actions.c.removed_at.is_(None))
            .order_by(guild_actions.c.guild_id, guild_actions.c.id)
        )
        return [GuildAction(**row._mapping) for row in await self._connection.execute(statement)]

    async def entry(self, entry_id: int) -> GuildAction | None:
        """One catalogue entry, or None when it was removed."""
        statement = select(*_ENTRY).where(
            guild_actions.c.id == entry_id, guild_actions.c.removed_at.is_(None)
        )
        row = (await self._connection.execute(statement)).first()
        return None if row is None else GuildAction(**row._mapping)

    async def add_entry(self, entry: GuildAction, now: datetime) -> bool:
        """Store a catalogue entry; False when the server has this label already."""
        statement = self._insert(guild_actions).values(**asdict(entry), added_at=now)
        once = statement.on_conflict_do_nothing(index_elements=["guild_id", "label"]).returning(
            guild_actions.c.id
        )
        return (await self._connection.execute(once)).first() is not None

    async def remove_entry(self, guild_id: int, entry_id: int, now: datetime) -> bool:
        """Take an entry out of the catalogue, and its words out of the database. False when it is not there."""
        statement = update(guild_actions).where(
            guild_actions.c.guild_id == guild_id,
            guild_actions.c.id == entry_id,
            guild_actions.c.removed_at.is_(None),
        )
        changes = {"removed_at": now, "label": f"#{entry_id}"}
        return (await self._connection.execute(statement.values(**changes))).rowcount == 1

    async def aliases(self, guild_id: int, limit: int) -> list[str]:
        """The aliases in use in one server, by the alphabet."""
        table = memberships.c
        statement = select(table.alias).where(table.guild_id == guild_id, table.alias.is_not(None))
        found = (await self._connection.execute(statement.order_by(table.alias).limit(limit))).scalars()
        return [alias for alias in found if alias is not None]

    async def shown_wins(self, guild_id: int, limit: int) -> list[ShownWin]:
        """The wins that stand in the channel, the latest first."""
        statement = (
            select(deliveries.c.message_id, actions.c.kind, deliveries.c.sent_at)
            .select_from(wins)
            .join(deliveries, deliveries.c.id == wins.c.delivery_id)
            .join(actions, actions.c.id == wins.c.action_id)
            .where(
                wins.c.guild_id == guild_id,
                wins.c.state == WinState.POSTED,
                deliveries.c.message_id.is_not(None),
            )
            .order_by(deliveries.c.sent_at.desc(), deliveries.c.id.desc())
            .limit(limit)
        )
        rows = await self._connection.execute(statement)
        return [ShownWin(row.message_id, row.kind, row.sent_at) for row in rows]

    async def weekly_posts(self, guild_id: int) -> list[Delivery]:
        """The server's weekly posts, made or sent, the latest first."""
        statement = select(deliveries).where(
            deliveries.c.guild_id == guild_id, deliveries.c.purpose == Purpose.WEEKLY
        )
        rows = await self._connection.execute(statement.order_by(deliveries.c.made_at.desc()))
        return [delivery_of(row) for row in rows]

    async def note_names(self, delivery_id: int, names: Mapping[int, str]) -> None:
        """Remember whom a weekly post names, and how; before its members are erased it must be found again."""
        rows = [{"delivery_id": delivery_id, "user_id": who, "name": name} for who, name in names.items()]
        if rows:
            await self._connection.execute(post_names.insert(), rows)

    async def naming(self, user_id: int) -> list[tuple[Delivery, str]]:
        """Every weekly post that names a member, with the name it has for them."""
        own = select(post_names.c.delivery_id, post_names.c.name).where(post_names.c.user_id == user_id)
        names = {row.delivery_id: row.name for row in await self._connection.execute(own)}
        posts = select(deliveries).where(
            deliveries.c.id.in_(own.with_only_columns(post_names.c.delivery_id).scalar_subquery())
        )
        rows = await self._connection.execute(posts.order_by(deliveries.c.id))
        return [(delivery_of(row), names[row.id]) for row in rows]

    async def rewrite(self, delivery_id: int, body: str) -> None:
        """Put another body in the place of one: the single exception to a body that never changes, for a name that must go."""
        await self._connection.execute(
            update(deliveries).where(deliveries.c.id == delivery_id).values(body=body)
        )
