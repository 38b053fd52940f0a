"""What an answer to a check-in does to the thing it is about. Each subject has its topic; `wiring.services` names them.

The rows of the nudges are the same for all subjects and stay with `services.checkins`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.members import Member
from bot.domain.merging import Abouts
from bot.domain.nudges import Nudge, NudgeState, Subject
from bot.domain.rejections import Recovery
from bot.domain.timetable import Step
from bot.services.actions import ActionLogged, Actions
from bot.services.ports import Database, Unit
from bot.services.recoveries import Recoveries
from bot.services.repeats import ANY, answered_by, named_before, source_of
from bot.services.subjects import standing
from config.content import Content, StepButton

_AHEAD = (NudgeState.DUE, NudgeState.HELD, NudgeState.CLAIMED, NudgeState.UNDELIVERABLE)


@dataclass(frozen=True, slots=True)
class Pressed:
    """How it was answered. `button` names one of the message's own; without one it is *Done* for all of it.

    What is `heavy` is kept and scores nowhere.
    """

    interaction_id: int
    guild_id: int | None
    now: datetime
    button: str | None = None
    note: str | None = None
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that belongs into the private answer, by its key."""

    key: str
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """What a press did: the actions logged, which nudges it answers, and what is said besides."""

    logged: tuple[ActionLogged, ...] = ()
    answered: tuple[int, ...] = ()
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Comes:
    """When what is put off comes. `waits`: not before nothing forbids it any more, which may be later."""

    at: datetime
    waits: bool = False


class Topic(Protocol):
    """One subject's answers. Every method can be repeated: a press may come twice, or two months later."""

    async def done(self, member: Member, nudges: Sequence[Nudge], pressed: Pressed) -> Done:
        """Log the action, once; nothing when the press is not one of this subject's."""

    async def settled(self, tx: Unit, user_id: int, subject_ids: Sequence[int]) -> int:
        """These things were answered now. Gives how many it ended."""

    async def take_up(self, tx: Unit, user_id: int, subject_id: int) -> None:
        """A thing that was over is asked for once more."""

    async def comes(
        self, tx: Unit, member: Member, subject_id: int, due_at: datetime, now: datetime
    ) -> Comes:
        """When what is put off to an instant comes: then, or once it may."""

    async def stop(self, member: Member, subject_ids: Sequence[int], now: datetime) -> list[int]:
        """Ask about these no more. Gives those stopped."""


Topics = Mapping[Subject, Topic]


@dataclass(frozen=True, slots=True)
class _Told:
    """An action as a press tells it; `instead_of`: the source of one that left open which it was."""

    kind: str
    source: str
    instead_of: str | None = None


