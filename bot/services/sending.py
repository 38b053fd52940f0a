"""The requests of the delivery machine, one delivery at a time: open, send, look. Nothing is written here."""

import logging
from datetime import datetime

from bot.domain.answers import OPENING_TOO_FAST, Answer, Kind
from bot.domain.deliveries import stands_since
from bot.domain.members import Member
from bot.domain.nudges import Delivery
from bot.services.outbox import Letter, Outbox, Pace
from bot.services.settling import HOLD_FOR, Attempt

log = logging.getLogger(__name__)


class Sending:
    """Asks Discord, unless its token is dead or everything rests; then nothing is asked at all."""

    def __init__(self, outbox: Outbox, pace: Pace) -> None:
        self._outbox = outbox
        self._pace = pace
        self.stopped = False
        self._opens_at: datetime | None = None

    def halted(self, now: datetime) -> bool:
        """Whether nothing may be asked of Discord at this moment."""
        return self.stopped or self._pace.resting_until(now) is not None

    async def attempt(self, delivery: Delivery, member: Member | None, now: datetime) -> Attempt:
        """Open the channel if it is not known, then send. What breaks here counts as not answered."""
        try:
            channel = await self._channel(delivery, member, now)
            if channel.answer.kind is not Kind.OK or channel.channel_id is None:
                return channel
            silent = member is not None and member.silent
            letter = Letter(channel.channel_id, delivery.body, delivery.nonce, silent, delivery.mentions)
            answer = self._seen(await self._outbox.send(letter), now)
        except Exception as error:  # noqa: BLE001 - the boundary of one row of a tick
            log.error("delivery %s: %s while sending", delivery.id, type(error).__name__)
            return Attempt(delivery, member, Answer(Kind.LOST))
        return Attempt(delivery, member, answer, channel.channel_id, opened=channel.opened)

    async def look(self, delivery: Delivery, member: Member | None, now: datetime) -> Attempt:
        """Look for the delivery in its channel; OK without a message means that it never arrived."""
        try:
            channel = await self._channel(delivery, member, now)
            if channel.answer.kind is not Kind.OK or channel.channel_id is None:
                return channel
            answer = self._seen(
                await self._outbox.find(channel.channel_id, delivery.id, since=_since(delivery)), now
            )
        except Exception as error:  # noqa: BLE001 - the boundary of one row of a tick
            log.error("delivery %s: %s while looking", delivery.id, type(error).__name__)
            return Attempt(delivery, member, Answer(Kind.LOST))
        return Attempt(delivery, member, answer, channel.channel_id, opened=channel.opened)

    async def _channel(self, delivery: Delivery, member: Member | None, now: datetime) -> Attempt:
        """Where it goes. An answer other than OK ends the attempt."""
        known = channel_of(delivery, member)
        if self.halted(now):
            return Attempt(delivery, member, Answer(Kind.LIMITED), known)
        if known is not None or delivery.user_id is None:
            kind = Kind.LOST if known is None else Kind.OK
            return Attempt(delivery, member, Answer(kind), known)
        if self._opens_at is not None and now < self._opens_at:
            return Attempt(delivery, member, Answer(Kind.LIMITED))
        answer = self._seen(await self._outbox.open(delivery.user_id), now)
        if answer.kind is Kind.OK and (answer.made_id is None or self.halted(now)):
            answer = Answer(Kind.LIMITED, made_id=answer.made_id)
        return Attempt(delivery, member, answer, answer.made_id, opened=True)

    def _seen(self, answer: Answer, now: datetime) -> Answer:
        self._pace.saw(answer, now)
        self.stopped = self.stopped or answer.status == 401
        if answer.code in OPENING_TOO_FAST:
            # Those in flight beside it must know at once; the hold itself is stored when this answer is settled.
            self._opens_at = now + HOLD_FOR
        return answer


def _since(delivery: Delivery) -> datetime | None:
    """From when on a post can stand in its channel, whose talk goes on; in a DM the last messages are enough."""
    if delivery.guild_id is None:
        return None
    return stands_since(delivery.attempt_at or delivery.made_at)


def channel_of(delivery: Delivery, member: Member | None) -> int | None:
    """The channel as far as it is known: the group's, the one tried before, or the member's."""
    if delivery.guild_id is not None or delivery.channel_id is not None or member is None:
        return delivery.channel_id
    return member.dm_channel_id
