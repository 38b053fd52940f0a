"""What a member answers to a check-in: done, later, skip, stop. The owner is looked up, never believed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from bot.domain.members import Member
from bot.domain.merging import NudgeItem
from bot.domain.nudges import Nudge, NudgeState, Subject
from bot.domain.rejections import OPEN_RECOVERY, Recovery, Rejection
from bot.domain.timetable import Step, snoozed_until
from bot.errors import NotYours, UserError
from bot.ids import is_id, new_id
from bot.services.actions import ActionLogged, Actions
from bot.services.ports import Database, Unit, Waker
from bot.services.recoveries import Recoveries
from bot.services.repeats import ANY, answered_by, source_of
from config.content import Content

_ANSWERABLE = (NudgeState.SENT, NudgeState.CLAIMED)
_AHEAD = (NudgeState.DUE, NudgeState.HELD, NudgeState.CLAIMED, NudgeState.UNDELIVERABLE)
_SNOOZABLE = OPEN_RECOVERY | {Recovery.FINISHED}
"""A protocol that ended by itself goes on when its last check-in is asked for once more."""
_ONE = "n"


@dataclass(frozen=True, slots=True)
class Target:
    """What a press answers: a whole message by its delivery, or one nudge of it. Written `12` or `n12`."""

    number: int
    one: bool = False

    @classmethod
    def parse(cls, text: str) -> "Target":
        """The target a custom id carries. Raises NotYours for anything else."""
        digits = text.removeprefix(_ONE)
        if not is_id(digits):
            raise NotYours
        return cls(int(digits), one=text.startswith(_ONE))

    def __str__(self) -> str:
        return f"{_ONE}{self.number}" if self.one else str(self.number)


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer did. `finished` counts entries whose last check-in this was; without `new` nothing changed."""

    new: bool
    logged: tuple[ActionLogged, ...] = ()
    finished: int = 0


@dataclass(frozen=True, slots=True)
class Snoozed:
    """When the bot asks again; None while the member or the entry is paused."""

    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Told:
    """An action as a press tells it; `instead_of`: the source of one that left open which it was."""

    kind: str
    source: str
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """The nudges a press is about, and those of their rejections that are still there."""

    nudges: tuple[Nudge, ...]
    rejections: dict[int, Rejection]

    def of(self, nudge: Nudge) -> Rejection | None:
        return self.rejections.get(nudge.subject_id)


class CheckIns:
    """Answers to check-ins of one member. Each can be pressed twice, after a restart, and two months later."""

    def __init__(
        self, db: Database, actions: Actions, recoveries: Recoveries, content: Content, wake: Waker
    ) -> None:
        self._db = db
        self._actions = actions
        self._recoveries = recoveries
        self._content = content
        self._wake = wake

    async def items(self, user_id: int, target: Target) -> list[NudgeItem]:
        """What the member is asked about, as far as it is still there. Raises NotYours, or UserError when closed."""
        async with self._db.read() as tx:
            asked = await _asked(tx, user_id, target)
        pairs = [(nudge, rejection) for nudge in asked.nudges if (rejection := asked.of(nudge)) is not None]
        if not pairs:
            raise UserError("nudge-closed")
        return [
            NudgeItem(nudge.id, nudge.step, rejection.kind, rejection.occurred_on, rejection.id)
            for nudge, rejection in pairs
        ]

    async def done(
        self, member: Member, target: Target, *, button: str | None = None, note: str | None = None,
        heavy: bool = False, interaction_id: int, guild_id: int | None, now: datetime,
    ) -> Answered:  # fmt: skip
        """Log what was done and note the answer. `button` names a step's own; without one, a step's only action counts,
        or the one that says no more than that it was done. What is `heavy` is kept and scores nowhere.

        Pressed again it counts nothing twice, and a note that comes with it is kept. Raises NotYours, or UserError for
        a button this version has not.
        """
        async with self._db.read() as tx:
            asked = await _asked(tx, member.user_id, target)
        today = now.astimezone(ZoneInfo(member.zone)).date()
        logged: list[ActionLogged] = []
        answered: list[int] = []
        for step, nudges in _by_step(asked.nudges):
            async with self._db.read() as tx:
                told = await self._told(tx, member.user_id, step, nudges, button)
            if told is None:
                continue
            about = [rejection.id for nudge in nudges if (rejection := asked.of(nudge)) is not None]
            done = await self._actions.log(
                member, told.kind, note=note, rejection_id=about[0] if len(about) == 1 else None, done_on=today,
                source=told.source, instead_of=told.instead_of, interaction_id=interaction_id, guild_id=guild_id,
                heavy=heavy, now=now,
            )  # fmt: skip
            logged.append(done)
            answered += [nudge.id for nudge in nudges]
        if not logged:
            raise UserError("stray-press")
        marked = await self._mark(member.user_id, answered, now)
        return replace(marked, new=marked.new or not all(one.already for one in logged), logged=tuple(logged))

    async def _told(
        self, tx: Unit, user_id: int, step: Step, nudges: Sequence[Nudge], button: str | None
    ) -> _Told | None:
        """What a press says was done; None for a button that the step has not.

        *Done* after a button of several adds nothing; a button after *Done* says which it was.
        """
        own = self._content.protocol.step(step).actions
        if button is None and len(own) != 1:
            known = await answered_by(tx, user_id, nudges, [ANY, *own])
            if known is not None:
                return _Told(known.kind, known.source)
            return _Told(self._content.protocol.done, await source_of(tx, user_id, nudges, ANY))
        button = button or next(iter(own))
        if button not in own:
            return None
        before = await answered_by(tx, user_id, nudges, [ANY])
        source = await source_of(tx, user_id, nudges, button)
        return _Told(own[button], source, None if before is None else before.source)

    async def skip(self, member: Member, target: Target, now: datetime) -> Answered:
        """Note that the member lets it pass. Raises NotYours."""
        async with self._db.read() as tx:
            asked = await _asked(tx, member.user_id, target)
        return await self._mark(member.user_id, [nudge.id for nudge in asked.nudges], now)

    async def _mark(self, user_id: int, nudge_ids: Sequence[int], now: datetime) -> Answered:
        async with self._db.write() as tx:
            await tx.actions.lock(user_id)
            answered = await tx.nudges.answer_some(user_id, nudge_ids, now)
            about = {nudge.subject_id for nudge in answered}
            finished = [await _finish_when_last(tx, user_id, rejection_id) for rejection_id in sorted(about)]
        return Answered(new=bool(answered), finished=sum(finished))

    async def snooze(self, member: Member, target: Target, days: Literal[1, 3, 7], now: datetime) -> Snoozed:
        """Ask again that many local days from today, at the member's hour: a new occurrence of each step.

        Raises NotYours, and UserError when it is closed or was answered before.
        """
        due_at = snoozed_until(now, days, member.rhythm)
        async with self._db.write() as tx:
            asked = await _asked(tx, member.user_id, target)
            running = {n.id: r for n in asked.nudges if (r := asked.of(n)) and r.recovery in _SNOOZABLE}
            if not running:
                raise UserError("nudge-closed")
            answered = await tx.nudges.answer_some(member.user_id, list(running), now)
            if not answered:
                still = any(rejection.recovery in OPEN_RECOVERY for rejection in running.values())
                raise UserError("nudge-answered-already" if still else "nudge-closed")
            again = [await _again(tx, member, nudge, running[nudge.id], due_at, now) for nudge in answered]
            await tx.nudges.add_many(again)
        held = all(nudge.state is NudgeState.HELD for nudge in again)
        if not held:
            self._wake(due_at)
        return Snoozed(None if held else due_at)

    async def stop(self, member: Member, target: Target, now: datetime) -> list[int]:
        """End the check-ins of what this message is about. Gives the rejections stopped. Raises NotYours."""
        async with self._db.read() as tx:
            asked = await _asked(tx, member.user_id, target)
        open_ids = [r.id for r in asked.rejections.values() if r.recovery in OPEN_RECOVERY]
        if not open_ids or not await self._recoveries.stop(member.user_id, open_ids):
            raise UserError("nudge-closed")
        async with self._db.write() as tx:
            await tx.nudges.answer_some(member.user_id, [nudge.id for nudge in asked.nudges], now)
        return open_ids


