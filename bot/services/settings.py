"""A member's own settings. Whatever changes when the bot may write also moves every check-in not yet sent."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from bot.domain.members import Member
from bot.domain.nudges import DeliveryState, Purpose, Subject
from bot.domain.quiet import check_hour
from bot.domain.rejections import OPEN_RECOVERY, RejectionFilter
from bot.domain.timetable import Pace, moved
from bot.errors import NotYours, UserError
from bot.services.mentions import has_place
from bot.services.plans import replan
from bot.services.ports import Database, Unit, Waker
from bot.services.recoveries import Recoveries

_OPEN = RejectionFilter(recoveries=OPEN_RECOVERY)
_RECENT = 20


class Messages(StrEnum):
    """How direct messages come: like any other, without a sound, or not at all."""

    NOTIFY = "notify"
    SILENT = "silent"
    OFF = "off"


def messages_of(member: Member) -> Messages:
    """What the member chose."""
    if member.stopped_at is not None:
        return Messages.OFF
    return Messages.SILENT if member.silent else Messages.NOTIFY


class SettingsService:
    """Changes one member's settings. Every method gives the member back, and raises UserError for a stranger."""

    def __init__(self, db: Database, recoveries: Recoveries, wake: Waker) -> None:
        self._db = db
        self._recoveries = recoveries
        self._wake = wake

    async def set_zone(self, user_id: int, zone: str, now: datetime) -> Member:
        """Live in another zone: check-ins keep their local hour."""
        return await self._rhythm(user_id, now, zone=zone)

    async def set_hour(self, user_id: int, hour: int, now: datetime) -> Member:
        """Be written to at another whole local hour. Raises UserError when it lies in the quiet hours."""
        return await self._rhythm(user_id, now, hour=hour)

    async def set_quiet(self, user_id: int, quiet_from: int, quiet_to: int, now: datetime) -> Member:
        """Quiet from one whole local hour up to another. Raises UserError when the chosen hour would lie in it."""
        return await self._rhythm(user_id, now, quiet_from=quiet_from, quiet_to=quiet_to)

    async def _rhythm(self, user_id: int, now: datetime, **changes: object) -> Member:
        async with self._db.write() as tx:
            old = await _member(tx, user_id)
            wanted = replace(old, **changes)  # type: ignore[arg-type] # each caller above names a field of its type
            check_hour(wanted.hour, wanted.quiet_from, wanted.quiet_to)
            await tx.members.update(user_id, **changes, last_seen_at=now)
            await _move_all(tx, old, wanted, now)
        self._wake(now)
        return wanted

    async def set_pace(self, member: Member, pace: Pace, now: datetime) -> Member:
        """Lighter or full, for what comes and for every protocol that is open."""
        async with self._db.write() as tx:
            await _member(tx, member.user_id)
            await tx.members.update(member.user_id, pace=pace, last_seen_at=now)
            open_ids = [r.id for r in await tx.rejections.listed(member.user_id, _OPEN) if r.pace is not pace]
        for rejection_id in open_ids:
            await self._recoveries.set_pace(member, rejection_id, pace, now)
        return replace(member, pace=pace)

    async def set_language(self, user_id: int, language: str, now: datetime) -> Member:
        """Be spoken to in another language."""
        async with self._db.write() as tx:
            return await _updated(tx, user_id, language=language, last_seen_at=now)

    async def set_fallback(self, user_id: int, guild_id: int | None, now: datetime) -> Member:
        """Be mentioned in a server's channel when direct messages are closed; None for never.

        Raises NotYours for a server where the member is not, or that has no channel for posts.
        """
        async with self._db.write() as tx:
            await _member(tx, user_id)
            if guild_id is not None and not await has_place(tx, user_id, guild_id):
                raise NotYours
            return await _updated(tx, user_id, fallback_guild_id=guild_id, last_seen_at=now)

    async def set_messages(self, user_id: int, messages: Messages, now: datetime) -> Member:
        """Off holds everything back from this commit on; coming back loses nothing."""
        off = messages is Messages.OFF
        async with self._db.write() as tx:
            old = await _member(tx, user_id)
            changes: dict[str, object] = {"silent": messages is Messages.SILENT, "last_seen_at": now}
            changes["stopped_at"] = (old.stopped_at or now) if off else None
            member = await _updated(tx, user_id, **changes)
            if off:
                await tx.nudges.hold_all(user_id)
                await _take_back_tests(tx, user_id)
            elif member.reachable:
                await _release(tx, member, now)
        self._wake(now)
        return member

    async def pause(self, user_id: int, now: datetime) -> Member:
        """Hold everything. Rest is allowed and nothing is lost by it."""
        async with self._db.write() as tx:
            old = await _member(tx, user_id)
            member = await _updated(tx, user_id, paused_at=old.paused_at or now, last_seen_at=now)
            await tx.nudges.hold_all(user_id)
        return member

    async def resume(self, user_id: int, now: datetime) -> Member:
        """Go on. Protocols that are paused on their own stay so; "off" stays off."""
        async with self._db.write() as tx:
            member = await _updated(tx, user_id, paused_at=None, last_seen_at=now)
            if member.reachable:
                await _release(tx, member, now)
        self._wake(now)
        return member


async def _member(tx: Unit, user_id: int) -> Member:
    member = await tx.members.get(user_id)
    if member is None:
        raise UserError("error-not-started")
    return member


async def _updated(tx: Unit, user_id: int, **changes: object) -> Member:
    member = await tx.members.update(user_id, **changes)
    if member is None:
        raise UserError("error-not-started")
    return member


async def _release(tx: Unit, member: Member, now: datetime) -> None:
    await tx.nudges.release(member.user_id, member.rhythm, now)


async def _take_back_tests(tx: Unit, user_id: int) -> None:
    """A test message that still waits for its turn must not arrive after a stop."""
    for delivery in await tx.deliveries.of_member(user_id, _RECENT):
        if delivery.purpose is Purpose.DM_TEST and delivery.state is DeliveryState.MADE:
            await tx.deliveries.finish((delivery.id, delivery.attempts), DeliveryState.WITHDRAWN, "stopped")


async def _move_all(tx: Unit, old: Member, new: Member, now: datetime) -> None:
    """A protocol's steps follow the timetable of the new rhythm; what was snoozed or set for a day keeps its local day."""
    for rejection in await tx.rejections.listed(new.user_id, _OPEN):
        await replan(tx, new, rejection, now)
    dated = [
        nudge
        for nudge in await tx.nudges.open_for(new.user_id)
        if nudge.occurrence > 0 or nudge.subject is not Subject.REJECTION
    ]
    await tx.nudges.reschedule(
        [(n.id, moved(n.due_at, old=old.rhythm, new=new.rhythm, now=now)) for n in dated]
    )