class RecoveryTopic:
    """Check-ins of a recovery protocol."""

    def __init__(self, db: Database, actions: Actions, recoveries: Recoveries, content: Content) -> None:
        self._db = db
        self._actions = actions
        self._recoveries = recoveries
        self._content = content

    async def done(self, member: Member, nudges: Sequence[Nudge], pressed: Pressed) -> Done:
        """Without a button a step's only action counts, or the one that says no more than that it was done."""
        today = pressed.now.astimezone(ZoneInfo(member.zone)).date()
        async with self._db.read() as tx:
            there = await standing(tx, nudges)
        logged: list[ActionLogged] = []
        answered: list[int] = []
        for step, of_one in _by_step(nudges):
            of_step = self._fitting(step, of_one, there, pressed.button)
            whole = {b.id for b in self._content.protocol.step(step).buttons if self._fits(b, of_step, there)}
            async with self._db.read() as tx:
                told = await self._told(tx, member.user_id, step, of_step, pressed.button, whole)
            if told is None:
                continue
            about = [nudge.subject_id for nudge in of_step if nudge.id in there]
            done = await self._actions.log(
                member, told.kind, note=pressed.note, rejection_id=about[0] if len(about) == 1 else None,
                done_on=today, source=told.source, instead_of=told.instead_of,
                interaction_id=pressed.interaction_id, guild_id=pressed.guild_id, heavy=pressed.heavy, now=pressed.now,
            )  # fmt: skip
            logged.append(done)
            answered += [nudge.id for nudge in of_step]
        return Done(tuple(logged), tuple(answered))

    def _fitting(
        self, step: Step, nudges: Sequence[Nudge], there: Abouts, button: str | None
    ) -> Sequence[Nudge]:
        """Those that a button is for; all where it is for none, as their kind was changed since the message came."""
        own = next((one for one in self._content.protocol.step(step).buttons if one.id == button), None)
        if own is None:
            return nudges
        return [nudge for nudge in nudges if self._fits(own, [nudge], there)] or nudges

    def _fits(self, button: StepButton, nudges: Sequence[Nudge], there: Abouts) -> bool:
        """Whether a button is for all of these; what was deleted since stands in no way."""
        kinds = {self._content.kind(there[nudge.id].kind).id for nudge in nudges if nudge.id in there}
        return all(map(button.fits, kinds))

    async def _told(
        self, tx: Unit, user_id: int, step: Step, nudges: Sequence[Nudge], button: str | None, whole: Collection[str]
    ) -> _Told | None:  # fmt: skip
        """What a press says was done; None for a button that the step has not.

        `whole`: the buttons that are for all of these, so that one of them may have answered all.

        *Done* after a button of several, or after an idea that was pressed at once, adds nothing; a button after *Done*
        says which it was.
        """
        content = self._content.protocol.step(step)
        own = content.actions
        if button is None and len(own) != 1:
            idea = "" if content.brings_ideas else None
            known = await answered_by(tx, user_id, nudges, [ANY, *own], whole={ANY, *whole}, idea=idea)
            if known is not None:
                return _Told(known.kind, known.source)
            return _Told(self._content.protocol.done, await source_of(tx, user_id, nudges, ANY))
        button = button or next(iter(own))
        if button not in own:
            return None
        known = await named_before(tx, user_id, nudges, button, own[button])
        if known is not None:
            return _Told(known.kind, known.source)
        before = await answered_by(tx, user_id, nudges, [ANY])
        source = await source_of(tx, user_id, nudges, button)
        return _Told(own[button], source, None if before is None else before.source)

    async def settled(self, tx: Unit, user_id: int, subject_ids: Sequence[int]) -> int:
        """An open protocol of which nothing is left to come is finished by the answer to what came."""
        return sum([await _finish_when_last(tx, user_id, rejection_id) for rejection_id in subject_ids])

    async def take_up(self, tx: Unit, user_id: int, subject_id: int) -> None:
        """It ended by itself, and goes on."""
        rejection = await tx.rejections.get(user_id, subject_id)
        if rejection is not None and rejection.recovery is Recovery.FINISHED:
            await tx.rejections.replace(replace(rejection, recovery=Recovery.OPEN))

    async def comes(
        self, tx: Unit, member: Member, subject_id: int, due_at: datetime, now: datetime
    ) -> Comes:
        """Then."""
        return Comes(due_at)

    async def stop(self, member: Member, subject_ids: Sequence[int], now: datetime) -> list[int]:
        """Stop the protocols of these rejections."""
        stopped = await self._recoveries.stop(member.user_id, list(subject_ids))
        return list(subject_ids) if stopped else []


def _by_step(nudges: Iterable[Nudge]) -> list[tuple[Step, list[Nudge]]]:
    found: dict[Step, list[Nudge]] = {}
    for nudge in nudges:
        found.setdefault(Step(nudge.step), []).append(nudge)
    return list(found.items())


async def _finish_when_last(tx: Unit, user_id: int, rejection_id: int) -> bool:
    rejection = await tx.rejections.get(user_id, rejection_id)
    if rejection is None or rejection.recovery is not Recovery.OPEN:
        return False
    nudges = await tx.nudges.of_subject(user_id, Subject.REJECTION, rejection_id)
    if any(nudge.state in _AHEAD and nudge.answered_at is None for nudge in nudges):
        return False
    await tx.rejections.replace(replace(rejection, recovery=Recovery.FINISHED))
    return True
