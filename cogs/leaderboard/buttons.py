"""What the presses on the board do."""

from bot.domain.boards import Period, Visibility
from bot.errors import NotYours
from bot.ids import is_id
from bot.ui.buttons import Press
from bot.ui.request import Request
from cogs.leaderboard import flow
from cogs.leaderboard.forms import AliasForm


class Leaderboard(Press, verb="leaderboard"):
    """Another period: `<period>` in a server, `<period>.<server>` in a direct message."""

    async def pressed(self, request: Request) -> None:
        name, _, server = (self.chosen(request) or [self.arg])[0].partition(".")
        if name not in set(Period):
            raise NotYours
        known = is_id(server)
        await flow.show(request, Period(name), int(server) if known else None)


class Appear(Press, verb="appear"):
    """How I stand on the board; the argument is the server."""

    async def pressed(self, request: Request) -> None:
        async def go_on(later: Request) -> None:
            await flow.ask(later, self.number)

        await request.as_member(go_on)


class AppearShown(Press, verb="appear-shown"):
    """Under my name."""

    async def pressed(self, request: Request) -> None:
        await flow.appear(request, self.number, Visibility.SHOWN)


class AppearHidden(Press, verb="appear-hidden"):
    """Not at all."""

    async def pressed(self, request: Request) -> None:
        await flow.appear(request, self.number, Visibility.HIDDEN)


class AppearAlias(Press, verb="appear-alias"):
    """Under another name: opens the form."""

    async def pressed(self, request: Request) -> None:
        membership = await request.services.memberships.get(request.known.user_id, self.number)
        await request.open(AliasForm(request, self.number, membership.alias if membership else None))


PRESSES = (Leaderboard, Appear, AppearShown, AppearHidden, AppearAlias)
