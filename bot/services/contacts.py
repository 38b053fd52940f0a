"""Whether a member may be shown anything that means writing to a program first. Asked wherever something would suggest it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.merging import Abouts
from bot.domain.nudges import Nudge, Subject
from bot.domain.rejections import OPEN_RECOVERY, RejectionFilter
from bot.domain.seasons import match_week
from bot.domain.timetable import Rhythm, next_hour
from bot.services.ports import Unit
from bot.services.subjects import standing
from config.content import Content


@dataclass(frozen=True, slots=True)
class Withheld:
    """Why nothing to a program is offered: it is Match Week, until this Friday, or something that guards against it is open."""

    until_on: date | None = None


async def withheld(tx: Unit, content: Content, user_id: int, now: datetime) -> Withheld | None:
    """Why programs are not to be written to now, or None. Match Week goes first: its end is known."""
    week = match_week(content.match_weeks, now)
    if week is not None:
        return Withheld(week.friday)
    return Withheld() if await _guarded(tx, content, user_id) else None


async def _guarded(tx: Unit, content: Content, user_id: int) -> bool:
    rejections = await tx.rejections.listed(user_id, RejectionFilter(recoveries=OPEN_RECOVERY))
    return any(content.kind(rejection.kind).contact_guard for rejection in rejections)


def contacts_program(content: Content, action_id: str) -> bool:
    """Whether an action means writing to a program. One that is gone from the catalogue does not."""
    action = content.action(action_id)
    return action is not None and action.contacts_program


def after_match_week(content: Content, due_at: datetime, rhythm: Rhythm) -> datetime:
    """An instant itself, or the member's first hour after the Match Week that it lies in."""
    while match_week(content.match_weeks, due_at) is not None:
        due_at = next_hour(due_at, rhythm)
    return due_at


Forbid = Callable[[Unit, Sequence[Nudge], Abouts, datetime], Awaitable[frozenset[int]]]
"""Which of these nudges must wait, by their ids, though what they are about is open. They come once nothing forbids it."""


async def nothing_forbidden(
    _tx: Unit, _nudges: Sequence[Nudge], _open: Abouts, _now: datetime
) -> frozenset[int]:
    """For a machine without content."""
    return frozenset()


def contacts_forbidden(content: Content) -> Forbid:
    """Reminders of drafts to programs, sent or not, for as long as nobody may write to one first."""

    async def forbidden(tx: Unit, nudges: Sequence[Nudge], open_now: Abouts, now: datetime) -> frozenset[int]:
        to_programs = [
            n for n in nudges if n.id in open_now and _writes_to_program(content, n, open_now[n.id].kind)
        ]
        return frozenset(
            [n.id for n in to_programs if await withheld(tx, content, n.user_id, now) is not None]
        )

    return forbidden


def _writes_to_program(content: Content, nudge: Nudge, kind_id: str) -> bool:
    kind = content.draft(kind_id) if nudge.subject is Subject.DRAFT else None
    return kind is not None and contacts_program(content, kind.action)


async def comes_next(tx: Unit, content: Content, user_id: int) -> datetime | None:
    """When the member's next check-in comes, as far as is known; None when nothing is planned, or all of it rests.

    A reminder about a program comes after the Match Week that it lies in; nobody knows when, while something guards
    against it.
    """
    due = await tx.nudges.due_for(user_id)
    abouts = await standing(tx, [nudge for nudge in due if nudge.subject is Subject.DRAFT])
    to_programs = {n.id for n in due if n.id in abouts and _writes_to_program(content, n, abouts[n.id].kind)}
    instants = [nudge.due_at for nudge in due if nudge.id not in to_programs]
    member = await tx.members.get(user_id) if to_programs else None
    if member is not None and not await _guarded(tx, content, user_id):
        waits = (nudge.due_at for nudge in due if nudge.id in to_programs)
        instants += [after_match_week(content, due_at, member.rhythm) for due_at in waits]
    return min(instants, default=None)
