"""Logging, listing, editing and deleting one's own rejections. A rejection and its check-ins are one fact."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.kinds import How
from bot.domain.members import Member
from bot.domain.nudges import Subject
from bot.domain.paging import Page, clamp
from bot.domain.rejections import (
    COOLING_FOR,
    NEAR_DUPLICATE_FOR,
    SAID_MAX,
    WHO_MAX,
    Recovery,
    Rejection,
    RejectionDraft,
    RejectionFilter,
    can_undo,
    in_cooling,
)
from bot.domain.text import free_text
from bot.domain.timetable import Planned, plan
from bot.errors import NotYours, UserError
from bot.ids import new_id
from bot.services.plans import Shift, bring_back, check_ins, redate
from bot.services.ports import Database, Unit, Waker

PAGE_SIZE = 6
COMPLETIONS = 25
_DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Logged:
    """What logging did. `planned` holds the check-ins to come; `cooling` asks what is different this time.

    `number`: it is the so-manyth entry of the member's; 0 when that is not known.
    """

    rejection: Rejection
    planned: tuple[Planned, ...]
    cooling: bool
    near_duplicate: Rejection | None
    replay: bool = False
    number: int = 0


def _checked(draft: RejectionDraft) -> RejectionDraft:
    """The draft with its text trimmed. Raises UserError for text no engine can keep or that is too long."""
    return replace(draft, who=free_text(draft.who, WHO_MAX), said=free_text(draft.said, SAID_MAX))


@dataclass(frozen=True, slots=True)
class Edited:
    """What a change did. `shift` tells of the check-ins, when the date changed and they went with it."""

    rejection: Rejection
    shift: Shift | None = None


class Rejections:
    """One member's rejections. Every method looks at the member's own rows alone."""

    def __init__(self, db: Database, wake: Waker) -> None:
        self._db = db
        self._wake = wake

    async def log(
        self, member: Member, draft: RejectionDraft, *, interaction_id: int, now: datetime
    ) -> Logged:
        """Save a rejection and its check-ins in one transaction.

        The same interaction delivered again saves nothing and gives what the first one saved. Raises UserError
        for text that cannot be kept.
        """
        draft = _checked(draft)
        planned = plan(
            member.pace, logged_at=now, occurred_on=draft.occurred_on, rhythm=member.rhythm, now=now
        )
        rejection = Rejection(
            id=new_id(now),
            user_id=member.user_id,
            kind=draft.kind,
            occurred_on=draft.occurred_on,
            logged_at=now,
            who=draft.who,
            how=draft.how,
            said=draft.said,
            feeling=draft.feeling,
            recovery=Recovery.OPEN if planned else Recovery.NONE,
            pace=member.pace,
        )
        async with self._db.write() as tx:
            if not await tx.receipts.claim(interaction_id, member.user_id, rejection.id, now):
                return await self._replayed(tx, member.user_id, interaction_id)
            recent = await tx.rejections.logged_since(member.user_id, now - COOLING_FOR)
            await tx.rejections.add(rejection)
            await tx.nudges.add_many(check_ins(member, rejection, planned, now))
            number = await tx.progress.total(member.user_id)
        if planned:
            self._wake(planned[0].due_at)
        cooling, twin = in_cooling(recent, draft.kind, now), _near_duplicate(recent, rejection)
        return Logged(rejection, planned, cooling, twin, number=number)

    async def _replayed(self, tx: Unit, user_id: int, interaction_id: int) -> Logged:
        made_id = await tx.receipts.made(interaction_id)
        rejection = None if made_id is None else await tx.rejections.get(user_id, made_id)
        if rejection is None:
            raise NotYours
        return Logged(rejection, (), cooling=False, near_duplicate=None, replay=True)

    async def get(self, user_id: int, rejection_id: int) -> Rejection:
        """The member's own rejection. Raises NotYours."""
        async with self._db.read() as tx:
            return _own(await tx.rejections.get(user_id, rejection_id))

    async def listed(self, user_id: int, wanted: RejectionFilter, page: int = 0) -> Page[Rejection]:
        """One page of the member's rejections, newest first."""
        async with self._db.read() as tx:
            total = await tx.rejections.count(user_id, wanted)
            number = clamp(page, PAGE_SIZE, total)
            items = await tx.rejections.listed(user_id, wanted, limit=PAGE_SIZE, offset=number * PAGE_SIZE)
        return Page(tuple(items), number, PAGE_SIZE, total)

    async def completions(self, user_id: int, typed: str) -> list[Rejection]:
        """The member's own rejections whose text or kind holds what was typed; searched in memory."""
        async with self._db.read() as tx:
            own = await tx.rejections.listed(user_id, RejectionFilter(), limit=500)
        sought = typed.casefold().strip()
        return [r for r in own if sought in f"{r.who or ''} {r.kind} {r.occurred_on}".casefold()][
            :COMPLETIONS
        ]

    async def edit(self, member: Member, rejection_id: int, draft: RejectionDraft, now: datetime) -> Edited:
        """Change everything the form holds; the check-ins not yet sent follow the new date. Raises NotYours."""
        draft = _checked(draft)
        async with self._db.write() as tx:
            old = _own(await tx.rejections.get(member.user_id, rejection_id))
            new = replace(
                old,
                kind=draft.kind,
                occurred_on=draft.occurred_on,
                who=draft.who,
                how=draft.how,
                said=draft.said,
                feeling=draft.feeling,
            )
            await tx.rejections.replace(new)
            shift = None if new.occurred_on == old.occurred_on else await redate(tx, member, old, new, now)
        self._wake(now)
        return Edited(new if shift is None else shift.rejection, shift)

    async def set_how(self, user_id: int, rejection_id: int, how: How | None) -> Rejection:
        """Change how the news came. Raises NotYours."""
        async with self._db.write() as tx:
            changed = replace(_own(await tx.rejections.get(user_id, rejection_id)), how=how)
            await tx.rejections.replace(changed)
            return changed

    async def delete(self, user_id: int, rejection_id: int, now: datetime) -> Rejection:
        """Take a rejection away, with its check-ins. For 15 minutes it can be put back. Raises NotYours."""
        async with self._db.write() as tx:
            rejection = _own(await tx.rejections.get(user_id, rejection_id))
            await tx.rejections.replace(replace(rejection, deleted_at=now))
            await tx.nudges.cancel(user_id, Subject.REJECTION, rejection_id, _DELETED)
        return rejection

    async def restore(self, member: Member, rejection_id: int, now: datetime) -> Rejection:
        """Put back a rejection deleted in the last 15 minutes. Raises UserError when it is too late."""
        async with self._db.write() as tx:
            gone = await tx.rejections.get(member.user_id, rejection_id, deleted=True)
            if gone is None or (gone.deleted_at is not None and not can_undo(gone.deleted_at, now)):
                raise UserError("rejection-undo-late")
            back = replace(gone, deleted_at=None)
            await tx.rejections.replace(back)
            await bring_back(tx, member, back, _DELETED)
        self._wake(now)
        return back


def _own(rejection: Rejection | None) -> Rejection:
    if rejection is None:
        raise NotYours
    return rejection


def _near_duplicate(recent: list[Rejection], new: Rejection) -> Rejection | None:
    """An entry of the last ten minutes that reads the same: perhaps one press that was answered twice."""
    for old in recent:
        same = (old.kind, old.who, old.occurred_on) == (new.kind, new.who, new.occurred_on)
        if same and new.logged_at - old.logged_at < NEAR_DUPLICATE_FOR:
            return old
    return None
