"""What the answers to a message of the ten days do, and what is said of how far it is."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from bot.domain.challenges import Challenge, bar, day_of
from bot.domain.members import Member
from bot.domain.nudges import Nudge
from bot.errors import NotYours, UserError
from bot.services.challenges import Challenges, DayDone
from bot.services.ports import Unit
from bot.services.topics import Comes, Done, Pressed, Said


class ChallengeTopic:
    """Answers to the messages of the ten days."""

    def __init__(self, challenges: Challenges) -> None:
        self._challenges = challenges

    async def done(self, member: Member, nudges: Sequence[Nudge], pressed: Pressed) -> Done:
        """The step of the message's day is done; a later step's own button is not for it."""
        if pressed.button is not None:
            return Done()
        found: list[DayDone] = []
        for nudge in nudges:
            with suppress(NotYours):  # deleted since the message came
                found.append(
                    await self._challenges.done(member, nudge.subject_id, day_of(nudge.step), pressed)
                )
        told = [said(one.challenge) for one in found[-1:]] or [Said("nudge-closed")]
        return Done(tuple(one.logged for one in found), tuple(nudge.id for nudge in nudges), tuple(told))

    async def settled(self, tx: Unit, user_id: int, subject_ids: Sequence[int]) -> int:
        """Nothing ends by an answer alone: a day that was skipped can still be done."""
        return 0

    async def take_up(self, tx: Unit, user_id: int, subject_id: int) -> None:
        """Nothing: ten days that ended do not go on by themselves."""

    async def comes(
        self, tx: Unit, member: Member, subject_id: int, due_at: datetime, now: datetime
    ) -> Comes:
        """Then."""
        return Comes(due_at)

    async def stop(self, member: Member, subject_ids: Sequence[int], now: datetime) -> list[int]:
        """Stop these; what is over already is passed over."""
        return [one for one in subject_ids if await self._stopped(member.user_id, one, now)]

    async def _stopped(self, user_id: int, challenge_id: int, now: datetime) -> bool:
        try:
            await self._challenges.stop(user_id, challenge_id, now)
        except (NotYours, UserError):
            return False
        return True


def said(challenge: Challenge) -> Said:
    """How far it is, or that it is over."""
    if not challenge.left():
        return Said("challenge-finished")
    return Said("challenge-progress", {"bar": bar(challenge.done), "done": challenge.done})
