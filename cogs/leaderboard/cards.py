"""The board as one viewer sees it. Never a rejection, never a zero, never a last place."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.boards import Board, Membership, Period, Place, Visibility
from bot.ui.actions import appear_presses, guild_label, guild_name
from bot.ui.cards import Card, Option, press
from bot.ui.request import Request
from bot.ui.weekly_post import place_lines, safe_name


def board_card(request: Request, board: Board, guild_id: int) -> Card:
    """The top, the viewer's own neighbourhood, the group against its own last week, who is new."""
    voice = request.voice
    card = Card().title(voice(f"board-title-{board.period}")).note(_span(request, board))
    if board.top:
        card.text(_lines(request, board.top))
    else:
        card.text(voice(f"board-empty-{'week' if board.period is Period.WEEK else 'other'}"))
    if board.around:
        card.text(f"{voice('board-around')}\n{_lines(request, board.around)}")
    if board.total is not None:
        card.text(_total(request, board))
    if board.first_timers:
        names = voice.join([f"**{safe_name(name)}**" for name in board.first_timers])
        card.text(voice("board-first-timers", names=names, count=len(board.first_timers)))
    _own(request, card, board)
    return _presses(request, card, board, guild_id)


def _span(request: Request, board: Board) -> str:
    voice, first = request.voice, board.starts_on
    if board.period is Period.WEEK:
        return voice("board-span", first=voice.day(first), last=voice.day(first + timedelta(days=6)))
    if board.period is Period.ALL:
        return voice("board-span-all")
    return voice("board-since", first=voice.day(first, request.today.year))


def _lines(request: Request, places: Sequence[Place]) -> str:
    return place_lines(request.voice, places, you=request.user_id)


def _total(request: Request, board: Board) -> str:
    total = board.total
    assert total is not None
    if total.before is None:
        return request.voice("board-total", count=total.actions)
    return request.voice("board-total-before", count=total.actions, before=total.before)


def _own(request: Request, card: Card, board: Board) -> None:
    """What the viewer alone is told: their own count while it stands on no board, or that they have none yet."""
    voice = request.voice
    if board.visibility in (Visibility.UNASKED, Visibility.HIDDEN) or board.visibility is None:
        if request.member is not None:
            card.text(voice("board-own-hidden", count=board.own))
    elif not board.own:
        card.text(voice("board-own-none"))


def _presses(request: Request, card: Card, board: Board, guild_id: int) -> Card:
    voice = request.voice
    card.row(
        *(
            press(
                "leaderboard",
                f"{period}.{guild_id}",
                label=voice(f"board-{period}"),
                disabled=period is board.period,
            )
            for period in Period
        )
    )
    return card.row(
        press("appear", guild_id, label=voice("board-appear")),
        press("ideas", label=voice("ideas-button")),
    )


def pick_server_card(request: Request, guild_ids: list[int], period: Period) -> Card:
    """In a direct message: whose board."""
    voice = request.voice
    options = [
        Option(f"{period}.{guild_id}", guild_label(request, guild_id, number))
        for number, guild_id in enumerate(guild_ids[:25], 1)
    ]
    card = Card().text(voice("board-which-server"))
    return card.choose("leaderboard", "pick", options, placeholder=voice("board-which-server-choose"))


def appear_card(request: Request, membership: Membership) -> Card:
    """How the member stands on the board now, and the other ways."""
    voice = request.voice
    server = guild_name(request, membership.guild_id)
    state = voice(
        f"board-now-{membership.visibility}", name=safe_name(membership.public_name or ""), server=server
    )
    card = Card().text(state).text(voice("board-ask-short"))
    return card.row(*appear_presses(voice, membership.guild_id, membership.visibility))


def appeared_card(request: Request, membership: Membership) -> Card:
    """What the group sees from now on."""
    voice = request.voice
    server = guild_name(request, membership.guild_id)
    state = voice(
        f"board-now-{membership.visibility}", name=safe_name(membership.public_name or ""), server=server
    )
    return (
        Card()
        .text(state)
        .row(
            press("leaderboard", f"{Period.WEEK}.{membership.guild_id}", label=voice("board-see")),
            press("appear", membership.guild_id, label=voice("board-change")),
        )
    )
