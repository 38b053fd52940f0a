"""What the delivery machine reads before it sends: who it goes to, what it is about, which channels are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.members import Member
from bot.domain.merging import Abouts
from bot.domain.nudges import Delivery, Nudge
from bot.services.ports import Unit
from bot.services.subjects import still_open


@dataclass(slots=True)
class Channels:
    """Members whose channel is not known, and until when no new one may be opened."""

    strangers: set[int]
    held_until: datetime | None


@dataclass(frozen=True, slots=True)
class Sight:
    """What is known just before an attempt: members, their nudges in it, and what is still open."""

    members: dict[int, Member]
    nudges: dict[int, list[Nudge]]
    still_open: Abouts

    @classmethod
    async def of(cls, tx: Unit, deliveries: Sequence[Delivery]) -> "Sight":
        """Lock the nudges of these deliveries and read all that could forbid to send them."""
        nudges = await tx.claims.lock_of([delivery.id for delivery in deliveries])
        user_ids = {delivery.user_id for delivery in deliveries if delivery.user_id is not None}
        members = await tx.members.get_many(sorted(user_ids))
        return cls(members, nudges, await still_open(tx, [n for of_one in nudges.values() for n in of_one]))

    def member_of(self, delivery: Delivery) -> Member | None:
        """Whom it goes to, or on whose behalf it is posted."""
        return None if delivery.user_id is None else self.members.get(delivery.user_id)
