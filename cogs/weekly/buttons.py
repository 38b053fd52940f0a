"""*I did something this week*: the catalogue, in private."""

from bot.domain.actions import GuildAction
from bot.domain.catalogue import ActionKind
from bot.ui.buttons import Press
from bot.ui.cards import Card, Option, press
from bot.ui.request import Request

MOST = 25


class DidSomething(Press, verb="did-something"):
    """Choose what it was; choosing logs it."""

    async def pressed(self, request: Request) -> None:
        await request.as_member(show_catalogue)


async def show_catalogue(request: Request) -> None:
    """What fits the member now comes first, then the server's own entries, then the rest of the catalogue."""
    ideas = await request.services.catalogue.ideas(request.known, request.now)
    entries = await request.services.catalogue.of_guild(request.guild_id)
    await request.show(did_card(request, ideas, entries))


def did_card(request: Request, ideas: list[ActionKind], entries: list[GuildAction]) -> Card:
    """One select; its press belongs to the actions."""
    voice = request.voice
    known = {kind.id for kind in ideas}
    first = [Option(kind.id, voice(f"action-{kind.id}")) for kind in ideas]
    own = [Option(entry.kind, entry.label) for entry in entries]
    rest = [
        Option(kind.id, voice(f"action-{kind.id}"))
        for kind in request.content.choices
        if kind.id not in known
    ]
    card = Card().title(voice("did-title")).text(voice("did-intro"))
    card.choose("act-pick", 0, [*first, *own, *rest][:MOST], placeholder=voice("did-choose"))
    return card.row(press("act-own", 0, label=voice("did-other")))


PRESSES = (DidSomething,)
