"""What the presses of /help do; those that start something belong to the feature they start."""

from bot.ui.buttons import Press
from bot.ui.request import Request
from cogs.help.cards import data_card, help_card, quiet_card


class Help(Press, verb="help"):
    """The way in, also from a post in a channel."""

    async def pressed(self, request: Request) -> None:
        await request.show(help_card(request))


class HelpQuiet(Press, verb="help-quiet"):
    """How to have it quiet."""

    async def pressed(self, request: Request) -> None:
        await request.show(quiet_card(request))


class HelpData(Press, verb="help-data"):
    """What one can do with one's data."""

    async def pressed(self, request: Request) -> None:
        await request.show(data_card(request))


PRESSES = (Help, HelpQuiet, HelpData)
