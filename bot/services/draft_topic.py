"""What an answer to a reminder of a draft does: it was sent, or its answer was looked for."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.drafts import Reminder
from bot.domain.members import Member
from bot.domain.nudges import Nudge, Subject
from bot.errors import NotYours
from bot.services.actions import ActionLogged
from bot.services.drafts import Drafts
from bot.services.ports import Database, Unit
from bot.services.topics import Comes, Done, Pressed, Said

_NOTED = {str(Reminder.ANSWER): "nudge-draft-looked", str(Reminder.AGAIN): "nudge-draft-again-noted"}
"""What is said when something was done that counts nothing by itself."""


class DraftTopic:
    """Reminders of drafts. They have no buttons of their own beside the way to the draft, which answers nothing."""

    def __init__(self, db: Database, drafts: Drafts) -> None:
        self._db = db
        self._drafts = drafts

    async def done(self, member: Member, nudges: Sequence[Nudge], pressed: Pressed) -> Done:
        """To send it: it was sent, and counts once. What follows that: it was done, and nothing counts by it."""
        if pressed.button is not None:
            return Done()
        logged: list[ActionLogged] = []
        said: dict[str, None] = {}
        for nudge in nudges:
            if nudge.step in _NOTED:
                said[_NOTED[nudge.step]] = None
                continue
            try:
                if await self._drafts.sent_uncounted(member.user_id, nudge.subject_id, pressed.now):
                    said["nudge-draft-gone-noted"] = None
                    continue
                sent = await self._drafts.sent(
                    member, nudge.subject_id, interaction_id=pressed.interaction_id, guild_id=pressed.guild_id,
                    now=pressed.now,
                )  # fmt: skip
            except NotYours:  # deleted since the message came
                said["nudge-closed"] = None
            else:
                logged.append(sent.logged)
        return Done(tuple(logged), tuple(nudge.id for nudge in nudges), tuple(map(Said, said)))

    async def settled(self, tx: Unit, user_id: int, subject_ids: Sequence[int]) -> int:
        """A draft does not end."""
        return 0

    async def take_up(self, tx: Unit, user_id: int, subject_id: int) -> None:
        """A draft is never over by itself."""

    async def comes(
        self, tx: Unit, member: Member, subject_id: int, due_at: datetime, now: datetime
    ) -> Comes:
        """Not while it is about a program and nobody may write to one."""
        return await self._drafts.comes(tx, member, subject_id, due_at, now)

    async def stop(self, member: Member, subject_ids: Sequence[int], now: datetime) -> list[int]:
        """Remind of these no more; the drafts stay."""
        async with self._db.write() as tx:
            await tx.actions.lock(member.user_id)
            for draft_id in subject_ids:
                await tx.nudges.cancel(member.user_id, Subject.DRAFT, draft_id, "stopped")
        return list(subject_ids)
