"""What the delivery machine reads before it sends: who it goes to, what it is about, which channels are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.members import Member
from bot.domain.merging import Abouts
from bot.domain.nudges import Delivery, Nudge
from bot.services.contacts import Forbid
from bot.services.ports import Unit
from bot.services.subjects import still_open


@dataclass(slots=True)
class Channels:
    """Members whose channel is not known, and until when no new one may be opened."""

    strangers: set[int]
    held_until: datetime | None


@dataclass(frozen=True, slots=True)
class Sight:
    """What is known just before an attempt: members, their nudges in it, and what is still open.

    `allowed` is what of that may go out at this moment. It is asked about before a first attempt alone: a message that was
    attempted may have arrived, and what it says is fixed.
    """

    members: dict[int, Member]
    nudges: dict[int, list[Nudge]]
    still_open: Abouts
    allowed: Abouts

    @classmethod
    async def of(cls, tx: Unit, deliveries: Sequence[Delivery], forbid: Forbid, now: datetime) -> "Sight":
        """Lock the nudges of these deliveries and read all that could forbid to send them."""
        nudges = await tx.claims.lock_of([delivery.id for delivery in deliveries])
        user_ids = {delivery.user_id for delivery in deliveries if delivery.user_id is not None}
        members = await tx.members.get_many(sorted(user_ids))
        mine = [nudge for of_one in nudges.values() for nudge in of_one]
        open_now = await still_open(tx, mine)
        forbidden = await forbid(tx, mine, open_now, now)
        allowed = {number: about for number, about in open_now.items() if number not in forbidden}
        return cls(members, nudges, open_now, allowed)

    def member_of(self, delivery: Delivery) -> Member | None:
        """Whom it goes to, or on whose behalf it is posted."""
        return None if delivery.user_id is None else self.members.get(delivery.user_id)
