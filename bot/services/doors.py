"""Opening the direct message: a real test message tells whether a member can be reached."""

from datetime import datetime
from typing import Protocol

from bot.domain.members import DmState, Member
from bot.services.ports import Database


class Opener(Protocol):
    """Opens a DM channel at a member's own press and sends the test message there. The state it finds is stored."""

    async def open_and_test(
        self, user_id: int, language: str, now: datetime, *, interaction_id: int
    ) -> DmState:
        """What Discord answered; QUEUED when it goes out as soon as the pace allows. Never raises for a refusal."""
        ...


class Doors:
    """Tests the way to a member, and lets what could not reach them come again."""

    def __init__(self, db: Database, opener: Opener) -> None:
        self._db = db
        self._opener = opener

    async def open(self, member: Member, now: datetime, *, interaction_id: int) -> Member:
        """Send the test message and give the member as they now are; what could not be sent before is due again.

        The same interaction delivered again sends no second one.
        """
        state = await self._opener.open_and_test(
            member.user_id, member.language, now, interaction_id=interaction_id
        )
        async with self._db.write() as tx:
            if state is DmState.OPEN:
                await tx.nudges.rearm(member.user_id, member.rhythm, now)
            return await tx.members.get(member.user_id) or member