async def _asked(tx: Unit, user_id: int, target: Target) -> _Asked:
    """Raises NotYours when nothing of the member's went out under this target."""
    if target.one:
        one = await tx.nudges.get(user_id, target.number)
        nudges = [] if one is None else [one]
    else:
        nudges = await tx.nudges.of_delivery(user_id, target.number)
    nudges = [nudge for nudge in nudges if nudge.state in _ANSWERABLE and nudge.subject is Subject.REJECTION]
    if not nudges:
        raise NotYours
    found = [
        await tx.rejections.get(user_id, rejection_id) for rejection_id in {n.subject_id for n in nudges}
    ]
    return _Asked(tuple(nudges), {rejection.id: rejection for rejection in found if rejection is not None})


def _by_step(nudges: Iterable[Nudge]) -> list[tuple[Step, list[Nudge]]]:
    found: dict[Step, list[Nudge]] = {}
    for nudge in nudges:
        found.setdefault(Step(nudge.step), []).append(nudge)
    return list(found.items())


async def _finish_when_last(tx: Unit, user_id: int, rejection_id: int) -> bool:
    """An open protocol of which nothing is left to come is finished by the answer to what came."""
    rejection = await tx.rejections.get(user_id, rejection_id)
    if rejection is None or rejection.recovery is not Recovery.OPEN:
        return False
    nudges = await tx.nudges.of_subject(user_id, Subject.REJECTION, rejection_id)
    if any(nudge.state in _AHEAD and nudge.answered_at is None for nudge in nudges):
        return False
    await tx.rejections.replace(replace(rejection, recovery=Recovery.FINISHED))
    return True


async def _again(
    tx: Unit, member: Member, nudge: Nudge, rejection: Rejection, due_at: datetime, now: datetime
) -> Nudge:
    """The next occurrence of a snoozed step; held back when the member or the entry is paused."""
    nudges = await tx.nudges.of_subject(member.user_id, nudge.subject, nudge.subject_id)
    latest = max(other.occurrence for other in nudges if other.step == nudge.step)
    if rejection.recovery is Recovery.FINISHED:
        rejection = replace(rejection, recovery=Recovery.OPEN)
        await tx.rejections.replace(rejection)
    runs = member.reachable and rejection.recovery is Recovery.OPEN
    return Nudge(
        id=new_id(now), user_id=member.user_id, subject=nudge.subject, subject_id=nudge.subject_id,
        step=nudge.step, occurrence=latest + 1, due_at=due_at,
        state=NudgeState.DUE if runs else NudgeState.HELD,
    )  # fmt: skip
