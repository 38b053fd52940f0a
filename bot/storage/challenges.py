"""The ten days in rows: one for each start, and one for each of its days. Nothing in them is free text."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.challenges import Challenge, ChallengeDay, ChallengeState
from bot.storage.tables import challenge_days, challenges

_DAYS = select(
    challenge_days.c.id,
    challenge_days.c.challenge_id,
    challenge_days.c.day,
    challenge_days.c.step,
    challenge_days.c.done_at,
)


class ChallengeStore:
    """Reads and writes one member's ten days inside one transaction; every query names the owner."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, challenge: Challenge) -> None:
        """Store a start with its days. Raises IntegrityError while another one runs."""
        owner = challenge.user_id
        row = {
            "id": challenge.id, "user_id": owner, "state": challenge.state, "started_on": challenge.started_on,
            "started_at": challenge.started_at, "ended_at": challenge.ended_at,
        }  # fmt: skip
        days = [
            {
                "id": day.id, "user_id": owner, "challenge_id": challenge.id, "day": day.day, "step": day.step,
                "done_at": day.done_at,
            }
            for day in challenge.days
        ]  # fmt: skip
        await self._connection.execute(challenges.insert(), [row])
        await self._connection.execute(challenge_days.insert(), days)

    async def get(self, user_id: int, challenge_id: int) -> Challenge | None:
        """The member's own, or None."""
        return await self._first(challenges.c.user_id == user_id, challenges.c.id == challenge_id)

    async def latest(self, user_id: int) -> Challenge | None:
        """The one that began last, whatever became of it."""
        return await self._first(challenges.c.user_id == user_id)

    async def running(self, user_id: int) -> Challenge | None:
        """The one that runs, if any; there is never a second."""
        running = challenges.c.state == ChallengeState.RUNNING
        return await self._first(challenges.c.user_id == user_id, running)

    async def ended(self, user_id: int, limit: int) -> list[Challenge]:
        """Those that do not run any more, the latest first."""
        over = challenges.c.state != ChallengeState.RUNNING
        return await self._newest(limit, challenges.c.user_id == user_id, over)

    async def delete(self, user_id: int, challenge_id: int) -> None:
        """Delete a start with its days."""
        table = challenges.c
        await self._connection.execute(
            delete(challenges).where(table.user_id == user_id, table.id == challenge_id)
        )

    async def _first(self, *conditions: ColumnElement[bool]) -> Challenge | None:
        return next(iter(await self._newest(1, *conditions)), None)

    async def _newest(self, limit: int, *conditions: ColumnElement[bool]) -> list[Challenge]:
        newest = select(challenges).where(*conditions).order_by(challenges.c.id.desc()).limit(limit)
        rows = (await self._connection.execute(newest)).all()
        if not rows:
            return []
        days = _DAYS.where(challenge_days.c.challenge_id.in_([row.id for row in rows]))
        found = (await self._connection.execute(days.order_by(challenge_days.c.day))).all()
        return [_challenge(row, [day for day in found if day.challenge_id == row.id]) for row in rows]

    async def mark(self, user_id: int, challenge_id: int, day: int, done_at: datetime | None) -> None:
        """Note that a day's step is done, or with None that it is not."""
        await self._change_day(user_id, challenge_id, day, done_at=done_at)

    async def put_step(self, user_id: int, challenge_id: int, day: int, step: str) -> None:
        """Give a day another step."""
        await self._change_day(user_id, challenge_id, day, step=step)

    async def _change_day(self, user_id: int, challenge_id: int, day: int, **changes: object) -> None:
        table = challenge_days.c
        statement = update(challenge_days).where(
            table.user_id == user_id, table.challenge_id == challenge_id, table.day == day
        )
        await self._connection.execute(statement.values(**changes))

    async def stand(
        self, user_id: int, challenge_id: int, state: ChallengeState, ended_at: datetime | None
    ) -> None:
        """Finish, stop, or go on as if nothing had been. Raises IntegrityError when another one runs."""
        statement = update(challenges).where(challenges.c.user_id == user_id, challenges.c.id == challenge_id)
        await self._connection.execute(statement.values(state=state, ended_at=ended_at))

    async def take_up(self, user_id: int, challenge_id: int, now: datetime) -> None:
        """Go on from now, so that the night gives it time again. Raises IntegrityError when another one runs."""
        statement = update(challenges).where(challenges.c.user_id == user_id, challenges.c.id == challenge_id)
        again = statement.values(state=ChallengeState.RUNNING, ended_at=None, started_at=now)
        await self._connection.execute(again)


def _challenge(row: Row[Any], days: Any) -> Challenge:
    return Challenge(
        id=row.id,
        user_id=row.user_id,
        state=ChallengeState(row.state),
        started_on=row.started_on,
        started_at=row.started_at,
        days=tuple(ChallengeDay(day.id, day.day, day.step, day.done_at) for day in days),
        ended_at=row.ended_at,
    )
