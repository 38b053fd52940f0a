"""What is old enough to go, and who has not been here for long. The periods are the retention service's."""

from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.challenges import ChallengeState
from bot.domain.nudges import DeliveryState, NudgeState, Subject
from bot.domain.rejections import Recovery
from bot.storage.tables import challenges, deliveries, members, memberships, nudges, receipts, rejections

_PENDING = (DeliveryState.MADE, DeliveryState.SENDING)
_TO_COME = (NudgeState.DUE, NudgeState.HELD, NudgeState.CLAIMED, NudgeState.UNDELIVERABLE)
"""Also what closed DMs keep back: it still comes once they are open."""

Idle = tuple[datetime, int]
"""When somebody was last seen, and their id."""


class RetentionStore:
    """Deletes by age, across members, inside one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def deleted_rejections(self, before: datetime) -> int:
        """Delete for good what its member deleted before an instant, with its check-ins."""
        gone = delete(rejections).where(rejections.c.deleted_at < before).returning(rejections.c.id)
        ids = list((await self._connection.execute(gone)).scalars())
        if ids:
            about = (nudges.c.subject == Subject.REJECTION) & nudges.c.subject_id.in_(ids)
            await self._connection.execute(delete(nudges).where(about))
        return len(ids)

    async def past_recoveries(self, before: datetime, limit: int) -> int:
        """Finish at most `limit` open protocols with nothing left to come and nothing due since an instant.

        Gives how many. One statement looks and changes, so nothing planned before it is passed over.
        """
        about = (nudges.c.subject == Subject.REJECTION) & (nudges.c.subject_id == rejections.c.id)
        not_over = exists().where(about, nudges.c.state.in_(_TO_COME) | (nudges.c.due_at >= before))
        past = select(rejections.c.id).where(
            rejections.c.recovery == Recovery.OPEN, rejections.c.logged_at < before, ~not_over
        )
        statement = update(rejections).where(rejections.c.id.in_(past.order_by(rejections.c.id).limit(limit)))
        return (await self._connection.execute(statement.values(recovery=Recovery.FINISHED))).rowcount

    async def past_challenges(self, before: datetime, limit: int, now: datetime) -> int:
        """Finish at most `limit` ten days, begun before an instant, with no message to come and none due since then."""
        about = (nudges.c.subject == Subject.CHALLENGE) & (nudges.c.subject_id == challenges.c.id)
        not_over = exists().where(about, nudges.c.state.in_(_TO_COME) | (nudges.c.due_at >= before))
        past = select(challenges.c.id).where(
            challenges.c.state == ChallengeState.RUNNING, challenges.c.started_at < before, ~not_over
        )
        statement = update(challenges).where(challenges.c.id.in_(past.order_by(challenges.c.id).limit(limit)))
        ended = statement.values(state=ChallengeState.FINISHED, ended_at=now)
        return (await self._connection.execute(ended)).rowcount

    async def old_receipts(self, before: datetime) -> int:
        """Delete notes of interactions answered before an instant."""
        return (await self._connection.execute(delete(receipts).where(receipts.c.made_at < before))).rowcount

    async def old_messages(self, before: datetime) -> int:
        """Delete direct messages that ended and were made before an instant.

        Posts stay with their server: they must be found again when their member is erased.
        """
        statement = delete(deliveries).where(
            deliveries.c.made_at < before,
            deliveries.c.guild_id.is_(None),
            deliveries.c.state.not_in(_PENDING),
        )
        return (await self._connection.execute(statement)).rowcount

    async def left_memberships(self, before: datetime) -> int:
        """Delete where members were seen, for servers they left before an instant."""
        statement = delete(memberships).where(memberships.c.left_at < before)
        return (await self._connection.execute(statement)).rowcount

    async def idle(
        self, since: datetime | None, until: datetime, limit: int, after: Idle | None = None
    ) -> list[Idle]:
        """When members were last seen, and who: anywhere before `until` and not before `since`, the longest ago first.

        `after` is the last of the page before.
        """
        seen_at, user_id = members.c.last_seen_at, members.c.user_id
        seen_later = exists().where(memberships.c.user_id == user_id, memberships.c.seen_at >= until)
        statement = select(seen_at, user_id).where(seen_at < until, ~seen_later)
        if since is not None:
            statement = statement.where(seen_at >= since)
        if after is not None:
            statement = statement.where((seen_at > after[0]) | ((seen_at == after[0]) & (user_id > after[1])))
        rows = await self._connection.execute(statement.order_by(seen_at, user_id).limit(limit))
        return [(row.last_seen_at, row.user_id) for row in rows]
