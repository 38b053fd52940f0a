"""A member's delivery record: what was sent to them and how late, what could not be, and what comes next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.answers import DMS_CLOSED, NO_MUTUAL_SERVER, NO_SUCH_USER
from bot.domain.members import Member
from bot.domain.merging import LATE_AFTER, local_day, next_days_hour
from bot.domain.nudges import RESTORED, Delivery, DeliveryState, Purpose
from bot.services.contacts import comes_next
from bot.services.ports import Database, Unit
from config.content import Content

SHOWN = 10
_WHY = {
    str(DMS_CLOSED): "closed",
    "dm-closed": "closed",
    str(NO_MUTUAL_SERVER): "no-server",
    **{str(code): "no-server" for code in NO_SUCH_USER},
    "no-answer": "no-answer",
}


class Fate(StrEnum):
    """What became of a message, in the words of the record."""

    SENT = "sent"
    LATE = "late"
    WAITING = "waiting"
    REFUSED = "refused"
    LEFT_OUT = "left-out"
    """It was due when the host put a backup back, and may have arrived before."""
    GIVEN_UP = "given-up"


@dataclass(frozen=True, slots=True)
class Record:
    """One line. `why` ends a sentence key: closed, no-server, no-answer or other. Instants are aware UTC."""

    delivery: Delivery
    fate: Fate
    late_by: timedelta = timedelta(0)
    why: str | None = None
    next_try_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """The record, and the next check-in that is planned, if any."""

    records: tuple[Record, ...]
    next_at: datetime | None
    kept_back: int
    left_out: int = 0


class Records:
    """Reads one member's own deliveries."""

    def __init__(self, db: Database, content: Content) -> None:
        self._db = db
        self._content = content

    async def of(self, member: Member) -> Ledger:
        """The latest ten messages, what closed DMs keep back, and when the next one is due."""
        async with self._db.read() as tx:
            deliveries = await tx.deliveries.of_member(member.user_id, SHOWN)
            next_at = await self._comes(tx, member.user_id)
            kept_back = await tx.nudges.kept_back(member.user_id)
            left_out = await tx.nudges.left_out(member.user_id)
        records = tuple(record_of(delivery) for delivery in deliveries)
        return Ledger(records, next_at, kept_back, left_out)

    async def next_at(self, user_id: int) -> datetime | None:
        """When the member's next check-in is due; None when nothing is planned, or all of it rests."""
        async with self._db.read() as tx:
            return await self._comes(tx, user_id)

    async def _comes(self, tx: Unit, user_id: int) -> datetime | None:
        """When the next one comes: a day later when one went out on that day already, because there is one a day."""
        at = await comes_next(tx, self._content, user_id)
        member = None if at is None else await tx.members.get(user_id)
        if at is None or member is None:
            return at
        begins_at, ends_at = local_day(at, member)
        recent = await tx.deliveries.recent([user_id], begins_at, Purpose.CHECKIN)
        sent = [one for one in recent.get(user_id, ()) if one is not None]
        return next_days_hour(at, member) if any(begins_at <= one < ends_at for one in sent) else at


def record_of(delivery: Delivery) -> Record:
    """What became of one message."""
    if delivery.state is DeliveryState.SENT and delivery.sent_at is not None:
        behind = delivery.sent_at - delivery.due_at
        late = behind > LATE_AFTER
        return Record(delivery, Fate.LATE if late else Fate.SENT, late_by=behind if late else timedelta(0))
    if delivery.state in (DeliveryState.MADE, DeliveryState.SENDING):
        return Record(delivery, Fate.WAITING, next_try_at=delivery.next_try_at)
    if delivery.reason == RESTORED:
        return Record(delivery, Fate.LEFT_OUT)
    fate = Fate.REFUSED if delivery.state is DeliveryState.UNDELIVERABLE else Fate.GIVEN_UP
    return Record(delivery, fate, why=_WHY.get((delivery.reason or "").removeprefix("told-"), "other"))
