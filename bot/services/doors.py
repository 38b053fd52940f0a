"""Opening the direct message: a real test message tells whether a member can be reached."""

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.domain.members import DmState, Member
from bot.services.ports import Database


class Opener(Protocol):
    """Opens a DM channel at a member's own press and sends the test message there."""

    async def open_and_test(self, user_id: int, language: str, now: datetime) -> tuple[DmState, int | None]:
        """The state found, and the channel's id when there is one. Never raises for a refusal."""
        ...


class Doors:
    """Asks Discord, and remembers the answer."""

    def __init__(self, db: Database, opener: Opener) -> None:
        self._db = db
        self._opener = opener

    async def open(self, member: Member, now: datetime) -> Member:
        """Send the test message and store what came of it; what could not be sent before is due again."""
        state, channel_id = await self._opener.open_and_test(member.user_id, member.language, now)
        async with self._db.write() as tx:
            changes: dict[str, object] = {"dm_state": state}
            if channel_id is not None:
                changes["dm_channel_id"] = channel_id
            await tx.members.update(member.user_id, **changes)
            if state is DmState.OPEN:
                await tx.nudges.rearm(member.user_id, member.rhythm, now)
        return replace(member, dm_state=state, dm_channel_id=channel_id or member.dm_channel_id)
