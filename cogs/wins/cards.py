"""The private cards around a win. The post itself is in bot.ui.posts."""

from discord import ButtonStyle

from bot.domain.wins import WinPost, WinState
from bot.services.wins import Shared
from bot.ui.actions import guild_label, guild_name
from bot.ui.cards import Card, press
from bot.ui.posts import win_line
from bot.ui.request import Request

NAMED, ANONYMOUS = "n", "a"


def pick_server_card(request: Request, action_id: int, guild_ids: list[int]) -> Card:
    """Which group should see it."""
    card = Card().text(request.voice("wins-which-server"))
    return card.row(
        *(
            press("win-offer", f"{action_id}.{guild_id}", label=guild_label(request, guild_id, number))
            for number, guild_id in enumerate(guild_ids[:10], 1)
        )
    )


def offer_card(request: Request, action_id: int, guild_id: int) -> Card:
    """By name or anonymously; nothing is posted by this."""
    voice = request.voice
    card = Card().text(voice("wins-how", server=guild_name(request, guild_id)))
    return card.row(
        press("win-preview", f"{action_id}.{guild_id}.{NAMED}", label=voice("wins-named")),
        press("win-preview", f"{action_id}.{guild_id}.{ANONYMOUS}", label=voice("wins-anonymous")),
    )


def preview_card(request: Request, post: WinPost, owned: tuple[int, int], *, anonymous: bool) -> Card:
    """Exactly what the group would read, and when."""
    voice, (action_id, guild_id) = request.voice, owned
    way = ANONYMOUS if anonymous else NAMED
    line = win_line(request.words.speak(post.language), post)
    card = Card().text(voice("wins-preview")).text(f"> {line}")
    card.text(voice("wins-when-anonymous" if anonymous else "wins-when-named"))
    return card.row(
        press(
            "win-post", f"{action_id}.{guild_id}.{way}", label=voice("wins-post"), style=ButtonStyle.primary
        ),
        press("win-offer", f"{action_id}.{guild_id}", label=voice("page-back")),
    )


def shared_card(request: Request, shared: Shared, channel_id: int | None) -> Card:
    """Where it stands now, and the way to take it back."""
    voice, win = request.voice, shared.win
    if win.state in (WinState.WITHDRAWN, WinState.REMOVED):
        return Card().text(voice("wins-ended"))
    if shared.appears_at is not None:
        when = voice.moment(shared.appears_at, request.known.zone, request.today.year)
        card = Card().text(voice("wins-waits", when=when))
    else:
        place = voice("wins-the-channel") if channel_id is None else f"<#{channel_id}>"
        card = Card().text(voice("wins-shared-before" if shared.again else "wins-shared", channel=place))
    return card.row(press("win-withdraw", win.id, label=voice("wins-withdraw")))
