"""What the presses about wins do. Whose action it is, is looked up at every step."""

from bot.errors import NotYours, UserError
from bot.ids import is_id
from bot.ui.buttons import Press
from bot.ui.cards import Card
from bot.ui.request import Request
from cogs.wins.cards import ANONYMOUS, NAMED, offer_card, pick_server_card, preview_card, shared_card


def _parts(arg: str) -> tuple[int, int, bool]:
    """`<action>.<server>.<n or a>`: action, server, whether it is anonymous. Raises NotYours."""
    numbers, way = arg.split(".")[:2], arg.rsplit(".", maxsplit=1)[-1]
    if len(numbers) < 2 or way not in (NAMED, ANONYMOUS):
        raise NotYours
    return _id(numbers[0]), _id(numbers[1]), way == ANONYMOUS


def _id(text: str) -> int:
    if not is_id(text):
        raise NotYours
    return int(text)


class WinOffer(Press, verb="win-offer"):
    """Show it to the group? `<action>` or `<action>.<server>`."""

    async def pressed(self, request: Request) -> None:
        action, _, server = self.arg.partition(".")
        action_id = (await request.services.actions.get(request.user_id, _id(action))).id
        places = await request.services.wins.places(request.user_id)
        wanted = _id(server) if server else request.guild_id
        if wanted is None and len(places) > 1:
            await request.show(pick_server_card(request, action_id, places))
            return
        if wanted is None and places:
            wanted = places[0]
        if wanted is None or wanted not in places:
            raise UserError("wins-no-channel")
        # The answer to the action stays: its Undo is needed. Going back from a preview replaces the preview.
        card = offer_card(request, action_id, wanted)
        await (request.update(card) if server else request.show(card))


class WinPreview(Press, verb="win-preview"):
    """What it would look like."""

    async def pressed(self, request: Request) -> None:
        action_id, guild_id, anonymous = _parts(self.arg)
        post = await request.services.wins.preview(request.user_id, action_id, guild_id, anonymous=anonymous)
        await request.update(preview_card(request, post, (action_id, guild_id), anonymous=anonymous))


class WinPostIt(Press, verb="win-post"):
    """Post it, now or later."""

    async def pressed(self, request: Request) -> None:
        action_id, guild_id, anonymous = _parts(self.arg)
        shared = await request.services.wins.share(
            request.known.user_id, action_id, guild_id, anonymous=anonymous, now=request.now
        )
        channel_id = await request.services.wins.channel_of(guild_id)
        await request.update(shared_card(request, shared, channel_id))


class WinWithdraw(Press, verb="win-withdraw"):
    """Take it back, waiting or posted."""

    async def pressed(self, request: Request) -> None:
        stands = await request.services.wins.withdraw(request.user_id, self.number)
        await request.update(Card().text(request.voice("wins-withdrawn")))
        if stands:
            await request.services.wins.clean_up(request.now)


class Kudos(Press, verb="kudos"):
    """Thank whoever did it; the argument is the post."""

    async def pressed(self, request: Request) -> None:
        async def thank(later: Request) -> None:
            new = await later.services.wins.thank(later.user_id, later.guild_id, self.number, later.now)
            await later.show(Card().text(later.voice("wins-thanked" if new else "wins-thanked-before")))

        await request.as_member(thank)


PRESSES = (WinOffer, WinPreview, WinPostIt, WinWithdraw, Kudos)
