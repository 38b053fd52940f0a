"""What nudges are about, in rows: kind, date and how it stands. No text is opened here, and no owner is asked for:
the caller has the nudges, and a nudge and its thing have one owner.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, ColumnElement, bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.challenges import step_of
from bot.domain.drafts import Reminder
from bot.domain.merging import About, Stands
from bot.domain.nudges import NudgeState, Subject
from bot.domain.rejections import Recovery
from bot.storage.tables import challenge_days, challenges, drafts, members, nudges, rejections

_STANDS = {
    Recovery.OPEN: Stands.OPEN,
    Recovery.PAUSED: Stands.RESTING,
    Recovery.FINISHED: Stands.OVER,
}
# Built once, as the machine says them for every batch: building one costs more than running it.
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_REJECTIONS = select(
    rejections.c.id, rejections.c.kind, rejections.c.occurred_on, rejections.c.recovery
).where(rejections.c.id.in_(_IDS), rejections.c.deleted_at.is_(None))
_DAYS = (
    select(
        challenges.c.id,
        challenges.c.state,
        challenges.c.started_on,
        challenge_days.c.day,
        challenge_days.c.step,
        challenge_days.c.done_at,
    )
    .join(challenge_days, challenge_days.c.challenge_id == challenges.c.id)
    .where(challenges.c.id.in_(_IDS))
)
_UNHEARD = (
    select(nudges.c.subject_id, func.count().label("unheard"))
    .join(members, members.c.user_id == nudges.c.user_id)
    .where(
        nudges.c.subject == Subject.CHALLENGE,
        nudges.c.subject_id.in_(_IDS),
        nudges.c.state == NudgeState.SENT,
        nudges.c.answered_at.is_(None),
        nudges.c.due_at > members.c.last_seen_at,
    )
    .group_by(nudges.c.subject_id)
)
_DRAFTS = (
    select(drafts.c.id, drafts.c.kind, drafts.c.made_at, drafts.c.sent_at, members.c.zone)
    .join(members, members.c.user_id == drafts.c.user_id)
    .where(drafts.c.id.in_(_IDS))
)


def rests_by_itself() -> ColumnElement[bool]:
    """Whether what a nudge is about is paused by itself: so is its nudge, whatever its member does."""
    paused = (rejections.c.id == nudges.c.subject_id) & (rejections.c.recovery == Recovery.PAUSED)
    return (nudges.c.subject == Subject.REJECTION) & exists().where(paused)


class SubjectStore:
    """Looks at what nudges are about, across members, inside one transaction. What is gone is left out."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def rejections(self, rejection_ids: Iterable[int]) -> dict[int, About]:
        """Rejections that were not deleted, by id."""
        rows = await self._connection.execute(_REJECTIONS, {"ids": list(rejection_ids)})
        return {
            row.id: About(row.kind, row.occurred_on, _STANDS.get(row.recovery, Stands.CLOSED)) for row in rows
        }

    async def days(self, challenge_ids: Iterable[int]) -> dict[tuple[int, str], About]:
        """The days of these challenges, by challenge and step; one that is done, or ended, asks for nothing more."""
        asked = {"ids": list(challenge_ids)}
        heard_of = await self._connection.execute(_UNHEARD, asked)
        unheard = {row.subject_id: row.unheard for row in heard_of}
        rows = (await self._connection.execute(_DAYS, asked)).all()
        left = {(row.id, row.day) for row in rows if row.done_at is None}
        last = {number: max(day for one, day in left if one == number) for number, _ in left}
        return {
            (row.id, step_of(row.day)): About(
                row.step,
                row.started_on + timedelta(days=row.day - 1),
                Stands.OPEN if row.state == "running" and row.done_at is None else Stands.CLOSED,
                unheard.get(row.id, 0),
                goes_on=row.day < last.get(row.id, 0),
            )
            for row in rows
        }

    async def drafts(self, draft_ids: Iterable[int]) -> dict[tuple[int, str], About]:
        """Drafts by id and step: to send it until it is sent, what follows that from then on.

        The day is its writer's, when it was made or sent.
        """
        rows = await self._connection.execute(_DRAFTS, {"ids": list(draft_ids)})
        found: dict[tuple[int, str], About] = {}
        for row in rows:
            sent, zone = row.sent_at is not None, ZoneInfo(row.zone)
            made_on, sent_on = (
                at.astimezone(zone).date() for at in (row.made_at, row.sent_at or row.made_at)
            )
            stands = (Stands.CLOSED, Stands.OPEN) if sent else (Stands.OPEN, Stands.CLOSED)
            found[row.id, Reminder.SEND] = About(row.kind, made_on, stands[0])
            for step in (Reminder.ANSWER, Reminder.AGAIN):
                found[row.id, step] = About(row.kind, sent_on, stands[1])
        return found
