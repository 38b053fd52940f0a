"""Which answers to a check-in are one and the same: the source under which its action is kept. No writing here."""

from collections.abc import Sequence

from bot.domain.actions import from_nudge
from bot.domain.nudges import Nudge
from bot.services.ports import Unit

_BUTTON_ROOM = 20


async def source_of(tx: Unit, user_id: int, nudges: Sequence[Nudge], button: str) -> str:
    """The source of what answers these nudges of one message and one step by one button.

    Each nudge answered by itself has its own; several answered together share their message's. Whoever answered
    all together and then one of them, or each and then all together, is given the source that is there already.
    """
    button = button[:_BUTTON_ROOM]
    whole = from_nudge(nudges[0].delivery_id or 0, button)
    own = [from_nudge(nudge.id, button) for nudge in nudges]
    known = [source for source in own if await tx.actions.of_source(user_id, source) is not None]
    if len(own) > 1:
        return known[0] if len(known) == len(own) else whole
    return whole if not known and await tx.actions.of_source(user_id, whole) is not None else own[0]
