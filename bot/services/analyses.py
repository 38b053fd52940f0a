"""What the journal has to do with check-ins: an entry answers one, and its answers suggest the next action."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.catalogue import ActionKind, suggest
from bot.domain.journal import EntryKind, JournalEntry
from bot.domain.members import Member
from bot.domain.merging import NudgeItem
from bot.domain.nudges import Nudge, NudgeState, Subject
from bot.domain.rejections import OPEN_RECOVERY, RejectionFilter
from bot.domain.timetable import Step
from bot.errors import NotYours
from bot.services.actions import ActionLogged, Actions
from bot.services.catalogue import RECENT_DAYS
from bot.services.checkins import CheckIns, Target
from bot.services.ports import Database
from bot.services.repeats import ANY, answered_by, at_once, source_of
from config.content import Content

SUGGESTED = 3
_SENT = (NudgeState.SENT, NudgeState.CLAIMED)


@dataclass(frozen=True, slots=True)
class Press:
    """Where and when somebody saved or pressed: the interaction, the server if any, and the instant."""

    interaction_id: int
    guild_id: int | None
    now: datetime
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """What an entry counted as, and how many recoveries ended with the check-in that it answered."""

    logged: ActionLogged | None = None
    finished: int = 0


@dataclass(frozen=True, slots=True)
class Analysis:
    """What an entry about one rejection suggests; without an entry there is nothing yet.

    `to_choose`: the question that would suggest actions, when the entry leaves it without a choice.
    """

    item: NudgeItem
    entry: JournalEntry | None
    suggested: tuple[ActionKind, ...] = ()
    to_choose: str | None = None


@dataclass(frozen=True, slots=True)
class _Told:
    """Under which source an action is kept; `instead_of`: the source of one that left open which it was."""

    source: str
    instead_of: str | None = None


class Analyses:
    """Every method looks at the member's own rows alone. The rules are the lists in `journal.toml`."""

    def __init__(self, db: Database, actions: Actions, checkins: CheckIns, content: Content) -> None:
        self._db = db
        self._actions = actions
        self._checkins = checkins
        self._content = content

    async def asked(self, user_id: int, target: Target, step: str = "") -> list[tuple[NudgeItem, EntryKind]]:
        """What a check-in can be answered with in the journal; with a `step` of it, in that alone.

        Raises NotYours, or UserError when it is closed.
        """
        items = [
            item
            for item in await self._checkins.items(user_id, target)
            if item.subject is Subject.REJECTION and (not step or item.step == step)
        ]
        kinds = [(item, self._content.journal.of_step(item.step)) for item in items]
        return [(item, kind) for item, kind in kinds if kind is not None]

    async def places(self, user_id: int, rejection_ids: Iterable[int]) -> dict[int, str]:
        """Who or what place each of these rejections is from, where the member wrote it down."""
        async with self._db.read() as tx:
            found = [await tx.rejections.get(user_id, one) for one in rejection_ids]
        return {one.id: one.who for one in found if one is not None and one.who}

    async def written(self, user_id: int) -> set[tuple[int | None, str]]:
        """What there is an entry about already, and of which kind. No answer is opened for it."""
        async with self._db.read() as tx:
            return {(entry.rejection_id, entry.kind) for entry in await tx.journal.heads(user_id)}

    async def is_whole(self, user_id: int, target: Target) -> bool:
        """Whether a message asks about one thing alone, so that one answer answers all of it."""
        return len(await self._checkins.items(user_id, target)) == 1

    async def suggested(self, entry: JournalEntry, now: datetime) -> tuple[ActionKind, ...]:
        """The actions of the entry's picked answers that fit what it is about; done lately comes last."""
        kind = self._content.journal.kind(entry.kind)
        named = () if kind is None else kind.suggests(entry.answers)
        if not named:
            return ()
        async with self._db.read() as tx:
            about = None
            if entry.rejection_id is not None:
                about = await tx.rejections.get(entry.user_id, entry.rejection_id)
            open_now = await tx.rejections.listed(entry.user_id, RejectionFilter(recoveries=OPEN_RECOVERY))
            since = now.date() - timedelta(days=RECENT_DAYS)
            recent = await tx.actions.kinds_since(entry.user_id, since)
        guarded = any(self._content.kind(one.kind).contact_guard for one in open_now)
        kinds = {one.kind: self._content.kind(one.kind) for one in ([about] if about else open_now)}
        offered = [action for action in self._content.actions if action.id in named]
        fitting = suggest(offered, list(kinds.values()), recent, SUGGESTED, contacts_withdrawn=guarded)
        return tuple(fitting)

    async def of_check_in(self, user_id: int, target: Target, now: datetime) -> list[Analysis]:
        """For each rejection a check-in is about, what the latest analysis of it suggests. Raises NotYours."""
        found = []
        for item in await self._checkins.items(user_id, target):
            if item.subject is not Subject.REJECTION:
                continue
            async with self._db.read() as tx:
                own = await tx.journal.of_rejection(user_id, item.subject_id)
            found.append(await self._analysis(item, own, now))
        return found

    async def _analysis(self, item: NudgeItem, own: Sequence[JournalEntry], now: datetime) -> Analysis:
        """The latest entry that suggests something, or else the latest that could."""
        latest = Analysis(item, None)
        for entry in own:
            kind = self._content.journal.kind(entry.kind)
            question = None if kind is None else kind.suggesting
            if question is None:
                continue
            if suggested := await self.suggested(entry, now):
                return Analysis(item, entry, suggested)
            if latest.entry is None:
                latest = Analysis(
                    item, entry, to_choose=None if question.chosen(entry.answers) else question.id
                )
        return latest

    async def did(self, member: Member, nudge_id: int, action: str, press: Press) -> ActionLogged:
        """Log one of the suggested actions as the answer to a check-in. Raises NotYours, or UserError."""
        target = Target(nudge_id, one=True)
        items = await self._checkins.items(member.user_id, target)
        if items[0].subject is not Subject.REJECTION:
            raise NotYours
        nudge = await self._nudge(member.user_id, items[0].nudge_id)
        if nudge is None:
            raise NotYours
        told = await self._told_before(member.user_id, items[0].subject_id, action, [nudge])
        told = told or await self._told_freely(member.user_id, nudge, action)
        logged = await self._log(member, action, items[0].subject_id, told, press)
        await self._checkins.skip(member, target, press.now)
        return logged

    async def did_at_once(self, member: Member, rejection_id: int, action: str, press: Press) -> ActionLogged:
        """Log an action that the answer to an entry suggests; told in the check-in that brings it again, it is there."""
        async with self._db.read() as tx:
            nudges = await tx.nudges.of_subject(member.user_id, Subject.REJECTION, rejection_id)
        bring = [nudge for nudge in nudges if self._content.protocol.step(Step(nudge.step)).brings_ideas]
        told = await self._told_before(member.user_id, rejection_id, action, bring)
        if told is None:
            async with self._db.read() as tx:
                open_yet = [await answered_by(tx, member.user_id, [nudge], [ANY]) for nudge in bring]
            done = next((before.source for before in open_yet if before is not None), None)
            told = _Told(at_once(rejection_id, action), done)
        return await self._log(member, action, rejection_id, told, press)

    async def _told_before(
        self, user_id: int, rejection_id: int, action: str, nudges: Sequence[Nudge]
    ) -> _Told | None:
        """Where a suggested action was told already: in the answer to an entry, or in one of these check-ins."""
        async with self._db.read() as tx:
            known = await tx.actions.of_source(user_id, at_once(rejection_id, action))
            for nudge in [] if known else nudges:
                own = self._content.protocol.step(Step(nudge.step)).actions
                same = [button for button, logs in own.items() if logs == action]
                for button in (ANY, *same):
                    before = await answered_by(tx, user_id, [nudge], [button])
                    if before is not None and before.kind == action:
                        known = before
        return None if known is None else _Told(known.source)

    async def answer(
        self, member: Member, kind: EntryKind, entry: JournalEntry, press: Press, *, again: bool = False
    ) -> Answered:
        """Count what an entry counts as, once for each rejection, and note that its check-in is answered by it.

        With `again` (a change of an entry) that is done for a check-in that still waits alone.
        """
        nudge = await self._of_step(entry, kind)
        waits = nudge is not None and nudge.state in _SENT and nudge.answered_at is None
        if again and not waits:
            return Answered()
        logged = None
        if kind.action is not None:
            told = _Told(f"journal:{kind.id}:{entry.rejection_id or entry.id}")
            if nudge is not None:
                told = await self._told(member.user_id, nudge, self._button(kind))
            logged = await self._log(member, kind.action, entry.rejection_id, told, press)
        if nudge is None or nudge.state not in _SENT:
            return Answered(logged)
        done = await self._checkins.skip(member, Target(nudge.id, one=True), press.now)
        return Answered(logged, done.finished)

    async def _log(
        self, member: Member, action: str, rejection_id: int | None, told: _Told, press: Press
    ) -> ActionLogged:
        today = press.now.astimezone(ZoneInfo(member.zone)).date()
        return await self._actions.log(
            member, action, rejection_id=rejection_id, done_on=today, source=told.source, instead_of=told.instead_of,
            interaction_id=press.interaction_id, guild_id=press.guild_id, heavy=press.heavy, now=press.now,
        )  # fmt: skip

    async def _told(self, user_id: int, nudge: Nudge, button: str) -> _Told:
        """As the button of the check-in would tell it: said after *Done*, it says what was done."""
        async with self._db.read() as tx:
            before = await answered_by(tx, user_id, [nudge], [ANY])
            source = await source_of(tx, user_id, [nudge], button)
        return _Told(source, None if before is None else before.source)

    async def _told_freely(self, user_id: int, nudge: Nudge, action: str) -> _Told:
        """As *Done* would, but naming the action: so that *Done* afterwards adds nothing."""
        async with self._db.read() as tx:
            before = await answered_by(tx, user_id, [nudge], [ANY])
            if before is None or before.kind == action:
                return _Told(await source_of(tx, user_id, [nudge], ANY))
        return await self._told(user_id, nudge, action)

    def _button(self, kind: EntryKind) -> str:
        """The button of the kind's step that logs the same action."""
        buttons = () if kind.step is None else self._content.protocol.step(kind.step).buttons
        return next((one.id for one in buttons if one.action == kind.action), kind.id)

    async def _nudge(self, user_id: int, nudge_id: int) -> Nudge | None:
        async with self._db.read() as tx:
            return await tx.nudges.get(user_id, nudge_id)

    async def _of_step(self, entry: JournalEntry, kind: EntryKind) -> Nudge | None:
        """The latest check-in of the kind's step about the same rejection: a sent one before one still to come."""
        if kind.step is None or entry.rejection_id is None:
            return None
        async with self._db.read() as tx:
            about = await tx.nudges.of_subject(entry.user_id, Subject.REJECTION, entry.rejection_id)
        steps = [nudge for nudge in about if nudge.step == kind.step]
        return max(steps, key=lambda nudge: (nudge.state in _SENT, nudge.occurrence), default=None)
