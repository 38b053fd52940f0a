"""Asks about a thing once more: the next occurrence of a step, whatever it is about."""

from datetime import datetime

from bot.domain.members import Member
from bot.domain.nudges import Nudge, NudgeState, Subject
from bot.ids import new_id
from bot.services.ports import Unit


async def remind(
    tx: Unit, member: Member, subject: Subject, subject_id: int, step: str, due_at: datetime, now: datetime,
    *, rests: bool = False,
) -> Nudge:  # fmt: skip
    """Plan the next nudge about a thing; held while it `rests`, or while its member is paused or off.

    The caller holds a transaction that has locked the member, and wakes the machine for what is due.
    """
    there = await tx.nudges.of_subject(member.user_id, subject, subject_id)
    occurrence = max((nudge.occurrence + 1 for nudge in there if nudge.step == step), default=0)
    runs = member.reachable and not rests
    nudge = Nudge(
        id=new_id(now), user_id=member.user_id, subject=subject, subject_id=subject_id, step=step,
        occurrence=occurrence, due_at=due_at, state=NudgeState.DUE if runs else NudgeState.HELD,
    )  # fmt: skip
    await tx.nudges.add_many([nudge])
    return nudge
