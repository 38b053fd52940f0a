"""Members in rows."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.boards import Membership
from bot.domain.members import DmState, Member
from bot.domain.nudges import DeliveryState, NudgeState, Purpose, Subject
from bot.domain.timetable import Pace
from bot.storage.columns import row_of
from bot.storage.deliveries import TOLD
from bot.storage.memberships import COLUMNS, membership_of
from bot.storage.tables import deliveries, members, memberships, nudges

# Built once: the delivery machine asks for every batch, and every command for who is asking.
_ONE = select(members).where(members.c.user_id == bindparam("user"))
# With where they were seen, and a row for each check-in that was given up and of which they were not told; one
# statement, as every command says it.
_GIVEN_UP = and_(
    deliveries.c.user_id == members.c.user_id,
    deliveries.c.purpose == Purpose.CHECKIN,
    deliveries.c.state == DeliveryState.DEAD,
    deliveries.c.reason.not_like(f"{TOLD}%"),
)
_HERE = and_(memberships.c.user_id == members.c.user_id, memberships.c.guild_id == bindparam("guild"))
_UNHEARD = (
    exists()
    .where(
        nudges.c.user_id == members.c.user_id,
        nudges.c.subject == Subject.CHALLENGE,
        nudges.c.state == NudgeState.SENT,
        nudges.c.answered_at.is_(None),
        nudges.c.due_at > members.c.last_seen_at,
    )
    .correlate(members)
)
_MET = (
    select(
        *members.c,
        _UNHEARD.label("unheard"),
        *(column.label(f"here_{column.name}") for column in COLUMNS),
        deliveries.c.id.label("lost"),
    )
    .select_from(members.outerjoin(memberships, _HERE).outerjoin(deliveries, _GIVEN_UP))
    .where(members.c.user_id == bindparam("user"))
)
_SEEN = update(members).where(members.c.user_id == bindparam("user")).values(last_seen_at=bindparam("now"))
_SOME = select(members).where(members.c.user_id.in_(bindparam("ids", expanding=True)))
_STRANGERS = select(members.c.user_id).where(
    members.c.user_id.in_(bindparam("ids", expanding=True)), members.c.dm_channel_id.is_(None)
)


_NAMES = tuple(column.name for column in members.c)
_HERE_NAMES = tuple(column.name for column in COLUMNS)


def _member(row: Row[Any]) -> Member:
    return _made(row._asdict())


def _made(values: dict[str, Any]) -> Member:
    values["pace"] = Pace(values["pace"])
    values["dm_state"] = DmState(values["dm_state"])
    return Member(**values)


async def lock_member(connection: AsyncConnection, user_id: int) -> None:
    """Hold off everything else that changes what is this member's, until the transaction ends (PostgreSQL)."""
    statement = select(members.c.user_id).where(members.c.user_id == user_id)
    await connection.execute(statement.with_for_update(key_share=True))


class MemberStore:
    """Reads and writes members inside one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, user_id: int) -> Member | None:
        """The member, or None before consent."""
        row = (await self._connection.execute(_ONE, {"user": user_id})).first()
        return None if row is None else _member(row)

    async def meet(
        self, user_id: int, guild_id: int | None
    ) -> tuple[Member | None, list[int], Membership | None, bool]:
        """The member, or None; the check-ins given up of which they were not told; how this server knows them.

        At last whether a daily message went out since they were last seen.
        """
        rows = (await self._connection.execute(_MET, {"user": user_id, "guild": guild_id})).all()
        if not rows:
            return None, [], None, False
        first = tuple(rows[0])
        member = dict(zip(_NAMES, first, strict=False))
        here = dict(zip(_HERE_NAMES, first[len(_NAMES) + 1 :], strict=False))
        place = None if here["guild_id"] is None else membership_of(here)
        lost = [row.lost for row in rows if row.lost is not None]
        return _made(member), lost, place, bool(rows[0].unheard)

    async def any(self) -> bool:
        """Whether there is a member at all."""
        return (await self._connection.execute(select(members.c.user_id).limit(1))).first() is not None

    async def ids(self) -> list[int]:
        """Every member's id."""
        return list((await self._connection.execute(select(members.c.user_id))).scalars())

    async def get_many(self, user_ids: list[int]) -> dict[int, Member]:
        """The members among these ids."""
        rows = await self._connection.execute(_SOME, {"ids": user_ids})
        return {row.user_id: _member(row) for row in rows}

    async def strangers(self, user_ids: Iterable[int]) -> set[int]:
        """The members among these ids with whom no direct channel was opened yet."""
        return set((await self._connection.execute(_STRANGERS, {"ids": list(user_ids)})).scalars())

    async def add(self, member: Member) -> None:
        """Store a member who consented. Raises IntegrityError if already there."""
        await self._connection.execute(members.insert().values(**row_of(member)))

    async def update(self, user_id: int, **changes: object) -> Member | None:
        """Change some fields and give back the member, or None when there is none."""
        statement = update(members).where(members.c.user_id == user_id).values(**changes).returning(members)
        row = (await self._connection.execute(statement)).first()
        return None if row is None else _member(row)

    async def seen(self, user_id: int, now: datetime) -> None:
        """Remember when the member last did something, for the retention table."""
        await self._connection.execute(_SEEN, {"user": user_id, "now": now})

    async def delete(self, user_id: int) -> int:
        """Delete the member; rows that belong to them go by the foreign keys. Gives the rows deleted (0 or 1)."""
        result = await self._connection.execute(delete(members).where(members.c.user_id == user_id))
        return result.rowcount
