"""What the presses on the setup card do. Each asks first whether the presser leads this server."""

from bot.errors import NotYours
from bot.ids import is_id
from bot.ui.buttons import Press
from bot.ui.request import Request
from cogs.server import flow


class ServerSetup(Press, verb="server-setup"):
    """Open the checklist."""

    async def pressed(self, request: Request) -> None:
        await flow.show_setup(request)


class ServerChannel(Press, verb="server-channel"):
    """The channel for posts."""

    async def pressed(self, request: Request) -> None:
        flow.lead(request.interaction)
        guild, picked = request.interaction.guild, _number(self.chosen(request))
        if guild is None or guild.get_channel(picked) is None:
            raise NotYours
        await flow.change(request, channel_id=picked)


class ServerDay(Press, verb="server-day"):
    """The day of the weekly post."""

    async def pressed(self, request: Request) -> None:
        flow.lead(request.interaction)
        await flow.change(request, weekly_day=_number(self.chosen(request)))


class ServerHour(Press, verb="server-hour"):
    """The hour of the weekly post."""

    async def pressed(self, request: Request) -> None:
        flow.lead(request.interaction)
        await flow.change(request, weekly_hour=_number(self.chosen(request)))


class ServerZone(Press, verb="server-zone"):
    """The server's time zone."""

    async def pressed(self, request: Request) -> None:
        flow.lead(request.interaction)
        await flow.choose_zone(request, (self.chosen(request) or [""])[0])


class ServerPlace(Press, verb="server-place"):
    """A place that is not on the list."""

    async def pressed(self, request: Request) -> None:
        await flow.ask_zone(request)


class ServerLanguage(Press, verb="server-language"):
    """The language of posts."""

    async def pressed(self, request: Request) -> None:
        flow.lead(request.interaction)
        picked = (self.chosen(request) or [""])[0]
        if picked not in request.words.languages:
            raise NotYours
        await flow.change(request, language=picked)


class ServerRole(Press, verb="server-role"):
    """The role for peer support, or none."""

    async def pressed(self, request: Request) -> None:
        flow.lead(request.interaction)
        picked = self.chosen(request)
        await flow.change(request, peer_role_id=_number(picked) if picked else None)


class ServerWeekly(Press, verb="server-weekly"):
    """The weekly post on or off."""

    async def pressed(self, request: Request) -> None:
        flow.lead(request.interaction)
        await flow.change(request, weekly_on=self.arg == "on")


class ServerEmpty(Press, verb="server-empty"):
    """A post also in a week without an action, or not."""

    async def pressed(self, request: Request) -> None:
        flow.lead(request.interaction)
        await flow.change(request, weekly_when_empty=self.arg == "on")


class ServerTest(Press, verb="server-test"):
    """A real test post."""

    async def pressed(self, request: Request) -> None:
        await flow.send_test(request)


class ServerTestLook(Press, verb="server-test-look"):
    """How the test post stands now."""

    async def pressed(self, request: Request) -> None:
        looker = flow.lead(request.interaction)
        await flow.tell_test(request, await request.services.guilds.look_at_test(looker, self.number))


def _number(picked: list[str]) -> int:
    """The chosen value as a number. Raises NotYours for what no select of ours offers."""
    if len(picked) != 1 or not is_id(picked[0]):
        raise NotYours
    return int(picked[0])


PRESSES = (
    ServerSetup,
    ServerChannel,
    ServerDay,
    ServerHour,
    ServerZone,
    ServerPlace,
    ServerLanguage,
    ServerRole,
    ServerWeekly,
    ServerEmpty,
    ServerTest,
    ServerTestLook,
)
