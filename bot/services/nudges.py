"""Turns what is due into messages ready to go: claims, decides, freezes. Sending is `services.deliveries`."""

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.members import DmState, Member
from bot.domain.merging import (
    Abouts,
    Verdict,
    decide,
    local_day,
    message_of,
    moved_reason,
    next_days_hour,
    since,
)
from bot.domain.nudges import OVERTAKEN, Delivery, Nudge, NudgeState, Purpose
from bot.services.contacts import Forbid, nothing_forbidden
from bot.services.deliveries import DeliveryRun, RunReport
from bot.services.making import new_delivery
from bot.services.mentions import Mention, no_mention
from bot.services.outbox import Compose, Fallback, no_fallback
from bot.services.ports import Database, Unit, Waker
from bot.services.subjects import still_open

log = logging.getLogger(__name__)

SLICE = 16
"""Members decided about in one breath; then the loop serves others, such as a command that waits for its answer."""

CLAIM_FOR = timedelta(minutes=5)
DAY = timedelta(days=2)
"""More than any local day, also one of 25 hours."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one transaction works with."""

    members: dict[int, Member]
    still_open: Abouts
    recent: dict[int, list[datetime | None]]
    now: datetime
    forbidden: frozenset[int] = frozenset()


class NudgeService:
    """One tick of the machine.

    Invariants: a nudge goes due -> claimed -> sent | skipped | undeliverable | dead, with due <-> held; a claimed
    one always has a delivery that is pending. What goes out together is one delivery whose members, nonce and
    body are stored before the first attempt. Whatever cancels, holds or moves a nudge takes back a delivery not
    yet attempted, in its own transaction; beginning an attempt and that exclude each other. So nothing is lost,
    nothing goes out twice, and no send begins after a cancel was committed.
    """

    def __init__(
        self,
        db: Database,
        deliveries: DeliveryRun,
        compose: Compose,
        wake: Waker,
        fallback: Fallback = no_fallback,
        mention: Mention = no_mention,
        forbid: Forbid = nothing_forbidden,
    ) -> None:
        self._db = db
        self._deliveries = deliveries
        self._compose = compose
        self._fallback = fallback
        self._mention = mention
        self._forbid = forbid
        self._wake = wake

    async def run_due(self, now: datetime) -> RunReport:
        """One batch: plan so many members' messages as one run sends, and send them. Wakes itself when there is more."""
        if self._deliveries.stopped:
            return RunReport()
        resting_until = self._deliveries.resting_until(now)
        if resting_until is not None:
            self._wake(resting_until)
            return RunReport(next_at=resting_until)
        report = await self._deliveries.run(now, await self.plan(now))
        if report.next_at is not None and not self._deliveries.stopped:
            self._wake(report.next_at)
        return report

    async def plan(self, now: datetime) -> list[Delivery]:
        """Claim what is due and make its messages; gives those."""
        try:
            return await self._plan(now, self._deliveries.most)
        except Exception as error:  # noqa: BLE001 - one poisoned row must not stop the rest
            log.warning("planning together failed: %s", type(error).__name__)
            return await self._plan_singly(now)

    async def _plan(self, now: datetime, limit: int) -> list[Delivery]:
        async with self._db.write() as tx:
            await tx.claims.reclaim(now)
            due = await tx.claims.due_ids(now, limit)
            if not due:
                return []
            return await self._work(tx, {user_id for _, user_id in due}, now)

    async def _plan_singly(self, now: datetime) -> list[Delivery]:
        """Member by member; whoever's nudges break the machine has the oldest set aside, and the rest goes on."""
        async with self._db.read() as tx:
            due = await tx.claims.due_ids(now, self._deliveries.most)
        made: list[Delivery] = []
        for nudge_id, user_id in due:
            try:
                async with self._db.write() as tx:
                    made += await self._work(tx, {user_id}, now)
            except Exception as error:  # noqa: BLE001 - the boundary of one row of a tick
                log.error("nudge %s to %s: set aside, %s", nudge_id, user_id, type(error).__name__)
                async with self._db.write() as tx:
                    await tx.claims.set_aside(nudge_id)
        return made

    async def _work(self, tx: Unit, user_ids: set[int], now: datetime) -> list[Delivery]:
        ours = sorted(await tx.claims.lock_members(user_ids))
        if not ours:
            return []
        claimed, broken = await tx.claims.claim(ours, now, now + CLAIM_FOR)
        for nudge_id in broken:
            log.error("nudge %s: set aside, not understood", nudge_id)
            await tx.claims.set_aside(nudge_id)
        open_now = await still_open(tx, claimed)
        forbidden = await self._forbid(tx, claimed, open_now, now)
        batch = Batch(
            members=await tx.members.get_many(ours),
            still_open=open_now,
            recent=await tx.deliveries.recent(ours, now - DAY, Purpose.CHECKIN),
            now=now,
            forbidden=forbidden,
        )
        made: list[tuple[Delivery, tuple[Nudge, ...]]] = []
        of_each: dict[int, list[Nudge]] = {}
        for nudge in claimed:
            of_each.setdefault(nudge.user_id, []).append(nudge)
        for number, user_id in enumerate(sorted(of_each), 1):
            made += await self._one(tx, batch.members[user_id], of_each[user_id], batch)
            if number % SLICE == 0:
                await asyncio.sleep(0)
        new = [delivery for delivery, _ in made]
        await tx.deliveries.add_many(new)
        await tx.claims.assign([(nudge.id, delivery.id) for delivery, send in made for nudge in send])
        return new

    async def _one(
        self, tx: Unit, member: Member, mine: list[Nudge], batch: Batch
    ) -> list[tuple[Delivery, tuple[Nudge, ...]]]:
        """Decide for one member and write down what is not sent. Gives the message with what goes into it, if any."""
        try:
            waiting = _waiting(member, mine, batch)
            verdict = decide(
                member,
                [nudge for nudge in mine if nudge not in waiting],
                batch.still_open,
                messaged_today=_messaged_today(member, batch),
                now=batch.now,
            )
        except Exception as error:  # noqa: BLE001 - the boundary of one row of a tick
            log.error("nudges to %s: set aside, %s", member.user_id, type(error).__name__)
            await tx.claims.finish([nudge.id for nudge in mine], NudgeState.DEAD, "broken")
            return []
        if waiting:
            await tx.claims.put_off([n.id for n in waiting], next_days_hour(batch.now, member), None)
        await self._keep_back(tx, member, verdict, batch)
        if not verdict.send:
            return []
        delivery = self._message(member, verdict.send, batch)
        await tx.claims.finish(verdict.covered, NudgeState.SKIPPED, OVERTAKEN, delivery.id)
        return [(delivery, verdict.send)]

    async def _keep_back(self, tx: Unit, member: Member, verdict: Verdict, batch: Batch) -> None:
        for nudge_id, reason in verdict.skipped:
            log.info("nudge %s to %s: skipped, %s", nudge_id, member.user_id, reason)
            await tx.claims.finish([nudge_id], NudgeState.SKIPPED, reason)
        if verdict.held:
            await tx.claims.finish(verdict.held, NudgeState.HELD, None)
        if verdict.refused:
            await tx.claims.finish(verdict.refused, NudgeState.UNDELIVERABLE, "dm-closed")
            await self._mention(tx, member, batch.now)
        for nudge in verdict.moved:
            assert verdict.moved_to is not None
            await tx.claims.put_off([nudge.id], verdict.moved_to, moved_reason(nudge, batch.now))

    def _message(self, member: Member, send: tuple[Nudge, ...], batch: Batch) -> Delivery:
        due_at = min(since(nudge) for nudge in send)
        made = new_delivery(Purpose.CHECKIN, lambda _number: "", batch.now, user_id=member.user_id)
        return replace(made, due_at=due_at, body=self._body(made, member, send, batch))

    def _body(self, delivery: Delivery, member: Member, send: tuple[Nudge, ...], batch: Batch) -> str:
        """The message, or the fixed plain one when composing it fails: the check-in still arrives."""
        try:
            return self._compose(message_of(delivery.id, send, batch.still_open, batch.now), member)
        except Exception as error:
            log.error("delivery %s: composing failed, %s", delivery.id, type(error).__name__)
            plain = self._fallback(delivery, member)
            if plain is None:
                raise
            return plain


def _waiting(member: Member, mine: list[Nudge], batch: Batch) -> list[Nudge]:
    """What must not go out now comes on a later day; nobody who is at rest or closed needs to be asked every day."""
    if not member.reachable or member.dm_state is DmState.CLOSED:
        return []
    return [nudge for nudge in mine if nudge.id in batch.forbidden]


def _messaged_today(member: Member, batch: Batch) -> bool:
    day_start_at, _ = local_day(batch.now, member)
    sent = batch.recent.get(member.user_id, ())
    return any(sent_at is None or sent_at >= day_start_at for sent_at in sent)
