"""Writes down what each answer of Discord means for a delivery, its nudges and its member."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from bot.domain.answers import DMS_CLOSED, NO_MUTUAL_SERVER, NO_SUCH_USER, Action, Answer, Outcome, outcome
from bot.domain.deliveries import look_at, retry_at
from bot.domain.members import DmState, Member
from bot.domain.nudges import Arrived, Delivery, DeliveryState, NudgeState, Purpose
from bot.services.mentions import Mention, no_mention
from bot.services.outbox import Alarms, Fallback, Meter, NoMeter, no_fallback
from bot.services.ports import Database, Unit

log = logging.getLogger(__name__)

OPENING_HELD = "dm-opening-held-until"
HOLD_FOR = timedelta(hours=24)
STOP_FOR = timedelta(hours=1)
REST_FOR = timedelta(minutes=15)
REOPENED, PLAIN, FALLBACK, LOOKED = "reopened", "plain", "fallback", "looked"
_KNOWN = (REOPENED, PLAIN, FALLBACK, LOOKED)
"""Notes of a delivery whose last attempt was answered, or looked for."""
_GONE = {str(code) for code in (NO_MUTUAL_SERVER, *NO_SUCH_USER)}


@dataclass(frozen=True)
class Attempt:
    """One attempt and its answer. `channel_id` is where it went, `opened` whether that channel is new."""

    delivery: Delivery
    member: Member | None
    answer: Answer
    channel_id: int | None = None
    opened: bool = False

    @property
    def dm(self) -> bool:
        """Whether it went to a member, not to a group's channel."""
        return self.delivery.guild_id is None

    @property
    def kept_from(self) -> bool:
        """Whether it is a check-in that closed DMs keep from a member who still shares a server with the bot."""
        refused = self.outcome.action is Action.REFUSED and self.outcome.reason == str(DMS_CLOSED)
        return refused and self.delivery.purpose is Purpose.CHECKIN

    @property
    def may_stand(self) -> bool:
        """Whether an earlier attempt was not answered and may have arrived: its channel is looked at before the end."""
        return self.dm and self.delivery.attempts > 1 and self.delivery.reason not in _KNOWN

    @property
    def arrived(self) -> bool:
        """Whether Discord took it."""
        return self.outcome.action is Action.SENT

    @property
    def token(self) -> tuple[int, int]:
        """What the row must still look like for the answer to count."""
        return self.delivery.id, self.delivery.attempts

    @cached_property
    def outcome(self) -> Outcome:
        """What the answer means, given what was tried before."""
        found = outcome(self.answer, dm=self.dm)
        note = self.delivery.reason
        if found.action is Action.REOPEN and (note == REOPENED or self.opened):
            return Outcome(Action.REFUSED, found.reason)
        if found.action in (Action.PLAIN, Action.FALLBACK) and note in (PLAIN, FALLBACK):
            return Outcome(Action.DEAD, found.reason)
        return found


