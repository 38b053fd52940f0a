"""What happens when the member's direct messages are closed: the card that explains the choice, and its presses."""

from discord import ButtonStyle

from bot.domain.members import Member
from bot.ui.actions import guild_label, guild_name
from bot.ui.buttons import Press
from bot.ui.cards import Card, press
from bot.ui.request import Request

_OFFERED = 4
PRIVATELY = 0
"""The argument of the press that wants no mention anywhere."""


async def show(request: Request, member: Member, key: str | None = None) -> None:
    """The choice as it stands, after one sentence if there is something to say first."""
    places = await request.services.wins.places(request.user_id)
    card = fallback_card(request, member, [p for p in places if request.guild_id in (None, p)])
    await request.update(card if key is None else card.note(request.voice(key)))


def fallback_card(request: Request, member: Member, places: list[int]) -> Card:
    """What a mention is and who sees it; `places` are the servers it can be chosen for."""
    voice, chosen = request.voice, member.fallback_guild_id
    card = Card().title(voice("me-fallback-title")).text(voice("me-fallback-private"))
    card.text(voice("me-fallback-mention"))
    if chosen is None:
        card.text(voice("me-fallback-now-private"))
    else:
        card.text(voice("me-fallback-now-mention", server=guild_name(request, chosen)))
    offered = [place for place in places if place != chosen][:_OFFERED]
    if chosen is None and not offered:
        return card.text(voice("me-fallback-no-channel"))
    off = press("me-fallback-set", PRIVATELY, label=voice("me-fallback-off"), style=ButtonStyle.primary)
    labels = [(place, guild_label(request, place, number)[:40]) for number, place in enumerate(offered, 1)]
    ways = [
        press("me-fallback-set", place, label=voice("me-fallback-on", server=label))
        for place, label in labels
    ]
    return card.row(off if chosen is not None else None, *ways)


class MeFallback(Press, verb="me-fallback"):
    """The explanation and the choice."""

    async def pressed(self, request: Request) -> None:
        await show(request, request.known)


class MeFallbackSet(Press, verb="me-fallback-set"):
    """A mention in this server, or none anywhere."""

    async def pressed(self, request: Request) -> None:
        request.member = await request.services.settings.set_fallback(
            request.user_id, self.number or None, request.now
        )
        await show(request, request.member, "me-saved")


PRESSES = (MeFallback, MeFallbackSet)
