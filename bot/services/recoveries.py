"""The recovery protocol of each rejection: where it stands, and slower, faster, paused or stopped."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.members import Member
from bot.domain.nudges import Nudge, NudgeState, Subject
from bot.domain.rejections import OPEN_RECOVERY, Recovery, Rejection, RejectionFilter
from bot.domain.timetable import STEPS_OF, Pace, Planned, plan
from bot.errors import NotYours, UserError
from bot.services.plans import begun_at, check_ins, hold_resting, lay
from bot.services.ports import Database, Unit, Waker

_UNSENT = (NudgeState.DUE, NudgeState.HELD, NudgeState.CLAIMED)
_STEERABLE = OPEN_RECOVERY | {Recovery.STOPPED}
STOPPED = "stopped"
PACE = "pace"


@dataclass(frozen=True, slots=True)
class Standing:
    """One open protocol: what was sent, what is still to come, and what closed DMs keep back, each in time order."""

    rejection: Rejection
    past: tuple[Nudge, ...]
    ahead: tuple[Nudge, ...]
    kept: tuple[Nudge, ...] = ()


class Recoveries:
    """Looks at and steers the protocols of one member."""

    def __init__(self, db: Database, wake: Waker) -> None:
        self._db = db
        self._wake = wake

    async def standings(self, user_id: int) -> list[Standing]:
        """Every open or paused protocol, newest rejection first."""
        async with self._db.read() as tx:
            rejections = await tx.rejections.listed(user_id, RejectionFilter(recoveries=OPEN_RECOVERY))
            return [await _standing(tx, rejection) for rejection in rejections]

    async def steerable(self, user_id: int) -> list[Standing]:
        """Every protocol that can be paused, resumed or stopped: open, paused, or stopped by the member."""
        async with self._db.read() as tx:
            rejections = await tx.rejections.listed(user_id, RejectionFilter(recoveries=_STEERABLE))
            return [await _standing(tx, rejection) for rejection in rejections]

    async def standing(self, user_id: int, rejection_id: int) -> Standing:
        """One protocol, open or not. Raises NotYours."""
        async with self._db.read() as tx:
            return await _standing(tx, await _own(tx, user_id, rejection_id))

    async def pause(self, user_id: int, rejection_id: int) -> Rejection:
        """Hold the check-ins of one rejection. Nothing is lost by it. Raises NotYours."""
        async with self._db.write() as tx:
            rejection = await _own(tx, user_id, rejection_id)
            if rejection.recovery is not Recovery.OPEN:
                raise UserError("recovery-not-open")
            paused = replace(rejection, recovery=Recovery.PAUSED)
            await tx.rejections.replace(paused)
            await tx.nudges.hold(user_id, Subject.REJECTION, rejection_id)
        return paused

    async def resume(self, member: Member, rejection_id: int, now: datetime) -> Rejection:
        """Go on after a pause, or come back after a stop; what was missed comes in one message. Raises NotYours."""
        async with self._db.write() as tx:
            rejection = await _own(tx, member.user_id, rejection_id)
            if rejection.recovery not in (Recovery.PAUSED, Recovery.STOPPED):
                raise UserError("recovery-not-paused")
            again = replace(rejection, recovery=Recovery.OPEN)
            await tx.rejections.replace(again)
            await tx.nudges.revive(member.user_id, Subject.REJECTION, rejection_id, STOPPED, now)
            if member.reachable:
                await tx.nudges.release(
                    member.user_id, member.rhythm, now, subject=Subject.REJECTION, subject_id=rejection_id
                )
            else:
                await tx.nudges.hold(member.user_id, Subject.REJECTION, rejection_id)
        self._wake(now)
        return again

    async def stop(self, user_id: int, rejection_ids: list[int]) -> int:
        """End the check-ins of these rejections; others' ids are passed over. Gives how many were stopped."""
        stopped = 0
        async with self._db.write() as tx:
            for rejection_id in rejection_ids:
                rejection = await tx.rejections.get(user_id, rejection_id)
                if rejection is None or rejection.recovery not in (Recovery.OPEN, Recovery.PAUSED):
                    continue
                await tx.rejections.replace(replace(rejection, recovery=Recovery.STOPPED))
                await tx.nudges.cancel(user_id, Subject.REJECTION, rejection_id, STOPPED)
                stopped += 1
        return stopped

    async def stop_all(self, user_id: int) -> int:
        """End every open protocol. Gives how many were stopped."""
        async with self._db.read() as tx:
            rejections = await tx.rejections.listed(user_id, RejectionFilter(recoveries=OPEN_RECOVERY))
        return await self.stop(user_id, [rejection.id for rejection in rejections])

    async def start(self, member: Member, rejection_id: int, now: datetime) -> tuple[Planned, ...]:
        """Begin the protocol for a rejection that has none, however old. Raises NotYours or UserError."""
        async with self._db.write() as tx:
            rejection = await _own(tx, member.user_id, rejection_id)
            if rejection.recovery is not Recovery.NONE:
                raise UserError("recovery-already")
            planned = plan(
                rejection.pace,
                logged_at=now,
                occurred_on=rejection.occurred_on,
                rhythm=member.rhythm,
                now=now,
                even_if_old=True,
            )
            if not planned:
                raise UserError("recovery-nothing-ahead")
            started = replace(rejection, recovery=Recovery.OPEN)
            await tx.rejections.replace(started)
            await lay(tx, member, started, planned, now)
        self._wake(planned[0].due_at)
        return planned

    async def set_pace(self, member: Member, rejection_id: int, pace: Pace, now: datetime) -> Standing:
        """Lighter or full from here on: steps still ahead are added or left out. Raises NotYours."""
        async with self._db.write() as tx:
            rejection = replace(await _own(tx, member.user_id, rejection_id), pace=pace)
            await tx.rejections.replace(rejection)
            nudges = await tx.nudges.of_subject(member.user_id, Subject.REJECTION, rejection_id)
            surplus = [n.id for n in nudges if n.step not in STEPS_OF[pace] and n.state in _UNSENT]
            await tx.nudges.skip(member.user_id, surplus, PACE)
            await tx.nudges.revive(
                member.user_id, Subject.REJECTION, rejection_id, PACE, now, steps=STEPS_OF[pace]
            )
            planned = plan(
                pace,
                logged_at=begun_at(rejection, nudges),
                occurred_on=rejection.occurred_on,
                rhythm=member.rhythm,
                now=now,
                even_if_old=True,
            )
            there = {nudge.step for nudge in nudges}
            new = tuple(step for step in planned if step.step not in there)
            if rejection.recovery in (Recovery.OPEN, Recovery.PAUSED):
                await tx.nudges.add_many(check_ins(member, rejection, new, now))
            await hold_resting(tx, member, rejection)
            standing = await _standing(tx, rejection)
        self._wake(now)
        return standing


async def _own(tx: Unit, user_id: int, rejection_id: int) -> Rejection:
    rejection = await tx.rejections.get(user_id, rejection_id)
    if rejection is None:
        raise NotYours
    return rejection


async def _standing(tx: Unit, rejection: Rejection) -> Standing:
    nudges = await tx.nudges.of_subject(rejection.user_id, Subject.REJECTION, rejection.id)
    ordered = sorted(nudges, key=lambda nudge: nudge.due_at)
    return Standing(
        rejection,
        past=tuple(n for n in ordered if n.state is NudgeState.SENT),
        ahead=tuple(n for n in ordered if n.state in _UNSENT),
        kept=tuple(n for n in ordered if n.state is NudgeState.UNDELIVERABLE),
    )
