"""Nudges on their way out, for the delivery machine alone: claim, decide, assign, mark."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.nudges import Nudge, NudgeState
from bot.storage.nudges import nudge_of, pull_back
from bot.storage.share import Share, narrowed, ours_first
from bot.storage.tables import CLAIMED, DUE, PENDING, deliveries, members, nudges

# Built once, as the machine says them for every batch: building one costs more than running it.
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_RECLAIM = (
    update(nudges)
    .where(
        CLAIMED,
        nudges.c.lease_until < bindparam("now"),
        ~exists().where(deliveries.c.id == nudges.c.delivery_id, PENDING),
    )
    .values(state=NudgeState.DUE, lease_until=None, delivery_id=None)
)
_DUE = select(nudges.c.id, nudges.c.user_id).where(
    DUE, nudges.c.due_at <= bindparam("now", type_=nudges.c.due_at.type)
)
# Several processes ask at once (PostgreSQL): each gets members that no other one holds, and none waits. Many are due
# at one instant, a full hour: ordered by their ids too, all of them would be read for each batch.
_OLDEST = (
    _DUE.join(members, members.c.user_id == nudges.c.user_id)
    .order_by(nudges.c.due_at)
    .limit(bindparam("most"))
    .with_for_update(of=members, skip_locked=True, key_share=True)
)
_OUR_OLDEST = narrowed(_OLDEST, nudges.c.user_id)
_FREE = (
    select(members.c.user_id)
    .where(members.c.user_id.in_(_IDS))
    .with_for_update(skip_locked=True, key_share=True)
)
_READY = (
    _DUE.with_only_columns(nudges.c.id).where(nudges.c.user_id.in_(_IDS)).with_for_update(skip_locked=True)
)
_CLAIM = (
    update(nudges)
    .where(nudges.c.id.in_(_READY), DUE)
    .values(state=NudgeState.CLAIMED, lease_until=bindparam("until"))
    .returning(nudges)
)
_GOING_OUT = (
    select(nudges).where(nudges.c.delivery_id.in_(_IDS), CLAIMED).order_by(nudges.c.id).with_for_update()
)
_LOCK = _GOING_OUT.with_only_columns(nudges.c.id)
_ASSIGN = (
    update(nudges).where(nudges.c.id == bindparam("nudge"), CLAIMED).values(delivery_id=bindparam("message"))
)
_SETTLE = (
    update(nudges)
    .where(nudges.c.delivery_id.in_(_IDS), CLAIMED)
    .values(state=bindparam("became"), reason=bindparam("why"), lease_until=None)
)


class ClaimStore:
    """The machine's side of the nudges, inside one transaction.

    Claims are taken per member, under a lock on the member's row: two processes never hold nudges of the same
    person, so nobody gets two messages. Nothing here waits for a lock but `lock` and `lock_of`, which take nudges in
    the order of their ids, as everybody else does.
    """

    def __init__(self, connection: AsyncConnection, share: Share | None = None) -> None:
        self._connection = connection
        self._share = share

    async def reclaim(self, now: datetime) -> int:
        """Claims whose lease ran out, and for which no message is pending, are due again. Gives how many."""
        return (await self._connection.execute(_RECLAIM, {"now": now})).rowcount

    async def due_ids(self, now: datetime, limit: int) -> list[tuple[int, int]]:
        """The longest overdue of members whom nobody else is working on: pairs of nudge and member. Its own come first."""
        rows = await ours_first(self._connection, self._share, _OLDEST, _OUR_OLDEST, now, limit)
        return [(row.id, row.user_id) for row in rows]

    async def lock_members(self, user_ids: Iterable[int]) -> list[int]:
        """Those of these members that nobody else is working on; they stay ours until the transaction ends."""
        return list((await self._connection.execute(_FREE, {"ids": list(user_ids)})).scalars())

    async def claim(
        self, user_ids: Sequence[int], now: datetime, lease_until: datetime
    ) -> tuple[list[Nudge], list[int]]:
        """Claim all that is due for these members. Also gives the ids of rows that cannot be understood."""
        asked = {"ids": list(user_ids), "now": now, "until": lease_until}
        claimed: list[Nudge] = []
        broken: list[int] = []
        for row in await self._connection.execute(_CLAIM, asked):
            try:
                claimed.append(nudge_of(row))
            except ValueError:
                broken.append(row.id)
        return claimed, broken

    async def lock_of(self, delivery_ids: Sequence[int]) -> dict[int, list[Nudge]]:
        """The claimed nudges of these messages, locked until the transaction ends."""
        found: dict[int, list[Nudge]] = {delivery_id: [] for delivery_id in delivery_ids}
        for row in await self._connection.execute(_GOING_OUT, {"ids": list(delivery_ids)}):
            found[row.delivery_id].append(nudge_of(row))
        return found

    async def lock(self, delivery_ids: Sequence[int]) -> None:
        """Lock the claimed nudges of these messages until the transaction ends."""
        await self._connection.execute(_LOCK, {"ids": list(delivery_ids)})

    async def pull_back(self, delivery_ids: Iterable[int]) -> set[int]:
        """Undo messages never attempted; their nudges are due again. Lock them first. Gives the ids undone."""
        return await pull_back(self._connection, delivery_ids)

    async def assign(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Claimed nudges go out in messages: pairs of nudge and delivery."""
        if not pairs:
            return
        rows = [{"nudge": nudge_id, "message": delivery_id} for nudge_id, delivery_id in pairs]
        await self._connection.execute(_ASSIGN, rows)

    async def finish(
        self, nudge_ids: Sequence[int], state: NudgeState, reason: str | None, delivery_id: int | None = None
    ) -> None:
        """Claimed nudges reach a state from which the machine leaves them alone."""
        if not nudge_ids:
            return
        changes = {"state": state, "reason": reason, "lease_until": None, "delivery_id": delivery_id}
        statement = update(nudges).where(nudges.c.id.in_(nudge_ids), CLAIMED)
        await self._connection.execute(statement.values(**changes))

    async def put_off(self, nudge_ids: Sequence[int], due_at: datetime, reason: str | None) -> None:
        """Claimed nudges are due again at another instant."""
        statement = update(nudges).where(nudges.c.id.in_(nudge_ids), CLAIMED)
        changes = {"state": NudgeState.DUE, "due_at": due_at, "reason": reason}
        await self._connection.execute(statement.values(lease_until=None, delivery_id=None, **changes))

    async def settle(self, delivery_ids: Sequence[int], state: NudgeState, reason: str | None) -> None:
        """What became of these messages became of their nudges."""
        asked = {"ids": list(delivery_ids), "became": state, "why": reason}
        await self._connection.execute(_SETTLE, asked)

    async def set_aside(self, nudge_id: int) -> None:
        """A row that breaks the machine is dead, so that the others go on."""
        back = (NudgeState.DUE, NudgeState.CLAIMED)
        statement = update(nudges).where(nudges.c.id == nudge_id, nudges.c.state.in_(back))
        await self._connection.execute(
            statement.values(state=NudgeState.DEAD, reason="broken", lease_until=None)
        )
