"""What commands and presses of recovery share: picking one, doing it, saying it."""

from collections.abc import Awaitable, Callable

from bot.domain.rejections import Recovery
from bot.errors import NotYours
from bot.ids import is_id
from bot.ui.request import Request
from cogs.recoveries.cards import resumed_words, said_card, stopped_words, today_card


async def with_one(
    request: Request,
    picked: str | None,
    states: tuple[Recovery, ...],
    steer: Callable[[Request, int], Awaitable[None]],
    nothing: str = "recovery-nothing",
) -> None:
    """Steer the one that was picked, or the single one there is; with several, show them to choose from."""
    if picked is not None:
        if not is_id(picked):
            raise NotYours
        await steer(request, int(picked))
        return
    standings = await request.services.recoveries.steerable(request.user_id)
    fitting = [standing for standing in standings if standing.rejection.recovery in states]
    if len(fitting) == 1:
        await steer(request, fitting[0].rejection.id)
        return
    await request.show(today_card(request, fitting, nothing))


async def today(request: Request) -> None:
    """Every open protocol, and the ten days that run."""
    standings = await request.services.recoveries.standings(request.known.user_id)
    days = await request.services.challenges.current(request.user_id)
    await request.update(today_card(request, standings, days=days))


async def pause(request: Request, rejection_id: int) -> None:
    """Pause one protocol and say what that means."""
    await request.services.recoveries.pause(request.user_id, rejection_id)
    request.kept()
    await request.update(said_card(request, request.voice("recovery-paused-now"), rejection_id, resume=True))


async def resume(request: Request, rejection_id: int) -> None:
    """Resume one protocol."""
    await request.services.recoveries.resume(request.known, rejection_id, request.now)
    request.kept()
    standing = await request.services.recoveries.standing(request.user_id, rejection_id)
    await request.update(said_card(request, resumed_words(request, standing), rejection_id))


async def stop(request: Request, rejection_id: int) -> None:
    """Stop one protocol; the answer carries the way back."""
    if not await request.services.recoveries.stop(request.user_id, [rejection_id]):
        await request.services.rejections.get(request.user_id, rejection_id)
    request.kept()
    next_at = await request.services.records.next_at(request.user_id)
    await request.update(said_card(request, stopped_words(request, next_at), rejection_id, resume=True))
