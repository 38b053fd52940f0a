"""Which server's board is meant, and how a member chooses to stand on it."""

from bot.domain.boards import Period, Visibility
from bot.errors import NotYours, UserError
from bot.ui.request import Request
from cogs.leaderboard.cards import appear_card, appeared_card, board_card, pick_server_card


async def show(request: Request, period: Period, guild_id: int | None) -> None:
    """Show the board of this server; in a direct message, of the server named or the single one there is."""
    if request.guild_id is not None:
        guild_id = request.guild_id
    else:
        places = [m.guild_id for m in await request.services.memberships.of_member(request.user_id)]
        if guild_id is None and len(places) > 1:
            await request.update(pick_server_card(request, places, period))
            return
        if not places:
            raise UserError("error-server-needed")
        guild_id = places[0] if guild_id is None else guild_id
        if guild_id not in places:
            raise NotYours
    board = await request.services.boards.show(
        guild_id, request.user_id, period, today=request.today, now=request.now
    )
    await request.update(board_card(request, board, guild_id))


async def ask(request: Request, guild_id: int) -> None:
    """Show how the member stands on a server's board, and the other ways."""
    membership = await request.services.memberships.get(request.user_id, guild_id)
    if membership is None or membership.left_at is not None:
        raise UserError("board-not-here")
    await request.update(appear_card(request, membership))


async def appear(request: Request, guild_id: int, visibility: Visibility, alias: str | None = None) -> None:
    """Choose, then say what the group sees from now on."""
    changed = await request.services.memberships.choose(
        request.known.user_id, guild_id, visibility, alias=alias, now=request.now
    )
    # A message of its own: the answer to an action, where this is often pressed, keeps its Undo.
    await request.show(appeared_card(request, changed))
