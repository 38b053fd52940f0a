"""Who is a member where, under which name they want to stand there, and when that was last looked at."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.boards import Membership, Visibility
from bot.domain.text import folded
from bot.storage.tables import memberships

_FOLDED = ("alias_folded", "display_folded")
COLUMNS = [column for column in memberships.c if column.name not in _FOLDED]
"""The folded names are compared and never shown."""


# Built once: every command asks where it was seen.
_ONE = select(*COLUMNS).where(
    memberships.c.guild_id == bindparam("guild"), memberships.c.user_id == bindparam("user")
)


def _membership(row: Row[Any]) -> Membership:
    return membership_of(row._asdict())


def membership_of(values: dict[str, Any]) -> Membership:
    """The columns of `COLUMNS`, by their names, as a membership."""
    values["visibility"] = Visibility(values["visibility"])
    return Membership(**values)


class MembershipStore:
    """Reads and writes memberships inside one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def _listed(self, *conditions: ColumnElement[bool]) -> list[Membership]:
        ordered = select(*COLUMNS).where(*conditions).order_by(memberships.c.guild_id, memberships.c.user_id)
        return [_membership(row) for row in await self._connection.execute(ordered)]

    async def get(self, user_id: int, guild_id: int) -> Membership | None:
        """One membership, also of somebody who left."""
        row = (await self._connection.execute(_ONE, {"guild": guild_id, "user": user_id})).first()
        return None if row is None else _membership(row)

    async def of_member(self, user_id: int) -> list[Membership]:
        """Every server the member was seen in, by server id."""
        return await self._listed(memberships.c.user_id == user_id)

    async def among(self, guild_id: int, user_ids: Iterable[int]) -> dict[int, Membership]:
        """The memberships of these people in one server."""
        table = memberships.c
        found = await self._listed(table.guild_id == guild_id, table.user_id.in_(list(user_ids)))
        return {membership.user_id: membership for membership in found}

    async def of_guild(self, guild_id: int) -> list[Membership]:
        """Everybody in one server; for the repair alone, the board never needs it."""
        return await self._listed(memberships.c.guild_id == guild_id)

    async def of_alias(self, guild_id: int, alias: str) -> Membership | None:
        """Who goes by an alias in one server."""
        table = memberships.c
        return next(iter(await self._listed(table.guild_id == guild_id, table.alias == alias)), None)

    async def see(self, user_id: int, guild_id: int, display_name: str, now: datetime) -> None:
        """Add the membership, or note the name and the time. Who had left is still marked as such."""
        insert = sqlite_insert if self._connection.dialect.name == "sqlite" else postgresql_insert
        statement = insert(memberships).values(
            guild_id=guild_id,
            user_id=user_id,
            visibility=Visibility.UNASKED,
            display_name=display_name,
            display_folded=folded(display_name),
            joined_at=now,
            seen_at=now,
            checked_at=now,
        )
        seen = {
            "display_name": display_name,
            "display_folded": folded(display_name),
            "seen_at": now,
            "checked_at": now,
        }
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["guild_id", "user_id"], set_=seen)
        )

    async def update(self, user_id: int, guild_id: int, **changes: object) -> None:
        """Change some fields of one membership."""
        if "alias" in changes:
            alias = changes["alias"]
            changes["alias_folded"] = None if alias is None else folded(str(alias))
        statement = update(memberships).where(
            memberships.c.guild_id == guild_id, memberships.c.user_id == user_id
        )
        await self._connection.execute(statement.values(**changes))

    async def checked(self, guild_id: int, user_ids: Iterable[int], now: datetime) -> None:
        """These people were looked up and are there."""
        statement = update(memberships).where(
            memberships.c.guild_id == guild_id, memberships.c.user_id.in_(list(user_ids))
        )
        await self._connection.execute(statement.values(checked_at=now))

    async def name_taken(self, guild_id: int, name: str, user_id: int) -> bool:
        """Whether somebody else in the server has this alias, or is shown under this name, or under one that reads alike.

        Compared as folded by us: the engines' own lower() differ, and SQLite's knows ASCII alone.
        """
        table, alike = memberships.c, folded(name)
        same = or_(
            table.alias_folded == alike,
            (table.display_folded == alike) & (table.visibility == Visibility.SHOWN),
        )
        statement = select(table.user_id).where(table.guild_id == guild_id, table.user_id != user_id, same)
        return (await self._connection.execute(statement.limit(1))).first() is not None
