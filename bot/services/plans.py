"""The check-ins of one rejection as rows: laid out, moved with the rhythm or the date, brought back by an undo."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.members import Member
from bot.domain.nudges import Nudge, NudgeState, Subject
from bot.domain.rejections import OPEN_RECOVERY, Recovery, Rejection
from bot.domain.timetable import Planned, Step, plan, replanned_at, starts_nothing
from bot.ids import made_at, new_id
from bot.services.ports import Unit

PAST = "past"
"""The reason of a step that a changed date put into the past."""
_UNSENT = (NudgeState.DUE, NudgeState.HELD, NudgeState.CLAIMED)


@dataclass(frozen=True, slots=True)
class Shift:
    """What a changed date did: the steps still ahead, in time order, and how many unsent ones it put into the past."""

    rejection: Rejection
    planned: tuple[Planned, ...]
    past: int


def check_ins(member: Member, rejection: Rejection, planned: Sequence[Planned], now: datetime) -> list[Nudge]:
    """The nudge rows for a plan; held back at once for a member who paused everything."""
    state = NudgeState.DUE if member.reachable else NudgeState.HELD
    return [
        Nudge(
            id=new_id(now),
            user_id=member.user_id,
            subject=Subject.REJECTION,
            subject_id=rejection.id,
            step=step.step,
            occurrence=0,
            due_at=step.due_at,
            state=state,
        )
        for step in planned
    ]


def begun_at(rejection: Rejection, nudges: Sequence[Nudge]) -> datetime:
    """From when the plan counts, aware UTC: the logging, or when check-ins were started later for an entry without.

    The ids of the rows say when they were made; the first ones of most entries were made with the entry.
    """
    return max(rejection.logged_at, min((made_at(nudge.id) for nudge in nudges), default=rejection.logged_at))


async def bring_back(tx: Unit, member: Member, rejection: Rejection, reason: str) -> None:
    """An undo: everything skipped for this reason is due again, and held where the entry or the member rests."""
    await tx.nudges.revive(member.user_id, Subject.REJECTION, rejection.id, reason, None)
    await hold_resting(tx, member, rejection)


async def hold_resting(tx: Unit, member: Member, rejection: Rejection) -> None:
    """Hold what is to come of an entry while it is paused, or its member not to be written to."""
    if rejection.recovery is Recovery.PAUSED or not member.reachable:
        await tx.nudges.hold(member.user_id, Subject.REJECTION, rejection.id)


async def replan(tx: Unit, member: Member, rejection: Rejection, now: datetime) -> None:
    """Move the check-ins of one rejection that were not yet sent to where the rhythm now puts them; none is lost."""
    nudges = await tx.nudges.of_subject(member.user_id, Subject.REJECTION, rejection.id)
    anchor_at = begun_at(rejection, nudges)
    moves = [
        (
            nudge.id,
            replanned_at(
                Step(nudge.step),
                logged_at=anchor_at,
                occurred_on=rejection.occurred_on,
                rhythm=member.rhythm,
                now=now,
            ),
        )
        for nudge in nudges
        if nudge.state in _UNSENT and nudge.occurrence == 0
    ]
    await tx.nudges.reschedule(moves)


async def redate(tx: Unit, member: Member, old: Rejection, new: Rejection, now: datetime) -> Shift | None:
    """Let the plan follow a changed date. None when the entry has no protocol that runs, and gets none by it.

    Steps that then lie in the past are skipped, others move, missing ones are added; snoozed ones stay. An
    entry that was too old for check-ins gets them when its true date is not.
    """
    nudges = await tx.nudges.of_subject(member.user_id, Subject.REJECTION, new.id)
    began_at, was_old = begun_at(old, nudges), starts_nothing(old.logged_at, old.occurred_on, member.rhythm)
    if old.recovery not in OPEN_RECOVERY and not (old.recovery is Recovery.NONE and was_old):
        return None
    asked = old.recovery in OPEN_RECOVERY and (was_old or began_at > old.logged_at)
    planned = plan(
        new.pace,
        logged_at=began_at,
        occurred_on=new.occurred_on,
        rhythm=member.rhythm,
        now=now,
        even_if_old=asked,
    )
    if old.recovery is Recovery.NONE and not planned:
        return None
    return await _shift(tx, member, new, nudges, planned, now)


async def _shift(
    tx: Unit,
    member: Member,
    rejection: Rejection,
    nudges: Sequence[Nudge],
    planned: Sequence[Planned],
    now: datetime,
) -> Shift:
    ahead = {step.step for step in planned}
    past = [n.id for n in nudges if n.state in _UNSENT and n.occurrence == 0 and n.step not in ahead]
    skipped = await tx.nudges.skip(member.user_id, past, PAST)
    if rejection.recovery is Recovery.NONE:
        rejection = replace(rejection, recovery=Recovery.OPEN)
    await lay(tx, member, rejection, planned, now)
    later = await tx.nudges.of_subject(member.user_id, Subject.REJECTION, rejection.id)
    if not any(n.state in _UNSENT or n.state is NudgeState.SENT for n in later):
        rejection = replace(rejection, recovery=Recovery.NONE)
    await tx.rejections.replace(rejection)
    waiting = tuple(Planned(Step(n.step), n.due_at) for n in later if n.state in _UNSENT)
    return Shift(rejection, waiting, skipped)


async def lay(
    tx: Unit, member: Member, rejection: Rejection, planned: Sequence[Planned], now: datetime
) -> None:
    """Make a plan the entry's own: what a date had put into the past comes back, what waits moves, the rest is added."""
    await tx.nudges.revive(
        member.user_id, Subject.REJECTION, rejection.id, PAST, None, steps=[step.step for step in planned]
    )
    nudges = await tx.nudges.of_subject(member.user_id, Subject.REJECTION, rejection.id)
    there = {nudge.step: nudge for nudge in nudges if nudge.occurrence == 0}
    await tx.nudges.reschedule([(there[step.step].id, step.due_at) for step in planned if step.step in there])
    new = [step for step in planned if step.step not in there]
    await tx.nudges.add_many(check_ins(member, rejection, new, now))
    await hold_resting(tx, member, rejection)