class Settling:
    """Marks attempts in small groups.

    What is known of a member goes into a transaction of its own, first: rows are locked in the order members,
    nudges, deliveries, and never the other way round. Every row is compared with what was attempted before it
    is changed, so a late answer changes nothing.
    """

    def __init__(
        self,
        db: Database,
        alarms: Alarms,
        fallback: Fallback = no_fallback,
        mention: Mention = no_mention,
        meter: Meter | None = None,
    ) -> None:
        self._db = db
        self._alarms = alarms
        self._fallback = fallback
        self._mention = mention
        self._meter = meter or NoMeter()

    async def settle(self, attempts: Sequence[Attempt], now: datetime) -> list[Action]:
        """Write down a group of answers and raise what alarms they call for."""
        await self._members(attempts, now)
        async with self._db.write() as tx:
            await tx.claims.lock([attempt.delivery.id for attempt in attempts])
            settled = await self._sent(tx, [one for one in attempts if one.arrived], now)
            settled += [one for one in attempts if not one.arrived and await self._row(tx, one, now)]
        for attempt in attempts:
            log.info(
                "delivery %s to %s: %s %s",
                attempt.delivery.id,
                attempt.delivery.user_id if attempt.dm else attempt.delivery.guild_id,
                attempt.outcome.action,
                attempt.outcome.reason,
            )
            late = now - attempt.delivery.due_at
            self._meter.settled(
                attempt.delivery.purpose, attempt.outcome.action, attempt.outcome.reason, late
            )
        for attempt in settled:
            await self._alarm(attempt)
        return [attempt.outcome.action for attempt in attempts]

    async def _members(self, attempts: Sequence[Attempt], now: datetime) -> None:
        changes = {
            attempt.delivery.user_id: change
            for attempt in attempts
            if attempt.dm and attempt.delivery.user_id is not None and (change := _member_change(attempt))
        }
        if not changes:
            return
        closed = {attempt.delivery.user_id for attempt in attempts if attempt.kept_from}
        async with self._db.write() as tx:
            for user_id in sorted(changes):
                member = await tx.members.update(user_id, **changes[user_id])
                if member is not None and user_id in closed:
                    await self._mention(tx, member, now)

    async def _row(self, tx: Unit, attempt: Attempt, now: datetime) -> bool:
        match attempt.outcome.action:
            case Action.REFUSED if attempt.may_stand:
                return await tx.deliveries.later(attempt.token, look_at(attempt.delivery), reason=LOOKED)
            case Action.REFUSED | Action.CHANNEL:
                return await self._end(tx, attempt, DeliveryState.UNDELIVERABLE, attempt.outcome.reason)
            case Action.DEAD:
                return await self._end(tx, attempt, DeliveryState.DEAD, attempt.outcome.reason)
            case Action.PLAIN | Action.FALLBACK:
                return await self._plain(tx, attempt, now)
            case Action.REOPEN:
                return await tx.deliveries.later(attempt.token, now, reason=REOPENED, channel_id=None)
            case Action.HOLD:
                until = now + HOLD_FOR
                await tx.facts.set(OPENING_HELD, until.isoformat(), now)
                return await tx.deliveries.later(attempt.token, until)
            case _:
                return await tx.deliveries.later(attempt.token, _later_at(attempt, now))

    async def _sent(self, tx: Unit, attempts: Sequence[Attempt], now: datetime) -> list[Attempt]:
        """Mark all that arrived together. Gives those that nobody else had moved on."""
        if not attempts:
            return []
        arrived = [Arrived(one.token, one.answer.made_id, one.channel_id) for one in attempts]
        ours = await tx.deliveries.all_sent(arrived, now)
        await tx.claims.settle(sorted(ours), NudgeState.SENT, None)
        marked = [one for one in attempts if one.delivery.id in ours]
        for one in marked:
            if one.delivery.purpose is Purpose.DM_TEST and one.member is not None:
                await tx.nudges.rearm(one.member.user_id, one.member.rhythm, now)
        return marked

    async def give_up(self, attempt: Attempt, reason: str) -> None:
        """Nothing more can be found out or done; the member sees it in their record."""
        async with self._db.write() as tx:
            await tx.claims.lock([attempt.delivery.id])
            await self._end(tx, attempt, DeliveryState.DEAD, reason)
        await self._alarms.host(reason)

    async def _end(self, tx: Unit, attempt: Attempt, state: DeliveryState, reason: str) -> bool:
        """The delivery will not arrive, nor will its nudges. False when somebody else moved it on."""
        if not await tx.deliveries.finish(attempt.token, state, reason):
            return False
        await tx.claims.settle([attempt.delivery.id], NudgeState(state.value), reason)
        return True

    async def _plain(self, tx: Unit, attempt: Attempt, now: datetime) -> bool:
        body = self._fallback(attempt.delivery, attempt.member)
        if body is None:
            return await self._end(tx, attempt, DeliveryState.DEAD, attempt.outcome.reason)
        note = PLAIN if attempt.outcome.action is Action.PLAIN else FALLBACK
        return await tx.deliveries.later(attempt.token, now, body=body, reason=note)

    async def _alarm(self, attempt: Attempt) -> None:
        action, reason = attempt.outcome.action, attempt.outcome.reason
        if action is Action.STOP:
            await self._alarms.token_dead()
        elif action is Action.CHANNEL and attempt.delivery.guild_id is not None:
            await self._alarms.channel_trouble(attempt.delivery.guild_id, reason)
        elif action is Action.REFUSED and reason in _GONE and attempt.delivery.user_id is not None:
            await self._alarms.gone(attempt.delivery.user_id, reason)
        elif action in (Action.HOLD, Action.FALLBACK, Action.DEAD, Action.PAUSE):
            await self._alarms.host(reason)


def _later_at(attempt: Attempt, now: datetime) -> datetime:
    """When to try again after an outcome that leaves the delivery as it is."""
    match attempt.outcome.action:
        case Action.PAUSE:
            return now + REST_FOR
        case Action.STOP:
            return now + STOP_FOR
        case Action.REQUEUE:
            return now + timedelta(seconds=max(attempt.answer.retry_after, 1.0))
        case _:
            return retry_at(attempt.delivery, now)


def _member_change(attempt: Attempt) -> dict[str, object]:
    """What the answer teaches about the member: their channel, and whether their DMs are open."""
    change: dict[str, object] = {}
    if attempt.opened and attempt.channel_id is not None:
        change["dm_channel_id"] = attempt.channel_id
    action = attempt.outcome.action
    if action is Action.SENT and attempt.channel_id is not None:
        change["dm_state"] = DmState.OPEN
        if attempt.member is not None and attempt.member.dm_state is DmState.OPEN:
            del change["dm_state"]
    elif action is Action.REFUSED:
        change["dm_state"] = DmState.CLOSED
        if attempt.outcome.reason != str(DMS_CLOSED):
            change["dm_channel_id"] = None
    elif action is Action.REOPEN:
        change["dm_channel_id"] = None
    return change
