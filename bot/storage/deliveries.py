"""Messages to members and channels in rows. Every transition compares what it expects before it sets."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.nudges import Delivery, DeliveryState, Purpose
from bot.storage.tables import deliveries

TOLD = "told-"
"""Begins the reason of a delivery that was given up once its member has been told."""

_PENDING = (DeliveryState.MADE, DeliveryState.SENDING)


def delivery_of(row: Row[Any]) -> Delivery:
    """A row as a delivery."""
    values = dict(row._mapping)
    values["state"] = DeliveryState(values["state"])
    values["purpose"] = Purpose(values["purpose"])
    return Delivery(**values)


class DeliveryStore:
    """Reads and writes deliveries inside one transaction.

    `attempts` is the token of every transition: it grows with each attempt, so of two processes that saw the
    same row one alone moves it on. A delivery that was attempted never becomes `made` again.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, delivery: Delivery) -> None:
        """Store a message to be sent. Raises IntegrityError when its key is taken."""
        await self._connection.execute(deliveries.insert().values(**asdict(delivery)))

    async def add_many(self, new: Sequence[Delivery]) -> None:
        """Store many messages to be sent."""
        if new:
            await self._connection.execute(deliveries.insert(), [asdict(delivery) for delivery in new])

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

    async def given_up(self, user_id: int) -> list[int]:
        """Check-ins to a member that were given up, and about which they have not been told."""
        table = deliveries.c
        statement = select(table.id).where(
            table.user_id == user_id,
            table.purpose == Purpose.CHECKIN,
            table.state == DeliveryState.DEAD,
            table.reason.not_like(f"{TOLD}%"),
        )
        return list((await self._connection.execute(statement)).scalars())

    async def told(self, delivery_ids: Sequence[int]) -> None:
        """The member has been told about these."""
        statement = update(deliveries).where(deliveries.c.id.in_(list(delivery_ids)))
        await self._connection.execute(statement.values(reason=TOLD + func.coalesce(deliveries.c.reason, "")))

    async def posted_by(self, user_id: int) -> list[Delivery]:
        """What stands, or may stand, in channels on a member's behalf; read it before erasing them."""
        shown = deliveries.c.message_id.is_not(None) | (deliveries.c.state == DeliveryState.SENDING)
        return await self._listed(deliveries.c.user_id == user_id, deliveries.c.guild_id.is_not(None), shown)

    async def pending(self, now: datetime, limit: int) -> list[Delivery]:
        """What is to be tried by now, the longest waiting first."""
        table = deliveries.c
        return await self._listed(table.state.in_(_PENDING), table.next_try_at <= now, limit=limit)

    async def earliest_try(self) -> datetime | None:
        """When the next pending delivery is to be tried."""
        statement = select(func.min(deliveries.c.next_try_at)).where(deliveries.c.state.in_(_PENDING))
        earliest: datetime | None = (await self._connection.execute(statement)).scalar_one_or_none()
        return earliest

    async def recent(
        self, user_ids: Iterable[int], since: datetime, purpose: Purpose
    ) -> dict[int, list[datetime | None]]:
        """Per member, when messages of a purpose were sent since an instant; None for one still pending."""
        table = deliveries.c
        statement = select(table.user_id, table.sent_at).where(
            table.user_id.in_(list(user_ids)),
            table.purpose == purpose,
            or_(table.state.in_(_PENDING), and_(table.state == DeliveryState.SENT, table.sent_at >= since)),
        )
        found: dict[int, list[datetime | None]] = {}
        for row in await self._connection.execute(statement):
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
        changes: dict[str, Any] = {
            "state": DeliveryState.SENDING,
            "attempts": deliveries.c.attempts + 1,
            "next_try_at": next_try_at,
        }
        if not again:
            changes["attempt_at"] = now
        statement = self._expected(tokens).values(**changes).returning(deliveries)
        return [delivery_of(row) for row in await self._connection.execute(statement)]

    def _expected(self, tokens: Sequence[tuple[int, int]]) -> Any:
        as_seen = tuple_(deliveries.c.id, deliveries.c.attempts).in_(tokens)
        return update(deliveries).where(as_seen, deliveries.c.state.in_(_PENDING))

    async def later(self, token: tuple[int, int], next_try_at: datetime, **changes: object) -> bool:
        """Try again at another instant, perhaps with another body or a note. False when it moved meanwhile."""
        statement = self._expected([token]).values(next_try_at=next_try_at, **changes)
        return (await self._connection.execute(statement)).rowcount == 1

    async def lease(self, delivery: Delivery, until: datetime) -> bool:
        """Take a delivery for a look at its channel; False when somebody else did."""
        seen = deliveries.c.next_try_at == delivery.next_try_at
        statement = self._expected([(delivery.id, delivery.attempts)]).where(seen).values(next_try_at=until)
        return (await self._connection.execute(statement)).rowcount == 1

    async def sent(
        self, token: tuple[int, int], now: datetime, *, message_id: int | None, channel_id: int | None
    ) -> bool:
        """It arrived. False when it moved meanwhile."""
        changes = {
            "state": DeliveryState.SENT,
            "sent_at": now,
            "message_id": message_id,
            "channel_id": channel_id,
        }
        return (await self._connection.execute(self._expected([token]).values(**changes))).rowcount == 1

    async def finish(self, token: tuple[int, int], state: DeliveryState, reason: str) -> bool:
        """It will not arrive. False when it moved meanwhile."""
        statement = self._expected([token]).values(state=state, reason=reason)
        return (await self._connection.execute(statement)).rowcount == 1
