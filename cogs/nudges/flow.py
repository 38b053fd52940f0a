"""The private answer to what was done about a check-in, and the message itself put to rest."""

from bot.services.checkins import Answered, Target
from bot.ui.patients import warned
from bot.ui.request import Request
from bot.ui.settled import State, settle
from cogs.nudges.cards import answered_card


async def tell_done(
    request: Request, target: Target, answered: Answered, *,
    button: str | None = None, heavy: bool = False, note: str = "",
) -> None:  # fmt: skip
    """Settle the message, unless it still asks something, and say what was noted.

    A note with a patient's details in it is pointed out.
    """
    next_at = await request.services.records.next_at(request.user_id)
    if not answered.left:
        await settle(request, target, State.DONE, ends=next_at is None, button=button, logged=answered.logged)
    card = await answered_card(request, answered, next_at, heavy=heavy, words=bool(note))
    await request.update(warned(request, card, note))
