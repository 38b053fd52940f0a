"""The ten days: begun with ten steps, done one by one in any order, swapped, stopped, taken up again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.challenges import (
    DAYS,
    SMALL_STEP,
    Challenge,
    ChallengeDay,
    ChallengeState,
    ChallengeStep,
    another,
    builds_on,
    draw,
    fitting,
)
from bot.domain.members import Member
from bot.domain.nudges import Subject
from bot.errors import NotYours, UserError
from bot.services.actions import ActionLogged, Actions
from bot.services.challenge_plans import NEWS, OVER, STOPPED, begun, end, mark, nudges_of, source_of, today_of
from bot.services.ports import Database, Waker
from bot.services.topics import Pressed

LISTED = 25
"""Past ones shown; a select holds no more."""


@dataclass(frozen=True, slots=True)
class DayDone:
    """A step was done: what was logged, and how the ten days stand now."""

    challenge: Challenge
    logged: ActionLogged


class Challenges:
    """One member's ten days. Every method looks at the member's own rows alone."""

    def __init__(self, db: Database, actions: Actions, steps: Sequence[ChallengeStep], wake: Waker) -> None:
        self._db = db
        self._actions = actions
        self.steps = tuple(steps)
        self._wake = wake

    async def current(self, user_id: int) -> Challenge | None:
        """The ten days that run, if any."""
        async with self._db.read() as tx:
            return await tx.challenges.running(user_id)

    async def stopped(self, user_id: int) -> Challenge | None:
        """The ten days that their member stopped and can go on with; None beside others, or after good news ended them."""
        async with self._db.read() as tx:
            last = await tx.challenges.latest(user_id)
            if last is None or last.state is not ChallengeState.STOPPED:
                return None
            nudges = await tx.nudges.of_subject(user_id, Subject.CHALLENGE, last.id)
        return None if any((nudge.reason or "").startswith(NEWS) for nudge in nudges) else last

    async def get(self, user_id: int, challenge_id: int) -> Challenge:
        """The member's own. Raises NotYours."""
        async with self._db.read() as tx:
            return _own(await tx.challenges.get(user_id, challenge_id))

    async def ended(self, user_id: int) -> list[Challenge]:
        """Those that are over or stopped, the latest first; as many as one select holds."""
        async with self._db.read() as tx:
            return await tx.challenges.ended(user_id, LISTED)

    async def delete(self, user_id: int, challenge_id: int) -> None:
        """Delete ten days that do not run; the actions stay. Raises NotYours, or UserError while they run."""
        async with self._db.write() as tx:
            await tx.actions.lock(user_id)
            if _own(await tx.challenges.get(user_id, challenge_id)).state is ChallengeState.RUNNING:
                raise UserError("challenge-running")
            await tx.challenges.delete(user_id, challenge_id)

    async def drawn(self, user_id: int, seed: str, chosen: Sequence[str] = ()) -> tuple[str, ...]:
        """Ten steps for a start: those chosen, the rest drawn, those of last time at the end."""
        async with self._db.read() as tx:
            before = await tx.challenges.latest(user_id)
        lately = {day.step for day in before.days} if before else set()
        return draw(self.steps, seed, first=chosen, lately=lately)

    async def start(
        self, member: Member, steps: Sequence[str], *, interaction_id: int, now: datetime
    ) -> Challenge:
        """Begin today, with a message on every day whose hour is still to come.

        Ten days that are past end quietly for it. Raises UserError while others run, or for steps that do not make ten.
        """
        if len(set(steps)) != DAYS or not set(steps) <= {step.id for step in self.steps}:
            raise UserError("stray-press")
        made = begun(member, steps, now)
        async with self._db.write() as tx:
            await tx.actions.lock(member.user_id)
            if not await tx.receipts.claim(interaction_id, member.user_id, made.id, now):
                made_id = await tx.receipts.made(interaction_id)
                return _own(await tx.challenges.get(member.user_id, made_id or 0))
            running = await tx.challenges.running(member.user_id)
            if running is not None:
                if not running.is_past(today_of(member, now)):
                    raise UserError("challenge-running")
                await end(tx, running, ChallengeState.FINISHED, OVER, now)
            await tx.challenges.add(made)
            nudges = nudges_of(member, made, now)
            await tx.nudges.add_many(nudges)
        if nudges:
            self._wake(nudges[0].due_at)
        return made

    async def done(self, member: Member, challenge_id: int, day: int, pressed: Pressed) -> DayDone:
        """Log the step's action, once, and mark the day; the tenth ends it. Raises NotYours."""
        challenge = await self.get(member.user_id, challenge_id)
        found = _day(challenge, day)
        logged = await self._actions.log(
            member, self.action_of(found.step), done_on=today_of(member, pressed.now),
            source=source_of(challenge_id, day), interaction_id=pressed.interaction_id,
            guild_id=pressed.guild_id, now=pressed.now,
        )  # fmt: skip
        async with self._db.write() as tx:
            await tx.actions.lock(member.user_id)
            challenge = _own(await tx.challenges.get(member.user_id, challenge_id))
            if _day(challenge, day).done_at is None:
                challenge = await mark(tx, challenge, day, pressed.now)
        return DayDone(challenge, logged)

    def action_of(self, step_id: str) -> str:
        """The kind of action that doing a step is."""
        return next((step.action for step in self.steps if step.id == step_id), SMALL_STEP)

    async def swap(self, user_id: int, challenge_id: int, day: int, step: str | None, seed: str) -> Challenge:
        """Put another step in a day's place: the one chosen, or one drawn. Raises NotYours or UserError."""
        async with self._db.write() as tx:
            await tx.actions.lock(user_id)
            challenge = _own(await tx.challenges.get(user_id, challenge_id))
            self._swappable(challenge, day)
            chosen = another(self.steps, challenge, day, seed) if step is None else step
            if chosen is None:
                raise UserError("challenge-swap-none")
            if all(one.id != chosen for one in fitting(self.steps, challenge, day)):
                raise UserError("stray-press")
            await tx.challenges.put_step(user_id, challenge_id, day, chosen)
            return _own(await tx.challenges.get(user_id, challenge_id))

    async def swappable(
        self, user_id: int, challenge_id: int, day: int
    ) -> tuple[Challenge, list[ChallengeStep]]:
        """The ten days, and the steps that could stand in this day's place. Raises NotYours or UserError."""
        challenge = await self.get(user_id, challenge_id)
        self._swappable(challenge, day)
        return challenge, fitting(self.steps, challenge, day)

    def _swappable(self, challenge: Challenge, day: int) -> None:
        if challenge.state is not ChallengeState.RUNNING:
            raise UserError("challenge-over")
        if _day(challenge, day).done_at is not None:
            raise UserError("challenge-swap-done")
        needing = builds_on(self.steps, challenge, day)
        if needing is not None:
            raise UserError("challenge-swap-needed", day=needing.day)

    async def stop(self, user_id: int, challenge_id: int, now: datetime) -> Challenge:
        """End it: no message comes any more, and all that was done stays. Raises NotYours, or UserError when it is over."""
        return await self._ended(user_id, challenge_id, ChallengeState.STOPPED, STOPPED, now)

    async def finish(self, user_id: int, challenge_id: int, now: datetime) -> Challenge:
        """End it as it is, with steps left. Raises NotYours, or UserError when it is over."""
        return await self._ended(user_id, challenge_id, ChallengeState.FINISHED, OVER, now)

    async def _ended(
        self, user_id: int, challenge_id: int, state: ChallengeState, reason: str, now: datetime
    ) -> Challenge:
        async with self._db.write() as tx:
            await tx.actions.lock(user_id)
            challenge = _own(await tx.challenges.get(user_id, challenge_id))
            if challenge.state is not ChallengeState.RUNNING:
                raise UserError("challenge-over")
            return await end(tx, challenge, state, reason, now)

    async def resume(self, member: Member, challenge_id: int, now: datetime) -> Challenge:
        """Go on after a stop; messages come for the days ahead. Raises NotYours, or UserError while others run."""
        user_id = member.user_id
        async with self._db.write() as tx:
            await tx.actions.lock(user_id)
            challenge = _own(await tx.challenges.get(user_id, challenge_id))
            if challenge.state is not ChallengeState.STOPPED:
                raise UserError("challenge-over")
            if await tx.challenges.running(user_id) is not None:
                raise UserError("challenge-running")
            await tx.challenges.take_up(user_id, challenge_id, now)
            await tx.nudges.revive(user_id, Subject.CHALLENGE, challenge_id, STOPPED, now)
            if not member.reachable:
                await tx.nudges.hold(user_id, Subject.CHALLENGE, challenge_id)
        self._wake(now)
        return replace(challenge, state=ChallengeState.RUNNING, started_at=now, ended_at=None)


def _own(challenge: Challenge | None) -> Challenge:
    if challenge is None:
        raise NotYours
    return challenge


def _day(challenge: Challenge, number: int) -> ChallengeDay:
    found = challenge.day(number)
    if found is None:
        raise NotYours
    return found
