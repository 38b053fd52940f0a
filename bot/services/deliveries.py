"""Sends what is ready, to members and to channels, and finds out what became of what was not answered."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.answers import Action, Kind
from bot.domain.deliveries import (
    CLOCKS_DIFFER,
    LEASE_FOR,
    LOOK_AFTER,
    MAX_ATTEMPTS,
    SAME_NONCE_FOR,
    Stage,
    in_turn,
    look_at,
    stage,
)
from bot.domain.members import DmState, Member
from bot.domain.merging import is_fit, is_fresh, is_wanted
from bot.domain.nudges import Delivery, Purpose
from bot.domain.quiet import in_quiet, out_of_quiet
from bot.services import mentions
from bot.services.contacts import Forbid, nothing_forbidden
from bot.services.fresh_channels import opens_at
from bot.services.making import new_delivery
from bot.services.outbox import Outbox, Pace
from bot.services.ports import Database, Unit
from bot.services.sending import Sending, channel_of
from bot.services.settling import HOLD_FOR, OPENING_HELD, Attempt, Settling
from bot.services.sights import Channels, Sight
from bot.services.withdrawing import is_late_weekly, unwanted

LEAST_AT_ONCE, MOST_AT_ONCE = 32, 128
MARK_EVERY_SECONDS = 0.25

Ready = tuple[Delivery, Stage]


@dataclass(slots=True)
class RunReport:
    """What one run did, and when the next is needed (None: nothing is pending)."""

    begun: int = 0
    actions: list[Action] = field(default_factory=list)
    next_at: datetime | None = None


class DeliveryRun:
    """Sends pending deliveries in small groups.

    Invariants: the budget is taken first; then a group begins, in a transaction that reads members, nudges and
    their subjects once more; then its requests go out. A delivery without an answer stays `sending`: within 60 s
    the same nonce goes out again; later the channel is read first, when nothing was in flight for 30 s. After a
    dead token not one request is made.
    """

    def __init__(
        self, db: Database, outbox: Outbox, pace: Pace, settling: Settling, forbid: Forbid = nothing_forbidden
    ) -> None:
        self._db = db
        self._forbid = forbid
        self._sending = Sending(outbox, pace)
        self._pace = pace
        self._settling = settling
        self._latest: datetime | None = None

    @property
    def stopped(self) -> bool:
        """Whether Discord refused the token; nothing is sent any more."""
        return self._sending.stopped

    def resting_until(self, now: datetime) -> datetime | None:
        """Until when nothing may be asked of Discord, or None."""
        return self._pace.resting_until(now)

    def rest(self, now: datetime, until: datetime | None) -> None:
        """Ask nothing of Discord until an instant, or for as long as the breaker says: others were refused."""
        self._pace.rest(now, until)

    @property
    def most(self) -> int:
        """How many one run tries: what goes out in about two seconds. The more go together, the less each one costs."""
        return max(LEAST_AT_ONCE, min(MOST_AT_ONCE, 8 * self._pace.group))

    async def run(self, now: datetime, own: Sequence[Delivery] = ()) -> RunReport:
        """Try what is pending by now, at most a run's worth; `own` is what this process has made a moment ago."""
        report = RunReport()
        await self._watch_clock(now)
        async with self._db.read() as tx:
            others = await tx.deliveries.pending(now, self.most, but=[delivery.id for delivery in own])
            pending = in_turn(others, own, now)[: self.most]
            held = await tx.facts.get(OPENING_HELD)
            strangers = await tx.members.strangers({d.user_id for d in pending if d.user_id is not None})
        channels = Channels(strangers, _instant(held))
        flying: set[asyncio.Task[Attempt]] = set()
        try:
            while pending and not self._sending.halted(now):
                group, pending = pending[: self._pace.group], pending[self._pace.group :]
                ready = [one for d in group if (one := await self._ready(d, now, channels, report))]
                if ready:
                    now = await self._pace.take(len(ready))
                    begun = await self._begin(ready, now)
                    report.begun += len(begun)
                    flying |= {asyncio.create_task(self._sending.attempt(d, m, now)) for d, m in begun}
                flying = await self._mark(flying, now, report)
                if Action.HOLD in report.actions:
                    channels.held_until = now + HOLD_FOR
            while flying:
                flying = await self._mark(flying, now, report)
        finally:
            for task in flying:
                task.cancel()
        report.next_at = await self._next_at()
        return report

    async def _watch_clock(self, now: datetime) -> None:
        """After the clock was set back, and at the first run, no attempt that lies ahead of it is repeated unseen.

        By such a clock the nonce's minute would end long after Discord has forgotten the nonce.
        """
        if self._latest is not None and now > self._latest - CLOCKS_DIFFER:
            self._latest = max(self._latest, now)
            return
        self._latest = now
        async with self._db.write() as tx:
            await tx.deliveries.distrust(now, now + LOOK_AFTER - SAME_NONCE_FOR)

    async def _next_at(self) -> datetime | None:
        async with self._db.read() as tx:
            instants = (await tx.deliveries.earliest_try(), await tx.nudges.earliest_due())
        return min((instant for instant in instants if instant is not None), default=None)

    async def _mark(
        self, flying: set[asyncio.Task[Attempt]], now: datetime, report: RunReport
    ) -> set[asyncio.Task[Attempt]]:
        """Give the requests a quarter of a second, then write down those that were answered."""
        if not flying:
            return flying
        done, rest = await asyncio.wait(flying, timeout=MARK_EVERY_SECONDS)
        if done:
            report.actions += await self._settling.settle([task.result() for task in done], now)
        return rest

    async def _ready(
        self, delivery: Delivery, now: datetime, channels: Channels, report: RunReport
    ) -> Ready | None:
        """The delivery with its stage, when it may begin an attempt; else it is put off or looked for."""
        found = stage(delivery, now)
        if found is Stage.WAIT:
            await self._put_off(delivery, look_at(delivery))
            return None
        if found is Stage.FIRST and delivery.purpose is Purpose.CHECKIN and not is_fresh(delivery, now):
            await self._make_anew(delivery)
            return None
        if not await self._channel_may_open(delivery, now, channels):
            return None
        if found is Stage.LOOK and not await self._missing(delivery, now, report):
            return None
        return delivery, found

    async def _put_off(self, delivery: Delivery, at: datetime) -> None:
        async with self._db.write() as tx:
            await tx.deliveries.later(_token(delivery), at)

    async def _make_anew(self, delivery: Delivery) -> None:
        async with self._db.write() as tx:
            await tx.claims.lock([delivery.id])
            await tx.claims.pull_back([delivery.id])

    async def _channel_may_open(self, delivery: Delivery, now: datetime, channels: Channels) -> bool:
        """Whether its channel is known, or a new one may be opened now."""
        user_id = delivery.user_id
        if delivery.guild_id is not None or delivery.channel_id is not None or user_id is None:
            return True
        if user_id not in channels.strangers:
            return True
        held = channels.held_until is not None and channels.held_until > now
        free_at = channels.held_until
        if not held:
            free_at = await opens_at(self._db, self._pace, user_id, now)
        if free_at is not None:
            await self._put_off(delivery, free_at)
        return free_at is None

    async def _missing(self, delivery: Delivery, now: datetime, report: RunReport) -> bool:
        """Look for a delivery that may have arrived. True when it did not, and is to be sent again."""
        async with self._db.write() as tx:
            if not await tx.deliveries.lease(delivery, now + LEASE_FOR):
                return False
            member = None if delivery.user_id is None else await tx.members.get(delivery.user_id)
        now = await self._pace.take(1)
        seen = await self._sending.look(delivery, member, now)
        if seen.answer.kind is Kind.OK and seen.answer.made_id is None:
            if delivery.attempts < MAX_ATTEMPTS:
                return True
            await self._settling.give_up(seen, "no-answer")
        elif seen.outcome.action is Action.CHANNEL:
            # It may stand there, and nobody can tell: better not posted than posted twice.
            await self._settling.give_up(seen, "unconfirmed")
        else:
            report.actions += await self._settling.settle([seen], now)
        return False

    async def _begin(self, ready: Sequence[Ready], now: datetime) -> list[tuple[Delivery, Member | None]]:
        """Begin the attempts that are still right at this moment, in one transaction."""
        async with self._db.write() as tx:
            sight = await Sight.of(tx, [delivery for delivery, _ in ready], self._forbid, now)
            free = [one for one in ready if not await self._is_held(tx, one[0], sight, now)]
            right = [one for one in free if await self._is_right(tx, *one, sight, now)]
            begun: list[Delivery] = []
            for again in (False, True):
                tokens = [(d.id, d.attempts) for d, found in right if (found is Stage.REPEAT) is again]
                if tokens:
                    begun += await tx.deliveries.begin(tokens, now, now + LEASE_FOR, again=again)
        return [(delivery, sight.member_of(delivery)) for delivery in begun]

    async def _is_held(self, tx: Unit, delivery: Delivery, sight: Sight, now: datetime) -> bool:
        """Whether it needs a new channel and none may be opened, as some process has learned by now. It is put off."""
        if delivery.guild_id is not None or channel_of(delivery, sight.member_of(delivery)) is not None:
            return False
        until = _instant(await tx.facts.get(OPENING_HELD))
        return until is not None and until > now and await tx.deliveries.later(_token(delivery), until)

    async def _is_right(
        self, tx: Unit, delivery: Delivery, found: Stage, sight: Sight, now: datetime
    ) -> bool:
        """Whether it may begin as it is. A check-in that may not is taken back and made anew, or waits."""
        member, nudges = sight.member_of(delivery), sight.nudges[delivery.id]
        if found is Stage.REPEAT and stage(delivery, now) is not Stage.REPEAT:
            return False
        if delivery.mentions is not None:
            return await mentions.is_right(tx, delivery, found, member, now)
        if delivery.guild_id is not None:
            return not await is_late_weekly(tx, delivery, found, now)
        if delivery.purpose is Purpose.CHECKIN and found is Stage.FIRST:
            if is_fit(member, nudges, sight.allowed, now):
                return True
            await tx.claims.pull_back([delivery.id])
            return False
        if member is None:
            return False
        if delivery.purpose is Purpose.CHECKIN and not is_wanted(member, nudges, sight.still_open):
            await unwanted(tx, delivery, found, nudges)
            return False
        # A test message answers a press, so it may come at night; a check-in that is tried again may not.
        calm = delivery.purpose is Purpose.CHECKIN or not is_fresh(delivery, now)
        if calm and in_quiet(now, member.rhythm):
            await tx.deliveries.later(_token(delivery), out_of_quiet(now, member.rhythm))
            return False
        return True

    async def open_and_test(
        self, user_id: int, body: Callable[[int], str], now: datetime, *, key: str | None = None
    ) -> DmState:
        """Send the member's first message now, because they pressed for it; `body` is given the delivery's id.

        OPEN or CLOSED is what Discord answered; QUEUED means it goes out as soon as the pace allows. A `key` makes one.
        """
        delivery = new_delivery(Purpose.DM_TEST, body, now, user_id=user_id, key=key)
        async with self._db.write() as tx:
            new = key is None or await tx.deliveries.of_key(key) is None
            if new:
                await tx.members.update(user_id, dm_state=DmState.QUEUED)
                await tx.deliveries.add(delivery)
        if new and not self._sending.halted(now) and self._pace.try_take():
            begun = await self._begin([(delivery, Stage.FIRST)], now)
            attempts = [await self._sending.attempt(d, member, now) for d, member in begun]
            await self._settling.settle(attempts, now)
        async with self._db.read() as tx:
            member = await tx.members.get(user_id)
        return DmState.QUEUED if member is None else member.dm_state


def _token(delivery: Delivery) -> tuple[int, int]:
    return delivery.id, delivery.attempts


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
