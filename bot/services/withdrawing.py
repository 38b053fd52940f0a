"""Takes back a delivery that is not to be sent any more. Whether an attempt may begin otherwise is `services.deliveries`."""

from datetime import datetime, timedelta

from bot.domain.deliveries import Stage, look_at
from bot.domain.members import Member
from bot.domain.nudges import Delivery, DeliveryState, NudgeState, Purpose
from bot.services.ports import Unit

WEEKLY_LATE_AFTER = timedelta(hours=24)


async def is_late_weekly(tx: Unit, delivery: Delivery, found: Stage, now: datetime) -> bool:
    """A weekly post more than a day late would tell of a week long gone: taken back. Wins are sent whenever."""
    late = delivery.purpose is Purpose.WEEKLY and now - delivery.due_at > WEEKLY_LATE_AFTER
    if not late or found is not Stage.FIRST:
        return False
    await tx.deliveries.finish((delivery.id, delivery.attempts), DeliveryState.WITHDRAWN, "late")
    return True


async def unwanted(tx: Unit, delivery: Delivery, found: Stage, member: Member) -> None:
    """Nobody waits for it any more: wait until its channel may be read; if it did not arrive, take it back."""
    token = (delivery.id, delivery.attempts)
    if found is not Stage.LOOK:
        await tx.deliveries.later(token, look_at(delivery))
    elif await tx.deliveries.finish(token, DeliveryState.WITHDRAWN, "cancelled"):
        # A pause and Off lose nothing: what they met is held like what was not yet made.
        state = NudgeState.SKIPPED if member.reachable else NudgeState.HELD
        await tx.claims.settle([delivery.id], state, "cancelled" if member.reachable else None)
