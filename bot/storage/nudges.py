"""Nudges as their owners see them: planned, cancelled, held, moved, answered. Sending them is `storage.claims`."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.nudges import OVERTAKEN, RESTORED, DeliveryState, Nudge, NudgeState, Subject
from bot.domain.rejections import UNDO_FOR
from bot.domain.timetable import Rhythm, next_hour
from bot.storage.columns import row_of
from bot.storage.share import Share, earliest, narrowed
from bot.storage.subjects import rests_by_itself
from bot.storage.tables import DUE, deliveries, members, nudges

_WAITING = (NudgeState.DUE, NudgeState.HELD)
_OPEN = (*_WAITING, NudgeState.CLAIMED)
_EARLIEST = select(func.min(nudges.c.due_at)).where(DUE)
_OUR_EARLIEST = narrowed(_EARLIEST, nudges.c.user_id)
_BACK = {"state": NudgeState.DUE, "delivery_id": None, "lease_until": None}


def nudge_of(row: Row[Any]) -> Nudge:
    """A row as a nudge. Raises ValueError for a state or subject this version does not know."""
    values = row._asdict()
    del values["lease_until"]
    values["state"] = NudgeState(values["state"])
    values["subject"] = Subject(values["subject"])
    return Nudge(**values)


async def pull_back(connection: AsyncConnection, delivery_ids: Iterable[int]) -> set[int]:
    """Undo messages that were made but never attempted; their nudges are due again. Gives the ids undone.

    The caller has locked the nudges first: everybody locks nudges before deliveries, in the order of their ids.
    """
    doomed = delete(deliveries).where(
        deliveries.c.id.in_(list(delivery_ids)),
        deliveries.c.state == DeliveryState.MADE,
        deliveries.c.attempts == 0,
    )
    undone = set((await connection.execute(doomed.returning(deliveries.c.id))).scalars())
    if undone:
        of_undone = nudges.c.delivery_id.in_(undone)
        covered = (nudges.c.state == NudgeState.SKIPPED) & (nudges.c.reason == OVERTAKEN)
        await connection.execute(update(nudges).where(of_undone, covered).values(reason=None, **_BACK))
        claimed = nudges.c.state == NudgeState.CLAIMED
        await connection.execute(update(nudges).where(of_undone, claimed).values(**_BACK))
    return undone


class NudgeStore:
    """Reads and writes members' nudges inside one transaction.

    Whatever changes a plan first undoes the messages made for it and not yet attempted. After that a claimed
    nudge is one whose attempt has begun, and nothing here moves it any more; a cancel leaves its reason on it.
    """

    def __init__(self, connection: AsyncConnection, share: Share | None = None) -> None:
        self._connection = connection
        self._share = share

    async def add_many(self, new: list[Nudge]) -> None:
        """Store new nudges. Raises IntegrityError for a second one of the same step and occurrence."""
        if new:
            await self._connection.execute(nudges.insert(), [row_of(nudge) for nudge in new])

    async def _listed(self, *conditions: ColumnElement[bool]) -> list[Nudge]:
        statement = select(nudges).where(*conditions).order_by(nudges.c.due_at, nudges.c.id)
        return [nudge_of(row) for row in await self._connection.execute(statement)]

    async def get(self, user_id: int, nudge_id: int) -> Nudge | None:
        """The member's own nudge, or None."""
        return next(iter(await self._listed(nudges.c.user_id == user_id, nudges.c.id == nudge_id)), None)

    async def of_subject(self, user_id: int, subject: Subject, subject_id: int) -> list[Nudge]:
        """Every nudge about one thing, whatever became of it, by the time it is due."""
        table = nudges.c
        return await self._listed(
            table.user_id == user_id, table.subject == subject, table.subject_id == subject_id
        )

    async def of_delivery(self, user_id: int, delivery_id: int) -> list[Nudge]:
        """The member's nudges that went out, or are to go out, in one message; also those it covered."""
        return await self._listed(nudges.c.user_id == user_id, nudges.c.delivery_id == delivery_id)

    async def open_for(self, user_id: int) -> list[Nudge]:
        """What is still to come for a member: due, held, or on its way."""
        return await self._listed(nudges.c.user_id == user_id, nudges.c.state.in_(_OPEN))

    async def due_for(self, user_id: int) -> list[Nudge]:
        """What is planned for a member and not held."""
        return await self._listed(nudges.c.user_id == user_id, nudges.c.state == NudgeState.DUE)

    async def earliest_due(self) -> datetime | None:
        """When the next nudge of anybody is due, for this process."""
        return await earliest(self._connection, self._share, _EARLIEST, _OUR_EARLIEST)

    async def cancel(self, user_id: int, subject: Subject, subject_id: int, reason: str) -> int:
        """Skip what has not been attempted about one thing. Gives how many."""
        changes = {"state": NudgeState.SKIPPED, "reason": reason}
        return await self._change(user_id, changes, *_about(subject, subject_id))

    async def cancel_all(self, user_id: int, reason: str) -> int:
        """Skip everything of a member that has not been attempted. Gives how many."""
        return await self._change(user_id, {"state": NudgeState.SKIPPED, "reason": reason})

    async def skip(self, user_id: int, nudge_ids: Sequence[int], reason: str) -> int:
        """Skip these nudges of a member, as far as they have not been attempted. Gives how many."""
        return await self._change(
            user_id, {"state": NudgeState.SKIPPED, "reason": reason}, nudges.c.id.in_(nudge_ids)
        )

    async def hold(self, user_id: int, subject: Subject, subject_id: int) -> int:
        """Set aside what has not been attempted about one thing, until it is released."""
        return await self._change(user_id, {"state": NudgeState.HELD}, *_about(subject, subject_id))

    async def hold_all(self, user_id: int) -> int:
        """Set aside everything of a member that has not been attempted, until it is released."""
        return await self._change(user_id, {"state": NudgeState.HELD})

    async def _change(self, user_id: int, changes: dict[str, Any], *only: ColumnElement[bool]) -> int:
        await self._pull_back(nudges.c.user_id == user_id)
        if "reason" in changes:
            # What was attempted goes on as it is; should it never arrive, this is why nobody waits for it.
            begun = update(nudges).where(
                nudges.c.user_id == user_id, nudges.c.state == NudgeState.CLAIMED, *only
            )
            await self._connection.execute(begun.values(reason=changes["reason"]))
        waiting = update(nudges).where(nudges.c.user_id == user_id, nudges.c.state.in_(_WAITING), *only)
        return (await self._connection.execute(waiting.values(**changes))).rowcount

    async def _pull_back(self, condition: ColumnElement[bool]) -> None:
        """Lock what is open, so that nobody begins to send it meanwhile, and undo what is made of it."""
        table = nudges.c
        locked = select(table.delivery_id, table.state).where(condition, table.state.in_(_OPEN))
        rows = await self._connection.execute(locked.order_by(table.id).with_for_update())
        made = {row.delivery_id for row in rows if row.state == NudgeState.CLAIMED and row.delivery_id}
        if made:
            await pull_back(self._connection, made)

    async def release(
        self,
        user_id: int,
        rhythm: Rhythm,
        now: datetime,
        *,
        subject: Subject | None = None,
        subject_id: int | None = None,
    ) -> int:
        """Held nudges are due again, those about one thing or all but those of what is paused by itself.

        What came due meanwhile moves to the next hour, so one message covers it, and it is not late: rest is allowed.
        Gives how many.
        """
        conditions = [nudges.c.user_id == user_id, nudges.c.state == NudgeState.HELD]
        if subject is None:
            conditions.append(~rests_by_itself())
        else:
            conditions += [nudges.c.subject == subject, nudges.c.subject_id == subject_id]
        overdue = update(nudges).where(*conditions, nudges.c.due_at <= now)
        moved = await self._connection.execute(
            overdue.values(reason=None, due_at=next_hour(now, rhythm), **_BACK)
        )
        rest = await self._connection.execute(update(nudges).where(*conditions).values(reason=None, **_BACK))
        return moved.rowcount + rest.rowcount

    async def reschedule(self, moves: Sequence[tuple[int, datetime]]) -> int:
        """Move nudges that have not been attempted to new instants. Gives how many moved."""
        if not moves:
            return 0
        await self._pull_back(nudges.c.id.in_([nudge_id for nudge_id, _ in moves]))
        statement = (
            update(nudges)
            .where(nudges.c.id == bindparam("nudge"), nudges.c.state.in_(_WAITING))
            .values(due_at=bindparam("moved_to"), reason=None)
        )
        moved = 0
        for nudge_id, due_at in moves:
            result = await self._connection.execute(statement, {"nudge": nudge_id, "moved_to": due_at})
            moved += result.rowcount
        return moved

    async def revive(
        self,
        user_id: int,
        subject: Subject,
        subject_id: int,
        reason: str,
        now: datetime | None,
        *,
        steps: Sequence[str] | None = None,
    ) -> int:
        """What was skipped for a reason is due again, as far as it lies ahead of `now`. Gives how many.

        Without `now` all of it is: an undo loses nothing, not even what had waited for long.
        """
        table = nudges.c
        skipped = update(nudges).where(
            table.user_id == user_id, table.subject == subject, table.subject_id == subject_id,
            table.state == NudgeState.SKIPPED, table.reason == reason,
        )  # fmt: skip
        if now is not None:
            skipped = skipped.where(table.due_at > now - UNDO_FOR)
        if steps is not None:
            skipped = skipped.where(table.step.in_(steps))
        return (await self._connection.execute(skipped.values(reason=None, **_BACK))).rowcount

    async def kept_back(self, user_id: int) -> int:
        """How many of a member's check-ins could not be delivered and wait for their DMs to open."""
        statement = select(func.count()).where(
            nudges.c.user_id == user_id, nudges.c.state == NudgeState.UNDELIVERABLE
        )
        return (await self._connection.execute(statement)).scalar_one()

    async def left_out(self, user_id: int) -> int:
        """How many of a member's check-ins had no message yet and were left out when a backup was put back."""
        statement = select(func.count()).where(
            nudges.c.user_id == user_id, nudges.c.reason == RESTORED, nudges.c.delivery_id.is_(None)
        )
        return (await self._connection.execute(statement)).scalar_one()

    async def answer_some(self, user_id: int, nudge_ids: Sequence[int], now: datetime) -> list[Nudge]:
        """Note that the member reacted to these check-ins. Gives those answered now; none at the second press."""
        if not nudge_ids:
            return []
        statement = update(nudges).where(
            nudges.c.user_id == user_id,
            nudges.c.id.in_(list(nudge_ids)),
            nudges.c.answered_at.is_(None),
            nudges.c.state.in_((NudgeState.SENT, NudgeState.CLAIMED)),
        )
        rows = (await self._connection.execute(statement.values(answered_at=now).returning(nudges))).all()
        return sorted((nudge_of(row) for row in rows), key=lambda nudge: (nudge.due_at, nudge.id))

    async def rearm(self, user_id: int, rhythm: Rhythm, now: datetime) -> int:
        """What closed DMs kept back is due again at the member's next hour, or held where all rests. Gives how many."""
        mine = (nudges.c.user_id == user_id) & (nudges.c.state == NudgeState.UNDELIVERABLE)
        back = {"reason": None, "due_at": next_hour(now, rhythm), **_BACK}
        held = update(nudges).where(mine, _resting(user_id)).values({**back, "state": NudgeState.HELD})
        due = update(nudges).where(mine).values(back)
        return sum([(await self._connection.execute(change)).rowcount for change in (held, due)])


def _about(subject: Subject, subject_id: int) -> tuple[ColumnElement[bool], ...]:
    return nudges.c.subject == subject, nudges.c.subject_id == subject_id


def _resting(user_id: int) -> ColumnElement[bool]:
    """Whether a nudge of a member is to be held: they rest altogether, or what it is about does."""
    members_rest = members.c.paused_at.is_not(None) | members.c.stopped_at.is_not(None)
    return or_(exists().where(members.c.user_id == user_id, members_rest), rests_by_itself())
