"""Nothing is kept for ever. The periods here are the table in PRIVACY.md; a test holds the two together."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta

from bot.domain.members import DmState, Member
from bot.domain.nudges import Purpose
from bot.domain.rejections import UNDO_FOR
from bot.domain.timetable import next_hour
from bot.services.erasure import Erasure
from bot.services.making import new_delivery
from bot.services.ports import Database, Unit, Waker

log = logging.getLogger(__name__)

RECEIPTS_FOR = timedelta(days=7)
MESSAGES_FOR = timedelta(days=90)
FINISHED_AFTER = timedelta(days=7)
"""A protocol without an answer to its last check-in is over this long after it was due."""
DAYS_OVER_AFTER = timedelta(days=14)
"""Ten days with steps left can be caught up on for this long after their last message."""
LEFT_FOR = timedelta(days=30)
ASKED_AFTER = timedelta(days=548)
"""Eighteen months."""
ERASED_AFTER = timedelta(days=730)
"""Twenty-four months."""
ASK_WITHIN = timedelta(days=30)
"""Somebody is asked in the month after they became idle, once; whoever comes into it later is not asked at all."""
AT_ONCE = 50
FINISHED_AT_ONCE = 500

AskBody = Callable[[int, str], str]
"""The body of the question for a delivery's id and a language, with a marker like every body."""


class Retention:
    """The nightly job. Each part is a transaction of its own and can be repeated."""

    def __init__(self, db: Database, erasure: Erasure, ask: AskBody, wake: Waker) -> None:
        self._db = db
        self._erasure = erasure
        self._ask = ask
        self._wake = wake

    async def run(self, now: datetime) -> None:
        """Delete what is old, ask who has been away for long, erase who has been away for longer."""
        async with self._db.write(aside=True) as tx:
            gone = (
                await tx.retention.old_receipts(now - RECEIPTS_FOR),
                await tx.retention.old_messages(now - MESSAGES_FOR),
                await tx.retention.left_memberships(now - LEFT_FOR),
            )
        log.info("retention: %d receipts, %d messages, %d memberships", *gone)
        for part in (
            self.purge,
            self.finish_past,
            self.finish_days,
            self._ask_idle,
            self._erase_idle,
            self._erasure.remove_left,
        ):
            await _apart(part(now))

    async def purge(self, now: datetime) -> int:
        """Delete for good what its member deleted and can no longer undo; every few minutes. Gives how many."""
        async with self._db.write(aside=True) as tx:
            gone = await tx.retention.deleted_rejections(now - UNDO_FOR)
        if gone:
            log.info("retention: %d deleted entries", gone)
        return gone

    async def finish_past(self, now: datetime) -> int:
        """End every protocol whose last check-in came a week ago or more. Gives how many."""
        before = now - FINISHED_AFTER
        return await self._batches(
            "protocols", lambda tx: tx.retention.past_recoveries(before, FINISHED_AT_ONCE)
        )

    async def finish_days(self, now: datetime) -> int:
        """End, without a word, the ten days whose last message came two weeks ago or more. Gives how many."""
        before = now - DAYS_OVER_AFTER
        return await self._batches(
            "challenges", lambda tx: tx.retention.past_challenges(before, FINISHED_AT_ONCE, now)
        )

    async def _batches(self, what: str, finish: Callable[[Unit], Awaitable[int]]) -> int:
        """Finish them a batch at a time, so that nobody waits long for the database."""
        finished, batch = 0, FINISHED_AT_ONCE
        while batch == FINISHED_AT_ONCE:
            async with self._db.write(aside=True) as tx:
                batch = await finish(tx)
            finished += batch
        log.info("retention: %d %s finished", finished, what)
        return finished

    async def _ask_idle(self, now: datetime) -> None:
        asked = 0
        async for idle in self._idle(now - ASKED_AFTER - ASK_WITHIN, now - ASKED_AFTER):
            async with self._db.write() as tx:
                members = await tx.members.get_many(idle)
                asked += sum([await self._asked(tx, member, now) for member in members.values()])
        if asked:
            self._wake(now)

    async def _idle(self, since: datetime | None, until: datetime) -> AsyncIterator[list[int]]:
        """Who was not seen since, a page at a time, so that everybody's turn comes in one night."""
        page, last = AT_ONCE, None
        while page == AT_ONCE:
            async with self._db.read(aside=True) as tx:
                found = await tx.retention.idle(since, until, AT_ONCE, last)
            yield [user_id for _, user_id in found]
            page, last = len(found), found[-1] if found else None

    async def _asked(self, tx: Unit, member: Member, now: datetime) -> bool:
        """Whether a question was made now. Who turned messages off, or cannot be reached, is not written to."""
        key = f"idle:{member.user_id}"
        if not member.reachable or member.dm_state is DmState.CLOSED or await tx.deliveries.of_key(key):
            return False
        at, user_id = next_hour(now, member.rhythm), member.user_id
        question = new_delivery(
            Purpose.POST,
            lambda number: self._ask(number, member.language),
            now,
            at=at,
            user_id=user_id,
            key=key,
        )
        await tx.deliveries.add(question)
        return True

    async def _erase_idle(self, now: datetime) -> None:
        async for away in self._idle(None, now - ERASED_AFTER):
            for user_id in away:
                await _apart(self._erasure.erase(user_id, now))

    async def stay(self, user_id: int, now: datetime) -> None:
        """The member answered that they are still here."""
        async with self._db.write() as tx:
            await tx.members.seen(user_id, now)


async def _apart(part: Awaitable[object]) -> None:
    """Do one part of the night: a fault is logged by its type, and the parts after it go on."""
    (fault,) = await asyncio.gather(part, return_exceptions=True)
    if isinstance(fault, BaseException):
        log.error("retention: %s; it is tried again the next night", type(fault).__name__)
