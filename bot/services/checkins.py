"""What a member answers to a check-in: done, later, skip, stop. The owner is looked up, never believed.

What an answer does besides, to the thing the check-in is about, is that subject's topic's.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.members import Member
from bot.domain.merging import GOES_ON, About, NudgeItem, Stands
from bot.domain.nudges import Nudge, NudgeState, Subject
from bot.domain.timetable import snoozed_until
from bot.errors import NotYours, UserError
from bot.ids import is_id
from bot.services.actions import ActionLogged
from bot.services.ports import Database, Unit, Waker
from bot.services.reminders import remind
from bot.services.subjects import by_subject, standing
from bot.services.topics import Pressed, Said, Topics

_ANSWERABLE = (NudgeState.SENT, NudgeState.CLAIMED)
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
    """What an answer did. `finished` counts entries whose last check-in this was; without `new` nothing changed.

    `left`: something that was asked about still waits for its answer.
    """

    new: bool
    logged: tuple[ActionLogged, ...] = ()
    finished: int = 0
    said: tuple[Said, ...] = ()
    left: bool = False


@dataclass(frozen=True, slots=True)
class Snoozed:
    """When the bot asks again; None while the member or the entry is paused.

    `waits`: something of it is about a program, and comes when writing to one is allowed again.
    """

    due_at: datetime | None
    waits: bool = False


class CheckIns:
    """Answers to check-ins of one member. Each can be pressed twice, after a restart, and two months later."""

    def __init__(self, db: Database, topics: Topics, wake: Waker) -> None:
        self._db = db
        self._topics = topics
        self._wake = wake

    async def items(self, user_id: int, target: Target) -> list[NudgeItem]:
        """What the member is asked about, as far as it is still there. Raises NotYours, or UserError when closed."""
        async with self._db.read() as tx:
            nudges = await self._asked(tx, user_id, target)
            there = await standing(tx, nudges)
        items = [NudgeItem.of(nudge, there[nudge.id]) for nudge in nudges if nudge.id in there]
        if not items:
            raise UserError("nudge-closed")
        return items

    async def done(
        self, member: Member, target: Target, *, button: str | None = None, note: str | None = None,
        heavy: bool = False, interaction_id: int, guild_id: int | None, now: datetime,
    ) -> Answered:  # fmt: skip
        """Log what was done and note the answer.

        Pressed again it counts nothing twice, and a note that comes with it is kept. Raises NotYours, or UserError for
        a button this version has not.
        """
        pressed = Pressed(interaction_id, guild_id, now, button, note, heavy)
        async with self._db.read() as tx:
            nudges = await self._asked(tx, member.user_id, target)
        done = [
            await self._topics[s].done(member, of_one, pressed) for s, of_one in by_subject(nudges).items()
        ]
        logged = tuple(one for each in done for one in each.logged)
        if not any(each.answered for each in done):
            raise UserError("stray-press")
        told = [number for each in done for number in each.answered]
        marked = await self._mark(member.user_id, told, now)
        new = marked.new or not all(one.already for one in logged)
        said = tuple(one for each in done for one in each.said)
        return Answered(new, logged, marked.finished, said, left=await self._waits(nudges, told))

    async def _waits(self, nudges: Sequence[Nudge], told: Collection[int]) -> bool:
        """Whether one of these that was not told of still asks for an answer."""
        rest = [nudge for nudge in nudges if nudge.id not in told and nudge.answered_at is None]
        if not rest:
            return False
        async with self._db.read() as tx:
            there = await standing(tx, rest)
        return any(about.stands is not Stands.CLOSED for about in there.values())

    async def skip(self, member: Member, target: Target, now: datetime) -> Answered:
        """Note that the member lets it pass. Raises NotYours."""
        async with self._db.read() as tx:
            nudges = await self._asked(tx, member.user_id, target)
        return await self._mark(member.user_id, [nudge.id for nudge in nudges], now)

    async def _mark(self, user_id: int, nudge_ids: Sequence[int], now: datetime) -> Answered:
        finished = 0
        async with self._db.write() as tx:
            await tx.actions.lock(user_id)
            answered = await tx.nudges.answer_some(user_id, nudge_ids, now)
            for subject, subject_ids in _things(answered).items():
                finished += await self._topics[subject].settled(tx, user_id, sorted(subject_ids))
        return Answered(new=bool(answered), finished=finished)

    async def snooze(self, member: Member, target: Target, days: Literal[1, 3, 7], now: datetime) -> Snoozed:
        """Ask again that many local days from today, at the member's hour: a new occurrence of each step.

        Raises NotYours, and UserError when it is closed or was answered before.
        """
        due_at = snoozed_until(now, days, member.rhythm)
        async with self._db.write() as tx:
            await tx.actions.lock(member.user_id)
            nudges = await self._asked(tx, member.user_id, target)
            there = await standing(tx, nudges)
            running = {number: about for number, about in there.items() if about.stands is not Stands.CLOSED}
            if not running:
                raise UserError("nudge-closed")
            answered = await tx.nudges.answer_some(member.user_id, list(running), now)
            if not answered:
                still = any(about.stands in GOES_ON for about in running.values())
                raise UserError("nudge-answered-already" if still else "nudge-closed")
            topics = self._topics
            comes = {
                n.id: await topics[n.subject].comes(tx, member, n.subject_id, due_at, now) for n in answered
            }
            again = [await self._again(tx, member, n, running[n.id], comes[n.id].at, now) for n in answered]
        planned = [nudge.due_at for nudge in again if nudge.state is not NudgeState.HELD]
        if not planned:
            return Snoozed(None)
        self._wake(min(planned))
        waits = any(one.waits for one in comes.values()) or len(set(planned)) > 1
        return Snoozed(min(planned), waits)

    async def _again(
        self, tx: Unit, member: Member, nudge: Nudge, about: About, due_at: datetime, now: datetime
    ) -> Nudge:
        """The next occurrence of a snoozed step."""
        if about.stands is Stands.OVER:
            await self._topics[nudge.subject].take_up(tx, member.user_id, nudge.subject_id)
        rests = about.stands is Stands.RESTING
        return await remind(tx, member, nudge.subject, nudge.subject_id, nudge.step, due_at, now, rests=rests)

    async def stop(self, member: Member, target: Target, now: datetime) -> dict[Subject, list[int]]:
        """End the check-ins of what this message is about. Gives what was stopped. Raises NotYours."""
        async with self._db.read() as tx:
            nudges = await self._asked(tx, member.user_id, target)
            there = await standing(tx, nudges)
        running = [n for n in nudges if n.id in there and there[n.id].stands in GOES_ON]
        stopped = {
            subject: ids
            for subject, subject_ids in _things(running).items()
            if (ids := await self._topics[subject].stop(member, subject_ids, now))
        }
        if not stopped:
            raise UserError("nudge-closed")
        async with self._db.write() as tx:
            await tx.nudges.answer_some(member.user_id, [nudge.id for nudge in nudges], now)
        return stopped

    async def _asked(self, tx: Unit, user_id: int, target: Target) -> list[Nudge]:
        """The nudges a press is about. Raises NotYours when nothing of the member's went out under this target."""
        if target.one:
            one = await tx.nudges.get(user_id, target.number)
            nudges = [] if one is None else [one]
        else:
            nudges = await tx.nudges.of_delivery(user_id, target.number)
        nudges = [nudge for nudge in nudges if nudge.state in _ANSWERABLE and nudge.subject in self._topics]
        if not nudges:
            raise NotYours
        return nudges


def _things(nudges: Sequence[Nudge]) -> dict[Subject, list[int]]:
    """What these nudges are about, each thing once, in their order."""
    found: dict[Subject, dict[int, None]] = {}
    for nudge in nudges:
        found.setdefault(nudge.subject, {})[nudge.subject_id] = None
    return {subject: list(ids) for subject, ids in found.items()}
