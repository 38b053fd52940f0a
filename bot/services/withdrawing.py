"""Takes back a delivery that is not to be sent any more. Whether an attempt may begin otherwise is `services.deliveries`."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.deliveries import Stage, look_at
from bot.domain.merging import GOES_ON
from bot.domain.nudges import Delivery, DeliveryState, Nudge, NudgeState, Purpose
from bot.services.ports import Unit
from bot.services.subjects import standing

WEEKLY_LATE_AFTER = timedelta(hours=24)


async def is_late_weekly(tx: Unit, delivery: Delivery, found: Stage, now: datetime) -> bool:
    """A weekly post more than a day late would tell of a week long gone: taken back. Wins are sent whenever."""
    late = delivery.purpose is Purpose.WEEKLY and now - delivery.due_at > WEEKLY_LATE_AFTER
    if not late or found is not Stage.FIRST:
        return False
    await tx.deliveries.finish((delivery.id, delivery.attempts), DeliveryState.WITHDRAWN, "late")
    return True


async def unwanted(tx: Unit, delivery: Delivery, found: Stage, nudges: Sequence[Nudge]) -> None:
    """Nobody waits for it any more: wait until its channel may be read; if it did not arrive, take it back.

    What still goes on was met by a pause or Off, which lose nothing: it is held. The rest is skipped for the reason
    that its owner's change left on it, so that an undo finds it.
    """
    token = (delivery.id, delivery.attempts)
    if found is not Stage.LOOK:
        await tx.deliveries.later(token, look_at(delivery))
    elif await tx.deliveries.finish(token, DeliveryState.WITHDRAWN, "cancelled"):
        there = await standing(tx, nudges)
        goes_on = {number for number, about in there.items() if about.stands in GOES_ON}
        await tx.claims.finish(sorted(goes_on), NudgeState.HELD, None)
        for nudge in nudges:
            if nudge.id not in goes_on:
                await tx.claims.finish([nudge.id], NudgeState.SKIPPED, nudge.reason or "cancelled")
