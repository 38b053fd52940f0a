"""Messages to members and channels in rows. Every transition compares what it expects before it sets."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.deliveries import CLOCKS_DIFFER, SAME_NONCE_FOR
from bot.domain.nudges import Arrived, Delivery, DeliveryState, Purpose
from bot.storage.columns import row_of
from bot.storage.share import Share, earliest, narrowed, ours_first
from bot.storage.tables import PENDING, deliveries

TOLD = "told-"
"""Begins the reason of a delivery that was given up once its member has been told."""

_WHOSE = func.coalesce(deliveries.c.guild_id, deliveries.c.user_id)


# Built once, as the machine says them for every batch.
_EARLIEST = select(func.min(deliveries.c.next_try_at)).where(PENDING)
_TRY = (
    select(deliveries)
    .where(
        PENDING,
        deliveries.c.next_try_at <= bindparam("now"),
        deliveries.c.id.not_in(bindparam("but", expanding=True)),
    )
    .order_by(deliveries.c.next_try_at)
    .limit(bindparam("most"))
)
_OUR_EARLIEST, _TRY_OURS = narrowed(_EARLIEST, _WHOSE), narrowed(_TRY, _WHOSE)
_RECENT = select(deliveries.c.user_id, deliveries.c.sent_at).where(
    deliveries.c.user_id.in_(bindparam("ids", expanding=True)),
    deliveries.c.purpose == bindparam("purpose"),
    or_(
        PENDING,
        and_(deliveries.c.state == DeliveryState.SENT, deliveries.c.sent_at >= bindparam("since")),
    ),
)
# The pair alone finds no row by its key in SQLite, which would then look at every message ever sent.
_AS_IT_WAS = and_(
    deliveries.c.id.in_(bindparam("ids", expanding=True)),
    tuple_(deliveries.c.id, deliveries.c.attempts).in_(bindparam("tokens", expanding=True)),
    PENDING,
)
_AS_SEEN = select(deliveries.c.id).where(_AS_IT_WAS).order_by(deliveries.c.id).with_for_update()
_BEGIN = (
    update(deliveries)
    .where(_AS_IT_WAS)
    .values(
        state=DeliveryState.SENDING, attempts=deliveries.c.attempts + 1, next_try_at=bindparam("until"),
        attempt_at=func.coalesce(bindparam("began", type_=deliveries.c.attempt_at.type), deliveries.c.attempt_at),
    )
    .returning(deliveries)
)  # fmt: skip
_ARRIVED = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("delivery"))
    .values(
        state=DeliveryState.SENT, sent_at=bindparam("now"),
        message_id=bindparam("message"), channel_id=bindparam("channel"),
    )
)  # fmt: skip


def delivery_of(row: Row[Any]) -> Delivery:
    """A row as a delivery."""
    values = row._asdict()
    values["state"] = DeliveryState(values["state"])
    values["purpose"] = Purpose(values["purpose"])
    return Delivery(**values)


def _asked(tokens: Sequence[tuple[int, int]]) -> dict[str, Any]:
    return {"ids": [delivery_id for delivery_id, _ in tokens], "tokens": list(tokens)}


class DeliveryStore:
    """Reads and writes deliveries inside one transaction.

    `attempts` is the token of every transition: it grows with each attempt, so of two processes that saw the
    same row one alone moves it on. A delivery that was attempted never becomes `made` again.
    """

    def __init__(self, connection: AsyncConnection, share: Share | None = None) -> None:
        self._connection = connection
        self._share = share

    async def add(self, delivery: Delivery) -> None:
        """Store a message to be sent. Raises IntegrityError when its key is taken."""
        await self._connection.execute(deliveries.insert().values(**row_of(delivery)))

    async def add_many(self, new: Sequence[Delivery]) -> None:
        """Store many messages to be sent."""
        if new:
            await self._connection.execute(deliveries.insert(), [row_of(delivery) for delivery in new])

    async def _listed(
        self, *conditions: ColumnElement[bool], newest: bool = False, limit: int | None = None
    ) -> list[Delivery]:
        table = deliveries.c
        order = (table.made_at.desc(), table.id.desc()) if newest else (table.next_try_at, table.id)
        statement = select(deliveries).where(*conditions).order_by(*order).limit(limit)
        return [delivery_of(row) for row in await self._connection.execute(statement)]

    async def get(self, delivery_id: int) -> Delivery | None:
        """The delivery, or None."""
        return next(iter(await self._listed(deliveries.c.id == delivery_id)), None)

    async def of_key(self, key: str) -> Delivery | None:
        """The channel post made under a key, or None."""
        return next(iter(await self._listed(deliveries.c.key == key)), None)

    async def of_member(self, user_id: int, limit: int) -> list[Delivery]:
        """The member's delivery record: direct messages, newest first; withdrawn ones never went anywhere."""
        return await self._listed(
            deliveries.c.user_id == user_id,
            deliveries.c.guild_id.is_(None),
            deliveries.c.state != DeliveryState.WITHDRAWN,
            newest=True,
            limit=limit,
        )

    async def told(self, delivery_ids: Sequence[int]) -> None:
        """The member has been told about these."""
        statement = update(deliveries).where(deliveries.c.id.in_(list(delivery_ids)))
        await self._connection.execute(statement.values(reason=TOLD + func.coalesce(deliveries.c.reason, "")))

    async def posted_by(self, user_id: int) -> list[Delivery]:
        """What stands, or may stand, in channels on a member's behalf; read it before erasing them."""
        shown = deliveries.c.message_id.is_not(None) | (deliveries.c.state == DeliveryState.SENDING)
        return await self._listed(deliveries.c.user_id == user_id, deliveries.c.guild_id.is_not(None), shown)

    async def pending(self, now: datetime, limit: int, but: Sequence[int] = ()) -> list[Delivery]:
        """What is to be tried by now, without some ids, the longest waiting first; each process begins with its own."""
        rows = await ours_first(self._connection, self._share, _TRY, _TRY_OURS, now, limit, but=list(but))
        return [delivery_of(row) for row in rows]

    async def earliest_try(self) -> datetime | None:
        """When the next pending delivery is to be tried, by this process."""
        return await earliest(self._connection, self._share, _EARLIEST, _OUR_EARLIEST)

    async def recent(
        self, user_ids: Iterable[int], since: datetime, purpose: Purpose
    ) -> dict[int, list[datetime | None]]:
        """Per member, when messages of a purpose were sent since an instant; None for one still pending."""
        asked = {"ids": list(user_ids), "purpose": purpose, "since": since}
        found: dict[int, list[datetime | None]] = {}
        for row in await self._connection.execute(_RECENT, asked):
            found.setdefault(row.user_id, []).append(row.sent_at)
        return found

    async def withdraw(self, key: str, reason: str) -> Delivery | None:
        """Take back a channel post that was not attempted. Gives it as it stood before; None if never made."""
        row = (
            await self._connection.execute(
                select(deliveries).where(deliveries.c.key == key).with_for_update()
            )
        ).first()
        if row is None:
            return None
        statement = update(deliveries).where(
            deliveries.c.id == row.id, deliveries.c.state == DeliveryState.MADE
        )
        await self._connection.execute(statement.values(state=DeliveryState.WITHDRAWN, reason=reason))
        return delivery_of(row)

    async def withdraw_of(self, user_id: int, reason: str) -> int:
        """Take back everything of a member's that was not attempted (erasure). Gives how many."""
        statement = update(deliveries).where(
            deliveries.c.user_id == user_id, deliveries.c.state == DeliveryState.MADE
        )
        changes = {"state": DeliveryState.WITHDRAWN, "reason": reason}
        return (await self._connection.execute(statement.values(**changes))).rowcount

    async def begin(
        self, tokens: Sequence[tuple[int, int]], now: datetime, next_try_at: datetime, *, again: bool
    ) -> list[Delivery]:
        """Begin an attempt at these (id, attempts) pairs; gives those that were still as expected.

        `again` repeats an attempt within the nonce's window, whose beginning then stays as it was.
        """
        asked = {**_asked(tokens), "until": next_try_at, "began": None if again else now}
        return [delivery_of(row) for row in await self._connection.execute(_BEGIN, asked)]

    async def distrust(self, now: datetime, next_try_at: datetime) -> int:
        """Attempts that began ahead of the clock count as older than their nonce: look before any is repeated."""
        sending = PENDING & (deliveries.c.state == DeliveryState.SENDING)
        statement = update(deliveries).where(sending, deliveries.c.attempt_at > now + CLOCKS_DIFFER)
        changes = {"attempt_at": now - SAME_NONCE_FOR, "next_try_at": next_try_at}
        return (await self._connection.execute(statement.values(**changes))).rowcount

    def _expected(self, token: tuple[int, int]) -> Any:
        seen = (deliveries.c.id == token[0]) & (deliveries.c.attempts == token[1])
        return update(deliveries).where(seen, PENDING)

    async def later(self, token: tuple[int, int], next_try_at: datetime, **changes: object) -> bool:
        """Try again at another instant, perhaps with another body or a note. False when it moved meanwhile."""
        statement = self._expected(token).values(next_try_at=next_try_at, **changes)
        return (await self._connection.execute(statement)).rowcount == 1

    async def lease(self, delivery: Delivery, until: datetime) -> bool:
        """Take a delivery for a look at its channel; False when somebody else did."""
        seen = deliveries.c.next_try_at == delivery.next_try_at
        statement = self._expected((delivery.id, delivery.attempts)).where(seen).values(next_try_at=until)
        return (await self._connection.execute(statement)).rowcount == 1

    async def sent(
        self, token: tuple[int, int], now: datetime, *, message_id: int | None, channel_id: int | None
    ) -> bool:
        """It arrived. False when it moved meanwhile."""
        return token[0] in await self.all_sent([Arrived(token, message_id, channel_id)], now)

    async def all_sent(self, arrived: Sequence[Arrived], now: datetime) -> set[int]:
        """These arrived. Gives the ids of those that had not moved meanwhile."""
        asked = _asked([one.token for one in arrived])
        ours = set((await self._connection.execute(_AS_SEEN, asked)).scalars())
        rows = [
            {"delivery": one.token[0], "now": now, "message": one.message_id, "channel": one.channel_id}
            for one in arrived
            if one.token[0] in ours
        ]
        if rows:
            await self._connection.execute(_ARRIVED, rows)
        return ours

    async def finish(self, token: tuple[int, int], state: DeliveryState, reason: str) -> bool:
        """It will not arrive. False when it moved meanwhile."""
        statement = self._expected(token).values(state=state, reason=reason)
        return (await self._connection.execute(statement)).rowcount == 1
